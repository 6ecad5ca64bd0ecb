"""The sessions of one program's week, cancelled ones too: whose they are, and why not held."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from groups.models import Facilitation, GroupSession, SessionStatus
from hours.wording import clock
from programs.models import Program
from programs.weeks import Week

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class WeekSession:
    """One session; `not_held` says why it was cancelled, `is_mine` that the reader leads it."""

    session_id: uuid.UUID
    group_id: uuid.UUID
    group: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...]
    not_held: str
    is_mine: bool

    @property
    def is_held(self) -> bool:
        return not self.not_held


Sessions = dict[uuid.UUID, WeekSession]


def week_sessions(program: Program, week: Week, *, reader: User) -> Sessions:
    """Return the week's sessions by public id, in order of time; one statement."""
    rows = GroupSession.objects.in_calendar().in_week(week).filter(group__program=program)
    return _read(rows, reader)


def sessions_named(program: Program, ids: Iterable[uuid.UUID], *, reader: User) -> Sessions:
    """Return the program's sessions of these ids, moved elsewhere or withdrawn as they may be."""
    rows = GroupSession.objects.filter(group__program=program, public_id__in=list(ids))
    return _read(rows, reader)


def _read(rows: Iterable[GroupSession], reader: User) -> Sessions:
    leads = Facilitation.objects.filter(session=OuterRef("pk"), user=reader, is_former=False)
    found = (
        rows.annotate(is_mine=Exists(leads))  # type: ignore[attr-defined]
        .select_related("group__program__site", "cancelled_for", "combined_into__group")
        .order_by("starts_at", "pk")
    )
    return {each.public_id: _session(each) for each in found}


def _session(row: GroupSession) -> WeekSession:
    return WeekSession(
        session_id=row.public_id,
        group_id=row.group.public_id,
        group=row.group.name,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        breaks=tuple(row.breaks),
        not_held=_not_held(row),
        is_mine=row.is_mine,  # type: ignore[attr-defined]
    )


def _not_held(row: GroupSession) -> str:
    """Return why a session was not held; blank of one that was."""
    if row.status == SessionStatus.SCHEDULED:
        return ""
    if row.status == SessionStatus.WITHDRAWN:
        return _("taken out of the calendar")
    if row.cancelled_for:
        return _("closed: %(reason)s") % {"reason": row.cancelled_for.reason}
    if row.combined_into:
        other = row.combined_into
        return _("met with %(group)s at %(time)s") % {
            "group": other.group.name,
            "time": clock(other.starts_at, row.group.program.zone),
        }
    if row.cancelled_reason:
        return _("cancelled: %(reason)s") % {"reason": row.cancelled_reason}
    return _("cancelled")
