"""A place in a group as it would be, and what speaks against it: outright, or as a warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from groups.joining.days import changes_from, is_closed_on
from groups.joining.seats import seats_for
from groups.joining.sessions import left_sessions, sessions_of
from groups.models import ClashKind, GroupMembership, TherapyGroup
from groups.schedule.clashes import Clash, clashes_of
from groups.schedule.people import expected_at
from groups.schedule.proposal import Proposal, proposals_of
from groups.wording import short_day
from programs.models import Enrollment, Participant
from programs.weeks import instant, local_date

Words = dict[str, list[str]]


@dataclass(frozen=True)
class Stay:
    """One person in one group from a date on; in the place of `leaves`, where they come from.

    The group is read with its program and site, the enrollment with its participant.
    """

    group: TherapyGroup
    enrollment: Enrollment
    first_on: date
    last_on: date | None = None
    leaves: GroupMembership | None = None

    @property
    def until(self) -> date | None:
        """The last day; the discharge where none is given."""
        return self.last_on or self.enrollment.discharged_on


def refusals(stay: Stay, now: datetime) -> Words:
    """Return why the place cannot be, in words by field of the form; empty where it can."""
    if stay.enrollment.program_id != stay.group.program_id:
        return {"person": [_("Choose somebody who is enrolled in this program.")]}
    days = {"first_on": [*_first_day(stay, now)], "last_on": [*_last_day(stay)]}
    if any(days.values()):
        return {name: words for name, words in days.items() if words}
    standing = [*_is_in_it(stay)]
    return {"person": standing} if standing else {}


def _first_day(stay: Stay, now: datetime) -> Iterator[str]:
    since, enrollment = changes_from(stay.group, now), stay.enrollment
    if stay.first_on < since:
        yield past_words(since, now, stay.group)
    if stay.first_on < enrollment.admitted_on:
        words = _("Their enrollment begins %(day)s. Choose that day or a later one.")
        yield words % {"day": short_day(enrollment.admitted_on)}
    if enrollment.discharged_on and stay.first_on > enrollment.discharged_on:
        yield _ends(enrollment.discharged_on)


def _last_day(stay: Stay) -> Iterator[str]:
    discharged_on = stay.enrollment.discharged_on
    if stay.last_on is None:
        return
    if stay.last_on < stay.first_on:
        yield _("The last day is on or after the first.")
    elif discharged_on and stay.last_on > discharged_on >= stay.first_on:
        yield _ends(discharged_on)


def _ends(day: date) -> str:
    words = _("Their enrollment ends %(day)s. Choose that day or an earlier one.")
    return words % {"day": short_day(day)}


def past_words(since: date, now: datetime, group: TherapyGroup) -> str:
    """Return why a date before `since` is refused."""
    if since > local_date(now, group.program.zone):
        return _("Today’s session is over and its roster stays. Choose tomorrow or a later day.")
    return _("Past rosters stay as they were. Choose today or a later day.")


def _is_in_it(stay: Stay) -> Iterator[str]:
    same = stay.group.memberships.lasting(stay.first_on).filter(enrollment=stay.enrollment)
    if stay.until is not None:
        same = same.filter(first_on__lte=stay.until)
    for each in same.order_by("first_on")[:1]:
        words = (
            _("They are in this group already, from %(first)s to %(last)s.")
            if each.last_on
            else _("They are in this group already, from %(first)s on.")
        )
        yield words % {
            "first": short_day(each.first_on),
            "last": short_day(each.last_on) if each.last_on else "",
        }


def warnings(stay: Stay, now: datetime) -> list[Clash]:
    """Return what a reason has to override: a closed or full group, or what sessions run into."""
    full, clashes = [*_full(stay)], session_clashes(stay, now)
    if full:
        # Said of the group as a whole already.
        clashes = [each for each in clashes if each.kind != ClashKind.GROUP_CAPACITY]
    return [*_closed(stay), *full, *clashes]


def _closed(stay: Stay) -> Iterator[Clash]:
    if is_closed_on(stay.group, stay.first_on):
        yield _about(stay, ClashKind.CLOSED_GROUP, stay.first_on)


def _full(stay: Stay) -> Iterator[Clash]:
    seats = seats_for(stay.group, stay.enrollment, first_on=stay.first_on, last_on=stay.until)
    if not seats.is_free:
        numbers = {"expected": seats.expected, "capacity": seats.capacity}
        yield _about(stay, ClashKind.GROUP_CAPACITY, seats.busiest_on, **numbers)


def _about(stay: Stay, kind: ClashKind, day: date, **numbers: int | str) -> Clash:
    """Return a clash of the group as a whole, which is no one session of the day."""
    midnight = instant(day, time(), stay.group.program.zone)
    whole = Proposal(None, stay.group.pk, day, midnight, midnight)
    return Clash(kind, day, whole, person=stay.enrollment.participant, numbers=numbers)


def session_clashes(stay: Stay, now: datetime) -> list[Clash]:
    """Return what the sessions to come run into with this person among the expected.

    They may be expected elsewhere at that time, and they may be one too many for a room, for a
    facilitator, or where a guest has the seat that is free on other dates.
    """
    coming = _with_them(stay, now)
    left = left_sessions(stay.leaves, since=stay.first_on) if stay.leaves else ()
    gone = {each.pk for each in left}
    found = clashes_of(coming, program=stay.group.program, replaced=gone)
    return [each for each in found if _is_about(each, stay.enrollment.participant)]


def _is_about(clash: Clash, person: Participant) -> bool:
    """Return whether the clash is one person's, or of a session as a whole with them in it."""
    if clash.kind == ClashKind.PARTICIPANT:
        return clash.person == person
    return clash.kind in (ClashKind.GROUP_CAPACITY, ClashKind.ROOM_CAPACITY, ClashKind.RATIO)


def _with_them(stay: Stay, now: datetime) -> list[Proposal]:
    """Return the sessions still to end at which the place makes them expected, they among those."""
    sessions = sessions_of(stay.group, first_on=stay.first_on, last_on=stay.until)
    ahead = proposals_of(each.pk for each in sessions if each.ends_at > now)
    key = stay.enrollment.pk
    coming = [replace(each, guests=(*each.guests, key)) for each in ahead]
    expected = expected_at(coming)
    return [each for each, people in zip(coming, expected, strict=True) if key in people]
