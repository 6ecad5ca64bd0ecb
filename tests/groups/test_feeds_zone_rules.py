"""Every zone, as a calendar file tells it, has the offsets it has here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from groups.feeds.zone_rules import timezone_of

SINCE = datetime(2026, 1, 20, 17, 30, tzinfo=UTC)
# The zones of the states and territories, and the odd ones of the world.
ZONES = [
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "America/Adak", "America/Boise"),
    *("America/Puerto_Rico", "Pacific/Honolulu", "Pacific/Guam", "Pacific/Pago_Pago"),
    *("America/Indiana/Knox", "America/St_Johns", "America/Nuuk", "Australia/Lord_Howe"),
    *("Africa/Casablanca", "Europe/Dublin", "Europe/London", "Antarctica/Troll", "Asia/Gaza"),
    *("Asia/Kathmandu", "Pacific/Apia", "Africa/Abidjan", "UTC"),
]


def read_back(name: str, since: datetime):
    """Return the zone that dateutil makes of the component."""
    calendar = Calendar()
    calendar.add("prodid", "-//test//EN")
    calendar.add("version", "2.0")
    calendar.add_component(timezone_of(ZoneInfo(name), since))
    return vobject.readOne(calendar.to_ical().decode()).vtimezone.tzinfo


@pytest.mark.parametrize("name", ZONES)
def test_offsets_are_read_back(name: str):
    zone, other = ZoneInfo(name), read_back(name, SINCE)
    wrong = []
    for hours in range(0, 24 * 500, 7):
        wall = (SINCE + timedelta(hours=hours)).astimezone(zone).replace(tzinfo=None)
        here = {wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        # Where the clocks turn, programs differ; no series is told of there.
        if len(here) == 1 and {wall.replace(tzinfo=other).utcoffset()} != here:
            wrong.append(wall)
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "America/Chicago",
            [
                "BEGIN:DAYLIGHT\r\nDTSTART:19700308T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
                "BEGIN:STANDARD\r\nDTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
            ],
        ),
        (
            "Europe/Dublin",
            [
                "DTSTART:19700329T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
                "DTSTART:19701025T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            ],
        ),
        ("America/Phoenix", ["BEGIN:STANDARD\r\nDTSTART:20250101T000000\r\nTZNAME:MST"]),
        ("Africa/Casablanca", ["DTSTART:20260215T030000", "DTSTART:20260322T020000"]),
    ],
)
def test_as_calendar_programs_know_it(name: str, lines: list[str]):
    written = timezone_of(ZoneInfo(name), SINCE).to_ical().decode()
    assert f"TZID:{name}" in written
    for line in lines:
        assert line in written
    assert ("RRULE" in written) is (name in ("America/Chicago", "Europe/Dublin"))
