"""The page of libraries to begin with: each with its lessons, and what would be added."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from curriculum.files.entry import Entry, Key
from curriculum.files.stored import StoredLesson, lessons_of
from curriculum.starter.choosing import Chosen, chosen
from curriculum.starter.forms import StarterForm
from curriculum.starter.shelf import Starter, starters
from curriculum.tabs import curriculum_tabs
from programs.access import Access
from programs.models import Program
from programs.whose import Tab


@dataclass(frozen=True)
class ModuleLine:
    """A module with its lessons, in order."""

    name: str
    lessons: tuple[Entry, ...]


@dataclass(frozen=True)
class StarterCard:
    """One library: what it is, how much of it the program has, whether it is ticked."""

    starter: Starter
    modules: tuple[ModuleLine, ...]
    there: int
    is_chosen: bool

    @property
    def count(self) -> int:
        return len(self.starter.entries)

    @property
    def handouts(self) -> int:
        return len(self.starter.pages)

    @property
    def is_all_there(self) -> bool:
        return self.there == self.count


@dataclass(frozen=True)
class StarterPage:
    """Everything `starter/starter.html` reads, the form aside."""

    program: Program
    tabs: tuple[Tab, ...]
    cards: tuple[StarterCard, ...]
    chosen: Chosen | None
    can_schedule: bool


def starter_page(access: Access, program: Program, form: StarterForm) -> StarterPage:
    """Return the page, with what would be added where libraries are chosen."""
    stored = lessons_of(program)
    picked = form.starters() if form.is_bound and form.is_valid() else []
    names = {each.slug for each in picked}
    return StarterPage(
        program=program,
        tabs=curriculum_tabs(access, program, here="starter:starter"),
        cards=tuple(_card(each, stored, names) for each in starters()),
        chosen=chosen(picked, stored) if picked else None,
        can_schedule=access.scope("groups.edit", program) is not None,
    )


def _card(
    starter: Starter, stored: Mapping[Key, StoredLesson], names: Collection[str]
) -> StarterCard:
    modules = tuple(
        ModuleLine(name, tuple(each for each in starter.entries if each.module == name))
        for name in starter.modules
    )
    there = sum(entry.key in stored for entry in starter.entries)
    return StarterCard(starter, modules, there, starter.slug in names)
