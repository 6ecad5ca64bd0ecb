"""The map of people by lessons, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import add
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.coverage.cells import Coverage, State
from attendance.coverage.chosen import LessonTotal, PersonLine, lesson_totals, person_lines
from attendance.coverage.forms import MapForm
from attendance.coverage.reading import coverage_of
from attendance.coverage.whose import READ, members_now, people_in_sight
from attendance.coverage.words import LACKING, LOOKS, Look, listed, when_words
from attendance.whose import sessions_of
from curriculum.models import Lesson
from curriculum.tabs import curriculum_tabs
from groups.models import TherapyGroup
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope
from programs.whose import Tab

HERE = "coverage:program"
# How many lessons are named in a person's line on a phone.
NAMED = 4


@dataclass(frozen=True)
class Column:
    """A lesson over the map, with the totals under it."""

    total: LessonTotal
    url: str


@dataclass(frozen=True)
class Span:
    """A module over its columns; `says` names its track as well."""

    name: str
    says: str
    width: int


@dataclass(frozen=True)
class Row:
    """A person: the map's cells ready to be shown, the totals, and what is missing in words."""

    line: PersonLine
    url: str
    cells: SafeString
    summary: str
    lacking: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class MapPage:
    """What the page shows."""

    program: Program
    group: TherapyGroup | None
    tabs: tuple[Tab, ...]
    form: MapForm
    columns: tuple[Column, ...]
    spans: tuple[Span, ...]
    rows: tuple[Row, ...]
    looks: tuple[Look, ...]
    lede: str
    is_table: bool
    has_lessons: bool
    switch: tuple[tuple[str, str, bool], ...]
    exports: tuple[tuple[str, str], ...]


def groups_in_sight(access: Access, program: Program) -> Any:
    """Return the program's groups whose people one may see here, by name."""
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    if access.scope(READ, program) is Scope.OWN:
        groups = groups.filter(pk__in=sessions_of(access, program, READ).values("group"))
    return groups.order_by("name")


def shown_coverage(
    program: Program, group: TherapyGroup | None, form: MapForm, *, access: Access, now: datetime
) -> tuple[Coverage, tuple[PersonLine, ...]]:
    """Return what the form asks for, as far as one may see it."""
    people = people_in_sight(access, program, now=now)
    if group is not None:
        people = members_now(group, people, now=now)
    lessons = Lesson.objects.of_program(program).in_use()
    if track := form.asked("track"):
        lessons = lessons.filter(module__track=track)
    if form.asked("core"):
        lessons = lessons.filter(is_core=True)
    covered = coverage_of(program, now=now, enrollments=people, lessons=lessons)
    lines = person_lines(
        covered,
        is_by_name=form.asked("order") == "name",
        are_lacking=bool(form.asked("lacking")),
    )
    return covered, lines


def map_page(
    program: Program, group: TherapyGroup | None, form: MapForm, *, access: Access, now: datetime
) -> MapPage:
    """Return the page."""
    covered, lines = shown_coverage(program, group, form, access=access, now=now)
    is_table = form.asked("shown") == "table"
    return MapPage(
        program=program,
        group=group,
        tabs=curriculum_tabs(access, program, here=HERE),
        form=form,
        columns=tuple(
            Column(
                total, reverse("coverage:lesson", args=[program.public_id, total.lesson.public_id])
            )
            for total in lesson_totals(covered, lines)
        ),
        spans=_spans(covered),
        rows=_rows(program, covered, lines, is_table=is_table),
        looks=tuple(LOOKS.values()),
        lede=_lede(covered, lines),
        is_table=is_table,
        has_lessons=bool(covered.lessons),
        switch=_switch(form, is_table=is_table),
        exports=_exports(program, group, form),
    )


def _lede(covered: Coverage, lines: Sequence[PersonLine]) -> str:
    people = ngettext("%(n)s person", "%(n)s people", len(lines)) % {"n": len(lines)}
    count = len(covered.lessons)
    lessons = ngettext("%(n)s lesson", "%(n)s lessons", count) % {"n": count}
    lacking = sum(1 for line in lines if line.lacking)
    missing = ngettext("%(n)s misses something", "%(n)s miss something", lacking) % {"n": lacking}
    return _("%(people)s by %(lessons)s, %(missing)s") % {
        "people": people,
        "lessons": lessons,
        "missing": missing,
    }


def _spans(covered: Coverage) -> tuple[Span, ...]:
    by_module = groupby(covered.lessons, key=lambda lesson: (lesson.track, lesson.module))
    return tuple(
        Span(name=module, says=f"{track}: {module}", width=len(list(lessons)))
        for (track, module), lessons in by_module
    )


def _rows(
    program: Program, covered: Coverage, lines: Iterable[PersonLine], *, is_table: bool
) -> tuple[Row, ...]:
    cells = {
        state: format_html('<td class="{}"><i>{}</i></td>', look.css, look.word)
        for state, look in LOOKS.items()
    }
    return tuple(
        Row(
            line=line,
            url=reverse("coverage:person", args=[program.public_id, line.person.participant_id]),
            cells=reduce(add, (cells[cell.state] for cell in line.cells), SafeString()),
            summary=_summary(line),
            lacking=listed(
                [
                    lesson.name
                    for lesson, cell in zip(covered.lessons, line.cells, strict=True)
                    if cell.state in LACKING
                ],
                NAMED,
            ),
            parts=_in_words(covered, line) if is_table else (),
        )
        for line in lines
    )


def _summary(line: PersonLine) -> str:
    """Return "12 of 18 received, 4 coming"."""
    said = _("%(n)s of %(m)s received") % {"n": line.counts[State.RECEIVED], "m": line.asked}
    if coming := line.counts[State.COMING]:
        said += ", " + _("%(n)s coming") % {"n": coming}
    return said


def _in_words(covered: Coverage, line: PersonLine) -> tuple[str, ...]:
    """Return, state by state, the lessons with their dates; "–" where there are none."""
    found: dict[State, list[str]] = {state: [] for state in LOOKS}
    for lesson, cell in zip(covered.lessons, line.cells, strict=True):
        when = "" if cell.state is State.NOT_OFFERED else when_words(cell, None)
        found[cell.state].append(f"{lesson.name} ({when})" if when else lesson.name)
    return tuple("; ".join(names) or "–" for names in found.values())


def _switch(form: MapForm, *, is_table: bool) -> tuple[tuple[str, str, bool], ...]:
    return (
        (_("Map"), _query(form, shown=""), not is_table),
        (_("Table"), _query(form, shown="table"), is_table),
    )


def _query(form: MapForm, **other: str) -> str:
    """Return the address's question with something else in it."""
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    for name, value in other.items():
        data.pop(name, None)
        if value:
            data[name] = value
    return f"?{data.urlencode()}"


def _exports(
    program: Program, group: TherapyGroup | None, form: MapForm
) -> tuple[tuple[str, str], ...]:
    asked = _query(form, group=str(group.public_id) if group else "")
    return tuple(
        (name, reverse(f"coverage:{kind}", args=[program.public_id]) + asked)
        for name, kind in (("CSV", "csv"), ("Excel", "xlsx"))
    )
