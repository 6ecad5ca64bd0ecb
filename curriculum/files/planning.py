"""What putting entries into a library would do: which lessons are new, changed, or the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256

from curriculum.files.entry import WORDS, Entry, Key
from curriculum.files.stored import StoredLesson


@dataclass(frozen=True)
class Change:
    """A lesson that is another after it; `names` says in what, in the order of the columns."""

    entry: Entry
    before: StoredLesson
    names: tuple[str, ...]

    @property
    def makes_version(self) -> bool:
        """Whether a new version is published: its words or minutes are not those before."""
        return not self.before.is_published or any(name in WORDS for name in self.names)


@dataclass(frozen=True)
class Plan:
    """The entries, each in one of three lists."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[Entry, ...] = ()

    @property
    def has_changes(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def mark(self) -> str:
        """A text that is the same for two plans that do the same."""
        told = [
            [_facts(entry) for entry in self.new],
            [(_facts(each.entry), each.names, each.before.version) for each in self.changed],
        ]
        return sha256(repr(told).encode()).hexdigest()[:32]

    @property
    def versions(self) -> int:
        """How many lessons known already get a new version."""
        return sum(each.makes_version for each in self.changed)


def plan_entries(entries: Iterable[Entry], stored: Mapping[Key, StoredLesson]) -> Plan:
    """Hold the entries against what is stored. What no entry names stays as it is."""
    new, changed, same = [], [], []
    for entry in entries:
        before = stored.get(entry.key)
        if before is None:
            new.append(entry)
        elif (names := entry.differs_from(before.entry)) or not before.is_published:
            changed.append(Change(entry, before, names))
        else:
            same.append(entry)
    return Plan(tuple(new), tuple(changed), tuple(same))


def circle_in(needs: Mapping[Key, Iterable[Key]]) -> tuple[Key, ...]:
    """Return lessons that need each other in a circle, the first one again at the end; or none."""
    try:
        TopologicalSorter({lesson: sorted(others) for lesson, others in needs.items()}).prepare()
    except CycleError as found:
        # It names each lesson before the one that needs it.
        return tuple(reversed(found.args[1]))
    return ()


def _facts(entry: Entry) -> list[object]:
    facts = {**asdict(entry), "prerequisites": sorted(entry.prerequisites)}
    return list(facts.values())
