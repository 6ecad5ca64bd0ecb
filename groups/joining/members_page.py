"""The members page of a group: who is in it on a date, who comes and went, who waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from groups.joining.days import changes_from, is_closed_on
from groups.joining.forms import OnForm
from groups.joining.line import next_in_line
from groups.joining.meetings import DayLinks, Meets, day_links, meets
from groups.joining.member_rows import Rows, WaitingRow, Writer
from groups.joining.roster_on import RosterOn, roster_on
from groups.joining.seats import line_of
from groups.kind_looks import KindLook, kind_look
from groups.models import TherapyGroup, WaitingPlace
from groups.slots import slots_of
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.weeks import local_date
from programs.who_may import Scope


@dataclass(frozen=True)
class Line:
    """Who waits; `is_readable` is whether this reader may know their names."""

    rows: tuple[WaitingRow, ...]
    count: int
    is_readable: bool
    may_come_in: bool


@dataclass(frozen=True)
class MembersPage:
    """Everything the template reads."""

    group: TherapyGroup
    form: OnForm
    day: date
    is_today: bool
    links: DayLinks
    slots: tuple[str, ...]
    meets: tuple[Meets, ...]
    rows: Rows
    is_left_cut: bool
    line: Line
    may_edit: bool
    is_closed: bool

    @property
    def kind(self) -> KindLook:
        return kind_look(self.group.kind)

    @property
    def free(self) -> int:
        """Seats free on the date."""
        return max(0, self.group.capacity - len(self.rows.members))

    @property
    def over(self) -> int:
        """Members beyond the seats."""
        return max(0, len(self.rows.members) - self.group.capacity)


def members_page(
    *, group: TherapyGroup, form: OnForm, access: Access, now: datetime
) -> MembersPage:
    """Return the page as `access` may read it; whether at all is the view's question."""
    program = group.program
    today = local_date(now, program.zone)
    day = form.day(today)
    roster, waiting = roster_on(group, day), _waiting(group, today)
    if _reads_everybody(access, program):
        roster = replace(roster, line=waiting)
    writer = _writer(roster, group, access, now)
    return MembersPage(
        group=group,
        form=form,
        day=day,
        is_today=day == today,
        links=day_links(group, day),
        slots=slots_of([group.pk], today=today).get(group.pk, ()),
        meets=meets(roster.sessions, program.zone),
        rows=writer.rows(),
        is_left_cut=roster.is_left_cut,
        line=_line(writer, len(waiting), now),
        may_edit=writer.open_from is not None,
        is_closed=is_closed_on(group, today),
    )


def _waiting(group: TherapyGroup, today: date) -> list[WaitingPlace]:
    return list(line_of(group, today).select_related("enrollment__participant"))


def _reads_everybody(access: Access, program: Program) -> bool:
    """Return whether the reader may name people who are not in sessions of theirs."""
    return access.scope("participants.name", program) is Scope.PROGRAM


def _writer(roster: RosterOn, group: TherapyGroup, access: Access, now: datetime) -> Writer:
    may_edit = access.scope("memberships.edit", group.program) is not None
    return Writer(
        today=local_date(now, group.program.zone),
        group=group,
        names=roster_names(roster.people),
        roster=roster,
        has_links=_reads_everybody(access, group.program),
        open_from=changes_from(group, now, leaving=True) if may_edit else None,
    )


def _line(writer: Writer, count: int, now: datetime) -> Line:
    may_edit = writer.open_from is not None
    return Line(
        rows=writer.line(),
        count=count,
        is_readable=writer.has_links,
        may_come_in=may_edit and count > 0 and next_in_line(writer.group, now),
    )
