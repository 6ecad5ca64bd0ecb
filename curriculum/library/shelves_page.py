"""The library as one page: tracks of modules of lessons, what they add up to, and what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.library.amounts import minutes_words, sum_words
from curriculum.library.asked import Asked
from curriculum.library.reading import LibraryRows, library_rows
from curriculum.models import Lesson, Module, Track
from programs.models import Program
from programs.whose import Tab


@dataclass(frozen=True)
class LessonRow:
    """A lesson on its shelf."""

    lesson: Lesson
    minutes: str
    needs: str
    has_draft: bool
    is_published: bool


@dataclass(frozen=True)
class ModuleShelf:
    """A module with its lessons in use, and those retired."""

    module: Module
    rows: tuple[LessonRow, ...]
    retired: tuple[LessonRow, ...]


@dataclass(frozen=True)
class TrackShelf:
    """A track with its modules, and what they add up to."""

    track: Track
    modules: tuple[ModuleShelf, ...]
    sums: str


@dataclass(frozen=True)
class CountTile:
    """A count over the library that leads to its lessons."""

    label: str
    note: str
    count: int
    icon: str
    tone: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class LibraryPage:
    """What the page shows."""

    program: Program
    tabs: tuple[Tab, ...]
    tiles: tuple[CountTile, ...]
    shelves: tuple[TrackShelf, ...]
    lede: str
    found: int
    has_any: bool
    may_edit: bool
    asked: Asked

    @property
    def is_arranging(self) -> bool:
        """Whether everything can be moved about now."""
        return self.may_edit and self.asked.is_arranging


def library_page(
    program: Program, user: User, asked: Asked, *, tabs: tuple[Tab, ...], may_edit: bool
) -> LibraryPage:
    """Read the library as it is asked for, in a fixed number of statements."""
    rows = library_rows(program, user, asked)
    shelves = _shelves(rows, is_filtered=asked.is_filtered)
    in_use = [each for each in rows.lessons if each.retired_at is None]
    return LibraryPage(
        program=program,
        tabs=tabs,
        tiles=_tiles(rows, in_use, asked, reverse("library:library", args=[program.public_id])),
        shelves=shelves,
        lede=_sums(in_use, rows.drafts),
        found=sum(len(m.rows) + len(m.retired) for shelf in shelves for m in shelf.modules),
        has_any=bool(rows.tracks),
        may_edit=may_edit,
        asked=asked,
    )


def _shelves(rows: LibraryRows, *, is_filtered: bool) -> tuple[TrackShelf, ...]:
    lessons: dict[int, list[Lesson]] = defaultdict(list)
    for each in rows.lessons:
        if each.pk in rows.found:
            lessons[each.module_id].append(each)
    modules: dict[int, list[ModuleShelf]] = defaultdict(list)
    for module in rows.modules:
        shelf = _module_shelf(module, lessons[module.pk], rows)
        if shelf.rows or shelf.retired or not is_filtered:
            modules[module.track_id].append(shelf)
    return tuple(
        TrackShelf(
            track=track,
            modules=tuple(modules[track.pk]),
            sums=_sums([r.lesson for m in modules[track.pk] for r in m.rows], rows.drafts),
        )
        for track in rows.tracks
        if modules[track.pk] or not is_filtered
    )


def _module_shelf(module: Module, lessons: Iterable[Lesson], rows: LibraryRows) -> ModuleShelf:
    found = [(each.retired_at is not None, _row(each, rows)) for each in lessons]
    return ModuleShelf(
        module=module,
        rows=tuple(row for is_retired, row in found if not is_retired),
        retired=tuple(row for is_retired, row in found if is_retired),
    )


def _row(lesson: Lesson, rows: LibraryRows) -> LessonRow:
    needs = rows.needs.get(lesson.pk, ())
    return LessonRow(
        lesson=lesson,
        minutes=minutes_words(_minutes(lesson, rows.drafts)),
        needs=_("After %(lessons)s") % {"lessons": ", ".join(needs)} if needs else "",
        has_draft=lesson.pk in rows.drafts,
        is_published=lesson.pk in rows.published,
    )


def _minutes(lesson: Lesson, drafts: Mapping[int, int | None]) -> int | None:
    """Return what the lesson takes; of one never published, what its draft says."""
    return lesson.minutes if lesson.minutes is not None else drafts.get(lesson.pk)


def _sums(lessons: Sequence[Lesson], drafts: Mapping[int, int | None]) -> str:
    minutes = sum(_minutes(each, drafts) or 0 for each in lessons)
    return sum_words(len(lessons), sum(each.is_core for each in lessons), minutes)


def _tiles(
    rows: LibraryRows, in_use: Sequence[Lesson], asked: Asked, url: str
) -> tuple[CountTile, ...]:
    def tile(label: str, note: str, count: int, look: tuple[str, str], **wanted: str) -> CountTile:
        address = f"{url}?{urlencode(wanted)}" if wanted else url
        return CountTile(label, note, count, *look, address, asked.is_just(wanted))

    core = sum(each.is_core for each in in_use)
    drafts = sum(each.pk in rows.drafts for each in in_use)
    retired = len(rows.lessons) - len(in_use)
    return (
        tile(_("Lessons"), _("in use"), len(in_use), ("book-open", "calm")),
        tile(_("Core"), _("for everybody"), core, ("star", "go"), kind="core"),
        tile(
            _("Elective"), _("as it fits"), len(in_use) - core, ("shapes", "calm"), kind="elective"
        ),
        tile(_("Drafts"), _("waiting"), drafts, ("pencil-line", "warn"), state="draft"),
        tile(_("Retired"), _("planned no more"), retired, ("archive", "calm"), state="retired"),
    )
