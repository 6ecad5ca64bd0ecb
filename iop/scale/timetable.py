"""The tracks of a program: the groups that the same people go through, and their sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from groups.models import (
    Facilitation,
    Format,
    GroupSession,
    MeetingPattern,
    PatternFacilitator,
    SessionStatus,
    TherapyGroup,
)
from iop.scale.clock import wall
from iop.scale.places import Course, Place, add_user
from programs.models import GroupKind, Role, Room

TRACK_OF = 14  # people at most
CAPACITY, ROOM_SEATS = 20, 24
CANCELLED_NOW_AND_THEN = 0.007
SATURDAY, DROP_IN_STARTS = 5, 10 * 60


@dataclass(frozen=True)
class Block:
    """A group of a track: minutes after the track's start, and the break of some."""

    name: str
    kind: GroupKind
    format: Format
    starts: int
    minutes: int
    pauses: tuple[tuple[int, int], ...] = ()


ADULT = (
    Block("Process", GroupKind.PROCESS, Format.CLOSED, 0, 60),
    Block("Skills", GroupKind.SKILLS, Format.OPEN, 70, 75, ((30, 45),)),
    Block("Relapse prevention", GroupKind.RELAPSE_PREVENTION, Format.OPEN, 155, 60),
)
YOUTH = (
    Block("Check-in", GroupKind.PROCESS, Format.CLOSED, 0, 50),
    Block("Skills", GroupKind.SKILLS, Format.OPEN, 60, 60, ((25, 35),)),
    Block("Learning", GroupKind.PSYCHOEDUCATION, Format.OPEN, 130, 50),
)
DROP_IN = (Block("Drop-in", GroupKind.SKILLS, Format.OPEN, 0, 90, ((45, 60),)),)
ADULT_TIMES = ((9 * 60, (0, 1, 2, 3)), (17 * 60 + 30, (0, 1, 2, 3)), (13 * 60, (1, 2, 3, 4)))
YOUTH_TIMES = ((15 * 60 + 30, (0, 2, 3)), (16 * 60, (0, 1, 3)))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session that is held, in minutes as `Clock` counts them."""

    key: int
    held_on: date
    starts: int
    ends: int
    leader: int


@dataclass(slots=True)
class Stay:
    """An enrollment: `last_on` is open where it lasts, `comes` is how reliably the person does."""

    enrollment: int
    participant: int
    admitted_on: date
    planned_on: date
    last_on: date | None
    comes: float
    away: tuple[date, date] | None = None

    def expects(self, day: date) -> bool:
        """Whether the person is expected that day."""
        return (
            self.admitted_on <= day
            and (self.last_on is None or day <= self.last_on)
            and not (self.away and self.away[0] <= day <= self.away[1])
        )


@dataclass
class Track:
    """Groups one after the other on the same weekdays, in one room, led by one person."""

    name: str
    starts: int
    weekdays: tuple[int, ...]
    blocks: tuple[Block, ...]
    room: int
    leader: int
    groups: list[int] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    meetings: dict[date, list[Meeting]] = field(default_factory=lambda: defaultdict(list))

    def times_of(self, block: Block) -> tuple[int, int]:
        """When the block begins and ends, in minutes after midnight."""
        starts = self.starts + block.starts
        return starts, starts + block.minutes

    def pauses_of(self, block: Block) -> list[tuple[int, int]]:
        """Its breaks, in minutes after midnight."""
        starts = self.starts + block.starts
        return [(starts + first, starts + last) for first, last in block.pauses]


def add_tracks(place: Place, course: Course) -> Iterator[Track]:
    """Add as many tracks as the program's people need."""
    blocks, times = (YOUTH, YOUTH_TIMES) if course.is_for_youth else (ADULT, ADULT_TIMES)
    for number in range(-(-place.size.participants // TRACK_OF)):
        # A site's programs begin at different times of the day.
        starts, weekdays = times[(number + course.ordinal) % len(times)]
        name = f"{course.name} {number + 1}"
        yield _add_track(place, course, name, starts, weekdays, blocks)


def add_drop_in(place: Place, course: Course) -> Track:
    """Add the open group on Saturdays in which hours are made up."""
    name = f"{course.name} Saturday"
    return _add_track(place, course, name, DROP_IN_STARTS, (SATURDAY,), DROP_IN)


def _add_track(
    place: Place,
    course: Course,
    name: str,
    starts: int,
    weekdays: tuple[int, ...],
    blocks: tuple[Block, ...],
) -> Track:
    rows = place.rows
    leader = add_user(place, Role.FACILITATOR, course)
    room = rows[Room].add(place.key, f"Room {rows[Room].count + 1}", ROOM_SEATS)
    track = Track(name, starts, weekdays, blocks, room, leader)
    for block in blocks:
        group = rows[TherapyGroup].add(
            course.key, f"{name} {block.name}", block.kind, block.format, CAPACITY, room
        )
        track.groups.append(group)
        _add_sessions(place, course, track, block)
    return track


def _add_sessions(place: Place, course: Course, track: Track, block: Block) -> None:
    slots = {weekday: _add_slot(place, track, block, weekday) for weekday in track.weekdays}
    for day in place.size.dates:
        if slot := slots.get(day.weekday()):
            _add_session(place, course, track, block, slot, day)


def _add_slot(place: Place, track: Track, block: Block, weekday: int) -> int:
    times = [wall(minutes) for minutes in track.times_of(block)]
    pauses = "{" + ",".join(f"{{{wall(a)},{wall(b)}}}" for a, b in track.pauses_of(block)) + "}"
    first_on = place.size.first_on
    slot = place.rows[MeetingPattern].add(
        track.groups[-1], weekday, *times, pauses, track.room, first_on
    )
    place.rows[PatternFacilitator].add(slot, track.leader)
    return slot


def _add_session(
    place: Place, course: Course, track: Track, block: Block, slot: int, day: date
) -> None:
    clock = place.clock
    starts, ends = (clock.minute(day, minutes) for minutes in track.times_of(block))
    spans = [
        clock.span(clock.minute(day, first), clock.minute(day, last))
        for first, last in track.pauses_of(block)
    ]
    times = (clock.text(starts), clock.text(ends), "{" + ",".join(spans) + "}", track.room)
    off = _why_off(place, course, day)
    key = place.rows[GroupSession].add(track.groups[-1], slot, day, day, *times, *off)
    is_held = off[0] == SessionStatus.SCHEDULED
    # A trigger would fill in the session's time, so that nobody leads two at once.
    led = clock.span(starts, ends) if is_held else "empty"
    place.rows[Facilitation].add(key, track.leader, led)
    if is_held:
        track.meetings[day].append(Meeting(key, day, starts, ends, track.leader))


def _why_off(place: Place, course: Course, day: date) -> tuple[SessionStatus, int | None, str]:
    """Return a session's status, the closure that cancels it, and the reason where none does."""
    if day in course.closed:
        return SessionStatus.CANCELLED, course.closed[day], ""
    if day < place.size.today and place.random.random() < CANCELLED_NOW_AND_THEN:
        return SessionStatus.CANCELLED, None, "Facilitator ill"
    return SessionStatus.SCHEDULED, None, ""
