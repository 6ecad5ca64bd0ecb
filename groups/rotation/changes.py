"""What a new plan changes in the one that stands: who moves from where to where. Plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from groups.rotation.running import Run
from groups.rotation.shapes import Flow, Key, Slot

# A lesson, from this session or none, to this session.
Move = tuple[Key, Key | None, Key]


def told(slots: Sequence[Slot], run: Run, carried: Mapping[Key, tuple[Key, ...]]) -> Flow:
    """Return what the run found, with what it changes in what the sessions have planned."""
    moved, dropped = differences(slots, run.teaches, run.passed)
    return Flow(
        teaches=run.teaches,
        moved=moved,
        repeated=run.repeated,
        dropped=dropped,
        refused=tuple(run.refused.items()),
        passed=run.passed,
        carried=carried,
    )


def differences(
    slots: Sequence[Slot],
    teaches: Mapping[Key, tuple[Key, ...]],
    passed: Mapping[Key, tuple[Key, ...]],
) -> tuple[list[Move], list[Key]]:
    """Return who moves (lesson, from or None, to), and who loses a session or their turn.

    A lesson planned more than once keeps the sessions that stay; the others follow in order.
    """
    before, now = _sessions_of(slots, passed), _placed(slots, teaches)
    moved: list[Move] = []
    dropped = [lesson for slot in slots for lesson in passed.get(slot.session, ())]
    for lesson in [*now, *(each for each in before if each not in now)]:
        gone = [each for each in before[lesson] if each not in now[lesson]]
        fresh = [each for each in now[lesson] if each not in before[lesson]]
        came: list[Key | None] = [*gone[: len(fresh)], *[None] * (len(fresh) - len(gone))]
        moved += [(lesson, old, new) for old, new in zip(came, fresh, strict=True)]
        dropped += [lesson] * max(0, len(gone) - len(fresh))
    place = {slot.session: index for index, slot in enumerate(slots)}
    moved.sort(key=lambda move: place[move[2]])
    return moved, list(dict.fromkeys(dropped))


def _sessions_of(
    slots: Sequence[Slot], passed: Mapping[Key, tuple[Key, ...]]
) -> defaultdict[Key, list[Key]]:
    """Return where each lesson is planned now, but for turns that pass: they have been told."""
    found = defaultdict[Key, list[Key]](list)
    for slot in slots:
        for lesson in slot.planned:
            if lesson not in passed.get(slot.session, ()):
                found[lesson].append(slot.session)
    return found


def _placed(
    slots: Sequence[Slot], teaches: Mapping[Key, tuple[Key, ...]]
) -> defaultdict[Key, list[Key]]:
    found = defaultdict[Key, list[Key]](list)
    for slot in slots:
        for lesson in teaches.get(slot.session, ()):
            found[lesson].append(slot.session)
    return found
