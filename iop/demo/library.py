"""The demo's library: words, a handout, a draft, what comes before what, and each group's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from curriculum.handouts.actions import add_page
from curriculum.library.actions import change_draft, publish, start_draft
from curriculum.library.words import words_of
from curriculum.models import Lesson, Prerequisite, Subject, Track
from groups.models import OnCancel, TherapyGroup
from groups.rotation.actions import reflow, set_rotation
from iop.demo.lesson_words import DRAFT, NEEDS, PAGE, WORDS
from iop.demo.timetable import CHAIN

NOTE = "Guide, homework and checklist"
SUBJECTS = {
    "DBT": Subject.DBT,
    "CBT": Subject.CBT,
    "Relapse prevention": Subject.RELAPSE_PREVENTION,
    "Recovery basics": Subject.PSYCHOEDUCATION,
}


def fill_library(now: datetime) -> None:
    """Publish what lessons say, before anybody confirms having taught them."""
    for name, subject in SUBJECTS.items():
        Track.objects.filter(name=name).update(subject=subject)
    lessons = {lesson.name: lesson for lesson in Lesson.objects.all()}
    for name, words in WORDS.items():
        draft = start_draft(lesson=lessons[name], by=None, now=now)
        change_draft(version=draft, words=words, seen=draft.written_at, by=None, now=now)
        draft.refresh_from_db()
        if name == PAGE[0]:
            add_page(version=draft, name=PAGE[1], text=PAGE[2], by=None, now=now)
        draft.refresh_from_db()
        publish(version=draft, note=NOTE, by=None, now=now)
    _leave_a_draft(lessons[DRAFT[0]], now)
    Prerequisite.objects.bulk_create(
        Prerequisite(lesson=lessons[name], needs=lessons[before]) for name, before in NEEDS
    )


def _leave_a_draft(lesson: Lesson, now: datetime) -> None:
    draft = start_draft(lesson=lesson, by=None, now=now)
    words = replace(words_of(draft), guide=DRAFT[1])
    change_draft(version=draft, words=words, seen=draft.written_at, by=None, now=now)


def plan_lessons(now: datetime) -> None:
    """Give each group the order of its track, and its coming sessions their lessons."""
    tracks = {meets.name: (meets.program, meets.track) for meets in CHAIN}
    for group in TherapyGroup.objects.filter(name__in=tracks).select_related("program"):
        code, track = tracks[group.name]
        group.teaches = Track.objects.get(program__code=code, name=track)
        group.save(update_fields=["teaches"])
        lessons = Lesson.objects.filter(module__track=group.teaches).in_order()
        set_rotation(
            group=group,
            lessons=list(lessons),
            on_cancel=OnCancel.SKIP if group.kind == "process" else OnCancel.SHIFT,
            is_repeating=True,
            by=None,
        )
        reflow(group=group, by=None, now=now)
