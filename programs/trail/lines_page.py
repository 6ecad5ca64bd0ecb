"""The lines about one participant, or of one colleague: which are shown, and in which words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import AuditEvent
from programs.models import Participant, Program
from programs.table_file import Cell, csv_of
from programs.trail.forms import LinesForm
from programs.trail.grouping import DayOf, Known, days_of, page_of
from programs.trail.reading import narrowed, sheet_of
from programs.trail.words import kind_of, words_of

# As many lines as a spreadsheet is read with; who needs more takes the days apart.
MOST_IN_FILE = 20_000


@dataclass(frozen=True)
class LinesPage:
    """One page of lines; `older` is the address of the next, empty on the last."""

    form: LinesForm
    days: tuple[DayOf, ...]
    shown: int
    older: str
    is_first: bool
    is_filtered: bool


def asked_of(lines: QuerySet[AuditEvent], form: LinesForm, zone: ZoneInfo) -> QuerySet[AuditEvent]:
    """Return those of the lines that the form asks for."""
    form.is_valid()
    return narrowed(lines, form.chosen_span(zone), form.chosen_kind())


def lines_page(
    lines: QuerySet[AuditEvent],
    form: LinesForm,
    programs: Iterable[Program],
    *,
    before: str,
    zone: ZoneInfo,
) -> LinesPage:
    """Return the page; names are those that whoever directs the programs may see."""
    sheet = sheet_of(asked_of(lines, form, zone), before=before)
    return LinesPage(
        form=form,
        days=days_of(sheet.lines, known_in(sheet.lines, programs), zone),
        shown=len(sheet.lines),
        older=form.query(sheet.older) if sheet.older else "",
        is_first=not before,
        is_filtered=bool(form.query()),
    )


def known_in(lines: Iterable[AuditEvent], programs: Iterable[Program]) -> Known:
    """Return the names of the programs, and of their people that the lines are about."""
    programs = list(programs)
    asked = {line.participant_id for line in lines if line.participant_id}
    people = Participant.objects.of_programs(programs).filter(public_id__in=asked)
    return Known(
        people={each.public_id: _name(each) for each in people},
        programs={each.public_id: each.name for each in programs},
    )


def file_lines(lines: QuerySet[AuditEvent], form: LinesForm, zone: ZoneInfo) -> list[AuditEvent]:
    """Return the lines asked for, the latest first, as many as a file holds."""
    asked = asked_of(lines, form, zone).select_related("by")
    return list(asked.order_by("-at", "-public_id")[:MOST_IN_FILE])


def file_of(lines: Iterable[AuditEvent], programs: Iterable[Program], zone: ZoneInfo) -> bytes:
    """Return the lines as CSV; of participants the public id alone."""
    places = {each.public_id: each.code for each in programs}
    headings = (
        "time",
        "colleague",
        "kind",
        "what",
        "participant",
        "program",
        "address",
        "page",
        "line",
    )
    return csv_of(headings, [_row(each, places, zone) for each in lines])


def _row(line: AuditEvent, places: dict[uuid.UUID, str], zone: ZoneInfo) -> tuple[Cell, ...]:
    return (
        line.at.astimezone(zone).isoformat(timespec="seconds"),
        line.by.display_name if line.by else "",
        str(kind_of(line.verb).label),
        words_of(line.verb),
        str(line.participant_id or ""),
        places.get(line.program_id, "") if line.program_id else "",
        line.address or "",
        page_of(line),
        str(line.public_id),
    )


def _name(person: Participant) -> str:
    return f"{person.preferred_name or person.first_name} {person.last_name}"
