"""One line of what is owed: what to do, for which session, until when, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.owed.rule import OwedKind
from attendance.owed.waiting import Waiting
from groups.session_links import sheet_url
from groups.wording import clock, day_words
from programs.models import Program
from programs.weeks import local_date

ICONS = {
    OwedKind.RECORD: "clipboard-list",
    OwedKind.SIGN: "signature",
    OwedKind.NOTES: "notebook-pen",
    OwedKind.COSIGN: "stamp",
}
TITLES = {
    OwedKind.RECORD: gettext_lazy("Record %(group)s"),
    OwedKind.SIGN: gettext_lazy("Sign %(group)s"),
    OwedKind.NOTES: gettext_lazy("Write and sign the notes of %(group)s"),
    OwedKind.COSIGN: gettext_lazy("Co-sign the notes of %(group)s"),
}


@dataclass(frozen=True)
class Row:
    """One thing that waits; `due` says until when, in words."""

    tone: str
    icon: str
    title: str
    details: str
    owers: str
    due: str
    due_icon: str
    is_overdue: bool
    url: str


def row_of(waiting: Waiting, program: Program, *, now: datetime) -> Row:
    """Return the line of one session."""
    kind, debt = waiting.kind, waiting.debt
    return Row(
        tone=_tone(waiting),
        icon=ICONS[kind],
        title=_title(waiting),
        details=" · ".join(_details(waiting, program, local_date(now, program.zone))),
        owers=_owers(waiting),
        due=capfirst(_due(waiting, program, now)),
        due_icon="clock-alert" if debt.is_overdue else "clock",
        is_overdue=debt.is_overdue,
        url=_url(waiting, program),
    )


def _tone(waiting: Waiting) -> str:
    if waiting.debt.is_overdue:
        return "lost"
    return "go" if waiting.kind is OwedKind.COSIGN else "warn"


def _title(waiting: Waiting) -> str:
    group = {"group": waiting.session.group.name}
    if waiting.kind is OwedKind.RECORD and waiting.facts.recorded:
        return _("Finish %(group)s") % group
    return str(TITLES[waiting.kind]) % group


def _details(waiting: Waiting, program: Program, today: date) -> list[str]:
    session: Any = waiting.session
    facts = waiting.facts
    day = capfirst(day_words(facts.held_on, today))
    ended = {"day": day, "time": clock(facts.ends_at, program.zone)}
    words = [_("%(day)s, ended %(time)s") % ended]
    if waiting.kind is OwedKind.RECORD and facts.recorded:
        marked = {"n": facts.expected - facts.unmarked, "of": facts.expected}
        words.append(_("%(n)s of %(of)s recorded") % marked)
    if waiting.kind is OwedKind.COSIGN and session.notes_signer_name:
        words.append(_("signed by %(name)s") % {"name": session.notes_signer_name})
    return words


def _owers(waiting: Waiting) -> str:
    names = ", ".join(each.name for each in waiting.owers)
    if waiting.kind is OwedKind.COSIGN:
        return _("for %(names)s") % {"names": names} if names else _("nobody may co-sign it")
    return names or _("nobody leads it")


def _due(waiting: Waiting, program: Program, now: datetime) -> str:
    today, facts = local_date(now, program.zone), waiting.facts
    if waiting.kind is OwedKind.COSIGN and facts.notes_signed_at:
        since = local_date(facts.notes_signed_at, program.zone)
        return _("waits since %(day)s") % {"day": day_words(since, today)}
    if waiting.kind is OwedKind.NOTES and waiting.debt.due_at:
        due_on = local_date(waiting.debt.due_at, program.zone)
        said = {
            "day": day_words(due_on, today),
            "time": clock(waiting.debt.due_at, program.zone),
        }
        was = _("was due %(day)s at %(time)s")
        return (was if waiting.debt.is_overdue else _("due %(day)s at %(time)s")) % said
    day = {"day": day_words(facts.held_on, today)}
    return (_("was due %(day)s") if waiting.debt.is_overdue else _("due %(day)s")) % day


def _url(waiting: Waiting, program: Program) -> str:
    if waiting.kind in {OwedKind.RECORD, OwedKind.SIGN}:
        return sheet_url(waiting.session, program)
    return reverse("notes:notes", args=[program.public_id, waiting.session.public_id])
