"""How the last sessions of a group went: who came, who did not, and whether it was signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.today.rows import Chip
from attendance.today.session_facts import with_attendance
from groups.models import GroupSession, SessionStatus, TherapyGroup
from groups.readable import readable_sessions, with_leaders, with_lessons
from groups.roster import with_expected_count
from groups.session_links import may_mark, sheet_url
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Program

LAST = 8


@dataclass(frozen=True)
class PastRow:
    """One session that is over."""

    day: str
    times: str
    url: str
    came: int
    absent: int
    expected: int
    lessons: tuple[str, ...]
    lessons_url: str
    state: Chip


@dataclass(frozen=True)
class History:
    """The last sessions of one group, the latest first."""

    program: Program
    group: TherapyGroup
    rows: tuple[PastRow, ...]


def history_of(*, program: Program, group: TherapyGroup, access: Access, now: datetime) -> History:
    """Return the group's last sessions as `access` may see them."""
    sessions = readable_sessions(access, program).filter(
        group=group, ends_at__lte=now, status=SessionStatus.SCHEDULED
    )
    found = with_attendance(with_lessons(with_leaders(with_expected_count(sessions))))
    last = found.select_related("group").order_by("-starts_at")[:LAST]
    return History(program, group, tuple(_row(each, access, program) for each in last))


def _row(session: GroupSession, access: Access, program: Program) -> PastRow:
    may_open = may_mark(session, access, program)
    lessons_url = reverse("teaching:teaching", args=[program.public_id, session.public_id])
    came, recorded = session.came, session.recorded  # type: ignore[attr-defined]
    return PastRow(
        day=short_day(session.held_on),
        times=times(session.starts_at, session.ends_at, program.zone),
        url=sheet_url(session, program) if may_open else "",
        came=came,
        absent=recorded - came,
        expected=session.expected,  # type: ignore[attr-defined]
        lessons=tuple(session.lesson_names),  # type: ignore[attr-defined]
        lessons_url=lessons_url if may_open else "",
        state=_state(session),
    )


def _state(session: GroupSession) -> Chip:
    if session.is_signed:  # type: ignore[attr-defined]
        return Chip("ok", "signature", _("Signed"))
    if session.closed_at:
        return Chip("calm", "archive", _("Imported"))
    if session.recorded:  # type: ignore[attr-defined]
        return Chip("warn", "pen-line", _("Not signed"))
    return Chip("", "circle-dashed", _("Not recorded"))
