"""What a change of somebody's place would do: the seat, what speaks against it, their hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.checks import Check
from groups.joining.hours_after import hours_begun_later, hours_with, hours_without
from groups.joining.leaving import A_DAY, cannot_end, cannot_leave, cannot_put_off
from groups.joining.seats import Seats, seats_for
from groups.joining.stay import Stay, Words, refusals, warnings
from groups.models import ChangeKind, ClashKind, GroupMembership, TherapyGroup
from groups.schedule.clash_words import clash_lines
from groups.schedule.clashes import Clash
from groups.schedule.edit import Edit, kinds
from groups.schedule.offered_change import OfferedChange
from groups.schedule.preview import Preview
from groups.schedule.preview_page import OfferedLine, preview_page
from groups.wording import short_day
from programs.access import Access
from programs.models import Program


@dataclass(frozen=True)
class PlacePreview:
    """Everything `joining/live.html` reads."""

    checks: tuple[Check, ...]
    offered: tuple[OfferedLine, ...]
    is_about_somebody: bool
    needs_reason: bool = False
    is_full: bool = False

    @property
    def hint(self) -> str:
        """What is missing for more to be said; nothing where it is said why it cannot be."""
        if any(check.stops for check in self.checks):
            return ""
        return _("Fill in the form to see what it does to their offered hours.")

    @property
    def keeps_hours(self) -> bool:
        """Whether somebody's offered hours stay what they are."""
        stops = any(check.stops for check in self.checks)
        return self.is_about_somebody and not self.offered and not stops


def seat_preview(group: TherapyGroup, first_on: date | None) -> PlacePreview:
    """Return what can be said before anybody is chosen: whether a seat is free."""
    checks = []
    if first_on is not None:
        checks.append(_seat(seats_for(group, None, first_on=first_on), first_on))
    return PlacePreview(tuple(checks), (), is_about_somebody=False)


def stay_preview(stay: Stay, *, access: Access, now: datetime) -> PlacePreview:
    """Return what joining would do, or moving, where the stay leaves another group."""
    words = [*_flat(refusals(stay, now))]
    if stay.leaves is not None:
        words += _flat(cannot_leave(stay.leaves, stay.first_on, now))
    if words:
        return PlacePreview(tuple(map(_stop, dict.fromkeys(words))), (), is_about_somebody=True)
    clashes, program = warnings(stay, now), stay.group.program
    return PlacePreview(
        checks=(*_facts(stay, clashes), *_warn(clashes, access, program)),
        offered=_hours(hours_with(stay), access, program),
        is_about_somebody=True,
        needs_reason=bool(clashes),
        is_full=ClashKind.GROUP_CAPACITY in kinds(clashes),
    )


def end_preview(
    place: GroupMembership, last_on: date, *, access: Access, now: datetime
) -> PlacePreview:
    """Return what ending the place would do."""
    words = cannot_end(place, last_on, now)
    changes = [] if words else hours_without(place, since=last_on + A_DAY)
    return _plain(words, changes, access, place.group.program)


def put_off_preview(
    place: GroupMembership, first_on: date, *, access: Access, now: datetime
) -> PlacePreview:
    """Return what beginning later would do."""
    words = cannot_put_off(place, first_on, now)
    changes = [] if words else hours_begun_later(place, first_on=first_on)
    return _plain(words, changes, access, place.group.program)


def _plain(
    words: Words, changes: Sequence[OfferedChange], access: Access, program: Program
) -> PlacePreview:
    return PlacePreview(
        checks=tuple(map(_stop, _flat(words))),
        offered=_hours(changes, access, program),
        is_about_somebody=not words,
    )


def _flat(words: Words) -> Iterable[str]:
    return [each for said in words.values() for each in said]


def _stop(words: str) -> Check:
    return Check("lost", "circle-alert", words, "", stops=True)


def _facts(stay: Stay, clashes: Collection[Clash]) -> Iterator[Check]:
    """Yield what is as it should be, and who is before them in the line."""
    found = kinds(clashes)
    seats = seats_for(stay.group, stay.enrollment, first_on=stay.first_on, last_on=stay.until)
    if ClashKind.GROUP_CAPACITY not in found:
        yield _seat(seats, stay.first_on)
    elif seats.ahead:
        yield Check("warn", "list-ordered", _("Waiting list"), _before_them(seats))
    if ClashKind.PARTICIPANT not in found:
        yield Check("ok", "circle-check", _("Other groups"), _("none at the same time"))


def _warn(clashes: Collection[Clash], access: Access, program: Program) -> Iterator[Check]:
    for line in clash_lines(clashes, access, program):
        yield Check(line.tone, line.icon, line.words, "")


def _seat(seats: Seats, day: date) -> Check:
    if not seats.is_free:
        return Check("warn", "armchair", _("Seat"), _none_free(seats, day))
    words = ngettext(
        "%(free)s of %(seats)s seat is free from %(day)s",
        "%(free)s of %(seats)s seats are free from %(day)s",
        seats.capacity,
    )
    numbers = {"free": seats.free - seats.ahead, "seats": seats.capacity, "day": short_day(day)}
    return Check("ok", "circle-check", _("Seat"), words % numbers)


def _before_them(seats: Seats) -> str:
    words = ngettext("%(n)s person is before them", "%(n)s people are before them", seats.ahead)
    return words % {"n": seats.ahead}


def _none_free(seats: Seats, day: date) -> str:
    if not seats.free:
        words = _("none stays free from %(day)s; all %(seats)s are taken %(busiest)s")
        busiest = short_day(seats.busiest_on)
        return words % {"day": short_day(day), "seats": seats.capacity, "busiest": busiest}
    words = ngettext(
        "%(free)s is free from %(day)s, and %(ahead)s person waits for it",
        "%(free)s is free from %(day)s, and %(ahead)s people wait for it",
        seats.ahead,
    )
    return words % {"free": seats.free, "day": short_day(day), "ahead": seats.ahead}


def _hours(
    changes: Sequence[OfferedChange], access: Access, program: Program
) -> tuple[OfferedLine, ...]:
    """Return the weeks in words; no session changes, so the edit they come with is empty."""
    nothing = Edit(ChangeKind.ADDED, program)
    page = preview_page(Preview(nothing, (), changes), access=access, program=program)
    return page.offered
