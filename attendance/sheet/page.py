"""The sheet's page: the session in words, its rows, how many are marked, what signing lacks."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.amending.lateness import is_late_entry
from attendance.sheet.amended import corrections_of
from attendance.sheet.forms import Posted
from attendance.sheet.people import Person, people_of
from attendance.sheet.refusals import CannotSign, Problem
from attendance.sheet.rows import Row, Said, row_of
from attendance.sheet.session import Phase, moment_of, phase_of
from attendance.sheet.signing import Signing, is_substitute, signing_of
from attendance.sheet.states import UNMARKED, Moment, State
from attendance.sheet.weighing import Conflict
from attendance.sheet.wishes import Clock
from groups.models import GroupSession
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.who_may import Scope

BAR = 100


@dataclass(frozen=True)
class Counter:
    """How many are marked, how many are in the room, and how many may be marked at once.

    Who said they cannot come is not one of the rest.
    """

    words: str
    in_room: str
    percent: str
    rest: int
    is_everybody: bool


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
    can_amend: bool

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def is_signed(self) -> bool:
        return self.phase is Phase.SIGNED

    @property
    def is_signed_late(self) -> bool:
        """It was signed on a later day than that of the session."""
        day, zone = self.session.held_on, self.program.zone
        return self.is_signed and is_late_entry(self.session.sign_off.signed_at, day, zone)

    @property
    def is_cancelled(self) -> bool:
        return self.phase is Phase.CANCELLED

    @property
    def is_future(self) -> bool:
        return self.phase is Phase.FUTURE

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
    """What the last request sent, and what came of it; `people` where they are known already.

    `before` is what the records that were changed said until now.
    """

    sent: Posted | None = None
    people: Sequence[Person] | None = None
    problems: Sequence[Problem] = ()
    conflicts: Mapping[uuid.UUID, Conflict] = field(default_factory=dict)
    before: Mapping[uuid.UUID, State] = field(default_factory=dict)
    is_recorded: bool = False
    unsigned: CannotSign | None = None
    # What the page that gets this answer shows of each row.
    shown: Mapping[uuid.UUID, State] = field(default_factory=dict)

    def about(self, who: uuid.UUID) -> Said:
        sent = self.sent
        return Said(
            typed=sent.typed.get(who) if sent else None,
            problem=next((each for each in self.problems if each.participant == who), None),
            conflict=self.conflicts.get(who),
            before=self.before.get(who),
            is_saved=self.is_recorded and bool(sent and who in sent.seen),
            is_open=bool(sent and who in sent.opened),
            shown=self._shown(who),
        )

    def _shown(self, who: uuid.UUID) -> State:
        """Return what the row says on the page that gets this answer."""
        known = self.sent.seen if self.sent and self.sent.only else self.shown
        return known.get(who, UNMARKED)


def sheet_page(
    session: GroupSession, *, access: Access, now: datetime, answer: Answer
) -> SheetPage:
    """Return the page as `access` may see it at this moment."""
    program, moment = session.group.program, moment_of(session, now)
    people = people_of(session) if answer.people is None else answer.people
    phase, clock = phase_of(session, now), Clock(session.held_on, program.zone, moment)
    rows = _rows(session, people, clock, answer, phase)
    signing = _signing(session, access, rows, answer)
    ids = [program.public_id, session.public_id]
    return SheetPage(
        program=program,
        session=session,
        phase=phase,
        status=_status(moment),
        url=reverse("sheet:sheet", args=ids),
        walk_in_url=reverse("sheet:walk_in", args=ids),
        today_url=reverse("today:today", args=[program.public_id]),
        rows=rows,
        counter=_counter(people, moment),
        signing=signing,
        can_amend=phase is Phase.SIGNED and may_amend(session, access),
    )


def _signing(session: GroupSession, access: Access, rows: Sequence[Row], answer: Answer) -> Signing:
    return signing_of(
        rows,
        substitute=is_substitute(session, access),
        reason=answer.sent.reason if answer.sent else "",
        refused=answer.unsigned,
    )


def may_amend(session: GroupSession, access: Access) -> bool:
    """Say whether this person may correct the session's records."""
    scope = access.scope("attendance.amend", session.group.program)
    return scope is Scope.PROGRAM or bool(scope and session.is_mine)  # type: ignore[attr-defined]


def _rows(
    session: GroupSession, people: Sequence[Person], clock: Clock, answer: Answer, phase: Phase
) -> tuple[Row, ...]:
    names = roster_names(person.participant for person in people)
    corrected = corrections_of(session, clock) if phase is Phase.SIGNED else {}

    def place(person: Person) -> tuple[bool, str]:
        return person.state.has_record, names[person.participant.chart_number].casefold()

    return tuple(
        row_of(
            person,
            names[person.participant.chart_number],
            clock,
            answer.about(person.id),
            corrected.get(person.id, ()),
        )
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
    rest = sum(not (person.state.has_record or person.no) for person in people)
    return Counter(words, room, percent, rest, is_everybody=rest == len(people))


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
