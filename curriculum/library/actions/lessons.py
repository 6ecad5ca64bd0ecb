"""Lessons: one is added, named anew, made core, moved, retired, or brought back."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from curriculum.library.holding import hold_library, moved_by_one, put_in_order
from curriculum.library.uses import uses_of
from curriculum.library.words import LessonWords, put_words
from curriculum.models import Lesson, LessonVersion, Module
from programs.models import Program


@transaction.atomic
def add_lesson(
    *,
    module: Module,
    words: LessonWords,
    name: str,
    is_core: bool,
    by: User | None,
    now: datetime,
    is_published: bool,
    position: int | None = None,
) -> Lesson:
    """Add a lesson with its first version, as a draft or published.

    `position` counts the lessons before it, also retired ones; None is behind all. Raises NotKept.
    """
    held = _hold_module(module)
    lesson = Lesson(module=module, name=name, is_core=is_core)
    lesson.minutes = words.minutes if is_published else None
    _keep_at(lesson, position)
    _keep_first_version(lesson, words, by, now if is_published else None, written_at=now)
    write_audit(
        "lesson.added",
        by=by,
        subject=lesson,
        program_id=held.public_id,
        is_core=is_core,
        is_published=is_published,
    )
    return lesson


@transaction.atomic
def change_lesson(
    *, lesson: Lesson, name: str, is_core: bool, module: Module, by: User | None
) -> None:
    """Name the lesson anew, make it core or elective, or put it behind those of another module.

    Writes nothing where nothing differs. Raises NotKept.
    """
    held = _hold_module(lesson.module)
    stored = Lesson.objects.get(pk=lesson.pk)
    wanted = Module.objects.get(pk=module.pk, track__program=held)
    found = {"name": name, "is_core": is_core, "module": wanted}
    changed = sorted(field for field, value in found.items() if getattr(stored, field) != value)
    if not changed:
        return
    if "module" in changed:
        stored.position = wanted.lessons.count()
    for field in changed:
        setattr(stored, field, found[field])
    keep(stored, otherwise="name")
    put_in_order(list(wanted.lessons.order_by("position", "name")))
    write_audit(
        "lesson.changed",
        by=by,
        subject=stored,
        program_id=held.public_id,
        fields=changed,
        is_core=is_core,
    )


@transaction.atomic
def move_lesson(*, lesson: Lesson, is_up: bool, by: User | None) -> None:
    """Move the lesson past the one before or after it in its module; the first and last stay.

    Retired lessons are passed over, and keep their places.
    """
    held = _hold_module(lesson.module)
    stored = Lesson.objects.get(pk=lesson.pk)
    rows = list(Lesson.objects.filter(module=stored.module_id).order_by("position", "name"))
    shown = [each for each in rows if each.retired_at is None or each == stored]
    moved = iter(moved_by_one(shown, stored, is_up=is_up))
    put_in_order([next(moved) if each in shown else each for each in rows])
    write_audit("lesson.moved", by=by, subject=stored, program_id=held.public_id, is_up=is_up)


@transaction.atomic
def retire_lesson(*, lesson: Lesson, now: datetime, by: User | None) -> None:
    """Take the lesson out of use; one that is retired stays so.

    Raises NotKept where something still counts on it, such as a rotation; the words name it.
    """
    held = _hold_module(lesson.module)
    stored = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if stored.retired_at:
        return
    if uses := uses_of(stored, now):
        words = _("This lesson is still used: %(uses)s. Take it out there first, then retire it.")
        raise NotKept({NON_FIELD_ERRORS: [words % {"uses": "; ".join(uses)}]})
    stored.retired_at = now
    stored.save(update_fields=["retired_at"])
    write_audit("lesson.retired", by=by, subject=stored, program_id=held.public_id)


@transaction.atomic
def bring_back_lesson(*, lesson: Lesson, by: User | None) -> None:
    """Take the lesson into use again, at its place; one in use stays so."""
    held = _hold_module(lesson.module)
    stored = Lesson.objects.get(pk=lesson.pk)
    if stored.retired_at is None:
        return
    stored.retired_at = None
    stored.save(update_fields=["retired_at"])
    write_audit("lesson.brought_back", by=by, subject=stored, program_id=held.public_id)


def _keep_at(lesson: Lesson, position: int | None) -> None:
    """Save a new lesson with so many lessons of its module before it; None is all of them."""
    siblings = list(lesson.module.lessons.order_by("position", "name"))
    at = len(siblings) if position is None else position
    lesson.position = at
    keep(lesson, otherwise="name")
    put_in_order([*siblings[:at], lesson, *siblings[at:]])


def _keep_first_version(
    lesson: Lesson,
    words: LessonWords,
    by: User | None,
    published_at: datetime | None,
    *,
    written_at: datetime,
) -> None:
    version = LessonVersion(lesson=lesson, number=1, written_by=by, written_at=written_at)
    version.published_at, version.published_by = published_at, by if published_at else None
    put_words(version, words)
    keep(version)


def _hold_module(module: Module) -> Program:
    return hold_library(module.track.program_id)
