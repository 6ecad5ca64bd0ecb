"""The line for a group: who waits, and who cannot."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from groups.joining.days import is_closed_on, next_day
from groups.joining.seats import line_of, seats_for
from groups.joining.stay import Words
from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from groups.wording import short_day
from programs.models import Enrollment
from programs.weeks import local_date


def cannot_wait(group: TherapyGroup, enrollment: Enrollment, now: datetime) -> Words:
    """Return why the person cannot wait for a seat, in words by field; empty where they can."""
    day = next_day(group, now)
    if enrollment.program_id != group.program_id:
        return _person(_("Choose somebody who is enrolled in this program."))
    if is_discharged(enrollment, local_date(now, group.program.zone)):
        return _person(_("Their enrollment has ended."))
    if place_from(group, enrollment, local_date(now, group.program.zone)):
        return _person(_("They are in this group already."))
    if is_closed_on(group, day):
        words = _(
            "This group is closed and has begun: nobody comes in from a waiting list. Add them"
            " with a reason."
        )
        return _person(words)
    if seats_for(group, enrollment, first_on=first_day(enrollment, day)).is_free:
        words = _("A seat is free from %(day)s. Add them to the group.")
        return _person(words % {"day": short_day(first_day(enrollment, day))})
    return {}


def first_day(enrollment: Enrollment, day: date) -> date:
    """Return the day on which the person would come in: the admission where that is later."""
    return max(day, enrollment.admitted_on)


def is_discharged(enrollment: Enrollment, day: date) -> bool:
    """Return whether the enrollment is over before the date."""
    return enrollment.discharged_on is not None and enrollment.discharged_on < day


def place_from(group: TherapyGroup, enrollment: Enrollment, day: date) -> GroupMembership | None:
    """Return the person's place in the group on the date or later, if they have one."""
    return group.memberships.lasting(day).filter(enrollment=enrollment).first()


def next_in_line(group: TherapyGroup, now: datetime) -> bool:
    """Return whether somebody waits for whom a seat is free."""
    day = next_day(group, now)
    first = line_of(group, day).select_related("enrollment").first()
    if first is None or is_closed_on(group, first_day(first.enrollment, day)):
        return False
    since = first_day(first.enrollment, day)
    until = first.enrollment.discharged_on
    return seats_for(group, first.enrollment, first_on=since, last_on=until).is_free


def groups_with_a_line() -> QuerySet[TherapyGroup]:
    """Return the groups for which somebody waits."""
    waiting = WaitingPlace.objects.filter(group=OuterRef("pk"), left_at=None)
    return TherapyGroup.objects.filter(Exists(waiting)).order_by("pk")


def _person(words: str) -> Words:
    return {"person": [words]}
