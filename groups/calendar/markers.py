"""What is wrong with a session that lies ahead, and how many clashes the page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.calendar.twice import InTwo
from groups.models import ClashKind, GroupSession
from groups.readable import leaders_of

# So many sessions elsewhere are told of; the others are counted.
NAMED = 2


@dataclass(frozen=True)
class Marker:
    """One clash of a block: a word for narrow places, and what more there is to say."""

    short: str
    more: str = ""


@dataclass(frozen=True)
class Markers:
    """The clashes of the sessions shown, by the key of the session."""

    of: Mapping[int, tuple[Marker, ...]]
    count: int
    days: frozenset[date]


def markers_of(
    sessions: Iterable[GroupSession],
    in_two: Iterable[InTwo],
    may_know: Callable[[InTwo], bool],
) -> Markers:
    """Return what clashes in these sessions; they were read with leaders and expected people.

    People in two sessions of the page are one clash, marked at both.
    """
    elsewhere = defaultdict(list)
    for each in in_two:
        elsewhere[each.session].append(each)
    of: dict[int, tuple[Marker, ...]] = {}
    subjects: set[Hashable] = set()
    days = set()
    for session in sessions:
        people, alone = elsewhere[session.pk], dict(_alone(session))
        if not (people or alone):
            continue
        of[session.pk] = (*_elsewhere(people, may_know), *alone.values())
        subjects |= {frozenset({each.session, each.other}) for each in people}
        subjects |= {(session.pk, kind) for kind in alone}
        days.add(session.held_on)
    return Markers(of, len(subjects), frozenset(days))


def _elsewhere(people: Sequence[InTwo], may_know: Callable[[InTwo], bool]) -> Iterator[Marker]:
    """Yield one marker for all sessions that people of this one are in besides; it names a few."""
    if not people:
        return
    words = [_in_two(each, may_know(each)) for each in people[:NAMED]]
    if len(people) > NAMED:
        words.append(_("and %(n)s more") % {"n": len(people) - NAMED})
    yield Marker(_("Clash"), "; ".join(words))


def _in_two(found: InTwo, is_known: bool) -> str:
    if not is_known:
        words = ngettext("%(n)s person busy elsewhere", "%(n)s people busy elsewhere", found.people)
        return words % {"n": found.people}
    words = ngettext(
        "%(n)s person in both this and %(group)s",
        "%(n)s people in both this and %(group)s",
        found.people,
    )
    return words % {"n": found.people, "group": found.group}


def _alone(session: GroupSession) -> Iterator[tuple[ClashKind, Marker]]:
    """Yield what is wrong with the session in itself."""
    expected: int = session.expected  # type: ignore[attr-defined]
    group, room = session.group, session.room
    if expected > group.capacity:
        yield (
            ClashKind.GROUP_CAPACITY,
            Marker(_("Over capacity"), _of_seats(expected, group.capacity)),
        )
    if room and expected > room.capacity:
        yield (
            ClashKind.ROOM_CAPACITY,
            Marker(_("Room too small"), _of_seats(expected, room.capacity)),
        )
    if expected < group.min_to_hold:
        words = _("%(n)s of at least %(least)s") % {"n": expected, "least": group.min_to_hold}
        yield ClashKind.TOO_FEW, Marker(_("Too few"), words)
    if not leaders_of(session):
        yield ClashKind.NO_FACILITATOR, Marker(_("Nobody leads it"))


def _of_seats(expected: int, seats: int) -> str:
    people = ngettext("%(n)s person", "%(n)s people", expected) % {"n": expected}
    return ngettext("%(people)s, %(seats)s seat", "%(people)s, %(seats)s seats", seats) % {
        "people": people,
        "seats": seats,
    }
