"""What the database refuses of a waiver, and that forms say why."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from attendance.models import LessonWaiver
from tests import build, build_curriculum
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiver() -> LessonWaiver:
    program = build.a_program()
    return build_curriculum.a_waiver(build.an_enrollment(program), build.a_lesson(program))


def _another(waiver: LessonWaiver, **fields) -> LessonWaiver:
    defaults = {"reason": "Elsewhere", "waived_by": waiver.waived_by, "waived_at": build.NOW}
    same = {"enrollment": waiver.enrollment, "lesson": waiver.lesson}
    return LessonWaiver(**{**same, **defaults, **fields})


def test_a_lesson_is_waived_once(waiver):
    with refused("lesson_waiver_once"):
        _another(waiver).save()
    explains(_another(waiver), "lesson_waiver_once")


def test_a_waiver_taken_back_makes_room(waiver):
    waiver.withdrawn_at, waiver.withdrawn_by = build.NOW, waiver.waived_by
    waiver.save()
    _another(waiver).save()
    assert LessonWaiver.objects.in_force().count() == 1


def test_a_waiver_has_a_reason(waiver):
    other = build.a_lesson(waiver.enrollment.program)
    with refused("lesson_waiver_has_reason"):
        _another(waiver, lesson=other, reason="").save()
    _another(waiver, lesson=other, reason="Heard it").save()


@pytest.mark.parametrize("field", ["withdrawn_at", "withdrawn_by"])
def test_a_waiver_is_taken_back_by_somebody_at_some_time(waiver, field):
    value = {"withdrawn_at": build.NOW, "withdrawn_by": waiver.waived_by}[field]
    setattr(waiver, field, value)
    explains(waiver, "lesson_waiver_withdrawn_by_somebody")
    with refused("lesson_waiver_withdrawn_by_somebody"):
        waiver.save()


def test_a_waiver_is_kept(waiver):
    with pytest.raises(DatabaseError), transaction.atomic():
        waiver.delete()
    assert LessonWaiver.objects.exists()
