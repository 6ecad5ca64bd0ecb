"""The forms of the pages with what is suggested, and what would come of what they say so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from groups.enrolling.choices import choices_of
from groups.joining.days import next_day
from groups.joining.forms import EndForm, JoinForm, MoveForm, PutOffForm, WaitForm
from groups.joining.people import people_to_join, people_to_wait
from groups.joining.preview import (
    PlacePreview,
    end_preview,
    put_off_preview,
    seat_preview,
    stay_preview,
)
from groups.joining.stay import Stay
from groups.models import GroupMembership, TherapyGroup
from programs.access import Access
from programs.weeks import DAYS, local_date

Sent = Mapping[str, str] | None


def join_form(sent: Sent, group: TherapyGroup, now: datetime) -> JoinForm:
    """Return the form that adds somebody, from the next session on."""
    today = _today(group, now)
    people = people_to_join(group, today=today)
    return JoinForm(sent, people=people, today=today, initial={"first_on": next_day(group, now)})


def wait_form(sent: Sent, group: TherapyGroup, now: datetime) -> WaitForm:
    """Return the form that puts somebody on the waiting list."""
    today = _today(group, now)
    return WaitForm(sent, people=people_to_wait(group, today=today), today=today)


def move_form(sent: Sent, place: GroupMembership, now: datetime) -> MoveForm:
    """Return the form that moves somebody, with the program's next week."""
    group, today = place.group, _today(place.group, now)
    next_week = group.program.week_of(today).moved(1).first_on
    day = max(next_week, place.first_on)
    groups = choices_of(group.program, first_on=day, last_on=place.last_on)
    return MoveForm(sent, groups=groups, here=group, today=today, initial={"first_on": day})


def end_form(sent: Sent, place: GroupMembership, now: datetime) -> EndForm:
    """Return the form that ends a place, today or on its first day where that is later."""
    today = _today(place.group, now)
    return EndForm(sent, today=today, initial={"last_on": max(today, place.first_on)})


def put_off_form(sent: Sent, place: GroupMembership, now: datetime) -> PutOffForm:
    """Return the form for a later first day, a week later."""
    later = place.first_on + timedelta(days=DAYS)
    return PutOffForm(sent, today=_today(place.group, now), initial={"first_on": later})


def stay_of(form: JoinForm, group: TherapyGroup) -> Stay:
    """Return the place that the form asks for; person and first day can be read."""
    return Stay(group, form.read("person"), form.read("first_on"), form.read("last_on"))


def preview_of_joining(
    form: JoinForm, group: TherapyGroup, access: Access, now: datetime
) -> PlacePreview:
    """Return what adding the person would do; the seats alone where nobody is chosen."""
    if form.read("person") and form.read("first_on"):
        return stay_preview(stay_of(form, group), access=access, now=now)
    return seat_preview(group, form.read("first_on"))


def preview_of_moving(
    form: MoveForm, place: GroupMembership, access: Access, now: datetime
) -> PlacePreview:
    """Return what the move would do, once a group is chosen."""
    to, first_on = form.read("to"), form.read("first_on")
    if not to or not first_on:
        return NOTHING_YET
    stay = Stay(to, place.enrollment, first_on, place.last_on, leaves=place)
    return stay_preview(stay, access=access, now=now)


def preview_of_ending(
    form: EndForm, place: GroupMembership, access: Access, now: datetime
) -> PlacePreview:
    """Return what ending the place would do."""
    last_on = form.read("last_on")
    return end_preview(place, last_on, access=access, now=now) if last_on else NOTHING_YET


def preview_of_putting_off(
    form: PutOffForm, place: GroupMembership, access: Access, now: datetime
) -> PlacePreview:
    """Return what beginning later would do."""
    first_on = form.read("first_on")
    return put_off_preview(place, first_on, access=access, now=now) if first_on else NOTHING_YET


def preview_of_waiting(group: TherapyGroup, now: datetime) -> PlacePreview:
    """Return whether a seat is free, so that nobody waits in vain."""
    return seat_preview(group, next_day(group, now))


NOTHING_YET = PlacePreview((), (), is_about_somebody=False)


def _today(group: TherapyGroup, now: datetime) -> date:
    return local_date(now, group.program.zone)
