"""What is said back to somebody who has replied: one message, soon or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from programs.models import Channel
from programs.weeks import local_date
from reminders.inbound.senders import Sender
from reminders.models import Reason, Reminder, ReminderKind, ReminderStatus, Reply, ResponseWords

# 47 CFR 64.1200(a)(12): the one confirmation that somebody has opted out goes out within this.
GOOD_FOR = timedelta(minutes=5)
# Two machines that answer each other fall silent; who has said STOP is told so even then.
MOST = 10
A_DAY = timedelta(days=1)


def respond(reply: Reply, sender: Sender, words: ResponseWords, *, now: datetime) -> None:
    """Plan the response to a reply, due now, instead of any other that has not gone yet."""
    theirs = Reminder.objects.filter(participant__in=sender.people, kind=ReminderKind.RESPONSE)
    theirs.planned().update(status=ReminderStatus.SKIPPED, reason=Reason.NOT_NEEDED)
    lately = theirs.filter(due_at__gt=now - A_DAY).exclude(status=ReminderStatus.SKIPPED)
    if words != ResponseWords.STOPPED and lately.count() >= MOST:
        return
    Reminder.objects.create(
        participant=sender.participant,
        program=sender.program,
        kind=ReminderKind.RESPONSE,
        for_on=local_date(now, sender.program.zone),
        channel=Channel.SMS,
        due_at=now,
        try_at=now,
        expires_at=now + GOOD_FOR,
        response_to=reply,
        response=words,
    )
