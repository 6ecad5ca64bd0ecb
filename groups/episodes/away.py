"""Which days a leave may have: past rosters stay, and two leaves never share a day."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import F, Q
from django.utils.translation import gettext as _

from groups.episodes.refusals import Words, at, far, today_of
from groups.episodes.rosters import last_roster_day
from programs.models import DischargeReason, Enrollment, Leave


def episode_of(leave: Leave, day: date) -> Enrollment | None:
    """Return the person's episode on the date, if there is one."""
    theirs = Enrollment.objects.covering(day).filter(participant=leave.participant)
    return theirs.select_related("participant", "program__site").first()


def cannot_begin_leave(
    enrollment: Enrollment, first_on: date, last_on: date | None, now: datetime
) -> Words:
    """Return why the person cannot be away from the first day to the last."""
    today = today_of(enrollment, now)
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        return at(NON_FIELD_ERRORS, _("This enrollment was called off before it began."))
    if why := far("first_on", first_on, today):
        return why
    if first_on < enrollment.admitted_on:
        words = _("They are admitted %(day)s. Choose that day or a later one.")
        return at("first_on", words, enrollment.admitted_on)
    if enrollment.discharged_on and first_on > enrollment.discharged_on:
        words = _("Their last day is %(day)s. Choose that day or an earlier one.")
        return at("first_on", words, enrollment.discharged_on)
    if why := _bad_end(first_on, last_on, today):
        return why
    return _past(enrollment, first_on, now) or _overlap(enrollment, first_on, last_on)


def cannot_come_back(leave: Leave, last_on: date, now: datetime) -> Words:
    """Return why that cannot be an earlier last day of the leave."""
    if leave.last_on and last_on > leave.last_on:
        words = _("The leave ends %(day)s. To be away longer, extend it.")
        return at("last_on", words, leave.last_on)
    if last_on < leave.first_on:
        words = _("The leave begins %(day)s. If they are not away at all, call it off.")
        return at("last_on", words, leave.first_on)
    if why := far("last_on", last_on, now.date()):
        return why
    missed = _last_missed(leave, now)
    if missed and last_on < missed:
        words = _(
            "They were away on %(day)s, and past rosters stay as they were. Choose that day or a"
            " later one."
        )
        return at("last_on", words, missed)
    return {}


def cannot_extend(leave: Leave, last_on: date | None, now: datetime) -> Words:
    """Return why that cannot be a later last day of the leave."""
    if leave.last_on is None or leave.last_on < leave.first_on:
        return at(NON_FIELD_ERRORS, _("This leave has no last day to put off."))
    if last_on and last_on < leave.last_on:
        words = _("The leave ends %(day)s. To come back earlier, end it.")
        return at("last_on", words, leave.last_on)
    if why := _bad_end(leave.first_on, last_on, now.date()):
        return why
    theirs = Enrollment.objects.filter(participant=leave.participant)
    seen = last_roster_day(theirs, now)
    if seen and seen > leave.last_on:
        words = _(
            "They have been back: they are on a roster of %(day)s. Begin another leave after it."
        )
        return at("last_on", words, seen)
    if shared := _overlaps(leave.participant_id, leave.last_on, last_on, leave):
        return {"last_on": shared}
    return {}


def cannot_call_off(leave: Leave, now: datetime) -> Words:
    """Return why the leave cannot be as if it never was."""
    if (missed := _last_missed(leave, now)) is not None:
        words = _("The leave has begun: they were away on %(day)s. Say when they are back.")
        return at(NON_FIELD_ERRORS, words, missed)
    return {}


def _bad_end(first_on: date, last_on: date | None, today: date) -> Words:
    if last_on is None:
        return {}
    if last_on < first_on:
        return at("last_on", _("The last day is on or after the first."))
    return far("last_on", last_on, today)


def _past(enrollment: Enrollment, first_on: date, now: datetime) -> Words:
    theirs = Enrollment.objects.filter(participant=enrollment.participant_id)
    seen = last_roster_day(theirs, now)
    if seen and first_on <= seen:
        words = _(
            "They are on a roster of %(day)s, and past rosters stay as they were. Choose a later"
            " day."
        )
        return at("first_on", words, seen)
    return {}


def _overlap(enrollment: Enrollment, first_on: date, last_on: date | None) -> Words:
    words = _overlaps(enrollment.participant_id, first_on, last_on)
    return {"first_on": words} if words else {}


def _overlaps(
    participant: int, first_on: date, last_on: date | None, but: Leave | None = None
) -> list[str]:
    """Return words where another leave shares a date with these."""
    has_dates = Q(last_on=None) | Q(last_on__gte=F("first_on"))
    ahead = has_dates & (Q(last_on=None) | Q(last_on__gte=first_on))
    others = Leave.objects.filter(ahead, participant=participant)
    if last_on is not None:
        others = others.filter(first_on__lte=last_on)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if other := others.order_by("first_on").first():
        words = _(
            "They are on leave from %(day)s already. Choose other days, or change that leave."
        )
        return at("", words, other.first_on)[""]
    return []


def _last_missed(leave: Leave, now: datetime) -> date | None:
    """Return the last date of the leave with a roster that stays, and would have them on it."""
    theirs = Enrollment.objects.filter(participant=leave.participant)
    days = Q(held_on__gte=leave.first_on)
    if leave.last_on is not None:
        days &= Q(held_on__lte=leave.last_on)
    return last_roster_day(theirs, now, is_away_too=True, among=days)
