"""Which words a lesson is taught by now."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.models import LessonVersion
from curriculum.models.version import LessonVersionQuerySet


def latest_of(lesson_pks: Iterable[int]) -> LessonVersionQuerySet:
    """Return the latest published version of each lesson; none of one that has only a draft."""
    published = LessonVersion.objects.published().filter(lesson__in=list(lesson_pks))
    return published.order_by("lesson_id", "-number").distinct("lesson_id")
