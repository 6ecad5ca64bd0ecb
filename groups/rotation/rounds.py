"""How far a group has come in the round of its rotation: who had its turn. Plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from groups.rotation.shapes import Key, Turn


def done_in_round(steps: Collection[Key], turns: Sequence[Turn], *, is_repeating: bool) -> set[Key]:
    """Return the lessons that have had their turn in the round that is going on.

    A round ends with the last of its lessons, or where the rotation teaches one again, which
    happens when another one could not be taught in any session.
    """
    done: set[Key] = set()
    for turn in turns:
        is_again = turn.lesson in done and turn.lesson in steps and not turn.is_by_hand
        if is_repeating and is_again:
            done = set()
        done = after(turn.lesson, done, steps, is_repeating=is_repeating)
    return done


def after(
    lesson: Key, done: Collection[Key], steps: Collection[Key], *, is_repeating: bool
) -> set[Key]:
    """Return who had its turn once this lesson has; nobody, where it completes the round."""
    had = {*done, lesson}
    return set() if is_repeating and steps and had.issuperset(steps) else had
