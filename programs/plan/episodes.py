"""Which of a person's episodes a page is about, and the way to the others."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from programs.models import DischargeReason, Enrollment
from programs.plan.wording import day_words, span_words


@dataclass(frozen=True)
class EpisodeLink:
    """One episode as a link; of several, the one that is shown is marked."""

    label: str
    url: str
    is_current: bool


def chosen_episode(episodes: Sequence[Enrollment], wanted: str = "") -> Enrollment | None:
    """Return the episode of that public id, else the latest that began; None where there is none.

    The episodes come latest first. Raises Http404 where there is no such episode.
    """
    if wanted:
        return episode_among(episodes, wanted)
    begun = (each for each in episodes if not _was_called_off(each))
    return next(begun, episodes[0] if episodes else None)


def episode_among(episodes: Sequence[Enrollment], wanted: str | uuid.UUID) -> Enrollment:
    """Return the episode of that public id, or raise Http404."""
    with suppress(ValueError):
        public_id = uuid.UUID(str(wanted))
        for episode in episodes:
            if episode.public_id == public_id:
                return episode
    raise Http404


def episode_links(
    episodes: Sequence[Enrollment], shown: Enrollment | None, url: str
) -> tuple[EpisodeLink, ...]:
    """Return a link for each episode where there are several."""
    if len(episodes) < 2:
        return ()
    return tuple(
        EpisodeLink(episode_words(each), f"{url}?episode={each.public_id}", each == shown)
        for each in episodes
    )


def episode_words(episode: Enrollment) -> str:
    """Return the dates of the episode."""
    if _was_called_off(episode):
        return _("%(day)s, never started") % {"day": day_words(episode.admitted_on)}
    return span_words(episode.admitted_on, episode.discharged_on)


def _was_called_off(episode: Enrollment) -> bool:
    return episode.discharge_reason == DischargeReason.NEVER_STARTED
