"""Which later first day there can be, and which places in groups begin with the person."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from groups.episodes.ending import after
from groups.episodes.refusals import Words, at, far, has_begun, today_of
from groups.models import GroupMembership
from programs.models import Enrollment


def cannot_put_off(enrollment: Enrollment, admitted_on: date, now: datetime) -> Words:
    """Return why that cannot be a later first day."""
    today = today_of(enrollment, now)
    if why := has_begun(enrollment, now) or far("admitted_on", admitted_on, today):
        return why
    if admitted_on < enrollment.admitted_on:
        words = _("They begin %(day)s. Choose a later day.")
        return at("admitted_on", words, enrollment.admitted_on)
    return {}


def places_before(enrollment: Enrollment, admitted_on: date) -> QuerySet[GroupMembership]:
    """Return the places that would begin before the new first day."""
    return after(enrollment, date.min).filter(first_on__lt=admitted_on)
