"""The answers to hours that a closure costs, as its page offers them, and what one comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.closing.answers import Answer, AnswerKind, Outcome, outcome_of
from groups.closing.closed_days import closure_on
from groups.closing.closing_plan import ClosingPlan, ProgramPlan
from groups.closing.forms import ClosingForm
from groups.closing.longer import Extension, extensions_of
from groups.closing.what_falls import sees, short_elsewhere, short_lines
from groups.enrolling.wording import hours
from groups.models import GroupSession
from groups.schedule.clash_words import ClashLine, clash_lines
from groups.schedule.edit import CannotSchedule
from groups.schedule.preview_page import OfferedLine
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Closure, Program
from programs.weeks import local_date


@dataclass(frozen=True)
class ExtensionLines:
    """The sessions of one week that would be longer, and by how much."""

    title: str
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeLines:
    """What the chosen answer comes to: what stops it or warns, and who stays below."""

    refusals: tuple[str, ...] = ()
    stops: tuple[ClashLine, ...] = ()
    warnings: tuple[ClashLine, ...] = ()
    short: tuple[OfferedLine, ...] = ()
    short_elsewhere: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether everybody reaches what they need."""
        return not (self.refusals or self.stops or self.short or self.short_elsewhere)


@dataclass(frozen=True)
class AnswerPage:
    """The answers with what each would do.

    `outcome` is of the chosen one, once it can be told; `asks_place` says that a session is to be
    added whose day or times are still missing.
    """

    accepted: str
    extensions: tuple[ExtensionLines, ...]
    outcome: OutcomeLines | None
    asks_place: bool


def answer_page(
    plan: ClosingPlan, form: ClosingForm, access: Access, now: datetime
) -> AnswerPage | None:
    """Return the answers to choose from; None where nobody drops below what they need."""
    if not plan.short:
        return None
    program = form.program
    _fill_in(form, plan.of_program(program), plan.closure, local_date(now, program.zone))
    answer = form.answered(access.programs_for("groups.edit"))
    may_extend = [each for each in plan.programs if each.program.pk in answer.programs]
    people = len({each.enrollment.participant_id for each in plan.short})
    accepted = ngettext(
        "%(n)s person is put on the director’s list of exceptions.",
        "%(n)s people are put on the director’s list of exceptions.",
        people,
    )
    return AnswerPage(
        accepted=accepted % {"n": people},
        extensions=tuple(
            _extension(extension, each)
            for each in may_extend
            for extension in extensions_of(each, now)
        ),
        outcome=_outcome(plan, answer, access, program, now),
        asks_place=answer.kind is AnswerKind.ADD and answer.to is None,
    )


def _fill_in(form: ClosingForm, ours: ProgramPlan, closure: Closure, today: date) -> None:
    """Offer the open days of the weeks, and the first session that falls as the one to add."""
    program = ours.program
    weeks = ours.short_weeks or sorted({ours.week_on(each) for each in ours.falling})
    days = [day for week_on in weeks for day in program.week_of(week_on).dates if day >= today]
    closed = [closure]
    if days:
        closed += Closure.objects.of_program(program).touching(days[0], days[-1])
    form.offer_days(day for day in days if not closure_on(closed, program, day))
    lost = [each for each in ours.falling if ours.week_on(each) in weeks]
    if lost:
        form.suggest(**_as_sent(lost[0]))


def _as_sent(session: GroupSession) -> dict[str, str]:
    """Return the group, times and room of a session as a browser would send them."""
    zone = session.group.program.zone
    return {
        "group": str(session.group.public_id),
        "starts": f"{session.starts_at.astimezone(zone):%H:%M}",
        "ends": f"{session.ends_at.astimezone(zone):%H:%M}",
        "room": str(session.room.public_id) if session.room else "",
    }


def _extension(extension: Extension, plan: ProgramPlan) -> ExtensionLines:
    names = {each.group_id: each.group.name for each in plan.falling}
    count = len(extension.sessions)
    words = ngettext(
        "Week of %(day)s: %(n)s session ends %(longer)s later",
        "Week of %(day)s: %(n)s sessions each end %(longer)s later",
        count,
    )
    longer = hours(extension.minutes)
    return ExtensionLines(
        words % {"day": short_day(extension.week_on), "n": count, "longer": longer},
        tuple(
            _("%(group)s, %(day)s, %(times)s")
            % {
                "group": names[each.group],
                "day": short_day(each.held_on),
                "times": times(each.starts_at, each.ends_at, plan.program.zone),
            }
            for each in extension.longer
        ),
    )


def _outcome(
    plan: ClosingPlan, answer: Answer, access: Access, program: Program, now: datetime
) -> OutcomeLines | None:
    """Return what the answer comes to; None where none is chosen, or it says nothing new."""
    if answer.kind not in (AnswerKind.EXTEND, AnswerKind.ADD):
        return None
    if answer.kind is AnswerKind.ADD and not answer.to:
        return None
    try:
        return _lines(outcome_of(plan, answer, now), access, program)
    except CannotSchedule as refused:
        return OutcomeLines(tuple(str(each) for words in refused.words.values() for each in words))


def _lines(outcome: Outcome, access: Access, program: Program) -> OutcomeLines:
    seen = [each for each in outcome.programs if sees(access, each.program)]
    unseen = [each for each in outcome.programs if each not in seen]
    lines = clash_lines(outcome.clashes, access, program)
    return OutcomeLines(
        stops=tuple(line for line in lines if line.stops),
        warnings=tuple(line for line in lines if not line.stops),
        short=short_lines(((each.program, each.short) for each in seen), access),
        short_elsewhere=short_elsewhere(change for each in unseen for change in each.short),
    )
