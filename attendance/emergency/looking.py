"""What comes of a try to find somebody: a record to open, or words why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from attendance.emergency.finding import found_exactly, program_for
from attendance.emergency.forms import FindForm
from attendance.emergency.limits import give_back, take_try
from programs.models import Participant, Program
from programs.weeks import local_date


@dataclass(frozen=True)
class Found:
    """Whom a try found, and in which program; or the words of a miss. `verb` is the trail's."""

    verb: str
    words: str = ""
    person: Participant | None = None
    program: Program | None = None


def look(form: FindForm, asked_from: Program, by: User, *, now: datetime) -> Found:
    """Return what the filled form finds. A miss says the same of everybody it does not find."""
    if not take_try(by):
        words = _("Five tries found nobody. Wait an hour, or call the program director.")
        return Found("emergency.search_refused", words)
    asked = form.cleaned_data
    found = found_exactly(
        last_name=asked["last_name"],
        birth_date=asked["birth_date"],
        first_name=asked["first_name"],
    )
    what = _one_of(found, asked_from, local_date(now, asked_from.zone))
    if what.person:
        give_back(by)
    return what


def _one_of(found: list[Participant], asked_from: Program, today: date) -> Found:
    if len(found) > 1:
        # A miss, too: it tells that there are such people, and no director hears of it.
        words = _("More than one person has this last name and birth date. Add the first name.")
        return Found("emergency.searched", words)
    program = program_for(found[0], asked_from, today=today) if found else None
    if program is None:
        words = _(
            "Nobody has this last name and birth date. Check the spelling and the date: both must"
            " be as they are on record."
        )
        return Found("emergency.searched", words)
    return Found("emergency.searched", person=found[0], program=program)
