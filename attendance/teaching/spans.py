"""How the lessons of a session share its minutes, where nobody says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from programs.weeks import whole_minute

Span = tuple[datetime, datetime]
A_MINUTE = timedelta(minutes=1)


class TooShort(ValueError):
    """The session has fewer minutes outside its breaks than lessons."""


def laid_out(minutes: Sequence[int | None], session: Span, breaks: Iterable[Span]) -> list[Span]:
    """Return when each lesson is taught: from, to (excluded), in UTC and whole minutes.

    One lesson has the whole session. Several come one after the other in proportion to their
    minutes; one without minutes counts as much as the others on average. Breaks are skipped: no
    lesson begins or ends in one, and every minute outside them is some lesson's. Raises TooShort.
    """
    start, end = (each.astimezone(UTC) for each in session)
    if len(minutes) <= 1:
        return [(_minute_from(start), whole_minute(end))] * len(minutes)
    net = _net_minutes((start, end), breaks)
    if len(net) < len(minutes):
        raise TooShort
    cuts = _cuts(_weights(minutes), len(net))
    return [(net[first], net[last - 1] + A_MINUTE) for first, last in pairwise(cuts)]


def _net_minutes(session: Span, breaks: Iterable[Span]) -> list[datetime]:
    """Return the beginning of each minute of the session that is outside its breaks."""
    gaps = [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in breaks]
    minutes, at = [], _minute_from(session[0])
    while at + A_MINUTE <= session[1]:
        if not any(start < at + A_MINUTE and at < end for start, end in gaps):
            minutes.append(at)
        at += A_MINUTE
    return minutes


def _weights(minutes: Sequence[int | None]) -> list[float]:
    known = [each for each in minutes if each]
    usual = sum(known) / len(known) if known else 1
    return [each or usual for each in minutes]


def _cuts(weights: Sequence[float], net: int) -> list[int]:
    """Return at which net minute each lesson begins, and the end; each has one minute at least."""
    cuts, before, whole = [0], 0.0, sum(weights)
    for number, weight in enumerate(weights, 1):
        before += weight
        latest = net - (len(weights) - number)
        cuts.append(min(max(round(net * before / whole), cuts[-1] + 1), latest))
    return cuts


def _minute_from(at: datetime) -> datetime:
    """Return the first whole minute that is not before."""
    minute = whole_minute(at)
    return minute if minute == at else minute + A_MINUTE
