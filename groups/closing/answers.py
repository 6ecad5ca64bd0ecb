"""What to do about hours that a closed day costs: accept it, extend other sessions, or add one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.closing.closed_days import closure_on
from groups.closing.closing_plan import ClosingPlan, ProgramPlan
from groups.closing.longer import Extension, extension_edit, extensions_of, with_held
from groups.models import ClashKind, PatternFacilitator, TherapyGroup
from groups.schedule.clashes import Clash
from groups.schedule.edit import CannotSchedule, Edit, Placement
from groups.schedule.offered_change import OfferedChange
from groups.schedule.planning import plan_new_session
from groups.schedule.preview import Preview, preview_of
from programs.models import Program


class AnswerKind(TextChoices):
    """What is done where people drop below what they need."""

    ACCEPT = "accept", gettext_lazy("Accept it, with a reason")
    EXTEND = "extend", gettext_lazy("Extend the other sessions of the week")
    ADD = "add", gettext_lazy("Add a session")


@dataclass(frozen=True)
class Answer:
    """One answer, with why what remains is accepted.

    `programs` are those (keys) whose sessions may be made longer; `group` and `to` are of the
    session that is added, `to` None as long as it is not filled in.
    """

    kind: AnswerKind | None = None
    why: str = ""
    programs: Collection[int] = ()
    group: TherapyGroup | None = None
    to: Placement | None = None


@dataclass(frozen=True)
class ProgramOutcome:
    """What closing and the answer together do to one program. `edit` is the answer's part."""

    plan: ProgramPlan
    preview: Preview
    edit: Edit | None = None
    extensions: Sequence[Extension] = ()

    @property
    def program(self) -> Program:
        return self.plan.program

    @property
    def short(self) -> list[OfferedChange]:
        """Whose weeks are below what they need all the same."""
        return [each for each in self.preview.offered if each.falls_short]

    @property
    def short_weeks(self) -> list[Clash]:
        """The same, as they are recorded."""
        return [each for each in self.preview.clashes if each.kind is ClashKind.SHORT_WEEK]

    @property
    def clashes(self) -> list[Clash]:
        """What the answer runs into; not what the closure does by itself."""
        alone = {each.key: each.numbers for each in self.plan.preview.clashes}
        return [
            each
            for each in self.preview.clashes
            if each.kind is not ClashKind.SHORT_WEEK and alone.get(each.key) != each.numbers
        ]


@dataclass(frozen=True)
class Outcome:
    """What closing and the answer together do."""

    programs: Sequence[ProgramOutcome]

    @property
    def short(self) -> list[OfferedChange]:
        return [change for each in self.programs for change in each.short]

    @property
    def clashes(self) -> list[Clash]:
        return [clash for each in self.programs for clash in each.clashes]

    @property
    def edits(self) -> list[Edit]:
        return [each.edit for each in self.programs if each.edit]

    @property
    def needs_reason(self) -> bool:
        """Whether somebody stays below what they need, or something warns."""
        return bool(self.short or self.clashes)


def outcome_of(plan: ClosingPlan, answer: Answer, now: datetime) -> Outcome:
    """Return what the answer makes of the closure. Raises CannotSchedule with words by field."""
    if answer.kind is AnswerKind.EXTEND:
        return Outcome([_extended(each, answer, now) for each in plan.programs])
    if answer.kind is AnswerKind.ADD and answer.group and answer.to:
        return _added(plan, answer.group, answer.to, now)
    return Outcome([ProgramOutcome(each, each.preview) for each in plan.programs])


def _extended(plan: ProgramPlan, answer: Answer, now: datetime) -> ProgramOutcome:
    extensions = extensions_of(plan, now) if plan.program.pk in answer.programs else []
    if not extensions:
        return ProgramOutcome(plan, plan.preview)
    edit = extension_edit(plan, extensions)
    return ProgramOutcome(plan, preview_of(with_held(plan, edit.held)), edit, extensions)


def _added(plan: ClosingPlan, group: TherapyGroup, to: Placement, now: datetime) -> Outcome:
    """Return the outcome with one more session of the group, whoever else it belongs to."""
    if closure_on([plan.closure], group.program, to.held_on):
        raise CannotSchedule({"held_on": [_("This day is to be closed. Choose another one.")]})
    ours = plan.of_program(group.program)
    leaders = to.leaders or usual_leaders(ours, group)
    edit = plan_new_session(group=group, to=replace(to, leaders=leaders), now=now)
    combined = preview_of(with_held(ours, edit.held))
    others = (each for each in plan.programs if each.program != group.program)
    outcomes = [ProgramOutcome(each, each.preview) for each in others]
    return Outcome([ProgramOutcome(ours, combined, edit), *outcomes])


def usual_leaders(plan: ProgramPlan, group: TherapyGroup) -> tuple[int, ...]:
    """Return who would have led the group's first session that falls, else who leads a slot."""
    for session in plan.falling:
        if session.group_id == group.pk:
            leaders: Sequence[int] = session.leader_keys  # type: ignore[attr-defined]
            return tuple(leaders)
    leading = PatternFacilitator.objects.filter(is_former=False, pattern__group=group)
    slots = leading.filter(pattern__withdrawn_at=None).order_by("-pattern__first_on", "pattern")
    first = slots.values_list("pattern", flat=True).first()
    return tuple(slots.filter(pattern=first).values_list("user", flat=True))


def words_for(answer: Answer, outcome: Outcome, plan: ClosingPlan) -> Mapping[str, list[str]]:
    """Return, by field, what is missing before the days can be closed; nothing where all is said.

    Where nobody drops below what they need, nothing is asked.
    """
    if not plan.short:
        return {}
    if answer.kind is None:
        return {"answer": [_("Say what is done about the hours.")]}
    if answer.kind is AnswerKind.EXTEND and not outcome.edits:
        return {"answer": [_("No session of these weeks can be extended. Choose another answer.")]}
    if outcome.needs_reason and not answer.why.strip():
        return {"why": [_("Say why this is all right.")]}
    return {}
