"""Can they start? Seats, hours, clashes, answers: each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.choices import Choice
from groups.enrolling.live_plan import LivePlan
from groups.enrolling.program_seats import ProgramSeats
from groups.enrolling.wording import hours
from groups.wording import clock, short_day
from programs.models import Channel, Program

USUAL_STAY = range(8, 13)  # weeks


@dataclass(frozen=True)
class Check:
    """One line of the list; `stops` means that enrolling waits for it."""

    tone: str
    icon: str
    title: str
    text: str
    stops: bool = False


def _fine(title: str, text: str) -> Check:
    return Check("ok", "circle-check", title, text)


def _look_at(title: str, text: str, icon: str = "triangle-alert") -> Check:
    return Check("warn", icon, title, text)


def _missing(title: str, text: str) -> Check:
    return Check("lost", "circle-alert", title, text, stops=True)


def seat_check(seats: ProgramSeats, *, is_over: bool) -> Check:
    """Return whether the program itself has a seat; going over it takes a reason (`is_over`)."""
    title, program = _("Seat in the program"), seats.program
    if not seats.free:
        taken = _("all %(seats)s are taken") % {"seats": program.seats}
        return _look_at(title, taken) if is_over else _missing(title, taken)
    free = _("%(free)s of %(seats)s free") % {"free": seats.free, "seats": program.seats}
    if not seats.ahead:
        return _fine(title, free)
    words = ngettext(
        "%(free)s; %(n)s person waits before them", "%(free)s; %(n)s wait before them", seats.ahead
    )
    return _look_at(title, words % {"free": free, "n": seats.ahead})


def groups_check(
    program: Program, ticked: Sequence[Choice], plan: LivePlan, *, has_reason: bool
) -> Check:
    """Return whether the chosen groups have seats and do not clash; a reason goes over both."""
    title = _("Groups")
    full = [choice.slots.name for choice in ticked if not choice.is_free]
    if full:
        said = _("full: %(groups)s") % {"groups": ", ".join(full)}
        return _look_at(title, said) if has_reason else _missing(title, said)
    if not ticked:
        return _look_at(title, _("none chosen yet"))
    if plan.clashes:
        return _look_at(title, "; ".join(clash_words(program, clash) for clash in plan.clashes))
    return _fine(title, _("seats free, no clash"))


def clash_words(program: Program, clash: object) -> str:
    """Return `Process B and Skills meet at the same time, Mon 9:00 AM`."""
    meeting = clash.meeting  # type: ignore[attr-defined]
    return _("%(groups)s meet at the same time, %(day)s %(time)s") % {
        "groups": get_text_list(list(clash.names), _("and")),  # type: ignore[attr-defined]
        "day": date_format(meeting.held_on, "D"),
        "time": clock(meeting.starts_at, program.zone),
    }


def hours_check(plan: LivePlan) -> Check:
    """Return whether the groups offer what is asked."""
    title = _("Hours")
    if plan.asked is None:
        return Check("calm", "circle-slash", title, _("no rule is in effect on these dates"))
    said = _("%(offers)s; asked %(asks)s") % {"offers": plan.offers, "asks": plan.asks}
    return _fine(title, said) if plan.is_enough else _look_at(title, said)


def stay_check(first_on: date, last_on: date) -> Check:
    """Return whether the stay is of a usual length."""
    weeks = max(1, round(((last_on - first_on).days + 1) / 7))
    said = ngettext("%(weeks)s week", "%(weeks)s weeks", weeks) % {"weeks": weeks}
    if weeks in USUAL_STAY:
        return _fine(_("Length of stay"), said)
    return _look_at(_("Length of stay"), _("%(weeks)s; 8 to 12 are usual") % {"weeks": said})


def reminders_check(answers: Mapping[Channel, bool]) -> Check:
    """Return whether both ways of being reminded were answered, and how."""
    title = _("Reminders")
    open_ones = [str(channel.label).lower() for channel in Channel if channel not in answers]
    if open_ones:
        return _missing(title, _("not answered: %(channels)s") % {"channels": ", ".join(open_ones)})
    agreed = [str(channel.label).lower() for channel, agrees in answers.items() if agrees]
    if not agreed:
        return _fine(title, _("none; give a printed schedule"))
    return _fine(title, _("by %(channels)s") % {"channels": get_text_list(agreed, _("and"))})


def first_week_check(
    program: Program, plan: LivePlan, *, first_on: date, closed: frozenset[date]
) -> Check | None:
    """Return that the first week offers less than a whole one, and why; None where it does not."""
    if plan.first_week.minutes >= plan.offered.minutes:
        return None
    shut = [day for day in program.week_of(first_on).dates if day in closed and day >= first_on]
    why = (
        _("Closed %(days)s") % {"days": get_text_list([_day(day) for day in shut], _("and"))}
        if shut
        else _("Begins %(day)s") % {"day": _day(first_on)}
    )
    text = _("%(why)s: these groups offer %(hours)s") % {
        "why": why,
        "hours": hours(plan.first_week.minutes),
    }
    return _look_at(_("First week is short"), text, "calendar-x")


def _day(day: date) -> str:
    return short_day(day)
