"""One lesson as plain values: where it stands, what it says, what comes before it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from curriculum.models import Subject

# Track, module and lesson, by name.
Key = tuple[str, str, str]
# What a version holds: where one of these differs, a new version is published.
WORDS = ("minutes", "objectives", "guide", "skills", "homework", "checklist")
# What a track holds, said by each of its lessons.
OF_TRACK = ("subject", "source")


@dataclass(frozen=True)
class Page:
    """A handout that is printed here: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A lesson; its minutes and words are those of the version that is taught now."""

    track: str
    module: str
    lesson: str
    subject: str = Subject.OWN.value
    source: str = ""
    minutes: int | None = None
    is_core: bool = False
    position: int = 0
    objectives: str = ""
    guide: str = ""
    skills: tuple[str, ...] = ()
    homework: str = ""
    checklist: tuple[str, ...] = ()
    prerequisites: frozenset[Key] = frozenset()
    is_retired: bool = False

    @property
    def key(self) -> Key:
        return (self.track, self.module, self.lesson)

    def differs_from(self, other: Entry) -> tuple[str, ...]:
        """Return the names of what is not the same, in order."""
        return tuple(
            each.name
            for each in fields(Entry)
            if getattr(self, each.name) != getattr(other, each.name)
        )

    def with_(self, **changes: Any) -> Entry:
        """Return the entry with these values in the place of its own."""
        return replace(self, **changes) if changes else self
