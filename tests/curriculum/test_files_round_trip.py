"""A library taken along as a file and put in elsewhere is the same library, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase

from curriculum.files.actions import import_library
from curriculum.files.cells import (
    guarded,
    lines_of,
    path_cell,
    paths_of,
    unguarded,
    values_of,
)
from curriculum.files.checking import check
from curriculum.files.entry import Entry
from curriculum.files.parsing import parse
from curriculum.files.stored import lessons_of
from curriculum.files.written import curriculum_csv
from curriculum.models import LessonVersion, Subject
from programs.models import Program
from programs.table_file import FORMULAS
from tests import build

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXT = st.text(SIGNS, max_size=30) | st.sampled_from(
    ["=1+1", "'=x", "''-a", " @b", 'a,b;"c"\r\nd', "\\", "\\n", "a > b", "\ttab", "-", "a\\> b"]
)
NAMES = TEXT.map(str.strip).filter(bool).map(lambda text: text[:40])
LISTS = st.lists(TEXT, max_size=3).map(tuple)
# What a library can hold: no page and no file stores a text of blanks alone.
WORDS = TEXT.map(lambda text: text if text.strip() else "")
STEPS = st.lists(WORDS.filter(bool), max_size=3).map(tuple)


@given(TEXT)
def test_no_text_is_a_formula_and_each_comes_back(text: str):
    written = guarded(text)
    assert not written.lstrip(" ").startswith(FORMULAS)
    assert unguarded(written) == text


@given(LISTS)
def test_lists_come_back(values: tuple[str, ...]):
    assert values_of(lines_of(values)) == values


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=3).map(tuple))
def test_names_of_lessons_come_back(paths: tuple[tuple[str, str, str], ...]):
    assert paths_of(path_cell(paths)) == paths


@st.composite
def libraries(draw: st.DrawFn) -> list[Entry]:
    keys = draw(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=6, unique=True))
    facts = {key[0]: (draw(st.sampled_from(Subject.values)), draw(WORDS)) for key in keys}
    entries = []
    for place, key in enumerate(keys):
        subject, source = facts[key[0]]
        entries.append(
            Entry(
                track=key[0],
                module=key[1],
                lesson=key[2],
                subject=subject,
                source=source,
                minutes=draw(st.none() | st.integers(1, 32_767)),
                is_core=draw(st.booleans()),
                position=draw(st.integers(0, 3)),
                objectives=draw(WORDS),
                guide=draw(WORDS),
                skills=draw(STEPS),
                homework=draw(WORDS),
                checklist=draw(STEPS),
                prerequisites=frozenset(draw(st.sets(st.sampled_from(keys[:place]), max_size=2)))
                if place
                else frozenset(),
                is_retired=draw(st.booleans()),
            )
        )
    return entries


class WholeLibraries(DjangoTestCase):
    """Each drawn library is put into a program that is called alike at another clinic."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(libraries())
    def test_out_and_in_and_out_is_the_same(self, entries: list[Entry]) -> None:
        here = build.a_program(code="day")
        import_library(program=here, entries=entries, now=build.NOW, by=None)
        first = curriculum_csv(here)
        Program.objects.filter(pk=here.pk).update(code="day-before")
        there = build.a_program(code="day")
        checked = check(parse(first), "day", {})
        assert not checked.problems
        import_library(program=there, entries=checked.entries, now=build.NOW, by=None)
        assert curriculum_csv(there) == first
        ours = {key: each.entry for key, each in lessons_of(here).items()}
        assert {key: each.entry for key, each in lessons_of(there).items()} == ours
        assert ours == {each.key: each for each in entries}

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(libraries())
    def test_the_same_file_again_changes_nothing(self, entries: list[Entry]) -> None:
        here = build.a_program(code="day")
        import_library(program=here, entries=entries, now=build.NOW, by=None)
        versions = LessonVersion.objects.count()
        checked = check(parse(curriculum_csv(here)), "day", lessons_of(here))
        done = import_library(program=here, entries=checked.entries, now=build.NOW, by=None)
        assert not done.has_changes
        assert LessonVersion.objects.count() == versions


@pytest.mark.django_db
def test_a_library_is_read_and_written_in_few_statements(
    program: Program, django_assert_max_num_queries
):
    entries = [Entry(track="CBT", module="Basics", lesson=f"Lesson {n}") for n in range(60)]
    with django_assert_max_num_queries(30):
        import_library(program=program, entries=entries, now=build.NOW, by=None)
    with django_assert_max_num_queries(5):
        curriculum_csv(program)
