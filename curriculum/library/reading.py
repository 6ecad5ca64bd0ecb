"""Reads a program's library in a fixed number of statements, however large it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from curriculum.library.asked import Asked
from curriculum.models import Lesson, LessonVersion, Module, Prerequisite, Track
from curriculum.models.track import LessonQuerySet
from curriculum.models.version import LessonVersionQuerySet
from programs.models import Program


@dataclass(frozen=True)
class LibraryRows:
    """Everything that stands in it; `found` are the lessons that are asked for."""

    tracks: Sequence[Track]
    modules: Sequence[Module]
    lessons: Sequence[Lesson]
    found: frozenset[int]
    # The minutes of each draft, by lesson.
    drafts: Mapping[int, int | None]
    published: frozenset[int]
    # The names of the lessons that each one needs.
    needs: Mapping[int, Sequence[str]]


def library_rows(program: Program, user: User, asked: Asked) -> LibraryRows:
    """Return what the person may see of the program's library: seven statements."""
    lessons = Lesson.objects.visible_to(user).of_program(program)
    versions = LessonVersion.objects.filter(lesson__module__track__program=program)
    shown = list(lessons.in_order().annotate(is_found=_is_found(asked)))
    needs: dict[int, list[str]] = {}
    rows = Prerequisite.objects.filter(lesson__module__track__program=program)
    for lesson, name in rows.order_by("needs__name").values_list("lesson", "needs__name"):
        needs.setdefault(lesson, []).append(name)
    modules = Module.objects.visible_to(user).filter(track__program=program)
    return LibraryRows(
        tracks=list(Track.objects.visible_to(user).filter(program=program)),
        modules=list(modules.order_by("position", "name")),
        lessons=shown,
        found=frozenset(each.pk for each in shown if each.is_found),
        drafts=dict(versions.filter(published_at=None).values_list("lesson", "minutes")),
        published=frozenset(versions.published().values_list("lesson", flat=True)),
        needs=needs,
    )


def _is_found(asked: Asked) -> Q:
    """Return what a lesson has to be like; all are found where nothing is asked."""
    found = Q(pk__isnull=False)
    if asked.subject:
        found &= Q(module__track__subject=asked.subject)
    if asked.kind:
        found &= Q(is_core=asked.kind == "core")
    if asked.state == "draft":
        found &= Q(Exists(_words_of_lesson().filter(published_at=None)), retired_at=None)
    if asked.state == "retired":
        found &= Q(retired_at__isnull=False)
    for word in asked.words.split():
        found &= _says(word)
    return found


def _says(word: str) -> Q:
    """Whether the lesson says the word: in its name, its place, or what is taught of it now."""
    said = Q()
    for name in ("objectives", "guide", "homework", "skills"):
        said |= Q(**{f"{name}__icontains": word})
    later = LessonVersion.objects.filter(
        lesson=OuterRef("lesson"), number__gt=OuterRef("number"), published_at__isnull=False
    )
    return (
        Q(name__icontains=word)
        | Q(module__name__icontains=word)
        | Q(module__track__name__icontains=word)
        | Q(Exists(_words_of_lesson().filter(said).exclude(Exists(later))))
    )


def _words_of_lesson() -> LessonVersionQuerySet:
    return LessonVersion.objects.filter(lesson=OuterRef("pk"))


def lessons_in_order(program: Program, user: User) -> LessonQuerySet:
    """Return the lessons in use that the person may see, as the library has them."""
    found = Lesson.objects.visible_to(user).of_program(program).in_use().in_order()
    return found.select_related("module__track")
