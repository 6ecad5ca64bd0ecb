"""How a signed record is written down: nobody is still in the room, and no stretch is empty."""

from __future__ import annotations

from dataclasses import replace

from attendance.sheet.states import Moment, State


def settled(target: State, moment: Moment) -> State:
    """Return the state as a signature leaves it.

    Who has not left has stayed until the end. Stretches without a minute go, where another one
    says that they came.
    """
    if not target.stretches:
        return target
    closed = tuple(
        (arrived, left or max(arrived, moment.ends_at)) for arrived, left in target.stretches
    )
    with_minutes = tuple(each for each in closed if each[0] != each[1])
    return replace(target, stretches=with_minutes or closed[:1])
