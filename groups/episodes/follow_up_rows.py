"""The words with somebody after discharge: those of one episode, and those a program owes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.episodes.looks import Chip
from groups.episodes.refusals import long_day
from programs.access import Access
from programs.models import Enrollment, FollowUp, FollowUpOutcome, Program

AT_MOST = 200
SOON = timedelta(days=7)
OUTCOMES = {
    FollowUpOutcome.REACHED: ("ok", "phone-call"),
    FollowUpOutcome.NOT_REACHED: ("warn", "phone-missed"),
    FollowUpOutcome.DOES_NOT_WANT: ("calm", "phone-off"),
}


@dataclass(frozen=True)
class FollowUpRow:
    """One follow-up in words: after how many days, due when, how it went; whose, in a list."""

    words: str
    due: str
    chip: Chip
    note: str
    by: str
    url: str
    label: str
    name: str = ""
    phone: str = ""


def rows_of(enrollment: Enrollment, today: date) -> tuple[FollowUpRow, ...]:
    """Return the episode's follow-ups; of those called off only the ones that took place."""
    found = FollowUp.objects.filter(enrollment=enrollment).select_related(
        "done_by", "enrollment__program"
    )
    kept = [each for each in found if not each.called_off_at or each.done_at]
    return tuple(_row(each, today) for each in kept)


def due_rows(program: Program, today: date) -> tuple[FollowUpRow, ...]:
    """Return what the program owes, what is overdue longest first.

    Who is in care here again is not called.
    """
    again = Enrollment.objects.begun().filter(
        participant=OuterRef("enrollment__participant"),
        admitted_on__gt=OuterRef("enrollment__discharged_on"),
    )
    found = FollowUp.objects.due().filter(
        enrollment__program=program, enrollment__discharged_on__lt=today
    )
    rows = found.exclude(Exists(again)).select_related(
        "done_by", "enrollment__program", "enrollment__participant__merged_into"
    )
    return tuple(_named(each, today) for each in rows.order_by(F("due_on"), "pk")[:AT_MOST])


def follow_up_of(access: Access, program: Program, public_id: uuid.UUID) -> FollowUp:
    """Return the program's follow-up, unless it was called off, or raise Http404."""
    enrollments = Enrollment.objects.visible_to(access.user).filter(program=program)
    rows = FollowUp.objects.filter(enrollment__in=enrollments, called_off_at=None)
    rows = rows.select_related("enrollment__participant__merged_into", "done_by")
    return get_object_or_404(rows, public_id=public_id)


def _named(each: FollowUp, today: date) -> FollowUpRow:
    person = each.enrollment.participant.kept
    row = _row(each, today)
    name = f"{person.preferred_name or person.first_name} {person.last_name}"
    return FollowUpRow(**{**vars(row), "name": name, "phone": str(person.phone or "")})


def _row(each: FollowUp, today: date) -> FollowUpRow:
    words = ngettext("%(n)s day after", "%(n)s days after", each.days) % {"n": each.days}
    keys = [each.enrollment.program.public_id, each.public_id]
    url = "" if each.called_off_at else reverse("episodes:follow_up", args=keys)
    return FollowUpRow(
        words=words,
        due=long_day(each.due_on),
        chip=_chip(each, today),
        note=each.note,
        by=each.done_by.name if each.done_by else "",
        url=url,
        label=_("Change") if each.done_at else _("Say how it went"),
    )


def _chip(each: FollowUp, today: date) -> Chip:
    if each.done_at:
        outcome = FollowUpOutcome(each.outcome)
        return Chip(*OUTCOMES[outcome], str(outcome.label))
    late = (today - each.due_on).days
    if late > 0:
        words = ngettext("%(n)s day overdue", "%(n)s days overdue", late)
        return Chip("lost", "circle-alert", words % {"n": late})
    if late == 0:
        return Chip("warn", "clock", _("Due today"))
    is_soon = each.due_on <= today + SOON
    return Chip("go" if is_soon else "calm", "calendar-clock", _("Planned"))
