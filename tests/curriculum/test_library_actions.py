"""Tracks, modules, lessons, their order, needs and versions: changed, refused, on record."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from curriculum.library import actions
from curriculum.library.actions.drafts import DraftMoved
from curriculum.library.words import LessonWords, words_of
from curriculum.models import Lesson, LessonVersion, Module, Prerequisite, Track, VersionHandout
from programs.models import Program
from tests import build
from tests import build_curriculum as having
from tests.build import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
WORDS = LessonWords(
    minutes=50,
    objectives="Name three triggers.",
    guide="# Opening\n\n- Welcome",
    skills=("Naming triggers",),
    homework="Write down one.",
    checklist=("Opened with a check-in",),
)


@pytest.fixture
def module(program: Program) -> Module:
    return build.a_module(program)


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def names(rows: Any) -> list[str]:
    return [each.name for each in rows.order_by("position", "name")]


def lesson_of(module: Module, name: str, by: User | None = None, **fields: Any) -> Lesson:
    said = {"is_core": False, "is_published": True, "words": WORDS, **fields}
    return actions.add_lesson(module=module, name=name, by=by, now=NOW, **said)


def draft_for(lesson: Lesson, by: User | None = None) -> LessonVersion:
    return actions.start_draft(lesson=lesson, by=by, now=NOW)


def write(draft: LessonVersion, by: User | None = None, **fields: Any) -> LessonVersion:
    words = LessonWords(**{**vars(words_of(draft)), **fields})
    seen = draft.written_at
    return actions.change_draft(version=draft, words=words, seen=seen, by=by, now=LATER)


def refusal(caught: pytest.ExceptionInfo[NotKept]) -> str:
    return " ".join(str(each) for said in caught.value.words.values() for each in said)


def test_tracks_are_added_changed_and_moved(program: Program, director: User):
    first, second, third = (
        actions.add_track(program=program, name=name, subject="dbt", by=director)
        for name in ("One", "Two", "Three")
    )
    actions.change_track(track=first, name="First", subject="cbt", source="SAMHSA", by=director)
    actions.change_track(track=first, name="First", subject="cbt", source="SAMHSA", by=director)
    actions.move_track(track=third, is_up=True, by=director)
    actions.move_track(track=first, is_up=True, by=director)
    assert names(program.tracks) == ["First", "Three", "Two"]
    assert verbs() == ["track.added"] * 3 + ["track.changed"] + ["track.moved"] * 2
    event = AuditEvent.objects.get(verb="track.changed")
    assert (event.by, event.program_id) == (director, program.public_id)
    assert event.detail == {"fields": ["name", "source", "subject"]}
    with pytest.raises(NotKept) as caught:
        actions.add_track(program=program, name="Two", subject="dbt", by=director)
    assert "has a track of that name already" in refusal(caught)
    assert Track.objects.count() == 3
    assert second.position == 1


def test_modules_are_added_changed_and_moved(program: Program, director: User):
    one, two = build.a_track(program, position=1), build.a_track(program, position=2)
    first, second = (actions.add_module(track=one, name=name, by=director) for name in "AB")
    actions.move_module(module=second, is_up=True, by=director)
    assert names(one.modules) == ["B", "A"]
    actions.change_module(module=first, name="A", track=two, by=director)
    assert (names(one.modules), names(two.modules)) == (["B"], ["A"])
    actions.add_module(track=two, name="B", by=director)
    with pytest.raises(NotKept) as caught:
        actions.change_module(module=second, name="B", track=two, by=director)
    assert "has a module of that name already" in refusal(caught)


def test_a_lesson_is_added_where_it_belongs(module: Module, clinician: User):
    for name in "AB":
        lesson_of(module, name, clinician)
    lesson_of(module, "C", clinician, position=1, is_core=True)
    assert names(module.lessons) == ["A", "C", "B"]
    added = module.lessons.get(name="C")
    version = added.versions.get()
    assert (added.minutes, added.is_core, words_of(version)) == (50, True, WORDS)
    assert (version.written_by, version.published_by, version.published_at) == (
        clinician,
        clinician,
        NOW,
    )
    with pytest.raises(NotKept) as caught:
        lesson_of(module, "A")
    assert "has a lesson of that name already" in refusal(caught)


def test_a_draft_says_no_minutes_for_the_lesson(module: Module):
    assert lesson_of(module, "A", is_published=False).minutes is None


def test_lessons_move_past_one_another_and_not_past_their_module(module: Module):
    made = {name: lesson_of(module, name) for name in "ABCD"}
    actions.retire_lesson(lesson=made["B"], now=NOW, by=None)
    actions.move_lesson(lesson=made["C"], is_up=True, by=None)
    assert names(module.lessons.in_use()) == ["C", "A", "D"]
    for _ in range(5):
        actions.move_lesson(lesson=made["C"], is_up=False, by=None)
    assert names(module.lessons.in_use()) == ["A", "D", "C"]
    actions.bring_back_lesson(lesson=made["B"], by=None)
    actions.bring_back_lesson(lesson=made["B"], by=None)
    assert set(names(module.lessons.in_use())) == set("ABCD")
    assert verbs().count("lesson.brought_back") == 1


def test_a_lesson_changes_its_name_kind_and_module(module: Module):
    lesson, other = lesson_of(module, "A"), build.a_module(track=module.track)
    build.a_lesson(module=other, name="B")
    actions.change_lesson(lesson=lesson, name="A2", is_core=True, module=other, by=None)
    assert names(other.lessons) == ["B", "A2"]
    with pytest.raises(NotKept):
        actions.change_lesson(lesson=lesson, name="B", is_core=True, module=other, by=None)
    elsewhere = build.a_module()
    with pytest.raises(Module.DoesNotExist):
        actions.change_lesson(lesson=lesson, name="A2", is_core=True, module=elsewhere, by=None)


def test_a_lesson_that_groups_count_on_is_not_retired(module: Module):
    lesson = lesson_of(module, "A")
    group = build.a_group(module.track.program, name="Morning IOP")
    coming, past = (build.a_session(group, day) for day in ("2026-12-01", "2026-11-02"))
    having.planned(past, lesson)
    plan = having.planned(coming, lesson)
    rotation = having.a_rotation(group, [lesson])
    now = build.moment("2026-11-20", "12:00")
    with pytest.raises(NotKept) as caught:
        actions.retire_lesson(lesson=lesson, now=now, by=None)
    assert "the rotation of Morning IOP" in refusal(caught)
    assert "1 coming session of Morning IOP" in refusal(caught)
    rotation.lessons.all().delete()
    plan.delete()
    actions.retire_lesson(lesson=lesson, now=now, by=None)
    actions.retire_lesson(lesson=lesson, now=now + timedelta(days=1), by=None)
    lesson.refresh_from_db()
    assert lesson.retired_at == now


def test_from_a_draft_to_what_is_taught(module: Module, clinician: User, director: User):
    lesson = lesson_of(module, "A", clinician)
    page = having.a_page(lesson)
    draft = draft_for(lesson, clinician)
    VersionHandout.objects.create(version=draft, handout=page)
    assert (draft.number, words_of(draft)) == (2, WORDS)
    assert draft_for(lesson, director) == draft
    write(draft, director, minutes=40, guide="Shorter")
    lesson.refresh_from_db()
    assert lesson.minutes == 50
    actions.publish(version=draft, note="Shorter", by=director, now=LATER)
    lesson.refresh_from_db()
    draft.refresh_from_db()
    assert (lesson.minutes, draft.change_note, draft.published_by) == (40, "Shorter", director)
    assert draft.written_by == director
    following = draft_for(lesson)
    assert [each.handout for each in following.handouts.all()] == [page]
    assert verbs() == [
        *("lesson.added", "draft.started", "draft.changed", "lesson.published", "draft.started")
    ]


def test_a_draft_that_says_the_same_is_not_published(module: Module):
    draft = draft_for(lesson_of(module, "A"))
    with pytest.raises(NotKept) as caught:
        actions.publish(version=draft, note="", by=None, now=LATER)
    assert "says the same as version 1" in refusal(caught)
    VersionHandout.objects.create(version=draft, handout=having.a_page(draft.lesson))
    actions.publish(version=draft, note="A handout", by=None, now=LATER)


def test_the_later_save_is_refused_and_nothing_is_lost(module: Module):
    draft = draft_for(lesson_of(module, "A"))
    write(draft, guide="First")
    with pytest.raises(DraftMoved) as caught:
        write(draft, guide="Second")
    assert caught.value.stored.guide == "First"
    with pytest.raises(DraftMoved):
        actions.publish(version=draft, note="", by=None, now=LATER, seen=draft.written_at)
    assert not LessonVersion.objects.get(pk=draft.pk).published_at


def test_a_draft_is_dropped_unless_it_is_all_there_is(module: Module):
    lesson = lesson_of(module, "A")
    draft = draft_for(lesson)
    VersionHandout.objects.create(version=draft, handout=having.a_page(lesson))
    actions.drop_draft(version=draft, by=None)
    assert lesson.versions.get().number == 1
    for act in (
        lambda: write(draft, guide="More"),
        lambda: actions.drop_draft(version=draft, by=None),
        lambda: actions.publish(version=draft, note="", by=None, now=NOW),
    ):
        with pytest.raises(NotKept) as caught:
            act()
        assert "no draft any more" in refusal(caught)
    only = lesson_of(module, "B", is_published=False).versions.get()
    with pytest.raises(NotKept) as caught:
        actions.drop_draft(version=only, by=None)
    assert "all there is of the lesson" in refusal(caught)


def test_a_circle_is_refused_and_named(module: Module):
    a, b, c = (lesson_of(module, name) for name in "ABC")
    actions.add_prerequisite(lesson=a, needs=b, by=None)
    actions.add_prerequisite(lesson=a, needs=b, by=None)
    actions.add_prerequisite(lesson=b, needs=c, by=None)
    with pytest.raises(NotKept) as caught:
        actions.add_prerequisite(lesson=c, needs=a, by=None)
    assert "“C” needs “A”, “A” needs “B”, “B” needs “C”" in refusal(caught)
    with pytest.raises(NotKept) as caught:
        actions.add_prerequisite(lesson=c, needs=c, by=None)
    assert "cannot come before itself" in refusal(caught)
    actions.remove_prerequisite(lesson=b, needs=c, by=None)
    actions.remove_prerequisite(lesson=b, needs=c, by=None)
    actions.add_prerequisite(lesson=c, needs=a, by=None)
    assert Prerequisite.objects.count() == 2
    assert verbs()[3:] == [
        *["prerequisite.added"] * 2,
        *("prerequisite.removed", "prerequisite.added"),
    ]


def test_a_long_circle_is_named_by_its_ends(module: Module):
    row = [lesson_of(module, f"L{number}") for number in range(12)]
    for one, other in pairwise(row):
        actions.add_prerequisite(lesson=one, needs=other, by=None)
    with pytest.raises(NotKept) as caught:
        actions.add_prerequisite(lesson=row[-1], needs=row[0], by=None)
    assert "“L11” needs “L0”" in refusal(caught)
    assert ", …, " in refusal(caught)


@pytest.mark.usefixtures("audit_fails")
def test_nothing_changes_without_its_line_on_the_trail(program: Program):
    module = build.a_module(program)
    lesson = build.a_lesson(module=module, name="A")
    draft = having.a_draft(lesson, guide="New")
    acts = (
        lambda: actions.add_track(program=program, name="New", subject="own", by=None),
        lambda: actions.add_module(track=module.track, name="New", by=None),
        lambda: lesson_of(module, "New"),
        lambda: actions.retire_lesson(lesson=lesson, now=NOW, by=None),
        lambda: actions.publish(version=draft, note="", by=None, now=NOW),
        lambda: actions.drop_draft(version=draft, by=None),
    )
    for act in acts:
        with pytest.raises(IntegrityError):
            act()
    assert (Track.objects.count(), Module.objects.count(), Lesson.objects.count()) == (1, 1, 1)
    assert Lesson.objects.get().retired_at is None
    assert LessonVersion.objects.get(pk=draft.pk).published_at is None
