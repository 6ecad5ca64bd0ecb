"""Which lessons of ours a program would get: those it does not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curriculum.files.entry import OF_TRACK, Entry, Key, Page
from curriculum.files.planning import Plan, plan_entries
from curriculum.files.stored import StoredLesson
from curriculum.starter.shelf import Starter


@dataclass(frozen=True)
class Chosen:
    """The lessons to add, those that are there by name already, and handouts of the first."""

    plan: Plan
    there: tuple[Entry, ...]
    pages: Mapping[Key, Page]


def chosen(starters: Iterable[Starter], stored: Mapping[Key, StoredLesson]) -> Chosen:
    """Return what the starters would add to a library. A track that is there keeps its facts."""
    tracks = {key[0]: each.entry for key, each in stored.items()}
    fresh: list[Entry] = []
    there: list[Entry] = []
    pages: dict[Key, Page] = {}
    for starter in starters:
        for entry in starter.entries:
            if entry.key in stored:
                there.append(entry)
            else:
                fresh.append(_in_its_track(entry, tracks.get(entry.track)))
        pages.update(starter.pages)
    plan = plan_entries(fresh, stored)
    new = {entry.key for entry in plan.new}
    return Chosen(plan, tuple(there), {key: page for key, page in pages.items() if key in new})


def _in_its_track(entry: Entry, track: Entry | None) -> Entry:
    return entry.with_(**{name: getattr(track, name) for name in OF_TRACK}) if track else entry
