"""What the database refuses about subjects, versions, prerequisites and handouts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from curriculum.models import Handout, LessonVersion, Prerequisite, VersionHandout
from programs.models.document import LARGEST
from tests import build
from tests import build_curriculum as having
from tests.refusals import explains, refused, refused_by

pytestmark = pytest.mark.django_db
FILE = {
    "kind": "file",
    "text": "",
    "stored_name": "a" * 32,
    "content_type": "application/pdf",
    "size_bytes": 10,
}


def test_a_subject_that_is_known():
    track = build.a_track(subject="dbt")
    with refused("track_subject_known"):
        build.a_track(track.program, subject="astrology")
    explains(track, "track_subject_known", subject="astrology")


def test_a_prerequisite_once():
    lesson = build.a_lesson()
    other = build.a_lesson(module=lesson.module)
    having.needs(lesson, other)
    with refused("prerequisite_once"):
        having.needs(lesson, other)
    explains(Prerequisite(lesson=lesson, needs=other), "prerequisite_once")


def test_a_prerequisite_is_another_lesson():
    lesson = build.a_lesson()
    explains(Prerequisite(lesson=lesson, needs=lesson), "prerequisite_is_another")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        having.needs(lesson, lesson)
    assert refused_by(caught.value) in {"prerequisite_is_another", "prerequisite_no_circle"}


def test_prerequisites_never_lead_back():
    one = build.a_lesson()
    two, three = build.a_lesson(module=one.module), build.a_lesson(module=one.module)
    having.needs(one, two)
    having.needs(two, three)
    having.needs(one, three)
    with refused("prerequisite_no_circle"):
        having.needs(three, one)


def test_a_prerequisite_of_its_own_program():
    lesson = build.a_lesson()
    with refused("prerequisite_of_its_program"):
        having.needs(lesson, build.a_lesson())


def test_a_version_once_and_one_draft():
    lesson = build.a_lesson()
    draft = having.a_draft(lesson)
    with refused("lesson_version_once"):
        having.a_draft(lesson, number=2, published_at=build.NOW)
    explains(LessonVersion(lesson=lesson, number=2, written_at=build.NOW), "lesson_version_once")
    with refused("lesson_one_draft"):
        having.a_draft(lesson, number=3)
    explains(LessonVersion(lesson=lesson, number=3, written_at=build.NOW), "lesson_one_draft")
    having.a_draft(lesson, number=3, published_at=build.NOW)
    assert draft.published_at is None


@pytest.mark.parametrize("minutes", [None, 1])
def test_a_version_takes_minutes_or_does_not_say(minutes: int | None):
    draft = having.a_draft(build.a_lesson(), minutes=minutes)
    explains(draft, "lesson_version_takes_minutes", minutes=0)
    with refused("lesson_version_takes_minutes"):
        draft.save()


def test_versions_count_from_one():
    lesson = build.a_lesson()
    with refused("lesson_version_counts_from_one"):
        having.a_draft(lesson, number=0)
    explains(having.a_draft(lesson), "lesson_version_counts_from_one", number=0)


def test_a_version_is_published_at_a_moment():
    draft = having.a_draft(build.a_lesson())
    explains(draft, "lesson_version_published_at_a_time", published_by=build.a_user())
    with refused("lesson_version_published_at_a_time"):
        draft.save()
    draft.published_at = build.NOW
    draft.save()


def test_a_published_version_stays():
    version = build.a_lesson().versions.get()
    version.guide = "Other words"
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        version.save()
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        version.delete()
    draft = having.a_draft(version.lesson)
    draft.guide = "Other words"
    draft.save()
    draft.delete()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "tape"}, "handout_kind_known"),
        ({**FILE, "content_type": "text/html"}, "handout_type_known"),
        ({**FILE, "size_bytes": 0}, "handout_is_file_or_page"),
        ({**FILE, "size_bytes": LARGEST + 1}, "handout_is_file_or_page"),
        ({**FILE, "text": "Words too"}, "handout_is_file_or_page"),
        ({**FILE, "stored_name": ""}, "handout_is_file_or_page"),
        ({"kind": "page", "text": ""}, "handout_is_file_or_page"),
    ],
)
def test_a_handout_is_a_file_or_a_page(fields: dict, constraint: str):
    lesson = build.a_lesson()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        having.a_page(lesson, **fields)
    assert refused_by(caught.value) in {constraint, "handout_is_file_or_page"}
    said = {"name": "My week", "kind": "page", "text": "Words", **fields}
    row = Handout(lesson=lesson, added_at=build.NOW)
    explains(row, constraint, **said)


@pytest.mark.parametrize("fields", [{}, FILE, {**FILE, "size_bytes": LARGEST}])
def test_a_handout_that_is_one_of_both_stays(fields: dict):
    handout = having.a_page(build.a_lesson(), **fields)
    handout.name = "Another name"
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        handout.save()


def test_a_version_has_a_handout_once():
    lesson = build.a_lesson()
    draft, page = having.a_draft(lesson), having.a_page(lesson)
    VersionHandout.objects.create(version=draft, handout=page)
    with refused("version_handout_once"):
        VersionHandout.objects.create(version=draft, handout=page)
    explains(VersionHandout(version=draft, handout=page), "version_handout_once")


def test_the_handouts_of_a_published_version_stay():
    lesson = build.a_lesson()
    draft, page = having.a_draft(lesson), having.a_page(lesson)
    row = VersionHandout.objects.create(version=draft, handout=page)
    with refused("published_handouts_stay"):
        VersionHandout.objects.create(version=lesson.versions.published().get(), handout=page)
    draft.published_at = build.NOW
    draft.save()
    with refused("published_handouts_stay"):
        row.delete()
