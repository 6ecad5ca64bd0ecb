"""The handouts of a draft, and those that its lesson had before."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.library.version_words import HandoutLine, handout_line, handouts_of
from curriculum.models import Handout, LessonVersion


@dataclass(frozen=True)
class DraftHandouts:
    """What the page shows."""

    version: LessonVersion
    handouts: tuple[HandoutLine, ...]
    others: tuple[HandoutLine, ...]


def draft_handouts(version: LessonVersion) -> DraftHandouts:
    """Read the draft's handouts, and the lesson's others, the latest first."""
    mine = handouts_of(version)
    others = Handout.objects.filter(lesson=version.lesson).order_by("-added_at", "-pk")
    return DraftHandouts(
        version=version,
        handouts=tuple(handout_line(each) for each in mine),
        others=tuple(
            handout_line(each) for each in others.exclude(pk__in=[each.pk for each in mine])
        ),
    )
