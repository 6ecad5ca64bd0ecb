"""The lessons on the summary of an episode: received, waived and not, core and demanded first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from hours.summary.lessons import within
from hours.summary.pdf import pdf_of
from hours.summary.summary import summary_of
from programs.models import Enrollment, Program
from tests import build
from tests.build import NOW
from tests.build_curriculum import a_topic, a_waiver, taught
from tests.hours.test_summary_pdf import (
    FIRST,
    foot_of,
    lowest_of_the_body,
    much,
    reader_of,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    build.a_rule(program, effective_from="2020-01-01")
    return build.an_enrollment(
        program, admitted_on=FIRST, discharged_on="2026-11-04", discharge_reason="completed"
    )


def heard(enrollment: Enrollment, *lessons, stretch: str = "09:00-12:00", first=FIRST) -> None:
    """Each lesson taught in a session of its own, day after day."""
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    for number, lesson in enumerate(lessons):
        session = build.a_session(group, first + timedelta(days=number))
        taught(session, lesson)
        build.a_record(session, enrollment.participant, stretch)


def test_core_and_demanded_lessons_come_first(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    module = build.a_module(program)
    names = ("Anger", "Budget", "Cravings", "Denial", "Empathy", "Family", "Grief")
    anger, budget, cravings, denial, empathy, family, grief = (
        build.a_lesson(
            program, module=module, name=name, is_core=name in ("Cravings", "Denial", "Family")
        )
        for name in names
    )
    a_topic(program, budget, name="Money")
    heard(enrollment, anger, budget, cravings)
    heard(enrollment, denial, stretch="09:00-10:00", first=build.on("2026-09-14"))
    a_waiver(enrollment, family)
    page = words_of(pdf_of(summary_of(enrollment, made_by=director, now=NOW)))
    assert "2 of 3 core lessons received or waived, 2 other lessons" in page
    assert "Received Cravings (Sep 2) · Budget (Sep 1) · Anger (Aug 31)" in page
    assert "Waived Family" in page
    assert f"Not received Denial · {empathy.name} · {grief.name}" in page


def test_a_retired_lesson_is_named_only_where_it_was_heard(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    old, older = (build.a_lesson(program, name=name, retired_at=NOW) for name in ("Old", "Older"))
    heard(enrollment, old)
    page = words_of(pdf_of(summary_of(enrollment, made_by=director, now=NOW)))
    assert "1 lesson received" in page
    assert "Old (Aug 31)" in page
    assert older.name not in page


def test_a_topic_no_longer_demanded_does_not_go_first(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    module = build.a_module(program)
    first, second = (build.a_lesson(program, module=module, name=name) for name in ("A", "B"))
    a_topic(program, second, last_on=build.on("2026-11-03"))
    summary = summary_of(enrollment, made_by=director, now=NOW)
    assert summary.lessons
    assert summary.lessons.not_received == (first.name, second.name)


def test_it_is_in_the_language_of_who_asks(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    heard(enrollment, build.a_lesson(program, name="Reír otra vez"))
    with translation.override("es"):
        page = words_of(pdf_of(summary_of(enrollment, made_by=director, now=NOW)))
    assert "Reír otra vez" in page
    assert "(Aug 31)" not in page


def test_without_lessons_nothing_is_said_of_them(enrollment: Enrollment, director: User) -> None:
    assert summary_of(enrollment, made_by=director, now=NOW).lessons is None


@pytest.mark.parametrize(("goals", "words"), [(6, 3), (6, 60), (30, 200)])
@pytest.mark.parametrize("count", [10, 60])
def test_it_is_one_page_also_with_lessons(
    program: Program, director: User, goals: int, words: int, count: int
) -> None:
    program.name, program.site.name = "Long name of a program " * 5, "Long name of a site " * 4
    build.a_rule(program, effective_from="2020-01-01")
    enrollment = build.an_enrollment(program, admitted_on="2026-08-24")
    much(enrollment, goals=goals, words=words)
    lessons = [
        build.a_lesson(program, name=f"Lesson {number} " + "of wide words " * 10, is_core=True)
        for number in range(count)
    ]
    heard(enrollment, *lessons[: count // 2])
    for lesson in lessons[count // 2 : count // 2 + count // 4]:
        a_waiver(enrollment, lesson)
    content = pdf_of(summary_of(enrollment, made_by=director, now=NOW))
    assert len(reader_of(content).pages) == 1
    assert lowest_of_the_body(content) > foot_of(content)
    page = words_of(content)
    assert f"of {count} core lessons received or waived" in page
    assert "of wide words" in page
    assert "more" in page
    assert all(f"Goal {number}:" in page for number in range(6))


def test_the_statements_do_not_grow_with_the_lessons(
    enrollment: Enrollment, program: Program, director: User
) -> None:
    counts = []
    for number in (1, 5):
        lessons = [build.a_lesson(program) for _each in range(number)]
        heard(enrollment, *lessons, first=FIRST + timedelta(weeks=number))
        with CaptureQueriesContext(connection) as queries:
            summary_of(enrollment, made_by=director, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@given(st.lists(st.text("abc ", min_size=1, max_size=30), max_size=12), st.integers(0, 200))
def test_nothing_is_left_out_without_saying_so(items: list[str], letters: int) -> None:
    text = within(items, letters)
    if not items:
        assert text == ""
        return
    kept = text.split(" · ") if text else []
    left = len(items) - len(kept) + 1 if kept[-1].startswith("and ") else 0
    assert kept[: len(kept) - bool(left)] == items[: len(items) - left]
    assert not left or kept[-1] == f"and {left} more"
    # All of them, where there is room for all of them.
    assert left == 0 or len(" · ".join(items)) > letters
