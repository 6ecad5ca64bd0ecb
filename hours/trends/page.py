"""The page of trends: which weeks, their pictures and tables, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.week_switch import ProgramLink
from hours.trends.charts import chart_of
from hours.trends.drawing import Drawing, drawing_of
from hours.trends.forms import Last, TrendsForm, last_weeks
from hours.trends.heat import Heat, heat_of
from hours.trends.reading import Trends, trends_of
from hours.trends.table import Kind, Table
from hours.trends.tables import Topic, how_it_differs, table_of
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope


@dataclass(frozen=True)
class SpanLink:
    """A span that one asks for often."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Panel:
    """A picture with its table; `notes` are what the signs in it mean, week by week."""

    topic: str
    table: Table
    drawing: Drawing | None
    heat: Heat | None
    notes: tuple[tuple[date, str], ...]
    foot: str
    exports: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrendsPage:
    """Everything the template reads; without panels where nobody was enrolled."""

    program: Program
    as_of: datetime
    first_on: date | None
    last_on: date | None
    count: str
    spans: tuple[SpanLink, ...]
    panels: tuple[Panel, ...]
    problems: list[str]
    remarks: tuple[str, ...]
    programs: tuple[ProgramLink, ...]
    pdf_url: str


def trends_page(*, program: Program, form: TrendsForm, access: Access, now: datetime) -> TrendsPage:
    """Return the page as `access` may see it at this moment."""
    span = form.span(program, now=now)
    trends = trends_of(span, as_of=now)
    may_export = access.scope("hours.export", program) is not None
    exports = form.address() if may_export and not trends.is_empty else ""
    return TrendsPage(
        program=program,
        as_of=now,
        first_on=span.weeks[0].first_on if span.weeks else None,
        last_on=span.weeks[-1].last_on if span.weeks else None,
        count=ngettext("%(n)s week", "%(n)s weeks", len(span.weeks)) % {"n": len(span.weeks)},
        spans=_spans(form),
        panels=() if trends.is_empty else tuple(_panel(each, trends, exports) for each in Topic),
        problems=form.problems(),
        remarks=_remarks(trends),
        programs=_programs(access, program, form.address()),
        pdf_url=reverse("trends:pdf", args=[program.public_id]) + exports if exports else "",
    )


def _spans(form: TrendsForm) -> tuple[SpanLink, ...]:
    return tuple(
        SpanLink(str(each.label), last_weeks(each), not form.has_dates and form.last is each)
        for each in Last
    )


def _panel(topic: Topic, trends: Trends, exports: str) -> Panel:
    chart, key = chart_of(topic, trends), trends.span.program.public_id
    differing = trends.weeks if topic is Topic.MET else ()
    return Panel(
        topic=topic,
        table=table_of(topic, trends),
        drawing=drawing_of(chart) if chart else None,
        heat=heat_of(trends) if topic is Topic.ATTENDANCE else None,
        notes=tuple((week.week_on, how_it_differs(week)) for week in differing if week.differs),
        foot=foot_of(topic),
        exports=tuple(
            (kind.upper(), reverse(f"trends:{topic}_{kind}", args=[key]) + exports)
            for kind in Kind
            if exports
        ),
    )


def foot_of(topic: Topic) -> str:
    """Return how the numbers of a topic are counted."""
    recorded = _(
        "One place for each person expected at each session that counts toward the weekly hours"
        " and is over. The rate is of recorded places, and never rounded up."
    )
    return {
        Topic.MET: _(
            "As everything is recorded now. The share is of those held to the minimum, and never"
            " rounded up."
        ),
        Topic.HOURS: _(
            "Of those held to the minimum. What exempt people attended stands in the table."
        ),
        Topic.ATTENDANCE: recorded,
        Topic.ABSENCES: recorded,
    }[topic]


def _remarks(trends: Trends) -> tuple[str, ...]:
    remarks = []
    if trends.without_rule:
        words = ngettext(
            "No rule covers %(count)s of these weeks; it is left out.",
            "No rule covers %(count)s of these weeks; they are left out.",
            trends.without_rule,
        )
        remarks.append(words % {"count": trends.without_rule})
    if trends.span.has_more:
        remarks.append(_("Weeks that are not over yet are left out."))
    return tuple(remarks)


def _programs(access: Access, program: Program, query: str) -> tuple[ProgramLink, ...]:
    """Return the programs of which this person may see all hours."""
    return tuple(
        ProgramLink(
            name=each.name,
            url=reverse("trends:trends", args=[each.public_id]) + query,
            is_current=each == program,
        )
        for each in access.programs_for("hours.read")
        if access.scope("hours.read", each) is Scope.PROGRAM
    )
