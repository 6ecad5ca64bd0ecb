"""What a change of an episode would do, and what it runs into, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.checks import Check
from groups.episodes.away import cannot_begin_leave, cannot_call_off
from groups.episodes.beginning import cannot_put_off, places_before
from groups.episodes.case import Case
from groups.episodes.ending import after, leaves_after, seats_after
from groups.episodes.follow_up_dates import follow_up_dates
from groups.episodes.refusals import (
    A_DAY,
    NO_DESTINATION,
    Words,
    cannot_end,
    cannot_reverse,
    episode_after,
    has_begun,
    long_day,
)
from groups.episodes.restoring import Back, day_in, is_free, stay_again
from groups.episodes.rosters import sessions_with
from groups.episodes.steps import last_discharge
from groups.joining.seats import line_of
from groups.models import GroupMembership, WaitingPlace
from programs.models import Enrollment, Leave

Checks = tuple[Check, ...]


def stops(words: Words) -> Checks:
    """Return why it cannot be, each said once."""
    said = dict.fromkeys(each for field in words.values() for each in field)
    return tuple(Check("lost", "circle-alert", each, "", stops=True) for each in said)


def discharge_preview(case: Case, last_on: date, reason: str) -> Checks:
    """Return what ends when that is the last day, and who is called afterwards."""
    if words := cannot_end(case.enrollment, last_on, case.now):
        return stops(words)
    return (
        *ended(case, last_on),
        *(_leaves(case, last_on) if episode_after(case.enrollment) is None else ()),
        _follow_ups(last_on, reason),
    )


def ended(case: Case, last_on: date) -> Iterator[Check]:
    """Yield what ends after the last day: groups, seats, places in line, rosters."""
    enrollment = case.enrollment
    for place in after(enrollment, last_on):
        yield _place(place, last_on)
    for seat in seats_after(enrollment, last_on).select_related("session__group"):
        words = _("Make-up seat in %(group)s on %(day)s")
        facts = {"group": seat.session.group.name, "day": long_day(seat.session.held_on)}
        yield Check("calm", "armchair", words % facts, _("is given back"))
    waiting = WaitingPlace.objects.waiting().filter(enrollment=enrollment)
    for line in waiting.select_related("group"):
        words = _("Waiting list of %(group)s") % {"group": line.group.name}
        yield Check("calm", "list-x", words, _("they step out of the line"))
    yield _rosters(enrollment, Q(held_on__gt=last_on))


def _place(place: GroupMembership, last_on: date) -> Check:
    name = place.group.name
    if place.first_on > last_on:
        return Check("calm", "calendar-x", name, _("they do not begin there"))
    waits = line_of(place.group, last_on + A_DAY).exclude(enrollment=place.enrollment_id).count()
    text = _("last day %(day)s; a seat comes free") % {"day": long_day(last_on)}
    if waits:
        words = ngettext("%(n)s person waits for it", "%(n)s people wait for it", waits)
        text = f"{text}; {words % {'n': waits}}"
    return Check("warn", "log-out", name, text)


def _rosters(enrollment: Enrollment, days: Q) -> Check:
    mine = Enrollment.objects.filter(pk=enrollment.pk)
    count = sessions_with(mine).filter(days).count()
    words = ngettext(
        "%(n)s session in the calendar expects them no longer",
        "%(n)s sessions in the calendar expect them no longer",
        count,
    )
    return Check("calm", "users", _("Rosters"), words % {"n": count})


def _leaves(case: Case, last_on: date) -> Iterator[Check]:
    for leave in leaves_after(case.enrollment, last_on):
        words = _("Leave from %(day)s") % {"day": long_day(leave.first_on)}
        yield Check("calm", "circle-pause", words, _("ends with the episode"))


def _follow_ups(last_on: date, reason: str) -> Check:
    title = _("Follow-ups")
    if reason in NO_DESTINATION:
        return Check("calm", "phone-off", title, _("none"))
    dates = ", ".join(long_day(due_on) for _days, due_on in follow_up_dates(last_on))
    return Check("ok", "phone", title, dates)


def leave_preview(case: Case, first_on: date, last_on: date | None) -> Checks:
    """Return what being away from the first day to the last would do."""
    if words := cannot_begin_leave(case.enrollment, first_on, last_on, case.now):
        return stops(words)
    return tuple(_away(case, first_on, last_on))


def leave_end_preview(case: Case, leave: Leave, last_on: date | None, words: Words) -> Checks:
    """Return what another last day of the leave would do; `words` say why it cannot be."""
    if words:
        return stops(words)
    if last_on and (leave.last_on is None or last_on < leave.last_on):
        said = _("expected again from %(day)s on") % {"day": long_day(last_on + A_DAY)}
        return (Check("ok", "undo-2", _("Back"), said),)
    return tuple(_away(case, (leave.last_on or leave.first_on) + A_DAY, last_on))


def _away(case: Case, first_on: date, last_on: date | None) -> Iterator[Check]:
    days = Q(held_on__gte=first_on)
    if last_on is not None:
        days &= Q(held_on__lte=last_on)
    yield _rosters(case.enrollment, days)
    yield Check("calm", "phone-off", _("Reminders"), _("none for those days"))
    yield Check("ok", "armchair", _("Places in groups"), _("they keep them"))
    if last_on is not None:
        said = _("expected again from %(day)s on") % {"day": long_day(last_on + A_DAY)}
        yield Check("ok", "undo-2", _("Back"), said)


def call_off_leave_preview(case: Case, leave: Leave) -> Checks:
    """Return what it means that they are not away at all."""
    if words := cannot_call_off(leave, case.now):
        return stops(words)
    return (Check("ok", "undo-2", _("Rosters"), _("they are expected on all those days")),)


def put_off_preview(case: Case, admitted_on: date) -> Checks:
    """Return what moves along with a later first day."""
    enrollment = case.enrollment
    if words := cannot_put_off(enrollment, admitted_on, case.now):
        return stops(words)
    places = places_before(enrollment, admitted_on)
    return (*_moved(places, admitted_on), *_planned(enrollment, admitted_on))


def _moved(places: Iterable[GroupMembership], admitted_on: date) -> Iterator[Check]:
    for place in places:
        if place.last_on and place.last_on < admitted_on:
            text = _("is over by then: they do not begin there")
        else:
            text = _("begins %(day)s") % {"day": long_day(admitted_on)}
        yield Check("go", "calendar-clock", place.group.name, text)


def _planned(enrollment: Enrollment, admitted_on: date) -> Iterator[Check]:
    if planned := enrollment.planned_discharge_on:
        later = planned + (admitted_on - enrollment.admitted_on)
        words = _("moves along, to %(day)s") % {"day": long_day(later)}
        yield Check("go", "calendar-clock", _("Planned last day"), words)


def call_off_preview(case: Case) -> Checks:
    """Return what it means that the enrollment never begins."""
    if words := has_begun(case.enrollment, case.now):
        return stops(words)
    return tuple(ended(case, case.enrollment.admitted_on - A_DAY))


def reverse_preview(case: Case) -> Checks:
    """Return what comes back, from when, and what is taken by now."""
    enrollment = case.enrollment
    if words := cannot_reverse(enrollment):
        return stops(words)
    step = last_discharge(enrollment)
    rows = {row["id"]: row for row in step.detail.get("memberships", ())} if step else {}
    places = GroupMembership.objects.filter(enrollment=enrollment, public_id__in=rows)
    # As it would be then: open again.
    again = Enrollment.objects.select_related("participant", "program__site").get(pk=enrollment.pk)
    again.discharged_on = None
    found = [
        check
        for place in places.select_related("group__program__site").order_by("group__name")
        if (check := _comes_back(case, again, place, rows[str(place.public_id)]))
    ]
    past = Check("calm", "users", _("Past rosters"), _("stay as they were"))
    calls = Check("calm", "phone-off", _("Follow-ups"), _("are called off"))
    return (*found, past, calls)


def _comes_back(
    case: Case, again: Enrollment, place: GroupMembership, row: dict[str, str | None]
) -> Check | None:
    if place.last_on != day_in(row["now"]):
        return None
    groups = {place.group_id: place.group}
    back = Back(again, groups, case.now, None)
    stay = stay_again(back, place, place.group, until=day_in(row["was"]))
    if stay is None:
        return None
    if not is_free(stay):
        text = _("full by now: they stay out of it")
        return Check("lost", "circle-alert", place.group.name, text)
    text = _("back from %(day)s on") % {"day": long_day(stay.first_on)}
    return Check("ok", "undo-2", place.group.name, text)
