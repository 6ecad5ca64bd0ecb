"""How each standing, and each kind of step, looks: tone, icon and word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from groups.episodes.refusals import A_DAY, long_day
from programs.models import EpisodeStep, Standing


@dataclass(frozen=True)
class Chip:
    """A state by color, shape and word."""

    tone: str
    icon: str
    label: str


TONES = {
    Standing.REFERRED: ("guest", "phone"),
    Standing.WAITLISTED: ("warn", "list-ordered"),
    Standing.SCHEDULED: ("go", "calendar-clock"),
    Standing.ACTIVE: ("ok", "circle-check"),
    Standing.ON_LEAVE: ("warn", "circle-pause"),
    Standing.DISCHARGED: ("calm", "log-out"),
    Standing.DECLINED: ("calm", "ban"),
}


def chip_of(standing: Standing, *, never_began: bool = False) -> Chip:
    """Return the chip of the standing; an enrollment called off says so."""
    tone, icon = TONES[standing]
    return Chip(tone, icon, _("Called off") if never_began else str(standing.label))


def step_words(step: EpisodeStep, admitted_on: date | None) -> str:
    """Return what the step did, with the day from which it holds."""
    came_from, to, day = step.came_from, Standing(step.to), step.takes_effect_on
    if came_from == Standing.DISCHARGED:
        return _("Discharge taken back")
    if to == Standing.ACTIVE and came_from == Standing.ON_LEAVE:
        return _("Back from leave on %(day)s") % {"day": long_day(day)}
    if to == Standing.SCHEDULED:
        scheduled = _("Enrolled, to begin on %(day)s")
        return scheduled % {"day": long_day(admitted_on or day)}
    words = {
        Standing.REFERRED: _("Referred on %(day)s"),
        Standing.WAITLISTED: _("On the waiting list from %(day)s"),
        Standing.ACTIVE: _("Admitted on %(day)s"),
        Standing.ON_LEAVE: _("On leave from %(day)s"),
        Standing.DISCHARGED: _("Discharged, the last day is %(day)s"),
        Standing.DECLINED: _("Called off before the first day")
        if step.enrollment_id
        else _("Declined on %(day)s"),
    }
    ended = to == Standing.DISCHARGED
    return words[to] % {"day": long_day(day - A_DAY if ended else day)}
