"""One lesson as a facilitator reads it, with what it needs and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from curriculum.library.amounts import minutes_words
from curriculum.library.version_words import (
    VersionLine,
    VersionWords,
    saved_words,
    version_lines,
    version_words,
)
from curriculum.models import Lesson, LessonVersion
from programs.models import Program
from programs.whose import Tab


@dataclass(frozen=True)
class LessonPage:
    """What the page shows. `words` are those taught now; before that, those of the draft."""

    program: Program
    lesson: Lesson
    tabs: tuple[Tab, ...]
    words: VersionWords
    versions: tuple[VersionLine, ...]
    draft: LessonVersion | None
    draft_saved: str
    needs: tuple[Lesson, ...]
    needed_by: tuple[Lesson, ...]
    may_edit: bool
    facts: tuple[tuple[str, str], ...]
    form: Any = None

    @property
    def is_published(self) -> bool:
        """Whether some version is taught now."""
        return self.words.version.published_at is not None

    @property
    def can_compare(self) -> bool:
        """Whether there are two versions to hold against each other."""
        return len(self.versions) > 1


def lesson_page(
    program: Program, lesson: Lesson, *, tabs: tuple[Tab, ...], may_edit: bool, form: Any = None
) -> LessonPage:
    """Read the lesson, in a fixed number of statements."""
    rows = lesson.versions.select_related("published_by", "written_by").order_by("-number")
    versions = list(rows)
    draft = next((each for each in versions if each.published_at is None), None)
    shown = next((each for each in versions if each.published_at), versions[0])
    words = version_words(shown)
    return LessonPage(
        program=program,
        lesson=lesson,
        tabs=tabs,
        words=words,
        versions=version_lines(versions, program.zone),
        draft=draft,
        draft_saved=saved_words(draft, program.zone) if draft else "",
        needs=tuple(needed_by_it(lesson)),
        needed_by=tuple(_those_after(lesson)),
        may_edit=may_edit,
        facts=_facts(lesson, words),
        form=form,
    )


def needed_by_it(lesson: Lesson) -> list[Lesson]:
    """Return the lessons that come before it, in the order of the library."""
    found = Lesson.objects.filter(needed_by__lesson=lesson).in_order()
    return list(found.select_related("module__track"))


def _those_after(lesson: Lesson) -> list[Lesson]:
    found = Lesson.objects.filter(prerequisites__needs=lesson).in_order()
    return list(found.select_related("module__track"))


def _facts(lesson: Lesson, words: VersionWords) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("Track"), lesson.module.track.name),
        (_("Subject"), lesson.module.track.get_subject_display()),
        (_("Module"), lesson.module.name),
        (_("Takes"), minutes_words(words.version.minutes)),
        (_("Kind"), _("Core lesson") if lesson.is_core else _("Elective")),
    ]
    if lesson.module.track.source:
        facts.append((_("Source"), lesson.module.track.source))
    return tuple(facts)
