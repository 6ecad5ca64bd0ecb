"""The rule of a rotation: which lesson each coming session gets. Plain values; no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from groups.rotation.changes import told
from groups.rotation.running import Run, carried_over
from groups.rotation.shapes import Flow, Key, Slot, Step, Turn

__all__ = ["Flow", "Key", "Slot", "Step", "Turn", "flow"]

SKIP = "skip"


def flow(
    steps: Sequence[Step],
    slots: Sequence[Slot],
    *,
    on_cancel: str,
    is_repeating: bool,
    heard: Sequence[Key],
    turns: Sequence[Turn] | None = None,
    others: Sequence[Step] = (),
) -> Flow:
    """Return what every session is to teach, one lesson of the rotation each.

    Sessions in order of time get, each, the first lesson in order that has not had its turn in
    this round, is short enough, and needs nothing that is still to come. A round is over once no
    lesson of it can come any more; a repeating rotation then begins the next one. `fixed` lessons
    keep their sessions and count as their turn. In a cancelled session nothing is taught: its
    turn passes (SKIP) or the next session takes it (SHIFT).

    `heard` is what the group was taught, the earliest first; `turns` is the same with what passed
    and what was chosen by hand, where that is known. `others`: lessons outside the rotation that
    are fixed somewhere.
    """
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.session))
    known = {step.lesson: step for step in (*others, *steps)}
    carried = {} if on_cancel == SKIP else carried_over(ordered, known)
    run = Run(
        steps={step.lesson: step for step in steps},
        known=known,
        slots=_with_carried(ordered, carried),
        skips=on_cancel == SKIP,
        is_repeating=is_repeating,
        heard=heard,
        turns=turns,
    )
    run.through()
    return told(ordered, run, carried)


def _with_carried(slots: Sequence[Slot], carried: Mapping[Key, tuple[Key, ...]]) -> list[Slot]:
    return [replace(slot, fixed=slot.fixed or carried.get(slot.session, ())) for slot in slots]
