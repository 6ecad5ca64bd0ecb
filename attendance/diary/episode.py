"""To which of somebody's episodes a day of the diary belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from programs.models import Enrollment
from programs.plan.wording import day_words


def episode_on(episodes: Sequence[Enrollment], day: date, today: date) -> Enrollment:
    """Return the episode to which the day belongs. Raises NotKept where there is none."""
    if day > today:
        raise NotKept({"used_on": [_("Enter today or an earlier day")]})
    for episode in episodes:
        ends_on = episode.discharged_on or today
        if episode.admitted_on <= day <= ends_on:
            return episode
    first = min((each.admitted_on for each in episodes), default=None)
    if first is None:
        raise NotKept({"used_on": [_("They are not enrolled here, so there is no diary yet")]})
    words = _("Enter a day on which they were in the program; it began on %(day)s")
    raise NotKept({"used_on": [words % {"day": day_words(first)}]})
