"""A group's weekly slots one by one, in words: when, where, who leads, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from groups.meeting_dates import WeeklySlot
from groups.models import MeetingPattern, PatternFacilitator, TherapyGroup
from groups.recurrence import followed_to, recurrence_lines
from groups.wording import slot_words, with_rhythm
from programs.models import Program


@dataclass(frozen=True)
class SlotRow:
    """One slot; the addresses are empty for who may not change it."""

    key: str
    words: str
    span: str
    room: str
    leaders: tuple[str, ...]
    recurrence: tuple[str, ...]
    change_url: str = ""
    end_url: str = ""


def slot_rows(group: TherapyGroup, *, today: date, may_edit: bool) -> tuple[SlotRow, ...]:
    """Return the slots in force or still to come, by weekday and start; one query."""
    leading = PatternFacilitator.objects.filter(pattern=OuterRef("pk"), is_former=False)
    name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())
    slots = (
        MeetingPattern.objects.meeting_since(today)
        .filter(group=group)
        .select_related("room")
        .annotate(leading=ArraySubquery(leading.order_by("user__name").values_list(name)))
        .order_by("weekday", "starts", "first_on")
    )
    return tuple(_row(slot, group.program, today, may_edit=may_edit) for slot in slots)


def slot_line(slot: WeeklySlot) -> str:
    """Return `Monday, 5:30 PM to 8:30 PM, every 2 weeks`."""
    words = slot_words([slot.weekday], slot.starts, slot.ends)
    return with_rhythm(words, slot.every_weeks)


def _row(slot: MeetingPattern, program: Program, today: date, *, may_edit: bool) -> SlotRow:
    zone, ids = program.zone, [program.public_id, slot.public_id]
    return SlotRow(
        key=str(slot.public_id),
        words=slot_line(slot),
        span=_span(slot, today),
        room=slot.room.name if slot.room else "",
        leaders=tuple(slot.leading),  # type: ignore[attr-defined]
        recurrence=recurrence_lines(slot, zone, until=followed_to(slot, today)),
        change_url=reverse("slots:change", args=ids) if may_edit else "",
        end_url=reverse("slots:end", args=ids) if may_edit else "",
    )


def _span(slot: MeetingPattern, today: date) -> str:
    """Return `since Nov 2, 2026, until Dec 18, 2026`, or `from …` where it is still to begin."""
    words = _("since %(day)s") if slot.first_on <= today else _("from %(day)s")
    parts = [words % {"day": _day(slot.first_on)}]
    if slot.last_on:
        parts.append(_("until %(day)s") % {"day": _day(slot.last_on)})
    return ", ".join(parts)


def _day(day: date) -> str:
    return date_format(day, pgettext("date format: Nov 23, 2026", "M j, Y"))
