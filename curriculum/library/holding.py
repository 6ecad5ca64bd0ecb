"""Holds a library while it is changed, so that two people's changes follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from curriculum.models import Lesson, LessonVersion
from programs.models import Program


def hold_library(program_pk: int) -> Program:
    """Return the program, once its tracks, modules and lessons are ours to change."""
    return Program.objects.select_for_update(no_key=True, of=("self",)).get(pk=program_pk)


def hold_lesson(lesson: Lesson) -> Lesson:
    """Return the lesson as it is stored now, once its versions are ours to change."""
    locked = Lesson.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("module__track__program").get(pk=lesson.pk)


def draft_of(lesson: Lesson) -> LessonVersion | None:
    """Return the draft of the lesson, if there is one."""
    return LessonVersion.objects.filter(lesson=lesson, published_at=None).first()


def put_in_order(rows: Sequence[Any]) -> None:
    """Have tracks, modules or lessons stand in this order; writes only those that move."""
    moved = [row for position, row in enumerate(rows) if row.position != position]
    for position, row in enumerate(rows):
        row.position = position
    for row in moved:
        row.save(update_fields=["position"])


def moved_by_one(rows: Iterable[models.Model], row: models.Model, *, is_up: bool) -> list[Any]:
    """Return the rows with this one a place up or down; at the end of its way it stays."""
    found = list(rows)
    at = found.index(row)
    to = max(0, at - 1) if is_up else min(len(found) - 1, at + 1)
    found.insert(to, found.pop(at))
    return found
