"""The sheet's page: the session in words, its rows, how many are marked, what signing lacks."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.sheet.actions import Conflict, Problem
from attendance.sheet.forms import Posted
from attendance.sheet.people import Person, people_of
from attendance.sheet.rows import Row, Said, row_of
from attendance.sheet.session import Phase, moment_of, phase_of
from attendance.sheet.states import Moment
from attendance.sheet.wishes import Clock
from groups.models import GroupSession
from programs.access import Access
from programs.models import Program
from programs.names import roster_names

BAR = 100


@dataclass(frozen=True)
class Counter:
    """How many are marked, and how many are in the room."""

    words: str
    in_room: str
    percent: str
    unmarked: int


@dataclass(frozen=True)
class Signing:
    """What stands between this person and a signature."""

    unmarked: tuple[Row, ...]
    is_possible: bool
    is_substitute: bool
    reason: str
    problem: str


@dataclass(frozen=True)
class SheetPage:
    """Everything the sheet's template reads."""

    program: Program
    session: GroupSession
    phase: Phase
    status: str
    url: str
    walk_in_url: str
    today_url: str
    rows: tuple[Row, ...]
    counter: Counter
    signing: Signing

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def is_signed(self) -> bool:
        return self.phase is Phase.SIGNED

    @property
    def is_cancelled(self) -> bool:
        return self.phase is Phase.CANCELLED

    @property
    def is_future(self) -> bool:
        return self.phase is Phase.FUTURE

    @property
    def has_problems(self) -> bool:
        return bool(self.troubled)

    @property
    def troubled(self) -> tuple[tuple[Row, str], ...]:
        """Rows with something wrong, each with its words, for the summary on top."""
        found = []
        for row in self.rows:
            words = [row.problem, *(each.error for each in row.fields)]
            found += [(row, str(each)) for each in words if each]
        return tuple(found)

    def row(self, who: uuid.UUID) -> Row | None:
        return next((row for row in self.rows if row.id == who), None)


@dataclass(frozen=True)
class Answer:
    """What the last request sent, and what came of it; `people` where they are known already."""

    sent: Posted | None = None
    people: Sequence[Person] | None = None
    problems: Sequence[Problem] = ()
    conflicts: Mapping[uuid.UUID, Conflict] = field(default_factory=dict)
    sign_problem: str = ""

    def about(self, who: uuid.UUID) -> Said:
        sent = self.sent
        return Said(
            typed=sent.typed.get(who) if sent else None,
            problem=next((each for each in self.problems if each.participant == who), None),
            conflict=self.conflicts.get(who),
            is_open=bool(sent and who in sent.opened),
        )


def sheet_page(
    session: GroupSession, *, access: Access, now: datetime, answer: Answer
) -> SheetPage:
    """Return the page as `access` may see it at this moment."""
    program, moment = session.group.program, moment_of(session, now)
    people = people_of(session) if answer.people is None else answer.people
    rows = _rows(people, Clock(session.held_on, program.zone, moment), answer)
    ids = [program.public_id, session.public_id]
    return SheetPage(
        program=program,
        session=session,
        phase=phase_of(session, now),
        status=_status(moment),
        url=reverse("sheet:sheet", args=ids),
        walk_in_url=reverse("sheet:walk_in", args=ids),
        today_url=reverse("today:today", args=[program.public_id]),
        rows=rows,
        counter=_counter(people, moment),
        signing=_signing(session, access, rows, answer),
    )


def is_substitute(session: GroupSession, access: Access) -> bool | None:
    """Say whether a signature would be a substitute's; None where this person may not sign."""
    program = session.group.program
    if session.is_mine and access.scope("attendance.sign", program):  # type: ignore[attr-defined]
        return False
    return True if access.scope("attendance.sign_as_substitute", program) else None


def _rows(people: Sequence[Person], clock: Clock, answer: Answer) -> tuple[Row, ...]:
    names = roster_names(person.participant for person in people)

    def place(person: Person) -> tuple[bool, str]:
        return person.state.has_record, names[person.participant.chart_number].casefold()

    return tuple(
        row_of(person, names[person.participant.chart_number], clock, answer.about(person.id))
        for person in sorted(people, key=place)
    )


def _counter(people: Sequence[Person], moment: Moment) -> Counter:
    marked = sum(person.state.has_record for person in people)
    came = sum(bool(person.state.stretches) for person in people)
    here = sum(person.state.is_here for person in people)
    words = _("%(marked)s of %(all)s marked") % {"marked": marked, "all": len(people)}
    room = ngettext("%(count)s came", "%(count)s came", came) % {"count": came}
    if not moment.is_over:
        room = _("%(count)s in the room") % {"count": here}
    percent = f"{BAR * marked / max(1, len(people)):.1f}%"
    return Counter(words, room, percent, len(people) - marked)


def _signing(session: GroupSession, access: Access, rows: Sequence[Row], answer: Answer) -> Signing:
    substitute = is_substitute(session, access)
    return Signing(
        unmarked=tuple(row for row in rows if not row.is_marked),
        is_possible=substitute is not None,
        is_substitute=bool(substitute),
        reason=answer.sent.reason if answer.sent else "",
        problem=answer.sign_problem,
    )


def _status(moment: Moment) -> str:
    if moment.is_over:
        return _("ended")
    if moment.is_running:
        left = moment.ends_at - moment.now
        return _("in session, %(time)s left") % {"time": _span(int(left.total_seconds()) // 60)}
    ahead = moment.starts_at - moment.now
    return _("starts in %(time)s") % {"time": _span(int(ahead.total_seconds()) // 60)}


def _span(minutes: int) -> str:
    days, hours = minutes // 1440, minutes // 60
    if days:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if not hours:
        return _("%(n)s min") % {"n": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
