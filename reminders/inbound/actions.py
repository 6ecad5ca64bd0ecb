"""What changes when a gateway brings a reply, or a receipt: each once, however often it comes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Greatest

from accounts.audit import write_audit
from accounts.models import User
from programs.models import Channel
from reminders.answering.actions import record_answer
from reminders.channels.line import IncomingText, Receipt
from reminders.inbound.channel import has_texts, may_start, start_texts, stop_texts
from reminders.inbound.responding import respond
from reminders.inbound.senders import Sender, sender_of
from reminders.inbound.staff import stop_staff_texts
from reminders.inbound.understanding import UNCLEAR, Understood, understand
from reminders.models import (
    Answer,
    AnswerWord,
    CameBy,
    Meaning,
    Reason,
    Reminder,
    ReminderStatus,
    Reply,
    ResponseWords,
    StaffNotice,
)

# What each of them says about the day.
WORDS = {
    Meaning.COMING: AnswerWord.COMING,
    Meaning.NOT_COMING: AnswerWord.NOT_COMING,
    Meaning.WHY: AnswerWord.NOT_COMING,
}


@transaction.atomic
def take_reply(
    *, gateway: str, incoming: IncomingText, now: datetime, by: User | None = None
) -> Reply | None:
    """Write a reply down and do what it asks for; return it, None where it was here before.

    Stop words end every consent to text messages of everybody with the number, and notices by text
    to staff, in the same transaction. Whatever is not understood, or from a number that nobody is
    known by, waits for a person, and nothing is said back.
    """
    sender = sender_of(incoming.sender, now=now)
    understood = _meaning(incoming.text, sender)
    reply, is_new = Reply.objects.get_or_create(
        gateway=gateway,
        gateway_ref=incoming.ref,
        defaults={
            "received_at": now,
            "sender": incoming.sender,
            "text": incoming.text,
            "meaning": understood.meaning,
            "participant": sender.participant if sender else None,
            "program": sender.program if sender else None,
        },
    )
    if not is_new:
        return None
    _audit_reply(reply, by)
    stop_staff_texts(reply, now=now, by=by)
    words = _follow(understood, sender, now=now, by=by) if sender else None
    if sender and words:
        respond(reply, sender, words, now=now)
    return reply


@transaction.atomic
def take_receipt(*, gateway: str, receipt: Receipt, now: datetime, by: User | None = None) -> bool:
    """Keep whether a message arrived, and return whether it was one of ours.

    What arrived after all though nobody knew stays unknown, with its time. What was sent and did
    not arrive has failed; told twice, or out of order, nothing changes.
    """
    is_ours = False
    for model in (Reminder, StaffNotice):
        named = model.objects.filter(gateway_ref=receipt.ref, channel=Channel.SMS)
        for message in named.exclude(gateway_ref=""):
            is_ours = True
            if receipt.is_delivered:
                _note_delivery(message, min(receipt.said_at, now), gateway, by)
            else:
                _bounce(message, gateway, by)
    return is_ours


def _meaning(text: str, sender: Sender | None) -> Understood:
    """Return what the text means from this sender; unclear where there is nothing to do for it."""
    if sender is None:
        return Understood(Meaning.STRANGER)
    understood = understand(text, may_say_why=sender.may_say_why())
    if understood.meaning in WORDS and sender.asked is None:
        return UNCLEAR
    if understood.meaning == Meaning.START and not may_start(sender):
        return UNCLEAR
    return understood


def _follow(
    understood: Understood, sender: Sender, *, now: datetime, by: User | None
) -> ResponseWords | None:
    """Do what the reply asks for, and return what is to be said back."""
    meaning = understood.meaning
    if meaning == Meaning.STOP:
        return ResponseWords.STOPPED if stop_texts(sender, now=now, by=by) else None
    if meaning == Meaning.START:
        start_texts(sender, now=now, by=by)
        return ResponseWords.STARTED
    if meaning == Meaning.HELP:
        return ResponseWords.HELP
    if meaning not in WORDS or sender.asked is None:
        return None
    answer = record_answer(
        reminder=sender.asked,
        word=WORDS[meaning],
        reason=understood.reason or "",
        came_by=CameBy.REPLY,
        now=now,
        by=by,
    )
    return _thanks(answer) if has_texts(sender) else None


def _thanks(answer: Answer) -> ResponseWords:
    is_why = answer.word == AnswerWord.NOT_COMING and not answer.reason
    return ResponseWords.WHY if is_why else ResponseWords.THANKS


def _note_delivery(
    message: Reminder | StaffNotice, said_at: datetime, gateway: str, by: User | None
) -> None:
    if not isinstance(message, Reminder):
        return
    arrived = Reminder.objects.filter(
        pk=message.pk,
        status__in=[ReminderStatus.SENT, ReminderStatus.UNKNOWN],
        delivered_at=None,
    )
    # Their clock may be behind ours.
    at = Greatest(Coalesce("sent_at", "claimed_at"), Value(said_at))
    if arrived.update(delivered_at=at):
        _audit_receipt("reminder.delivered", message, gateway, by)


def _bounce(message: Reminder | StaffNotice, gateway: str, by: User | None) -> None:
    # That it arrived is known of nobody's notice; a reminder that did is not taken back.
    undelivered = {"delivered_at": None} if isinstance(message, Reminder) else {}
    sent = type(message).objects.filter(pk=message.pk, status=ReminderStatus.SENT, **undelivered)
    if sent.update(status=ReminderStatus.FAILED, reason=Reason.BOUNCED):
        _audit_receipt(f"{message._meta.model_name}.bounced", message, gateway, by)


def _audit_reply(reply: Reply, by: User | None) -> None:
    write_audit(
        "reply.taken",
        by=by,
        subject=reply,
        participant_id=reply.participant and reply.participant.public_id,
        program_id=reply.program and reply.program.public_id,
        gateway=reply.gateway,
        meaning=str(reply.meaning),
    )


def _audit_receipt(
    verb: str, message: Reminder | StaffNotice, gateway: str, by: User | None
) -> None:
    person = message.participant.public_id if isinstance(message, Reminder) else None
    program = message.program.public_id
    write_audit(
        verb, by=by, subject=message, participant_id=person, program_id=program, gateway=gateway
    )
