"""What changes about how somebody may be reached: a consent is given, or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.agreements.papers import consents_of
from programs.agreements.reach import NO_ADDRESS, has_address
from programs.models import (
    Channel,
    ConsentPurpose,
    ContactConsent,
    HowTaken,
    Participant,
    Program,
)


@transaction.atomic
def give_consent(
    *,
    person: Participant,
    channel: str,
    purpose: str = ConsentPurpose.REMINDERS,
    taken_how: str,
    taken_by: User | None,
    program: Program,
    now: datetime,
    by: User | None,
) -> ContactConsent:
    """Keep that the person may be reached so from now on, and return the consent.

    One that is in force already is returned as it is, and nothing is written. Two at once make
    one. Raises NotKept (field `channel`) where there is no address to reach them at.
    """
    kept = _one_at_a_time(person)
    if known := _in_force(kept, channel, purpose):
        return known[0]
    if not has_address(kept, channel):
        raise NotKept({"channel": [NO_ADDRESS[Channel(channel)]]})
    consent = ContactConsent(participant=kept, channel=channel, purpose=purpose, given_at=now)
    consent.taken_how, consent.taken_by = taken_how, taken_by
    keep(consent, otherwise="channel")
    _audit("consent.given", consent, program, by, how=taken_how)
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    person: Participant,
    channel: str,
    purpose: str = ConsentPurpose.REMINDERS,
    how: str,
    program: Program,
    now: datetime,
    by: User | None,
) -> bool:
    """Keep that the person may not be reached so any more, and return whether that is news.

    From the commit on no reminder goes out by it, also none that is planned: sending asks again.
    A consent under a duplicate's record ends with it. Who was never asked before has said no now,
    which is kept; where none is in force any more nothing is written.
    """
    kept = _one_at_a_time(person)
    known = _in_force(kept, channel, purpose)
    if not known:
        return _refused(kept, channel, purpose, how, program, now, by)
    for consent in known:
        # A clock that went back must not keep anybody from withdrawing.
        consent.withdrawn_at = max(now, consent.given_at)
        consent.withdrawn_by, consent.withdrawn_how = by, HowTaken(how)
        consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_how"])
        _audit("consent.withdrawn", consent, program, by, how=how)
    return True


@transaction.atomic
def give_consents(
    *,
    person: Participant,
    channel: str,
    purposes: Iterable[str],
    taken_how: str,
    program: Program,
    now: datetime,
    by: User | None,
) -> None:
    """Give the channel's consent for each of the purposes, taken by whoever keeps it here."""
    for purpose in purposes:
        give_consent(
            person=person,
            channel=channel,
            purpose=purpose,
            taken_how=taken_how,
            taken_by=by,
            program=program,
            now=now,
            by=by,
        )


@transaction.atomic
def withdraw_consents(
    *,
    person: Participant,
    channel: str,
    purposes: Iterable[str],
    how: str,
    program: Program,
    now: datetime,
    by: User | None,
) -> None:
    """Withdraw the channel's consent for each of the purposes."""
    for purpose in purposes:
        withdraw_consent(
            person=person,
            channel=channel,
            purpose=purpose,
            how=how,
            program=program,
            now=now,
            by=by,
        )


def _one_at_a_time(person: Participant) -> Participant:
    """Wait for whoever else changes the person's consents; return the record that is kept."""
    return Participant.objects.select_for_update(no_key=True).get(pk=person.kept.pk)


def _in_force(person: Participant, channel: str, purpose: str) -> list[ContactConsent]:
    return list(consents_of(person).filter(channel=channel, purpose=purpose, withdrawn_at=None))


def _refused(
    person: Participant,
    channel: str,
    purpose: str,
    how: str,
    program: Program,
    now: datetime,
    by: User | None,
) -> bool:
    """Keep the no of somebody who was never asked, and return whether it is one."""
    if consents_of(person).filter(channel=channel, purpose=purpose).exists():
        return False
    refusal = ContactConsent(participant=person, channel=channel, purpose=purpose)
    refusal.given_at = refusal.withdrawn_at = now
    refusal.taken_by = refusal.withdrawn_by = by
    refusal.taken_how = refusal.withdrawn_how = HowTaken(how)
    keep(refusal, otherwise="channel")
    _audit("consent.refused", refusal, program, by, how=how)
    return True


def _audit(
    verb: str, consent: ContactConsent, program: Program, by: User | None, *, how: str
) -> None:
    write_audit(
        verb,
        by=by,
        subject=consent,
        participant_id=consent.participant.public_id,
        program_id=program.public_id,
        channel=consent.channel,
        purpose=consent.purpose,
        how=how,
    )
