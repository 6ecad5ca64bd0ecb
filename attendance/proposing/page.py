"""The page of a proposal: both plans side by side, who finishes with each, who does not and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.proposing.explaining import trades, why_not
from attendance.proposing.forms import TEACH_NEXT
from attendance.proposing.model import propose
from attendance.proposing.problem import Plan, Proposal
from attendance.proposing.reading import Situation, situation_of
from attendance.proposing.side_by_side import SlotRow, slot_rows
from attendance.proposing.tally import Tally, kept, tally
from attendance.proposing.wording import finish_words, sure_words, trade_words, why_words
from curriculum.tabs import curriculum_tabs
from groups.models import TherapyGroup
from groups.rotation.reading import seen_of
from groups.wording import short_day
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope
from programs.whose import Tab

# How long somebody is let wait for a better order.
SECONDS = 4


@dataclass(frozen=True)
class LeftRow:
    """Somebody who would not finish, and why."""

    name: str
    url: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """How many finish and how many core lessons are received, by the proposal and as it stands."""

    people: int
    finish: int
    finish_before: int
    lessons: int
    lessons_before: int

    @property
    def left(self) -> int:
        return self.people - self.finish


@dataclass(frozen=True)
class Shown:
    """A proposal as it is shown; `teach` is what using it sends."""

    numbers: Numbers
    headline: str
    sure: str
    rows: tuple[SlotRow, ...]
    trades: tuple[str, ...]
    left: tuple[LeftRow, ...]
    notes: tuple[str, ...]
    teach: tuple[str, ...]

    @property
    def changed(self) -> int:
        """How many sessions teach something else."""
        return sum(row.is_changed for row in self.rows)


@dataclass(frozen=True)
class ProposalPage:
    """Everything the template reads; `seen` is the plan that the proposal was made from."""

    program: Program
    group: TherapyGroup
    tabs: Sequence[Tab]
    problems: Sequence[str]
    instead: tuple[str, str] | None
    also_fixed: bool
    has_fixed: bool
    shown: Shown
    seen: str


def proposal_page(
    *,
    group: TherapyGroup,
    access: Access,
    now: datetime,
    also_fixed: bool = False,
    problems: Sequence[str] = (),
) -> ProposalPage:
    """Search for the best order, and return its page; it takes up to some seconds."""
    situation = situation_of(group, now=now, also_fixed=also_fixed)
    return ProposalPage(
        program=group.program,
        group=group,
        tabs=curriculum_tabs(access, group.program, here="rotation:rotations"),
        problems=problems,
        instead=_instead(situation),
        also_fixed=also_fixed,
        has_fixed=any(each.fixed and not each.is_cancelled for each in situation.plan.slots),
        shown=_shown(situation, group.program, may_name=_may_name(access, group.program)),
        seen=seen_of(situation.plan, now),
    )


def _shown(situation: Situation, program: Program, *, may_name: bool) -> Shown:
    problem = situation.problem
    found, stands = propose(problem, seconds=SECONDS), kept(problem, problem.plans[0])
    before, after = tally(problem, stands), tally(problem, found.plan)
    return Shown(
        numbers=_numbers(before, after),
        headline=finish_words(len(after.finish), len(problem.people)),
        sure=sure_words(found, finish=len(after.finish), seconds=SECONDS),
        rows=tuple(slot_rows(situation, found.plan, before, after, program)),
        trades=_trades(situation, stands, found.plan),
        left=tuple(_left(situation, after, program)) if may_name else (),
        notes=tuple(_notes(situation, stands)),
        teach=tuple(_teach(situation, found)),
    )


def _numbers(before: Tally, after: Tally) -> Numbers:
    return Numbers(
        people=len(after.got),
        finish=len(after.finish),
        finish_before=len(before.finish),
        lessons=after.lessons,
        lessons_before=before.lessons,
    )


def _may_name(access: Access, program: Program) -> bool:
    return access.scope("coverage.read", program) is Scope.PROGRAM


def _instead(situation: Situation) -> tuple[str, str] | None:
    """Return what is said where there is nothing to propose."""
    problem = situation.problem
    if not problem.slots and any(slot.fixed for slot in situation.plan.slots):
        return (
            _("Every coming session was chosen by hand."),
            _("Let the proposal change those too, or give some back to the rotation."),
        )
    if not problem.slots:
        return (
            _("No coming session is free."),
            _("A proposal chooses lessons for sessions in the calendar that are still to come."),
        )
    if not problem.lessons:
        return (
            _("This group has no lessons to teach."),
            _("Put lessons into its rotation; a proposal chooses among them."),
        )
    if not problem.people:
        return (
            _("Nobody is in this group."),
            _("A proposal is made for the people who come; add members first."),
        )
    return None


def _trades(situation: Situation, stands: Plan, plan: Plan) -> tuple[str, ...]:
    names = {key: lesson.name for key, lesson in situation.plan.lessons.items()}
    days = {key: short_day(each.held_on) for key, each in situation.plan.sessions.items()}
    found = trades(situation.problem, stands, plan)
    return tuple(trade_words(each, names, days) for each in found)


def _left(situation: Situation, after: Tally, program: Program) -> Iterable[LeftRow]:
    reasons = why_not(situation.problem, after)
    for key, person in situation.people.items():
        if key in reasons:
            yield LeftRow(
                name=person.name,
                url=reverse("coverage:person", args=[program.public_id, person.participant_id]),
                why=why_words(reasons[key], person, situation.core),
            )


def _notes(situation: Situation, stands: Plan) -> Iterable[str]:
    """Yield what one has to know to read the numbers."""
    problem, people = situation.problem, situation.people.values()
    if open_end := sum(person.until is None for person in people):
        words = ngettext(
            "%(n)s person has no planned discharge on record, and is counted until the last session"
            " in the calendar.",
            "%(n)s people have no planned discharge on record, and are counted until the last"
            " session in the calendar.",
            open_end,
        )
        yield words % {"n": open_end}
    if broken := len(problem.plans[0]) - len(stands):
        words = ngettext(
            "%(n)s planned lesson is too long for its session, or comes before one it needs; it is"
            " not counted.",
            "%(n)s planned lessons are too long for their session, or come before one they need;"
            " they are not counted.",
            broken,
        )
        yield words % {"n": broken}


def _teach(situation: Situation, found: Proposal) -> Iterable[str]:
    sessions, lessons = situation.plan.sessions, situation.plan.lessons
    for session, lesson in found.plan.items():
        yield f"{sessions[session].public_id}{TEACH_NEXT}{lessons[lesson].public_id}"
