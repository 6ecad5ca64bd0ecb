"""Builders of messages: what is due, what went out, what came back."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from programs.models import Participant, Program
from reminders.models import (
    Answer,
    AnswerWord,
    CameBy,
    Meaning,
    MessageTemplate,
    NoticeChoice,
    NoticeHours,
    NoticeKind,
    Reminder,
    ReminderRule,
    ReminderStatus,
    Reply,
    StaffNotice,
)
from tests.build import MONDAY, NOW, Day, on

_numbers = itertools.count(1)


def a_reminder(participant: Participant, program: Program, **fields: Any) -> Reminder:
    """A planned reminder by email of the evening before MONDAY, due at NOW for three hours."""
    due_at: datetime = fields.pop("due_at", NOW)
    defaults = {
        "for_on": MONDAY,
        "due_at": due_at,
        "try_at": due_at,
        "expires_at": due_at + timedelta(hours=3),
    }
    return Reminder.objects.create(
        participant=participant, program=program, **{**defaults, **fields}
    )


def a_sent_reminder(participant: Participant, program: Program, **fields: Any) -> Reminder:
    """A reminder that went out when it was due."""
    due_at = fields.get("due_at", NOW)
    gone = {"status": ReminderStatus.SENT, "claimed_at": due_at, "sent_at": due_at}
    return a_reminder(participant, program, **{**gone, **fields})


def a_reminder_rule(program: Program, **fields: Any) -> ReminderRule:
    return ReminderRule.objects.create(program=program, **fields)


def a_template(program: Program, **fields: Any) -> MessageTemplate:
    """The program's own words for a text in English on the evening before."""
    defaults = {
        "kind": "evening",
        "channel": "sms",
        "language": "en",
        "body": "See you {day} at {time}. Call {phone}.",
    }
    return MessageTemplate.objects.create(program=program, **{**defaults, **fields})


def a_reply(participant: Participant | None, program: Program | None, **fields: Any) -> Reply:
    """A text that nobody understood; from a number nobody knows where there is no participant."""
    defaults = {
        "gateway": "webhook",
        "gateway_ref": f"in-{next(_numbers)}",
        "received_at": NOW,
        "sender": "+13125550123",
        "text": "What?",
        "meaning": Meaning.UNCLEAR if participant else Meaning.STRANGER,
    }
    return Reply.objects.create(participant=participant, program=program, **{**defaults, **fields})


def an_answer(participant: Participant, day: Day = MONDAY, **fields: Any) -> Answer:
    """A yes by the link for the day."""
    defaults = {"word": AnswerWord.COMING, "came_by": CameBy.LINK, "answered_at": NOW}
    return Answer.objects.create(participant=participant, for_on=on(day), **{**defaults, **fields})


def a_notice(user: User, program: Program, **fields: Any) -> StaffNotice:
    """A planned notice by email that attendance is not recorded, due at NOW."""
    due_at: datetime = fields.pop("due_at", NOW)
    defaults = {
        "kind": NoticeKind.RECORD,
        "about": program.public_id,
        "due_at": due_at,
        "try_at": due_at,
    }
    return StaffNotice.objects.create(user=user, program=program, **{**defaults, **fields})


def a_notice_choice(user: User, kind: str = "notes", **fields: Any) -> NoticeChoice:
    """Somebody's choice to be told in the morning, by email."""
    return NoticeChoice.objects.create(user=user, kind=kind, **{"timing": "morning", **fields})


def notice_hours(user: User, **fields: Any) -> NoticeHours:
    """Somebody's hours with every default."""
    return NoticeHours.objects.create(user=user, **fields)
