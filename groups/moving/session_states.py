"""What is particular about one session: cancelled, moved, combined, over, attendance recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import GroupSession, SessionStatus
from groups.schedule.clash_words import when_words
from groups.schedule.fixed import fixed_among
from groups.wording import short_day
from programs.models import Program


@dataclass(frozen=True)
class State:
    """One banner, and where its story goes on."""

    tone: str
    icon: str
    strong: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Standing:
    """What may still be done with a session."""

    is_held: bool
    is_over: bool
    is_recorded: bool


def standing_of(session: GroupSession, now: datetime) -> Standing:
    """Return how it stands at this moment; one query a reason to stay."""
    return Standing(
        is_held=session.status == SessionStatus.SCHEDULED,
        is_over=session.ends_at <= now,
        is_recorded=bool(fixed_among([session.pk])),
    )


def states_of(session: GroupSession, standing: Standing, program: Program) -> tuple[State, ...]:
    """Return the banners; the session was read with its closure and the one it met with."""
    found = []
    if not standing.is_held:
        found.append(_cancelled(session, program))
    if session.slot_on and session.slot_on != session.held_on:
        moved = _("In place of %(day)s.") % {"day": short_day(session.slot_on)}
        found.append(State("", "calendar-clock", _("Moved."), moved))
    found += [_takes_in(each, program) for each in _combined_here(session)]
    if standing.is_recorded:
        words = _("It stays where it is.")
        found.append(State("", "clipboard-check", _("Attendance is recorded."), words))
    return tuple(found)


def _cancelled(session: GroupSession, program: Program) -> State:
    if session.combined_into:
        words = _("Its people are expected in %(group)s, %(when)s.")
        where = _named(session.combined_into, program)
        return State("warn", "merge", _("Combined."), words % where, **_link(session.combined_into))
    if session.cancelled_for:
        words = _("The clinic is closed: %(reason)s.") % {"reason": session.cancelled_for.reason}
        return State("warn", "calendar-x", _("Cancelled."), words)
    return State("warn", "circle-slash", _("Cancelled."), session.cancelled_reason)


def _combined_here(session: GroupSession) -> list[GroupSession]:
    found = GroupSession.objects.filter(combined_into=session.pk)
    return list(found.select_related("group__program").order_by("starts_at"))


def _takes_in(other: GroupSession, program: Program) -> State:
    words = _("The people of %(group)s, %(when)s, are expected here.") % _named(other, program)
    return State("", "merge", _("Combined."), words, **_link(other))


def _named(session: GroupSession, program: Program) -> dict[str, str]:
    when = when_words(session.starts_at, session.ends_at, program.zone)
    return {"group": session.group.name, "when": when}


def _link(session: GroupSession) -> dict[str, str]:
    program = session.group.program
    url = reverse("moving:session", args=[program.public_id, session.public_id])
    return {"url": url, "action": _("Look at it")}
