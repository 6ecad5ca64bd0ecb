"""What changed between two versions of a lesson, as a page: field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curriculum.library.amounts import minutes_words
from curriculum.library.differences import Piece, entries_changed, is_change, words_changed
from curriculum.library.version_words import handouts_of, version_title
from curriculum.library.words import LessonWords, words_of
from curriculum.models import Lesson, LessonVersion
from programs.models import Program
from programs.whose import Tab


@dataclass(frozen=True)
class FieldChange:
    """One field of two versions as one row of pieces; a list has an entry a piece."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    is_list: bool

    @property
    def is_changed(self) -> bool:
        return is_change(self.pieces)


@dataclass(frozen=True)
class ChangesPage:
    """What the page shows."""

    program: Program
    lesson: Lesson
    tabs: tuple[Tab, ...]
    versions: tuple[tuple[LessonVersion, str], ...]
    before: LessonVersion
    after: LessonVersion
    before_title: str
    after_title: str
    fields: tuple[FieldChange, ...]
    problem: str

    @property
    def changed(self) -> tuple[FieldChange, ...]:
        return tuple(each for each in self.fields if each.is_changed)

    @property
    def same(self) -> tuple[str, ...]:
        """The names of what is the same in both."""
        return tuple(each.label for each in self.fields if not each.is_changed)


def changes_page(
    program: Program, lesson: Lesson, asked: Mapping[str, str], *, tabs: tuple[Tab, ...]
) -> ChangesPage:
    """Hold the two versions asked for against each other; else the latest two."""
    versions = list(lesson.versions.order_by("number"))
    before, after, problem = _chosen(versions, asked)
    return ChangesPage(
        program=program,
        lesson=lesson,
        tabs=tabs,
        versions=tuple((each, version_title(each)) for each in versions),
        before=before,
        after=after,
        before_title=version_title(before),
        after_title=version_title(after),
        fields=version_changes(before, after),
        problem=problem,
    )


def version_changes(before: LessonVersion, after: LessonVersion) -> tuple[FieldChange, ...]:
    """Return every field of the two, also those that are the same."""
    names = [[each.name for each in handouts_of(version)] for version in (before, after)]
    pieces = entries_changed(*names)
    handouts = FieldChange("handouts", _("Handouts"), pieces, is_list=True)
    return (*words_fields(words_of(before), words_of(after)), handouts)


def words_fields(before: LessonWords, after: LessonWords) -> tuple[FieldChange, ...]:
    """Return every field that is written, as it was and is."""
    minutes = [[minutes_words(each.minutes)] for each in (before, after)]

    def text(name: str, label: str) -> FieldChange:
        found = words_changed(getattr(before, name), getattr(after, name))
        return FieldChange(name, label, found, is_list=False)

    def entries(name: str, label: str) -> FieldChange:
        found = entries_changed(getattr(before, name), getattr(after, name))
        return FieldChange(name, label, found, is_list=True)

    return (
        FieldChange("minutes", _("Minutes"), entries_changed(*minutes), is_list=True),
        text("objectives", _("Objectives")),
        text("guide", _("Facilitator guide")),
        entries("skills", _("Skills taught")),
        text("homework", _("Homework")),
        entries("checklist", _("Fidelity checklist")),
    )


def _chosen(
    versions: Sequence[LessonVersion], asked: Mapping[str, str]
) -> tuple[LessonVersion, LessonVersion, str]:
    """Return the earlier and the later version, and what could not be found of what is asked."""
    by_number = {str(each.number): each for each in versions}
    usual = {"before": versions[max(0, len(versions) - 2)], "after": versions[-1]}
    found, missing = dict(usual), []
    for name, version in usual.items():
        number = asked.get(name, "")
        found[name] = by_number.get(number, version)
        if number and number not in by_number:
            missing.append(number[:12])
    first, last = sorted(found.values(), key=lambda each: each.number)
    words = _("There is no version %(numbers)s of this lesson.")
    return first, last, words % {"numbers": ", ".join(missing)} if missing else ""
