"""Why an episode cannot change as asked, in words by field of the form; empty where it can."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.episodes.rosters import last_recorded_day, last_roster_day
from groups.episodes.steps import standing_on
from programs.models import Destination, DischargeReason, Enrollment, Standing
from programs.weeks import local_date

Words = dict[str, list[str]]
A_DAY = timedelta(days=1)
FARTHEST = timedelta(days=366)
NO_DESTINATION = (DischargeReason.DECEASED,)


def today_of(enrollment: Enrollment, now: datetime) -> date:
    """Return the date at the program's site."""
    return local_date(now, enrollment.program.zone)


def at(field: str, words: str, day: date | None = None) -> Words:
    """Return words at a field, with a date in them."""
    return {field: [words % {"day": long_day(day)} if day else words]}


def long_day(day: date) -> str:
    """Return `November 23, 2026`: these dates may lie a year away."""
    return date_format(day)


def itself(enrollment: Enrollment) -> Words:
    """Return why the episode is not one that goes on."""
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        return at(NON_FIELD_ERRORS, _("This enrollment was called off before it began."))
    if enrollment.discharged_on:
        words = _(
            "They are discharged already; the last day is %(day)s. A director can take the"
            " discharge back."
        )
        return at(NON_FIELD_ERRORS, words, enrollment.discharged_on)
    return {}


def far(field: str, day: date, today: date) -> Words:
    """Return why the date is no date to choose: years away, a digit was mistyped."""
    if abs(day - today) > FARTHEST:
        return at(field, _("Enter a date within a year of today"))
    return {}


def earliest_last_day(enrollment: Enrollment, now: datetime) -> date:
    """Return the first date that can be the last day: past rosters and records stay inside."""
    only = Enrollment.objects.filter(pk=enrollment.pk)
    recorded = last_recorded_day(enrollment, today_of(enrollment, now))
    days = (enrollment.admitted_on, last_roster_day(only, now), recorded)
    return max(day for day in days if day)


def cannot_end(enrollment: Enrollment, last_on: date, now: datetime) -> Words:
    """Return why that cannot be the last day of the episode."""
    today = today_of(enrollment, now)
    if why := itself(enrollment) or far("last_on", last_on, today):
        return why
    if last_on < enrollment.admitted_on:
        words = _(
            "A discharge is not before the admission, %(day)s. Choose that day or a later one."
        )
        return at("last_on", words, enrollment.admitted_on)
    earliest = earliest_last_day(enrollment, now)
    if last_on < earliest:
        words = _(
            "They are on a roster of %(day)s, and past rosters stay as they were. Choose that day"
            " or a later one."
        )
        return at("last_on", words, earliest)
    return {}


def cannot_go_on_to(reason: str, destination: str) -> Words:
    """Return what is missing of why somebody leaves and where they go."""
    reasons = {*DischargeReason.values} - {DischargeReason.NEVER_STARTED.value}
    if reason not in reasons:
        return at("reason", _("Choose why they leave"))
    if not destination and reason in NO_DESTINATION:
        return {}
    if destination not in Destination.values:
        return at("destination", _("Choose where they go on to"))
    return {}


def cannot_reverse(enrollment: Enrollment) -> Words:
    """Return why the discharge cannot be taken back."""
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        words = _("This enrollment was called off before it began. Enroll them again.")
        return at(NON_FIELD_ERRORS, words)
    if enrollment.discharged_on is None:
        return at(NON_FIELD_ERRORS, _("They are not discharged."))
    if later := episode_after(enrollment):
        words = _(
            "They are enrolled again from %(day)s on, so this discharge stays. Call that enrollment"
            " off first if it has not begun."
        )
        return at(NON_FIELD_ERRORS, words, later.admitted_on)
    return {}


def episode_after(enrollment: Enrollment) -> Enrollment | None:
    """Return the person's next episode, under any of their records, if there is one."""
    theirs = Enrollment.objects.of_person(enrollment.participant.kept).begun()
    later = theirs.exclude(pk=enrollment.pk).filter(admitted_on__gt=enrollment.admitted_on)
    return later.order_by("admitted_on").first()


def has_begun(enrollment: Enrollment, now: datetime) -> Words:
    """Return why what is for those who have not begun is not for this person."""
    if why := itself(enrollment):
        return why
    today = today_of(enrollment, now)
    if standing_on(enrollment, today) != Standing.SCHEDULED:
        words = _("They have been enrolled since %(day)s. Discharge them, or transfer them.")
        return at(NON_FIELD_ERRORS, words, enrollment.admitted_on)
    return {}
