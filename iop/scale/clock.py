"""Local times of one zone as instants, counted in minutes: nothing here comes near a clock change.

An instant is a whole number of minutes since 1970, and a text only when it is written down.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from programs.weeks import instant

NOON = 12 * 60


class Clock:
    """The wall clock of a site."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._noons: dict[date, int] = {}
        self._texts: dict[int, str] = {}

    def minute(self, day: date, minutes: int) -> int:
        """Return the instant so many minutes after midnight, on a day's hours of daylight.

        It is counted from noon, so that the hours in which clocks change lie before it.
        """
        if day not in self._noons:
            noon = instant(day, time(12), self._zone)
            self._noons[day] = int(noon.timestamp()) // 60
        return self._noons[day] + minutes - NOON

    def text(self, minute: int) -> str:
        """Return an instant as PostgreSQL reads it."""
        if minute not in self._texts:
            self._texts[minute] = f"{datetime.fromtimestamp(minute * 60, UTC):%Y-%m-%d %H:%M}Z"
        return self._texts[minute]

    def span(self, start: int, end: int) -> str:
        """Return a range of instants, the end excluded; empty where nothing lies between."""
        return f"[{self.text(start)},{self.text(end)})" if start < end else "empty"

    def at(self, day: date, minutes: int) -> str:
        """Return the text of a local time."""
        return self.text(self.minute(day, minutes))


def wall(minutes: int) -> str:
    """Return minutes after midnight as a time of day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
