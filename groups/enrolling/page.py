"""The enroll page as plain values: who, the groups to tick, and what they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from groups.enrolling import checks
from groups.enrolling.chart_numbers import next_chart_number
from groups.enrolling.checks import Check
from groups.enrolling.choices import Choice, choices_of, rule_on
from groups.enrolling.forms import EnrollForm, FindForm
from groups.enrolling.live_plan import LivePlan, Ticks, live_plan, whole_week
from groups.enrolling.wording import hours, slots_in_words
from groups.kind_looks import kind_look
from programs.models import Closure, Enrollment, Participant, Program

FOUND_AT_MOST = 20


@dataclass(frozen=True)
class Seats:
    """Free seats as a chip, and when a full group should have one."""

    tone: str
    icon: str
    label: str
    hint: str


@dataclass(frozen=True)
class GroupOption:
    """One group to tick: its kind, its slots and hours in words, its seats, its clash."""

    public_id: str
    name: str
    kind_css: str
    icon: str
    kind: str
    when: str
    hours: str
    seats: Seats
    clash: str
    is_chosen: bool
    is_full: bool


@dataclass(frozen=True)
class Found:
    """What a search for somebody on record brought; None before a search."""

    people: tuple[Participant, ...]
    is_cut: bool


@dataclass(frozen=True)
class EnrollPage:
    """Everything the template reads."""

    program: Program
    form: EnrollForm
    find: FindForm
    found: Found | None
    known: Participant | None
    options: tuple[GroupOption, ...]
    plan: LivePlan
    checks: tuple[Check, ...]
    starts: str
    rule_hours: str

    @property
    def chosen(self) -> str:
        count = sum(option.is_chosen for option in self.options)
        return ngettext("%(count)s chosen", "%(count)s chosen", count) % {"count": count}

    @property
    def left(self) -> int:
        """How many checks still stop."""
        return sum(check.stops for check in self.checks)


def enroll_page(
    program: Program, *, form: EnrollForm, find: FindForm, found: Found | None
) -> EnrollPage:
    """Return the page for what the form says so far."""
    ticks, closed = _ticks(program, form), _closed(program, form.first_on())
    plan = live_plan(ticks, ordered=form.ordered_minutes(), closed=closed)
    return EnrollPage(
        program=program,
        form=form,
        find=find,
        found=found,
        known=form.known,
        options=tuple(_option(each, ticks, plan) for each in ticks.choices),
        plan=plan,
        checks=_checks(form, ticks, plan, closed),
        starts=date_format(ticks.first_on, "l"),
        rule_hours=hours(ticks.rule.min_minutes_per_week) if ticks.rule else "",
    )


def _ticks(program: Program, form: EnrollForm) -> Ticks:
    first_on = form.first_on()
    return Ticks(
        program=program,
        choices=choices_of(program, first_on=first_on, last_on=form.last_on()),
        chosen=frozenset(form.chosen().values_list("pk", flat=True)),
        first_on=first_on,
        rule=rule_on(program, whole_week(program, first_on).first_on),
    )


def search(user: User, form: FindForm) -> Found | None:
    """Return the people on record, in the programs this person works in, that were asked for."""
    if not form.is_valid():
        return None
    people = Participant.objects.visible_to(user).found_by(form.cleaned_data["q"])
    found = list(people.order_by("last_name", "first_name", "pk")[: FOUND_AT_MOST + 1])
    return Found(tuple(found[:FOUND_AT_MOST]), len(found) > FOUND_AT_MOST)


def suggested_chart_number() -> str:
    """Return the next chart number nobody in the clinic has."""
    taken = list(Participant.objects.order_by("-pk").values_list("chart_number", flat=True))
    return next_chart_number(taken[0] if taken else "", frozenset(taken))


def _closed(program: Program, first_on: date) -> frozenset[date]:
    """Return the dates of the first week on which the program is closed."""
    week = program.week_of(first_on)
    closures = Closure.objects.of_program(program).touching(week.first_on, week.last_on)
    return frozenset(
        day for each in closures for day in week.dates if each.first_on <= day <= each.last_on
    )


def _checks(
    form: EnrollForm, ticks: Ticks, plan: LivePlan, closed: frozenset[date]
) -> tuple[Check, ...]:
    program, first_on = ticks.program, ticks.first_on
    enrolled = Enrollment.objects.filter(program=program).covering(first_on).count()
    ticked = [choice for choice in ticks.choices if choice.key in ticks.chosen]
    found = (
        checks.seat_check(program, enrolled),
        checks.groups_check(program, ticked, plan),
        checks.hours_check(plan),
        checks.stay_check(first_on, form.last_on()),
        checks.reminders_check(form.answers()),
        checks.first_week_check(program, plan, first_on=first_on, closed=closed),
    )
    return tuple(check for check in found if check)


def _option(choice: Choice, ticks: Ticks, plan: LivePlan) -> GroupOption:
    look = kind_look(choice.group.kind)
    clash = [each for each in plan.clashes if choice.slots.name in each.names]
    return GroupOption(
        public_id=str(choice.group.public_id),
        name=choice.slots.name,
        kind_css=f"k-{look.css}",
        icon=look.icon,
        kind=str(look.label),
        when=slots_in_words(choice.slots.slots),
        hours=hours(ticks.offered([choice.slots]).minutes),
        seats=_seats(choice),
        clash="; ".join(checks.clash_words(ticks.program, each) for each in clash),
        is_chosen=choice.key in ticks.chosen,
        is_full=not choice.free,
    )


def _seats(choice: Choice) -> Seats:
    if choice.free:
        words = ngettext("%(count)s seat", "%(count)s seats", choice.free)
        tone = "ok" if choice.free > 1 else "warn"
        return Seats(tone, "user", words % {"count": choice.free}, "")
    hint = ""
    if choice.free_again_on:
        hint = _("a seat is planned to be free from %(day)s") % {
            "day": date_format(choice.free_again_on, "D M j")
        }
    return Seats("calm", "circle-slash", _("Full"), hint)
