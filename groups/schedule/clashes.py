"""What a change of the calendar runs into. The database refuses the hard ones; the others warn.

`clashes_of` reads a fixed number of statements, however many sessions are proposed and however
many the clinic holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from accounts.models import User
from groups.models import HARD_CLASHES, ClashKind, TherapyGroup
from groups.schedule.in_the_way import Other, in_the_way, others_of
from groups.schedule.people import Attending, attending
from groups.schedule.proposal import Proposal
from groups.schedule.staff_facts import Leading, ScheduleRules, staff_facts, staff_warnings
from programs.models import Participant, Program, Room


@dataclass(frozen=True)
class Clash:
    """One thing in the way of one proposed session, or of one person's day or week.

    `proposal` is None where it is about a day or week of a participant. `numbers` holds what the
    words need, such as expected and capacity.
    """

    kind: ClashKind
    held_on: date
    proposal: Proposal | None = None
    other: Other | None = None
    user: tuple[int, str] | None = None  # key and name of a facilitator
    person: Participant | None = None
    numbers: dict[str, int | str] = field(default_factory=dict)

    @property
    def is_hard(self) -> bool:
        return self.kind in HARD_CLASHES

    @property
    def key(self) -> tuple:
        """What makes it the same clash before and after a change."""
        session = self.proposal.key if self.proposal else self.held_on
        other = self.other.key if self.other else None
        user = self.user[0] if self.user else None
        person = self.person.pk if self.person else None
        return (self.kind, session, other, user, person)


def clashes_of(
    proposals: Sequence[Proposal], *, program: Program, replaced: Collection[int] = ()
) -> list[Clash]:
    """Return what these sessions of the program run into, by date; they replace those stored.

    `replaced` are further stored sessions (keys) that will be out of the way, such as cancelled
    ones. Values are as of the database; nothing is locked or written.
    """
    if not proposals:
        return []
    gone = {each.key for each in proposals if each.key is not None} | set(replaced)
    reading = _Reading(proposals, program, gone)
    found = [
        *_taken(reading),
        *_among_themselves(reading),
        *_elsewhere(reading),
        *_sizes(reading),
        *_staff(reading),
    ]
    return sorted(found, key=lambda each: (not each.is_hard, each.held_on, each.kind))


class _Reading:
    """Everything the checks need, read once."""

    def __init__(
        self, proposals: Sequence[Proposal], program: Program, gone: Collection[int]
    ) -> None:
        self.proposals, self.program = proposals, program
        self.in_the_way = in_the_way(proposals, gone)
        self.attending = attending(proposals, gone)
        sessions = {each.session for each in self.in_the_way}
        sessions |= {each.elsewhere for each in self.attending if each.elsewhere is not None}
        self.others = others_of(sessions)
        self.groups = TherapyGroup.objects.in_bulk({each.group for each in proposals})
        self.rooms = Room.objects.in_bulk({each.room for each in proposals if each.room})
        users = {user for each in proposals for user in each.leaders}
        self.users = {
            user.pk: user.name or user.email for user in User.objects.filter(pk__in=users)
        }
        days = [each.held_on for each in proposals]
        self.staff = staff_facts(users, min(days), max(days))
        self.rules = ScheduleRules(program)

    def user(self, key: int) -> tuple[int, str]:
        return (key, self.users[key])

    def of(self, proposal: Proposal) -> Other:
        """Return a proposal as what stands in the way of another one."""
        return Other(
            key=proposal.key or 0,
            group=self.groups[proposal.group].name,
            program=self.program.pk,
            starts_at=proposal.starts_at,
            ends_at=proposal.ends_at,
            room=self.rooms[proposal.room].name if proposal.room else "",
            leaders=tuple(self.users[each] for each in proposal.leaders),
        )


def _taken(reading: _Reading) -> Iterator[Clash]:
    """Yield the rooms, people and times that stored sessions have."""
    for found in reading.in_the_way:
        proposal, other = reading.proposals[found.index], reading.others[found.session]
        overlaps = proposal.starts_at < other.ends_at and other.starts_at < proposal.ends_at
        if found.what == "room" and not overlaps:
            yield _too_close(reading, proposal, other)
        elif found.what == "room":
            yield Clash(ClashKind.ROOM, proposal.held_on, proposal, other)
        elif found.user is not None:
            user = reading.user(found.user)
            yield Clash(ClashKind.FACILITATOR, proposal.held_on, proposal, other, user)
        else:
            yield Clash(ClashKind.SAME_TIME, proposal.held_on, proposal, other)


def _too_close(reading: _Reading, proposal: Proposal, other: Other) -> Clash:
    gap = max(proposal.starts_at - other.ends_at, other.starts_at - proposal.ends_at)
    needed = reading.rooms[proposal.room or 0].turnover_minutes
    numbers: dict[str, int | str] = {"minutes": int(gap.total_seconds()) // 60, "needed": needed}
    return Clash(ClashKind.TURNOVER, proposal.held_on, proposal, other, numbers=numbers)


def _among_themselves(reading: _Reading) -> Iterator[Clash]:
    """Yield what the proposed sessions take from each other."""
    for one, other in _overlapping(reading.proposals):
        if one.room is not None and one.room == other.room:
            yield Clash(ClashKind.ROOM, one.held_on, one, reading.of(other))
        for user in sorted(set(one.leaders) & set(other.leaders)):
            clash = (ClashKind.FACILITATOR, one.held_on, one, reading.of(other))
            yield Clash(*clash, reading.user(user))
        if one.group == other.group:
            yield Clash(ClashKind.SAME_TIME, one.held_on, one, reading.of(other))


def _overlapping(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, Proposal]]:
    by_date: dict[date, list[Proposal]] = {}
    for each in proposals:
        by_date.setdefault(each.held_on, []).append(each)
    for same_day in by_date.values():
        yield from ((one, other) for one, other in combinations(same_day, 2) if one.overlaps(other))


def _elsewhere(reading: _Reading) -> Iterator[Clash]:
    """Yield the people who are in another session at that time."""
    found = [each for each in reading.attending if each.elsewhere is not None]
    people = Participant.objects.in_bulk({each.participant for each in found})
    for each in found:
        proposal, other = reading.proposals[each.index], reading.others[each.elsewhere or 0]
        person = people[each.participant]
        yield Clash(ClashKind.PARTICIPANT, proposal.held_on, proposal, other, person=person)


def _counts(attended: Iterable[Attending]) -> Counter[int]:
    """Return how many people are expected at each proposal, by its index."""
    return Counter(index for index, _ in {(each.index, each.participant) for each in attended})


def _sizes(reading: _Reading) -> Iterator[Clash]:
    """Yield the sessions with too many people, or too few, for group, room and facilitators."""
    counts = _counts(reading.attending)
    for index, proposal in enumerate(reading.proposals):
        for kind, numbers in _size_warnings(reading, proposal, counts[index]):
            yield Clash(kind, proposal.held_on, proposal, numbers=numbers)


def _size_warnings(
    reading: _Reading, proposal: Proposal, expected: int
) -> Iterator[tuple[ClashKind, dict[str, int | str]]]:
    group, room = reading.groups[proposal.group], reading.rooms.get(proposal.room or 0)
    rule, leaders = reading.rules.on(proposal.held_on), len(proposal.leaders)
    # A group nobody is in yet is judged by the seats it offers.
    people = expected or (group.capacity if proposal.key is None else 0)
    if expected > group.capacity:
        yield ClashKind.GROUP_CAPACITY, {"expected": expected, "capacity": group.capacity}
    if expected < group.min_to_hold and (expected or proposal.key is not None):
        yield ClashKind.TOO_FEW, {"expected": expected, "least": group.min_to_hold}
    if room is not None and people > room.capacity:
        seats: dict[str, int | str] = {"expected": people, "capacity": room.capacity}
        yield ClashKind.ROOM_CAPACITY, seats | {"room": room.name}
    if not leaders:
        yield ClashKind.NO_FACILITATOR, {}
    most = (rule.max_per_facilitator or 0) * leaders if rule else 0
    if most and expected > most:
        yield ClashKind.RATIO, {"expected": expected, "leaders": leaders, "most": most}


def _staff(reading: _Reading) -> Iterator[Clash]:
    """Yield what speaks against those who are to lead."""
    zone = reading.program.zone
    for each in reading.proposals:
        kind = reading.groups[each.group].kind
        for user in each.leaders:
            leading = Leading(user, kind, each.held_on, each.starts_at, each.ends_at)
            for warning in staff_warnings(leading, reading.staff, reading.rules, zone):
                needs = " / ".join(reading.rules.credentials(kind, each.held_on))
                numbers: dict[str, int | str] = (
                    {"needs": needs} if warning is ClashKind.CREDENTIAL else {}
                )
                clash = (warning, each.held_on, each, None, reading.user(user))
                yield Clash(*clash, numbers=numbers)
