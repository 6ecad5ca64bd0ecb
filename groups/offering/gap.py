"""What would fill the hours that are missing: tracks of the library that no group teaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programs.models.rule import Count

# More of one thing in a week is a plan of its own.
MOST_A_WEEK = 3
# The length of a session for a track whose lessons do not say.
USUAL_MINUTES = 90
# Shorter lessons are taught two in a session.
SHORT_LESSON = 50


@dataclass(frozen=True)
class Untaught:
    """A track that no group teaches, with the minutes of its longest lesson, where known."""

    name: str
    minutes: int | None


@dataclass(frozen=True)
class Filling:
    """So many sessions a week of so many minutes of a track would bring so many counted minutes.

    `left` is still missing after it.
    """

    track: str
    sessions: int
    minutes: int
    brings: int
    left: int


def fillings(missing: int, tracks: Iterable[Untaught], count: str) -> list[Filling]:
    """Return what each track alone would bring, those that leave least missing first.

    No track is asked for more than three sessions a week, and none for more than is missing.
    """
    found = [_filling(missing, track, count) for track in tracks] if missing > 0 else []
    return sorted(found, key=lambda each: (each.left, each.sessions))


def together(missing: int, found: Iterable[Filling]) -> list[Filling]:
    """Return the first tracks that fill the gap between them, or all where they do not."""
    chosen: list[Filling] = []
    left = missing
    for each in found:
        if left <= 0:
            break
        a_session = each.brings // each.sessions
        sessions = min(each.sessions, -(-left // a_session))
        brings = a_session * sessions
        left = max(0, left - brings)
        chosen.append(Filling(each.track, sessions, each.minutes, brings, left))
    return chosen


def _filling(missing: int, track: Untaught, count: str) -> Filling:
    minutes = USUAL_MINUTES if (track.minutes or 0) <= SHORT_LESSON else track.minutes or 0
    a_session = minutes * 6 // 5 if count == Count.CLINICAL_HOURS else minutes
    sessions = min(MOST_A_WEEK, -(-missing // a_session))
    brings = a_session * sessions
    return Filling(track.name, sessions, minutes, brings, max(0, missing - brings))
