"""Where somebody goes on to from a program, and why they cannot go so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from groups.episodes.levels import cannot_lead_to
from groups.episodes.locking import say
from groups.episodes.refusals import A_DAY, Words, cannot_end, episode_after
from groups.models import TherapyGroup
from programs.models import Enrollment, Program


@dataclass(frozen=True)
class Onward:
    """Where somebody goes on to: the program, the first day there, how they come in, which groups.

    `override` is why the groups are right all the same where something warns.
    """

    to_program: Program
    first_on: date
    admission: str
    groups: tuple[TherapyGroup, ...] = ()
    planned_discharge_on: date | None = None
    override: str = ""
    note: str = ""


def cannot_go_on(enrollment: Enrollment, onward: Onward, now: datetime) -> Words:
    """Return why they cannot go on so, in words by field; the seats are for `warnings`."""
    if onward.to_program.pk == enrollment.program_id:
        words = _("They are in this program already. Choose another one.")
        return say(words, "to_program")
    if words := cannot_lead_to(enrollment.program, onward.to_program, onward.admission):
        return say(words, "admission")
    if any(group.program_id != onward.to_program.pk for group in onward.groups):
        return say(_("Choose groups of the other program"), "groups")
    if onward.planned_discharge_on and onward.planned_discharge_on < onward.first_on:
        words = _("The planned last day is on or after the first day there")
        return say(words, "planned_discharge_on")
    if episode_after(enrollment):
        return say(_("They are enrolled in another program later on already."))
    return _as_first_day(enrollment, onward, now)


def _as_first_day(enrollment: Enrollment, onward: Onward, now: datetime) -> Words:
    if onward.first_on <= enrollment.admitted_on:
        words = _(
            "The first day there is after the first day here. Call this enrollment off if it has"
            " not begun."
        )
        return say(words, "first_on")
    why = cannot_end(enrollment, onward.first_on - A_DAY, now)
    return {"first_on" if field == "last_on" else field: said for field, said in why.items()}
