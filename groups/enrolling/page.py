"""The enroll page as plain values: who, the programs, the groups to tick, and what they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling import checks
from groups.enrolling.checks import Check
from groups.enrolling.choices import choices_of, rule_on
from groups.enrolling.drafts import DraftLine
from groups.enrolling.forms import EnrollForm
from groups.enrolling.group_options import GroupOption, group_option
from groups.enrolling.live_plan import LivePlan, Ticks, live_plan, whole_week
from groups.enrolling.paper_checks import Papers, paper_checks, papers_of
from groups.enrolling.program_seats import ProgramSeats, seats_in, waiting_before
from groups.enrolling.wording import hours
from groups.schedule.clash_words import ClashLine
from programs.models import Closure, Participant, Program
from programs.referring.finding import Found
from programs.referring.forms import FindForm


@dataclass(frozen=True)
class ProgramOption:
    """A program this person may enroll into, with its free seats in words."""

    name: str
    url: str
    seats: str
    is_current: bool
    is_full: bool


@dataclass(frozen=True)
class Beside:
    """What stands on the page besides the form: a search, drafts, what a refusal named."""

    find: FindForm = field(default_factory=FindForm)
    found: Found | None = None
    drafts: tuple[DraftLine, ...] = ()
    clashes: tuple[ClashLine, ...] = ()
    kept_at: str = ""


@dataclass(frozen=True)
class EnrollPage:
    """Everything the template reads."""

    form: EnrollForm
    beside: Beside
    programs: tuple[ProgramOption, ...]
    options: tuple[GroupOption, ...]
    plan: LivePlan
    checks: tuple[Check, ...]
    starts: str
    rule_hours: str
    papers: Papers
    seats: ProgramSeats

    @property
    def program(self) -> Program:
        return self.form.program

    @property
    def known(self) -> Participant | None:
        """Who it is about, if they are on record."""
        return self.form.known

    @property
    def chosen(self) -> str:
        count = sum(option.is_chosen for option in self.options)
        return ngettext("%(count)s chosen", "%(count)s chosen", count) % {"count": count}

    @property
    def left(self) -> int:
        """How many checks still stop."""
        return sum(check.stops for check in self.checks)

    @property
    def asks_why(self) -> bool:
        """Whether something about the groups takes a reason."""
        full = any(option.is_chosen and option.is_full for option in self.options)
        said = self.form.says("override") or "override" in self.form.errors
        return bool(full or self.plan.clashes or said or self.beside.clashes)

    @property
    def asks_why_over(self) -> bool:
        """Whether the program is full, so that a seat takes a reason, or somebody waits."""
        return not self.seats.free or "over_seats" in self.form.errors


def enroll_page(form: EnrollForm, beside: Beside, *, programs: Sequence[Program]) -> EnrollPage:
    """Return the page for what the form says so far; `programs` are those to choose from."""
    program, first_on = form.program, form.first_on()
    ticks, closed = _ticks(form), _closed(program, first_on)
    plan = live_plan(
        ticks,
        ordered=form.ordered_minutes(),
        ordered_days=form.says("ordered_days"),
        closed=closed,
    )
    free, papers = seats_in({program, *programs}, first_on=first_on), papers_of(form)
    seats = ProgramSeats(program, free[program.pk], waiting_before(program, form.known))
    waited_for = frozenset(each.pk for each in form.waited_for())
    return EnrollPage(
        form=form,
        beside=beside,
        programs=_programs(programs, program, free, first_on),
        options=tuple(group_option(each, ticks, plan, waited_for) for each in ticks.choices),
        plan=plan,
        checks=_checks(form, ticks, plan, closed, seats, papers),
        starts=date_format(first_on, "l"),
        rule_hours=hours(ticks.rule.min_minutes_per_week) if ticks.rule else "",
        papers=papers,
        seats=seats,
    )


def _ticks(form: EnrollForm) -> Ticks:
    """Return the groups with the seats that stay free: a place has no last day as yet."""
    program, first_on = form.program, form.first_on()
    return Ticks(
        program=program,
        choices=choices_of(program, first_on=max(first_on, form.today), last_on=None),
        chosen=frozenset(each.pk for each in form.chosen()),
        first_on=first_on,
        rule=rule_on(program, whole_week(program, first_on).first_on),
    )


def _programs(
    programs: Sequence[Program], here: Program, free: dict[int, int], first_on: date
) -> tuple[ProgramOption, ...]:
    words = _("%(free)s of %(seats)s free from %(day)s")
    day = date_format(first_on, "M j")
    return tuple(
        ProgramOption(
            name=each.name,
            url=reverse("enroll:enroll", args=[each.public_id]),
            seats=words % {"free": free[each.pk], "seats": each.seats, "day": day},
            is_current=each.pk == here.pk,
            is_full=not free[each.pk],
        )
        for each in programs
    )


def _closed(program: Program, first_on: date) -> frozenset[date]:
    """Return the dates of the first week on which the program is closed."""
    week = program.week_of(first_on)
    closures = Closure.objects.of_program(program).touching(week.first_on, week.last_on)
    return frozenset(
        day for each in closures for day in week.dates if each.first_on <= day <= each.last_on
    )


def _checks(
    form: EnrollForm,
    ticks: Ticks,
    plan: LivePlan,
    closed: frozenset[date],
    seats: ProgramSeats,
    papers: Papers,
) -> tuple[Check, ...]:
    program, first_on = ticks.program, ticks.first_on
    ticked = [choice for choice in ticks.choices if choice.key in ticks.chosen]
    has_reason = bool(form.says("override"))
    found = (
        checks.seat_check(seats, is_over=bool(form.says("over_seats"))),
        checks.groups_check(program, ticked, plan, has_reason=has_reason),
        checks.hours_check(plan),
        checks.stay_check(first_on, form.last_on()),
        checks.reminders_check(form.answers()),
        *paper_checks(form, papers, ticked),
        checks.first_week_check(program, plan, first_on=first_on, closed=closed),
    )
    return tuple(check for check in found if check)
