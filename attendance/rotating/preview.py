"""What a change of the plan does, in words, before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groups.models import TherapyGroup
from groups.rotation.plan import GroupPlan
from groups.rotation.wording import Words, news
from programs.models import Program


@dataclass(frozen=True)
class PreviewPage:
    """Everything the preview's template reads; `is_stale`: the plan changed since it was shown."""

    program: Program
    group: TherapyGroup
    title: str
    moved: tuple[str, ...]
    told: tuple[str, ...]
    seen: str
    fields: Sequence[tuple[str, str]]
    url: str
    back_url: str
    is_stale: bool = False

    @property
    def is_nothing(self) -> bool:
        return not self.moved and not self.told


def preview_words(
    before: GroupPlan, after: GroupPlan, program: Program
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the moves, and everything else that is new in the second plan."""
    words = Words(after.slots, after.lessons, program.zone)
    told = news(after.flow, before.flow)
    said = words.sentences(told)
    return tuple(said[: len(told.moved)]), tuple(said[len(told.moved) :])
