"""Two people change one library in the same moment, each on a connection of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.keeping import NotKept
from curriculum.library import actions
from curriculum.library.actions.drafts import DraftMoved
from curriculum.library.words import LessonWords
from curriculum.models import LessonVersion, Prerequisite, Track
from tests import build
from tests import build_curriculum as having
from tests.at_once import at_once
from tests.build import NOW
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_halves_of_a_circle_cannot_pass_each_other():
    one = build.a_lesson(name="One")
    two = build.a_lesson(module=one.module, name="Two")
    results = at_once(
        lambda: actions.add_prerequisite(lesson=one, needs=two, by=None),
        lambda: actions.add_prerequisite(lesson=two, needs=one, by=None),
        words=(NotKept,),
    )
    (refused,) = [each for each in results if isinstance(each, NotKept)]
    assert "This would be a circle" in str(refused.words)
    assert Prerequisite.objects.count() == 1


def test_the_database_itself_holds_two_halves_apart():
    one = build.a_lesson()
    two = build.a_lesson(module=one.module)
    first, second = (lambda: having.needs(one, two)), (lambda: having.needs(two, one))
    assert second_is_refused_by(first, second) == "prerequisite_no_circle"


def test_of_two_saves_one_is_asked_again():
    draft = having.a_draft(build.a_lesson())

    def save(text: str, minute: int) -> LessonVersion:
        words = LessonWords(guide=text)
        now = NOW + timedelta(minutes=minute)
        seen = draft.written_at
        return actions.change_draft(version=draft, words=words, seen=seen, by=None, now=now)

    results = at_once(lambda: save("One", 1), lambda: save("Two", 2), words=(DraftMoved,))
    kept = LessonVersion.objects.get(pk=draft.pk).guide
    (refused,) = [each for each in results if isinstance(each, DraftMoved)]
    assert refused.stored.guide == kept
    assert kept in {"One", "Two"}


def test_of_two_who_begin_a_draft_both_get_the_same():
    lesson = build.a_lesson()
    begin = lambda: actions.start_draft(lesson=lesson, by=None, now=NOW)  # noqa: E731
    one, other = at_once(begin, begin, words=())
    assert one == other
    assert lesson.versions.count() == 2


def test_a_draft_is_published_or_dropped_and_not_both():
    draft = having.a_draft(build.a_lesson(), guide="New")
    results = at_once(
        lambda: actions.publish(version=draft, note="New", by=None, now=NOW),
        lambda: actions.drop_draft(version=draft, by=None),
        words=(NotKept,),
    )
    assert sum(isinstance(each, NotKept) for each in results) == 1
    assert draft.lesson.versions.filter(published_at=None).count() == 0


def test_of_two_tracks_of_one_name_one_is_refused_in_words():
    program = build.a_program()
    add = lambda: actions.add_track(program=program, name="DBT", subject="dbt", by=None)  # noqa: E731
    results = at_once(add, add, words=(NotKept,))
    assert sum(isinstance(each, NotKept) for each in results) == 1
    assert Track.objects.count() == 1
