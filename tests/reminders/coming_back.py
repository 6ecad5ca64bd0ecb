"""Somebody who was sent a text, and what a test does with a reply: one line each."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from programs.models import ContactConsent, Participant, Program
from reminders.channels.line import IncomingText
from reminders.inbound.actions import take_reply
from reminders.models import Answer, Reminder, ReminderKind, Reply
from tests import build
from tests.build import MONDAY, moment, on
from tests.build_reminders import a_sent_reminder

NUMBER, OTHER_NUMBER = "+13125550123", "+13125550188"
# The Monday's reminder is sent on Sunday at six in the evening; most replies come an hour later.
SENT_AT = moment("2026-11-22", "18:00")
LATER = SENT_AT + timedelta(hours=1)
STARTS_AT = moment(MONDAY, "17:30")

_refs = itertools.count(1)


def a_reader(program: Program, number: str = NUMBER, **fields: Any) -> Participant:
    """Somebody enrolled with this phone who agreed to reminders by text long ago."""
    person = build.a_participant(**{"phone": number, **fields})
    build.an_enrollment(program, person)
    build.a_consent(person, given_at=moment("2026-11-02", "10:00"))
    return person


def was_told(person: Participant, program: Program, **fields: Any) -> Reminder:
    """A text about the Monday at 17:30 that went out on Sunday evening; `starts_at` may differ."""
    day = on(fields.pop("for_on", MONDAY))
    starts_at: datetime | None = fields.pop("starts_at", STARTS_AT)
    told = {day.isoformat(): starts_at.isoformat() if starts_at else None}
    defaults = {"channel": "sms", "due_at": SENT_AT, "for_on": day, "told": told}
    return a_sent_reminder(person, program, **{**defaults, **fields})


def says(text: str, number: str = NUMBER, *, ref: str = "", now: datetime = LATER) -> Reply:
    """Take the text as it comes in from the number for the first time."""
    reply = takes(text, number, ref=ref or f"said-{next(_refs)}", now=now)
    assert reply is not None
    return reply


def takes(text: str, number: str = NUMBER, *, ref: str, now: datetime = LATER) -> Reply | None:
    """Take the text under the gateway's id, which may have come before."""
    incoming = IncomingText(ref=ref, sender=number, text=text)
    return take_reply(gateway="webhook", incoming=incoming, now=now)


def responses() -> list[str]:
    """Return what is still to be said back, in the order it was planned."""
    found = Reminder.objects.planned().filter(kind=ReminderKind.RESPONSE).order_by("pk")
    return list(found.values_list("response", flat=True))


def answers() -> list[tuple[str, str, str]]:
    """Return every answer: the date, the word, the reason."""
    rows = Answer.objects.order_by("for_on", "pk")
    return [(each.for_on.isoformat(), each.word, each.reason) for each in rows]


def in_force(person: Participant) -> set[tuple[str, str]]:
    """Return the channels and purposes that the person agrees to now."""
    rows = ContactConsent.objects.filter(participant=person, withdrawn_at=None)
    return set(rows.values_list("channel", "purpose"))
