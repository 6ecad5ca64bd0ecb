"""What the preview of a rule shows: its sentence, its counts, its weeks, and the rule itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.clinic_settings.rule_words import Line
from hours.ruling.applies import applies
from hours.ruling.changed_people import PersonChanges, changes_by_person
from hours.ruling.forms import HoursRuleForm
from hours.ruling.picture import Bar, bars_of
from hours.ruling.simulation import WEEKS, Simulation, Tally, simulate
from hours.ruling.words import begins_within, judges, lines_of, short_day
from hours.sums.asked import week_rule
from programs.models import HoursRule, Program
from programs.weeks import Week

COUNTED: tuple[tuple[str, str | Promise], ...] = (
    ("met", gettext_lazy("Met")),
    ("not_met", gettext_lazy("Not met")),
    ("pending", gettext_lazy("Pending")),
    ("exempt", gettext_lazy("Exempt")),
    ("days_short", gettext_lazy("Too few days")),
    ("over_maximum", gettext_lazy("Over the maximum")),
)


@dataclass(frozen=True)
class CountRow:
    """One thing counted, before and under the draft."""

    label: str
    before: int
    after: int
    difference: str


@dataclass(frozen=True)
class WeekRow:
    """One week's counts before and under the draft."""

    label: str
    week_on: date
    people: int
    met: tuple[int, int]
    not_met: tuple[int, int]


@dataclass(frozen=True)
class Preview:
    """Everything the template reads; no sentence where there is nothing to compare."""

    program: Program
    lines: tuple[Line, ...]
    citation: str
    judges: str
    begins_within: str
    sentence: str
    basis: str
    counts: tuple[CountRow, ...]
    weeks: tuple[WeekRow, ...]
    bars: tuple[Bar, ...]
    picture: str
    changed: int
    people: tuple[PersonChanges, ...] | None
    sent: list[tuple[str, str]]


def preview_of(form: HoursRuleForm, *, now: datetime, with_people: bool) -> Preview:
    """Return the preview of a form that can be read, worked out at this moment."""
    draft = form.rule()
    program = draft.program
    found = simulate(program, draft=week_rule(draft), as_of=now)
    span = applies(program, draft.effective_from, _next_from(draft))
    rows = tuple(_week_row(found, week) for week in found.weeks)
    return Preview(
        program=program,
        lines=tuple(lines_of(draft)),
        citation=draft.citation,
        judges="" if form.is_trial else judges(span),
        begins_within="" if form.is_trial else begins_within(span),
        sentence=sentence(found),
        basis=basis(found),
        counts=_counts(found.before, found.after),
        weeks=rows,
        bars=bars_of([row.not_met for row in rows]),
        picture=_picture(found),
        changed=len(found.changed),
        people=changes_by_person(found.changed, program) if with_people else None,
        sent=form.sent(),
    )


def _next_from(draft: HoursRule) -> date | None:
    """Return when the next rule of the program begins."""
    later = draft.program.rules.exclude(pk=draft.pk).filter(effective_from__gt=draft.effective_from)
    return later.order_by("effective_from").values_list("effective_from", flat=True).first()


def sentence(found: Simulation) -> str:
    """Return what would have been different, `14 more weeks not met`; empty without weeks."""
    if not found.before.people:
        return ""
    more = found.more_not_met
    if not more:
        return _("Under this rule, %(span)s would have had as many weeks not met.") % {
            "span": _span(found)
        }
    if more > 0:
        words = ngettext(
            "Under this rule, %(span)s would have had %(n)s more week not met.",
            "Under this rule, %(span)s would have had %(n)s more weeks not met.",
            more,
        )
    else:
        words = ngettext(
            "Under this rule, %(span)s would have had %(n)s week fewer not met.",
            "Under this rule, %(span)s would have had %(n)s weeks fewer not met.",
            -more,
        )
    return words % {"span": _span(found), "n": abs(more)}


def basis(found: Simulation) -> str:
    """Return what the sentence was worked out from."""
    if not found.before.people:
        return ""
    words = ngettext(
        "%(after)s instead of %(before)s of %(people)s week, counted once for each person, "
        "with what is recorded now.",
        "%(after)s instead of %(before)s of %(people)s weeks, counted once for each person, "
        "with what is recorded now.",
        found.before.people,
    )
    return words % {
        "after": found.after.not_met,
        "before": found.before.not_met,
        "people": found.before.people,
    }


def _span(found: Simulation) -> str:
    number = len(found.weeks)
    if number == WEEKS:
        return _("the last quarter")
    return ngettext("the last week", "the last %(n)s weeks", number) % {"n": number}


def _counts(before: Tally, after: Tally) -> tuple[CountRow, ...]:
    pairs = [(label, getattr(before, name), getattr(after, name)) for name, label in COUNTED]
    return tuple(
        CountRow(str(label), old, new, _difference(new - old)) for label, old, new in pairs
    )


def _difference(number: int) -> str:
    if not number:
        return _("same")
    return f"+{number}" if number > 0 else f"−{-number}"


def _week_row(found: Simulation, week: Week) -> WeekRow:
    before, after = found.of_week(week)
    return WeekRow(
        label=short_day(week.first_on),
        week_on=week.first_on,
        people=before.people,
        met=(before.met, after.met),
        not_met=(before.not_met, after.not_met),
    )


def _picture(found: Simulation) -> str:
    """Return what the picture shows, for those who do not see it."""
    return _("Weeks not met, week by week: %(before)s as judged, %(after)s under this rule.") % {
        "before": found.before.not_met,
        "after": found.after.not_met,
    }
