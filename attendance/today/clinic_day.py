"""The clinic's day: every session with its room and people, who is missing, who comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.today.desk import Desk
from attendance.today.owed import OwedLine, owed_line
from attendance.today.rows import AgendaRow, Chip, MissingRow, agenda_row, missing_rows
from attendance.today.session_facts import with_everything
from attendance.today.session_marks import SessionMarks, marks_on
from groups.models import GroupSession, SessionStatus
from groups.readable import readable_sessions
from groups.wording import day_words
from programs.models import Enrollment
from programs.names import roster_names
from programs.weeks import local_date

# How far ahead admissions and discharges are announced.
LOOK_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Coming:
    """Someone who starts or leaves soon."""

    name: str
    url: str
    details: str


@dataclass(frozen=True)
class ClinicDay:
    """What Today shows to those who look after the whole program."""

    rows: tuple[AgendaRow, ...]
    missing: tuple[MissingRow, ...]
    has_met: bool
    in_room: int
    running: int
    starting: tuple[Coming, ...]
    leaving: tuple[Coming, ...]
    may_enroll: bool
    owed: OwedLine | None
    state: str

    @property
    def has_sessions(self) -> bool:
        return bool(self.rows)


def clinic_day(desk: Desk) -> ClinicDay:
    """Return the program's day."""
    today = local_date(desk.now, desk.program.zone)
    found = readable_sessions(desk.access, desk.program).filter(
        held_on=today, status=SessionStatus.SCHEDULED
    )
    sessions = list(with_everything(found))
    marks = marks_on(today, sessions, now=desk.now)
    begun = [each for each in sessions if each.starts_at <= desk.now]
    running = [each for each in begun if desk.is_running(each)]
    starting, leaving = _coming(desk, today)
    return ClinicDay(
        rows=tuple(
            agenda_row(each, marks[each.pk], desk, _chips(each, marks[each.pk], desk))
            for each in sessions
        ),
        missing=missing_rows(begun, marks, desk),
        has_met=bool(begun),
        in_room=sum(marks[each.pk].in_room for each in running),
        running=len(running),
        starting=starting,
        leaving=leaving,
        may_enroll=desk.access.scope("participants.edit", desk.program) is not None,
        owed=owed_line(desk),
        state=_state(sessions, running, desk),
    )


def _chips(session: GroupSession, marks: SessionMarks, desk: Desk) -> list[Chip]:
    """Return what is known of a session that has begun: who came, who is missing, a signature."""
    if session.starts_at > desk.now:
        return []
    chips = [Chip("go", "radio", _("Now"))] if desk.is_running(session) else []
    if marks.came:
        chips.append(Chip("ok", "check", _("%(n)s came") % {"n": marks.came}))
    absent = len(marks.missing) - marks.unmarked
    if absent:
        chips.append(Chip("lost", "user-x", _("%(n)s absent") % {"n": absent}))
    if marks.unmarked:
        chips.append(Chip("", "circle-dashed", _("%(n)s not marked") % {"n": marks.unmarked}))
    if session.is_signed:  # type: ignore[attr-defined]
        chips.append(Chip("ok", "signature", _("Signed")))
    return chips


def _coming(desk: Desk, today: date) -> tuple[tuple[Coming, ...], tuple[Coming, ...]]:
    """Return who is admitted and who is planned to leave within the next days, soonest first."""
    soon = (today, today + LOOK_AHEAD)
    found = list(
        Enrollment.objects.visible_to(desk.access.user)
        .begun()
        .filter(program=desk.program)
        .filter(
            Q(admitted_on__range=soon) | Q(planned_discharge_on__range=soon, discharged_on=None)
        )
        .select_related("participant")
        .order_by("admitted_on", "pk")
    )
    names = roster_names([each.participant for each in found])
    starting = [each for each in found if each.admitted_on >= today]
    leaving = [each for each in found if _leaves_within(each, soon)]
    leaving.sort(key=lambda each: (str(each.planned_discharge_on), each.pk))
    return (
        tuple(_coming_row(each, each.admitted_on, names, desk, today) for each in starting),
        tuple(_coming_row(each, each.planned_discharge_on, names, desk, today) for each in leaving),
    )


def _leaves_within(enrollment: Enrollment, soon: tuple[date, date]) -> bool:
    day = enrollment.planned_discharge_on
    return enrollment.discharged_on is None and day is not None and soon[0] <= day <= soon[1]


def _coming_row(
    enrollment: Enrollment, day: date | None, names: dict[str, str], desk: Desk, today: date
) -> Coming:
    words = [capfirst(day_words(day, today))] if day else []
    if day == enrollment.admitted_on:
        words.append(str(enrollment.get_admission_display()))
    return Coming(
        name=names[enrollment.participant.chart_number],
        url=desk.participant_url(enrollment.participant),
        details=" · ".join(words),
    )


def _state(sessions: Sequence[GroupSession], running: Sequence[GroupSession], desk: Desk) -> str:
    if not sessions:
        return _("no session today")
    count = len(sessions)
    words = ngettext("%(n)s session today", "%(n)s sessions today", count) % {"n": count}
    if running:
        return f"{words}, {_('%(n)s in progress') % {'n': len(running)}}"
    ahead = next((each for each in sessions if each.starts_at > desk.now), None)
    if ahead:
        return f"{words}, {_('next at %(time)s') % {'time': desk.clock(ahead.starts_at)}}"
    return f"{words}, {_('all over')}"
