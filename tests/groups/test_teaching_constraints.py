"""What the database refuses of lessons planned, taught and withdrawn, and of homework answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from attendance.models import HomeworkAnswer
from groups.models import SessionLesson, Teaching
from tests import build
from tests.build import MONDAY, moment
from tests.build_curriculum import a_draft, an_answer, planned, taught
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return build.a_session(build.a_group())


@pytest.fixture
def lesson(session):
    return build.a_lesson(session.group.program)


def at(text: str):
    return moment(MONDAY, text)


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def withdrawn(session, lesson, **fields):
    defaults: dict[str, Any] = {"withdrawn_at": build.NOW, "withdrawn_reason": "Wrong"}
    return taught(session, lesson, **defaults | fields)


def test_a_lesson_once_unless_withdrawn(session, lesson):
    withdrawn(session, lesson)
    planned(session, lesson)
    for make in (planned, taught):
        with refused("session_lesson_once"):
            make(session, lesson)
    explains(SessionLesson(session=session, lesson=lesson), "session_lesson_once")


@pytest.mark.parametrize("missing", ["taught_at", "began_at", "ended_at"])
def test_what_was_taught_began_and_ended(session, lesson, missing):
    # Without an end the trigger that keeps it inside its session is the first to refuse.
    first = "session_lesson_inside_session" if missing == "ended_at" else ""
    lacking: dict[str, Any] = {missing: None, "version": None}
    with refused(first or "session_lesson_taught_from_to"):
        taught(session, lesson, **lacking)
    times = {"taught_at": build.NOW, "began_at": at("09:00"), "ended_at": at("12:00")}
    row = SessionLesson(session=session, lesson=lesson, **times)
    explains(row, "session_lesson_taught_from_to", **{missing: None})


def test_it_ends_after_it_begins(session, lesson):
    with refused("session_lesson_ended_after_it_began"):
        taught(session, lesson, "10:00", "10:00")
    row = SessionLesson(session=session, lesson=lesson, taught_at=build.NOW)
    row.began_at = row.ended_at = at("10:00")
    explains(row, "session_lesson_ended_after_it_began")
    taught(session, lesson, "10:00", "10:01")


@pytest.mark.parametrize("end", ["began_at", "ended_at"])
def test_in_whole_minutes(session, lesson, end):
    odd = at("10:00").replace(second=1)
    with refused("session_lesson_in_whole_minutes"):
        taught(session, lesson, **{end: odd})
    row = SessionLesson(session=session, lesson=lesson, taught_at=build.NOW)
    row.began_at, row.ended_at = at("09:00"), at("12:00")
    explains(row, "session_lesson_in_whole_minutes", **{end: odd})


@pytest.mark.parametrize(
    "fields", [{"homework": "x"}, {"steps_done": ["x"]}, {"taught_by": 1}, {"version": 1}]
)
def test_only_what_was_taught_has_a_record(session, lesson, fields):
    if "taught_by" in fields:
        fields = {"taught_by": build.a_user()}
    if "version" in fields:
        fields = {"version": lesson.versions.get()}
    with refused("session_lesson_record_of_taught"):
        planned(session, lesson, **fields)
    row = SessionLesson(session=session, lesson=lesson)
    explains(row, "session_lesson_record_of_taught", **fields)
    taught(session, lesson, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": build.NOW},
        {"withdrawn_reason": "Wrong"},
        {"withdrawn_by": 1},
    ],
)
def test_withdrawn_with_a_reason(session, lesson, fields):
    if "withdrawn_by" in fields:
        fields = {"withdrawn_by": build.a_user()}
    with refused("session_lesson_withdrawn_with_reason"):
        taught(session, lesson, **fields)
    with refused("session_lesson_withdrawn_with_reason"):
        planned(session, lesson, withdrawn_at=build.NOW, withdrawn_reason="Wrong")
    row = SessionLesson(session=session, lesson=lesson, taught_at=build.NOW)
    row.began_at, row.ended_at = at("09:00"), at("12:00")
    explains(row, "session_lesson_withdrawn_with_reason", **fields)
    withdrawn(session, lesson)


def test_what_was_taught_stays(session, lesson):
    row = taught(session, lesson)
    elsewhere = build.a_session(build.a_group(session.group.program))
    newer = a_draft(lesson, published_at=build.NOW)
    unversioned = taught(session, build.a_lesson(session.group.program), version=None)
    with refused("taught_lesson_stays"):
        update(unversioned, lesson=build.a_lesson(session.group.program))
    for fields in (
        {"session": elsewhere},
        {"taught_at": build.NOW},
        {"began_at": at("09:30")},
        {"ended_at": at("11:30")},
        {"version": newer},
        {"version": None},
    ):
        with refused("taught_lesson_stays"):
            update(row, **fields)
    with refused("taught_lesson_stays"):
        SessionLesson.objects.filter(pk=row.pk).delete()
    update(row, homework="Later", steps_done=["One"], position=3)
    update(row, withdrawn_at=build.NOW, withdrawn_reason="Wrong")
    with refused("taught_lesson_stays"):
        update(row, withdrawn_at=None, withdrawn_reason="")


def test_a_version_may_be_given_to_imported_history_and_a_plan_may_change(session, lesson):
    row = taught(session, lesson, version=None)
    update(row, version=lesson.versions.get())
    plan = planned(session, build.a_lesson(session.group.program))
    update(plan, lesson=build.a_lesson(session.group.program))
    plan.delete()


def test_lessons_of_its_own_program(session):
    with refused("session_lesson_of_its_program"):
        planned(session, build.a_lesson())
    planned(session, build.a_lesson(session.group.program))


def test_a_published_version_of_that_lesson(session, lesson):
    other = build.a_lesson(session.group.program)
    for version in (a_draft(lesson), other.versions.get()):
        with refused("session_lesson_version_of_lesson"):
            taught(session, lesson, version=version)
    taught(session, lesson)


@pytest.mark.parametrize(("starts", "ends"), [("08:59", "10:00"), ("11:00", "12:01")])
def test_inside_its_session(session, lesson, starts, ends):
    with refused("session_lesson_inside_session"):
        taught(session, lesson, starts, ends)
    taught(session, lesson, "09:00", "12:00")


def test_a_confirmation_is_kept_and_there_is_one(session):
    by = build.a_user()
    row = Teaching.objects.create(session=session, confirmed_by=by, confirmed_at=build.NOW)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        row.delete()
    update(row, other="A walk")
    with refused("groups_teaching_session_id_key"):
        Teaching.objects.create(session=session, confirmed_by=by, confirmed_at=build.NOW)


def test_homework_is_answered_once(session, lesson):
    row, person = taught(session, lesson, homework="x"), build.a_participant()
    answer = an_answer(row, person, session)
    with refused("homework_answer_once"):
        an_answer(row, person, session)
    twice = HomeworkAnswer(taught=row, participant=person, session=session, answer="done")
    explains(twice, "homework_answer_once")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        answer.delete()
    update(answer, answer="partly")
    an_answer(row, build.a_participant(), session)


def test_an_answer_is_one_of_three(session, lesson):
    row = taught(session, lesson, homework="x")
    for answer in ("done", "partly", "not_done"):
        an_answer(row, build.a_participant(), session, answer=answer)
    with refused("homework_answer_known"):
        an_answer(row, build.a_participant(), session, answer="none")
    by = build.a_user()
    fields = {"participant": build.a_participant(), "answered_by": by, "answered_at": build.NOW}
    wrong = HomeworkAnswer(taught=row, session=session, **fields)
    explains(wrong, "homework_answer_known", answer="none")
