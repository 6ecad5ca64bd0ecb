"""What closing some days would do: which sessions fall, which stay, whose offered hours drop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from groups.closing.closed_days import sessions_on
from groups.models import ChangeKind, GroupSession, SessionStatus
from groups.schedule.edit import Edit, SessionEdit, Why
from groups.schedule.fixed import fixed_among
from groups.schedule.offered_change import OfferedChange
from groups.schedule.offered_rows import WeekRules
from groups.schedule.preview import Preview, preview_of
from groups.schedule.proposal import as_proposal, with_leader_keys
from programs.models import Closure, Program, Weeks


@dataclass(frozen=True)
class Staying:
    """A session on a closed day that is held all the same, and why."""

    session: GroupSession
    why: Why


@dataclass(frozen=True)
class ProgramPlan:
    """What a closure does to one program. `edit` cancels its sessions; no row is changed by it."""

    program: Program
    falling: Sequence[GroupSession]
    staying: Sequence[Staying]

    @property
    def edit(self) -> Edit:
        cancelled = [
            SessionEdit(as_proposal(each), SessionStatus.CANCELLED) for each in self.falling
        ]
        return Edit(ChangeKind.CANCELLED, self.program, cancelled)

    @property
    def groups(self) -> frozenset[int]:
        """The groups (keys) that lose a session."""
        return frozenset(each.group_id for each in self.falling)

    @cached_property
    def preview(self) -> Preview:
        """What the closure alone does to people's weeks."""
        return preview_of(self.edit)

    @property
    def short(self) -> list[OfferedChange]:
        """Whose weeks drop below what they need."""
        return [each for each in self.preview.offered if each.falls_short]

    @property
    def short_weeks(self) -> list[date]:
        """The first dates of the weeks in which somebody drops below what they need."""
        return sorted({each.week_on for each in self.short})

    def week_on(self, session: GroupSession) -> date:
        """Return the first date of the session's week."""
        return self.program.week_of(session.held_on).first_on

    @cached_property
    def exempt_weeks(self) -> list[date]:
        """The first dates of the weeks that the rule holds to no minimum once a session falls."""
        rules = WeekRules(self.program, ())
        weeks = {self.week_on(each) for each in self.falling}
        found = {day: rules.of_week(self.program.week_of(day)) for day in weeks}
        return sorted(day for day, rule in found.items() if rule and rule.closures == Weeks.EXEMPT)


@dataclass(frozen=True)
class ClosingPlan:
    """What a closure, stored or not, would do, program by program."""

    closure: Closure
    programs: Sequence[ProgramPlan]

    @property
    def falling(self) -> list[GroupSession]:
        return [session for each in self.programs for session in each.falling]

    @property
    def staying(self) -> list[Staying]:
        return [kept for each in self.programs for kept in each.staying]

    @property
    def short(self) -> list[OfferedChange]:
        return [change for each in self.programs for change in each.short]

    def of_program(self, program: Program) -> ProgramPlan:
        """Return what it does to this program: perhaps nothing."""
        found = (each for each in self.programs if each.program == program)
        return next(found, ProgramPlan(program, (), ()))


def plan_closing(closure: Closure, now: datetime) -> ClosingPlan:
    """Return what the closure would do at this moment."""
    found = with_leader_keys(sessions_on(closure)).select_related("group__program__site", "room")
    by_program: dict[Program, list[GroupSession]] = defaultdict(list)
    for session in found.order_by("starts_at", "group__name", "pk"):
        by_program[session.group.program].append(session)
    staying = _staying([each for held in by_program.values() for each in held], now)
    return ClosingPlan(
        closure,
        [
            ProgramPlan(
                program,
                [each for each in held if each.pk not in staying],
                [Staying(each, staying[each.pk]) for each in held if each.pk in staying],
            )
            for program, held in sorted(by_program.items(), key=lambda item: item[0].code)
        ],
    )


def _staying(sessions: Sequence[GroupSession], now: datetime) -> dict[int, Why]:
    """Return why each session that stays does, by its key; one statement at most."""
    begun = {each.pk: Why.BEGUN for each in sessions if each.starts_at <= now}
    coming = [each.pk for each in sessions if each.pk not in begun]
    fixed = fixed_among(coming) if coming else ()
    return begun | dict.fromkeys(fixed, Why.RECORDED)
