"""One person's weeks as files: the table for a spreadsheet, and a picture with it on paper."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from hours.people.own_weeks import OwnWeek, OwnWeeks
from hours.people.week_rows import then_in_words
from hours.trends.chart import Chart, Column, hours_segments
from hours.trends.charts import hours_keys, hours_ticks
from hours.trends.paper import Leaf, Section, pdf_of_leaf, star
from hours.trends.table import Column as Heading
from hours.trends.table import Kind, Shown, Table, a_count, a_day, file_of, some_minutes, words
from hours.verdict_looks import LOOKS, standing_of
from programs.models import Participant, Program
from programs.names import roster_names

PDF = "pdf"


def file_of_weeks(
    own: OwnWeeks, program: Program, person: Participant, *, kind: str, made_by: User, now: datetime
) -> bytes:
    """Return the weeks as a CSV file, a workbook or a PDF; there is at least one."""
    if kind == PDF:
        return _pdf(own, program, person, made_by=made_by, now=now)
    return file_of(_with_name(_table(own), person), Kind(kind))


def _with_name(table: Table, person: Participant) -> Table:
    """Return the table with whose it is on each line."""
    who = (words(_name(person)), words(person.chart_number))
    return Table(
        name=table.name,
        title=table.title,
        columns=(Heading(_("Name")), Heading(_("Chart number")), *table.columns),
        rows=tuple((*who, *row) for row in table.rows),
    )


def _pdf(
    own: OwnWeeks, program: Program, person: Participant, *, made_by: User, now: datetime
) -> bytes:
    """Return the weeks on paper. Its title, which is the file's too, names nobody."""
    oldest, latest = own.weeks[-1].facts.week, own.weeks[0].facts.week
    return pdf_of_leaf(
        Leaf(
            title=_("Weeks of one participant"),
            program=program,
            about=_("%(first)s to %(last)s")
            % {
                "first": date_format(oldest.first_on, "DATE_FORMAT"),
                "last": date_format(latest.last_on, "DATE_FORMAT"),
            },
            sections=(Section(table=_table(own), chart=_chart(own), notes=_notes(own)),),
            made_by=made_by,
            made_at=now,
            name=f"{_name(person)} · {person.chart_number}",
        )
    )


def _notes(own: OwnWeeks) -> tuple[str, ...]:
    has_star = any(each.differs for each in own.weeks)
    return (star(),) if has_star else ()


def _name(person: Participant) -> str:
    return roster_names([person])[person.chart_number]


def _table(own: OwnWeeks) -> Table:
    return Table(
        name="weeks",
        title=_("Hours by week"),
        columns=(
            Heading(_("Week of"), weight=3),
            Heading(_("Required"), _("Required, minutes"), is_number=True),
            Heading(_("Offered"), _("Offered, minutes"), is_number=True),
            Heading(_("Attended"), _("Attended, minutes"), is_number=True),
            Heading(_("Not recorded"), _("Not recorded, minutes"), is_number=True),
            Heading(_("Qualifying days"), is_number=True),
            Heading(_("Verdict"), weight=3),
            Heading(_("When it was closed"), weight=5),
        ),
        rows=tuple(_row(each) for each in reversed(own.weeks)),
    )


def _row(week: OwnWeek) -> tuple[Shown, ...]:
    row = week.row
    amounts = (row.required, row.offered, row.attended, row.unrecorded)
    return (
        a_day(row.week),
        *map(some_minutes, amounts),
        a_count(row.qualifying_days),
        words(str(LOOKS[standing_of(row)].label)),
        words(_closed(week)),
    )


def _closed(week: OwnWeek) -> str:
    if week.then is None:
        return _("Not closed")
    return then_in_words(week) or _("As now")


def _chart(own: OwnWeeks) -> Chart:
    rows = [each.row for each in own.weeks]
    return Chart(
        says="",
        columns=tuple(_column(each) for each in reversed(own.weeks)),
        keys=hours_keys(),
        ticks=hours_ticks(max(row.offered, row.required, row.attended) for row in rows),
    )


def _column(week: OwnWeek) -> Column:
    row = week.row
    return Column(
        label=date_format(row.week, pgettext("date format: Nov 16", "M j")),
        segments=hours_segments(
            offered=row.offered, attended=row.attended, unrecorded=row.unrecorded
        ),
        aim=row.required,
        is_marked=week.differs,
    )
