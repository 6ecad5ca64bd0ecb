"""The libraries as they stand in their files: read once, as plain values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from curriculum.files.entry import Entry, Key, Page

# In the order of the page: the two that are known by name, then ours.
NAMES = (
    "matrix",
    "dbt",
    "cbt",
    "psychoeducation",
    "emotion_regulation",
    "mindfulness",
    "communication",
    "relapse_prevention",
)


@dataclass(frozen=True)
class Starter:
    """One track to begin with; `pages` are the handouts of its lessons, by key."""

    slug: str
    name: str
    about: str
    is_names_only: bool
    entries: tuple[Entry, ...]
    pages: Mapping[Key, Page]

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of the modules, in order."""
        return tuple(dict.fromkeys(entry.module for entry in self.entries))


@lru_cache(maxsize=1)
def starters() -> tuple[Starter, ...]:
    """Return all of them, in the order of the page."""
    return tuple(_starter(slug) for slug in NAMES)


def starter(slug: str) -> Starter:
    """Return the one of that name. Raises KeyError."""
    return {each.slug: each for each in starters()}[slug]


def _starter(slug: str) -> Starter:
    path = files("curriculum.starter.libraries") / f"{slug}.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    lessons = list(_lessons(told))
    return Starter(
        slug=slug,
        name=told["name"],
        about=told["about"],
        is_names_only=told.get("is_names_only", False),
        entries=tuple(entry for entry, _page in lessons),
        pages={entry.key: page for entry, page in lessons if page},
    )


def _lessons(told: dict[str, Any]) -> Iterator[tuple[Entry, Page | None]]:
    places = {
        lesson["name"]: module["name"]
        for module in told.get("modules", [])
        for lesson in module["lessons"]
    }
    for module in told.get("modules", []):
        for position, lesson in enumerate(module["lessons"]):
            yield _entry(told, module, lesson, position, places), _page(lesson)
    for part in told.get("cycle", []):
        for week in range(part["weeks"]):
            yield _unit(told, part, week), None


def _entry(
    told: dict[str, Any],
    module: dict[str, Any],
    lesson: dict[str, Any],
    position: int,
    places: Mapping[str, str],
) -> Entry:
    needs = ((told["name"], places[name], name) for name in lesson.get("needs", []))
    return Entry(
        track=told["name"],
        module=module["name"],
        lesson=lesson["name"],
        subject=told["subject"],
        source=told["source"],
        minutes=module["minutes"],
        is_core=lesson.get("core", False),
        position=position,
        objectives=lesson["objectives"],
        guide=lesson["guide"],
        skills=tuple(lesson.get("skills", ())),
        homework=lesson.get("homework", ""),
        checklist=tuple(lesson.get("checklist", ())),
        prerequisites=frozenset(needs),
    )


def _unit(told: dict[str, Any], part: dict[str, Any], week: int) -> Entry:
    """Return a week of the cycle: a name, and nothing of any manual."""
    return Entry(
        track=told["name"],
        module=part["module"],
        lesson=f"{part['unit']}, week {week + 1}",
        subject=told["subject"],
        source=told["source"],
        position=week,
    )


def _page(lesson: dict[str, Any]) -> Page | None:
    page = lesson.get("page")
    return Page(page["name"], page["text"].strip()) if page else None
