"""What is said once a session was moved, added, cancelled, brought back or combined."""

from __future__ import annotations

from django.utils.translation import gettext as _

from groups.models import GroupSession
from groups.moving.forms import AddForm, HowMuch, MoveForm
from groups.moving.placement_form import PlacementForm
from groups.schedule.clash_words import clash_lines, when_words
from groups.schedule.undo import CannotUndo
from groups.wording import slot_words
from programs.access import Access
from programs.models import Program
from programs.weeks import instant


def moved_words(form: MoveForm) -> str:
    """Say where the session, or its series, is now."""
    if form.moves is HowMuch.THIS:
        return _("Moved to %(when)s.") % {"when": _when(form, form.session.group.program)}
    cleaned = form.cleaned_data
    slot = slot_words([cleaned["held_on"].weekday()], cleaned["starts"], cleaned["ends"])
    return _("The series now meets %(slot)s.") % {"slot": slot}


def added_words(form: AddForm) -> str:
    """Say what was added."""
    group = form.cleaned_data["group"]
    when = _when(form, group.program)
    return _("Added: %(group)s, %(when)s.") % {"group": group.name, "when": when}


def cancelled_words(session: GroupSession) -> str:
    """Say what was cancelled."""
    return _("Cancelled: %(session)s.") % {"session": _named(session)}


def reinstated_words(session: GroupSession) -> str:
    """Say what is held after all."""
    return _("Back in the calendar: %(session)s.") % {"session": _named(session)}


def combined_words(session: GroupSession, into: GroupSession) -> str:
    """Say where the people are expected."""
    return _("Combined: the people of %(session)s are expected in %(other)s.") % {
        "session": _named(session),
        "other": into.group.name,
    }


def refused_words(refused: CannotUndo, access: Access, program: Program) -> str:
    """Say why a change stays, and what is in the way."""
    lines = clash_lines(refused.clashes, access, program)
    return " ".join([refused.words, *(line.words for line in lines)])


def _when(form: PlacementForm, program: Program) -> str:
    cleaned, zone = form.cleaned_data, program.zone
    start, end = (instant(cleaned["held_on"], cleaned[name], zone) for name in ("starts", "ends"))
    return when_words(start, end, zone)


def _named(session: GroupSession) -> str:
    when = when_words(session.starts_at, session.ends_at, session.group.program.zone)
    return _("%(group)s, %(when)s") % {"group": session.group.name, "when": when}
