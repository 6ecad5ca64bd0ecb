"""Who came, when they came and left: the same on every day it is asked, whatever is asked later.

Chance is drawn from the date, the group and the person alone, so that a day that is past stays as
it was. In each week two people of cohorts c and p miss their first days, each week two others, so
that every week has somebody to catch up with and somebody who cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from iop.demo.people import Episode, Person, episodes
from iop.demo.timetable import DROP_IN, WEEK, Meeting, meetings

EARLIEST, LATEST = -4, 3
CAST = ("c", "p")
# These two have a small order and have had their hours after two days, so they are never late.
PUNCTUAL = ("c0", "p0")
# Their weeks have little to spare: nothing is missed on the first two days but by the cast.
STEADY = ("c", "e", "p")
ABSENCES = ("excused", "excused", "excused", "unexcused", "no_call", "")
MISSED = ("no_call", "unexcused")


@dataclass(frozen=True)
class Visit:
    """One line of attendance: a stretch in the room, open where nobody has left yet, or none."""

    meeting: Meeting
    person: Person
    arrived: datetime | None = None
    left: datetime | None = None
    absence: str = ""


def visits(anchor: date, now: datetime) -> Iterator[Visit]:
    """Yield what is recorded by `now` (the site's local time, without a zone).

    The chain's session that ended last is not recorded yet.
    """
    begun = [each for each in meetings(anchor, now.date()) if each.starts + _min(EARLIEST) <= now]
    ended = [each for each in begun if each.ends <= now and each.group is not DROP_IN]
    unrecorded = max(ended, key=lambda each: each.ends, default=None)
    everyone = episodes()
    for meeting in begun:
        if meeting is not unrecorded:
            yield from _of(meeting, everyone, now)


def _of(meeting: Meeting, everyone: tuple[Episode, ...], now: datetime) -> Iterator[Visit]:
    for episode in everyone:
        if episode.expects(meeting.group, meeting.day):
            yield from _seen_by(now, _visit(episode, meeting))


def _visit(episode: Episode, meeting: Meeting) -> list[Visit]:
    """Return the whole visit, as it will have been when the session is over."""
    person = episode.person
    chance = Random(f"{meeting.held_on} {meeting.group.name} {person.key}")  # noqa: S311
    missed = _missed(person, meeting, chance)
    if missed is not None:
        return [Visit(meeting, person, absence=missed)]
    arrived = meeting.starts + _min(chance.randint(EARLIEST, 0))
    left = meeting.ends + _min(chance.randint(0, LATEST))
    kind = 1.0 if person.key in PUNCTUAL else chance.random()
    if kind < 0.10:
        return [Visit(meeting, person, meeting.starts + _min(chance.randint(6, 25)), left)]
    if kind < 0.14:
        return [Visit(meeting, person, arrived, meeting.ends - _min(chance.randint(15, 40)))]
    if kind < 0.19:
        out = meeting.starts + _min(chance.randint(30, 60))
        back = out + _min(chance.randint(10, 30))
        return [Visit(meeting, person, arrived, out), Visit(meeting, person, back, left)]
    return [Visit(meeting, person, arrived, left)]


def _missed(person: Person, meeting: Meeting, chance: Random) -> str | None:
    """Return the kind of absence, None where they came."""
    week, day = divmod(meeting.day, WEEK)
    if person.key in PUNCTUAL:
        return None
    if person.cohort in CAST:
        # Of the four others, this one misses the first day, the next one the first two.
        turn = (int(person.key[1:]) - 1 - week) % 4
        if day < (1, 2, 0, 0)[turn]:
            return MISSED[day]
    if person.cohort in STEADY and day < 2:
        return None
    return chance.choice(ABSENCES) if chance.random() < 0.06 else None


def _seen_by(now: datetime, whole: list[Visit]) -> Iterator[Visit]:
    """Yield what can be known now: who has not come yet may still come."""
    for visit in whole:
        if visit.meeting.ends <= now:
            yield visit
        elif visit.arrived is not None and visit.arrived <= now:
            left = visit.left if visit.left is not None and visit.left <= now else None
            yield Visit(visit.meeting, visit.person, visit.arrived, left)


def _min(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)
