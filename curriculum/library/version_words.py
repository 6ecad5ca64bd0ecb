"""A version as it is read: its texts in pieces, its handouts, who wrote it and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.handouts.markup import Block, blocks_of
from curriculum.library.amounts import minutes_words
from curriculum.models import Handout, HandoutKind, LessonVersion, VersionHandout
from programs.plan.wording import day_words
from programs.weeks import local_date


@dataclass(frozen=True)
class HandoutLine:
    """A handout, and what it is in words."""

    handout: Handout
    kind: str
    icon: str
    is_page: bool


@dataclass(frozen=True)
class VersionWords:
    """A version's texts in pieces, and the facts about it."""

    version: LessonVersion
    objectives: tuple[Block, ...]
    guide: tuple[Block, ...]
    homework: tuple[Block, ...]
    handouts: tuple[HandoutLine, ...]
    minutes: str

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but its minutes."""
        texts = (self.objectives, self.guide, self.homework, self.handouts)
        return not any((*texts, self.version.skills, self.version.checklist))


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of a lesson's versions."""

    version: LessonVersion
    title: str
    facts: str
    is_draft: bool
    is_current: bool


def version_words(version: LessonVersion) -> VersionWords:
    """Return the version as it is read."""
    return VersionWords(
        version=version,
        objectives=blocks_of(version.objectives),
        guide=blocks_of(version.guide),
        homework=blocks_of(version.homework),
        handouts=tuple(handout_line(each) for each in handouts_of(version)),
        minutes=minutes_words(version.minutes),
    )


def handouts_of(version: LessonVersion) -> list[Handout]:
    """Return the version's handouts in their order."""
    rows = VersionHandout.objects.filter(version=version).select_related("handout")
    return [each.handout for each in rows.order_by("position", "pk")]


def handout_line(handout: Handout) -> HandoutLine:
    """Return the handout with what it is, such as `PDF, 120 KB`."""
    if handout.kind == HandoutKind.PAGE:
        return HandoutLine(handout, _("Page, printed here"), "file-text", True)
    size = filesizeformat(handout.size_bytes)
    return HandoutLine(handout, f"{handout.get_content_type_display()}, {size}", "paperclip", False)


def version_lines(versions: Sequence[LessonVersion], zone: ZoneInfo) -> tuple[VersionLine, ...]:
    """Return the versions of a lesson, the latest first."""
    latest_first = sorted(versions, key=lambda each: -each.number)
    current = next((each for each in latest_first if each.published_at), None)
    return tuple(
        VersionLine(
            version=each,
            title=version_title(each),
            facts=_who_and_when(each, zone),
            is_draft=each.published_at is None,
            is_current=each == current,
        )
        for each in latest_first
    )


def version_title(version: LessonVersion) -> str:
    """Return `Version 3`, or `Draft of version 3`."""
    words = _("Version %(number)s") if version.published_at else _("Draft of version %(number)s")
    return words % {"number": version.number}


def _who_and_when(version: LessonVersion, zone: ZoneInfo) -> str:
    if version.published_at is None:
        return saved_words(version, zone)
    day = day_words(local_date(version.published_at, zone))
    if version.published_by is None:
        return _("Published %(day)s") % {"day": day}
    return _("Published %(day)s by %(name)s") % {"day": day, "name": version.published_by.name}


def saved_words(version: LessonVersion, zone: ZoneInfo) -> str:
    """Return when a draft was last saved and by whom."""
    moment = date_format(version.written_at.astimezone(zone), "DATETIME_FORMAT")
    if version.written_by is None:
        return _("Saved %(moment)s") % {"moment": moment}
    return _("Saved %(moment)s by %(name)s") % {"moment": moment, "name": version.written_by.name}
