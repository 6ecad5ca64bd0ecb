"""A program's lessons as they are stored, as entries with what a new version has to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from curriculum.files.entry import Entry, Key
from curriculum.models import Lesson, LessonVersion, Prerequisite
from programs.models import Program


@dataclass(frozen=True)
class StoredLesson:
    """A lesson: its entry, its row, the version that is taught now, the draft if there is one."""

    entry: Entry
    lesson: int
    version: int | None
    draft: int | None
    last_number: int

    @property
    def is_published(self) -> bool:
        return self.version is not None


def stored_lessons(programs: Iterable[Program | int]) -> dict[int, dict[Key, StoredLesson]]:
    """Return the lessons of each program by key, in the order of the library; five statements."""
    wanted = list(programs)
    taught = _taught_now(wanted)
    drafts, numbers = _drafts_and_numbers(wanted)
    needs = _needs(wanted)
    found: dict[int, dict[Key, StoredLesson]] = defaultdict(dict)
    for each in _rows(wanted):
        version = taught.get(each["pk"])
        entry = _entry(each, version, needs[each["pk"]])
        found[each["module__track__program"]][entry.key] = StoredLesson(
            entry=entry,
            lesson=each["pk"],
            version=version.pk if version else None,
            draft=drafts.get(each["pk"]),
            last_number=numbers.get(each["pk"], 0),
        )
    return found


def lessons_of(program: Program) -> dict[Key, StoredLesson]:
    """Return one program's lessons by key, in the order of the library."""
    return stored_lessons([program]).get(program.pk, {})


def _rows(programs: list[Any]) -> Iterable[Any]:
    ours = Lesson.objects.filter(module__track__program__in=programs).in_order()
    return ours.values(
        "pk",
        "name",
        "minutes",
        "is_core",
        "position",
        "retired_at",
        "module__name",
        "module__track__name",
        "module__track__subject",
        "module__track__source",
        "module__track__program",
    )


def _taught_now(programs: list[Any]) -> dict[int, LessonVersion]:
    ours = LessonVersion.objects.filter(lesson__module__track__program__in=programs)
    return {each.lesson_id: each for each in ours.latest_published()}


def _drafts_and_numbers(programs: list[Any]) -> tuple[dict[int, int], dict[int, int]]:
    """Return the draft of each lesson that has one, and each lesson's highest number."""
    ours = LessonVersion.objects.filter(lesson__module__track__program__in=programs).order_by()
    numbers = ours.values_list("lesson").annotate(last=Max("number"))
    drafts = ours.filter(published_at=None).values_list("lesson", "pk")
    return dict(drafts), dict(numbers)


def _needs(programs: list[Any]) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = defaultdict(list)
    ours = Prerequisite.objects.filter(lesson__module__track__program__in=programs)
    for lesson, *key in ours.values_list(
        "lesson", "needs__module__track__name", "needs__module__name", "needs__name"
    ):
        found[lesson].append((key[0], key[1], key[2]))
    return found


def _entry(row: dict[str, Any], version: LessonVersion | None, needs: list[Key]) -> Entry:
    words = version or LessonVersion(minutes=row["minutes"])
    return Entry(
        track=row["module__track__name"],
        module=row["module__name"],
        lesson=row["name"],
        subject=row["module__track__subject"],
        source=row["module__track__source"],
        minutes=words.minutes,
        is_core=row["is_core"],
        position=row["position"],
        objectives=words.objectives,
        guide=words.guide,
        skills=tuple(words.skills),
        homework=words.homework,
        checklist=tuple(words.checklist),
        prerequisites=frozenset(needs),
        is_retired=row["retired_at"] is not None,
    )
