"""What the database refuses about what is taught."""

from __future__ import annotations

import pytest

from curriculum.models import Lesson, Module, Track
from tests import build
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_a_track_once_per_program():
    track = build.a_track(name="DBT skills")
    build.a_track(name="DBT skills")
    with refused("track_once_per_program"):
        build.a_track(track.program, name="DBT skills")
    explains(Track(program=track.program, name="DBT skills"), "track_once_per_program")


def test_a_module_once_per_track():
    module = build.a_module(name="Distress tolerance")
    build.a_module(name="Distress tolerance")
    with refused("module_once_per_track"):
        build.a_module(track=module.track, name="Distress tolerance")
    again = Module(track=module.track, name="Distress tolerance")
    explains(again, "module_once_per_track")


def test_a_lesson_once_per_module():
    lesson = build.a_lesson(name="TIPP")
    build.a_lesson(name="TIPP")
    with refused("lesson_once_per_module"):
        build.a_lesson(module=lesson.module, name="TIPP")
    explains(Lesson(module=lesson.module, name="TIPP"), "lesson_once_per_module")


@pytest.mark.parametrize("minutes", [None, 1])
def test_a_lesson_takes_minutes_or_does_not_say(minutes: int | None):
    lesson = build.a_lesson(minutes=minutes)
    with refused("lesson_takes_minutes"):
        build.a_lesson(minutes=0)
    explains(lesson, "lesson_takes_minutes", minutes=0)
