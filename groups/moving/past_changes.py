"""What was changed about one session lately, by whom, and whether it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import GroupSession, ScheduleChange
from groups.schedule.snapshot import rows_in
from groups.schedule.undo import CannotUndo, check_undo
from programs.models import Program
from programs.weeks import local_date

LATELY, AT_MOST = timedelta(days=92), 8


@dataclass(frozen=True)
class ChangeLine:
    """One change; `undo_url` where it can be undone by the reader, else why not, if asked."""

    label: str
    made_at: datetime
    made_by: str
    reason: str
    undone_at: datetime | None
    undone_by: str
    undo_url: str = ""
    why_not: str = ""


def changes_of(
    session: GroupSession, program: Program, *, may_undo: bool, now: datetime
) -> tuple[ChangeLine, ...]:
    """Return the changes that touched the session in the last three months, the newest first."""
    key = str(session.pk)
    touching = Q(after__groupsession__has_key=key) | Q(before__groupsession__has_key=key)
    found = ScheduleChange.objects.filter(touching, program=program, made_at__gte=now - LATELY)
    related = found.select_related("program", "made_by", "undone_by").defer("before", "after")
    latest = list(related.order_by("-made_at", "-pk")[:AT_MOST])
    newest = next((each for each in latest if each.undone_at is None), None)
    return tuple(_line(each, now, is_undoable=may_undo and each is newest) for each in latest)


def _line(change: ScheduleChange, now: datetime, *, is_undoable: bool) -> ChangeLine:
    why_not = _why_not(change, now) if is_undoable else ""
    return ChangeLine(
        label=str(change.get_kind_display()),
        made_at=change.made_at,
        made_by=change.made_by.display_name if change.made_by else _("the system"),
        reason=change.reason,
        undone_at=change.undone_at,
        undone_by=change.undone_by.display_name if change.undone_by else "",
        undo_url=undo_url(change) if is_undoable and not why_not else "",
        why_not=why_not,
    )


def _why_not(change: ScheduleChange, now: datetime) -> str:
    whole = ScheduleChange.objects.select_related("program__site").get(pk=change.pk)
    try:
        check_undo(whole, now)
    except CannotUndo as refused:
        return refused.words
    return ""


def undo_url(change: ScheduleChange) -> str:
    """Return the address that undoes the change."""
    return reverse("moving:undo", args=[change.program.public_id, change.public_id])


def day_of(change: ScheduleChange) -> date:
    """Return the date of the first session it altered: where it was, else where it is."""
    for rows in (rows_in(change.before, GroupSession), rows_in(change.after, GroupSession)):
        if days := [date.fromisoformat(row["held_on"]) for row in rows.values()]:
            return min(days)
    return local_date(change.made_at, change.program.zone)
