"""Takes back every consent to text messages, and gives back what a reply took away."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from programs.agreements.actions import give_consent, withdraw_consent
from programs.agreements.papers import consents_of
from programs.agreements.reach import has_address
from programs.models import Channel, ConsentPurpose, ContactConsent, HowTaken, Participant
from reminders.inbound.senders import Sender


def stop_texts(sender: Sender, *, now: datetime, by: User | None) -> bool:
    """End every text message to everybody with the number; return whether that is news.

    Who was never asked about reminders has said no to them now.
    """
    is_news = False
    for person in sender.people:
        for purpose in sorted(_in_force(person) | {ConsentPurpose.REMINDERS}):
            is_news |= withdraw_consent(
                person=person,
                channel=Channel.SMS,
                purpose=purpose,
                how=HowTaken.REPLY,
                program=sender.program,
                now=now,
                by=by,
            )
    return is_news


def has_texts(sender: Sender) -> bool:
    """Whether anybody with the number gets text messages."""
    return any(_in_force(each) for each in sender.people)


def may_start(sender: Sender) -> bool:
    """Whether a reply may bring messages back; true also where nobody has stopped them."""
    return has_texts(sender) or any(_was_stopped_by_reply(each) for each in sender.people)


def start_texts(sender: Sender, *, now: datetime, by: User | None) -> None:
    """Give those with the number the reminders back that a reply had stopped; nothing else."""
    for person in filter(_was_stopped_by_reply, sender.people):
        give_consent(
            person=person,
            channel=Channel.SMS,
            taken_how=HowTaken.REPLY,
            taken_by=None,
            program=sender.program,
            now=now,
            by=by,
        )


def _in_force(person: Participant) -> set[str]:
    rows = consents_of(person).filter(channel=Channel.SMS, withdrawn_at=None)
    return set(rows.values_list("purpose", flat=True))


def _was_stopped_by_reply(person: Participant) -> bool:
    """Whether reminders by text had been agreed to, and the last word on them is a reply's no."""
    rows = consents_of(person).filter(channel=Channel.SMS, purpose=ConsentPurpose.REMINDERS)
    last = max(rows, key=_said_at, default=None)
    if last is None or last.withdrawn_how != HowTaken.REPLY or not has_address(person, Channel.SMS):
        return False
    # A no that nothing was in force before is not taken back by a single word.
    return any(not each.is_refusal for each in rows)


def _said_at(consent: ContactConsent) -> tuple[datetime, bool]:
    return consent.withdrawn_at or consent.given_at, consent.withdrawn_at is None
