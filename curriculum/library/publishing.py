"""What publishing a draft would bring: what is new in it, and when it was last saved."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from curriculum.library.changes_page import FieldChange, version_changes
from curriculum.library.version_words import VersionWords, saved_words, version_words
from curriculum.models import LessonVersion


@dataclass(frozen=True)
class PublishPage:
    """What the page shows. A first version is shown whole; a later one by what changed."""

    version: LessonVersion
    words: VersionWords
    saved: str
    before: LessonVersion | None
    changed: tuple[FieldChange, ...]


def publish_page(version: LessonVersion, zone: ZoneInfo) -> PublishPage:
    """Read the draft and hold it against the version that is taught now."""
    before = version.lesson.versions.published().order_by("number").last()
    changes = version_changes(before, version) if before else ()
    return PublishPage(
        version=version,
        words=version_words(version),
        saved=saved_words(version, zone),
        before=before,
        changed=tuple(each for each in changes if each.is_changed),
    )
