"""Consents are given and taken back, agreements made and revoked: once, on the trail, or not."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.agreements.actions import (
    AgreementFacts,
    add_agreement,
    give_consent,
    revoke_agreement,
    withdraw_consent,
)
from programs.models import Agreement, AgreementKind, ContactConsent, Participant, Program
from tests.build import NOW, a_participant, an_enrollment
from tests.build_episodes import a_consent, a_document, a_release, an_agreement
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program: Program) -> Participant:
    person = a_participant(email="ada@mail.example", phone="+14025550123")
    an_enrollment(program, person)
    return person


def give(person: Participant, program: Program, **fields: Any) -> ContactConsent:
    asked = {"channel": "email", "taken_how": "phone", "taken_by": None, "now": NOW, "by": None}
    return give_consent(person=person, program=program, **{**asked, **fields})


def withdraw(person: Participant, program: Program, **fields: Any) -> bool:
    asked = {"channel": "email", "how": "phone", "now": NOW, "by": None}
    return withdraw_consent(person=person, program=program, **{**asked, **fields})


def test_a_consent_keeps_who_how_and_when(person, program, director):
    given = give(person, program, purpose="outreach", taken_by=director, by=director)
    given.refresh_from_db()
    assert (given.participant, given.channel, given.purpose) == (person, "email", "outreach")
    assert (given.taken_by, given.taken_how, given.given_at) == (director, "phone", NOW)
    line = AuditEvent.objects.get(verb="consent.given")
    assert (line.subject_id, line.participant_id) == (given.public_id, person.public_id)
    assert line.program_id == program.public_id
    assert line.detail == {"channel": "email", "purpose": "outreach", "how": "phone"}


def test_giving_again_changes_nothing(person, program, director):
    first = give(person, program)
    again = give(person, program, taken_how="signed", taken_by=director, now=NOW + timedelta(1))
    assert again == first
    assert ContactConsent.objects.get().taken_how == "phone"
    assert AuditEvent.objects.count() == 1


def test_without_an_address_there_is_no_consent(program):
    person = a_participant()
    for channel, word in (("email", "no email"), ("sms", "no phone")):
        with pytest.raises(NotKept) as refused:
            give(person, program, channel=channel)
        assert word in "".join(map(str, refused.value.words["channel"]))
    assert not ContactConsent.objects.exists()
    other = a_participant(other_phone="+14025550188")
    assert give(other, program, channel="sms").participant == other


def test_a_withdrawal_keeps_who_how_and_when_and_the_consent(person, program, director):
    given = give(person, program)
    later = NOW + timedelta(hours=1)
    assert withdraw(person, program, how="reply", by=director, now=later) is True
    given.refresh_from_db()
    assert (given.withdrawn_at, given.withdrawn_by, given.withdrawn_how) == (
        later,
        director,
        "reply",
    )
    line = AuditEvent.objects.get(verb="consent.withdrawn")
    assert line.detail == {"channel": "email", "purpose": "reminders", "how": "reply"}


def test_a_no_to_the_first_question_is_kept(person, program):
    assert withdraw(person, program, how="phone") is True
    refusal = person.consents.get()
    assert refusal.is_refusal
    assert (refusal.taken_how, refusal.withdrawn_how) == ("phone", "phone")
    assert AuditEvent.objects.get(verb="consent.refused").subject_id == refusal.public_id
    assert withdraw(person, program) is False


def test_withdrawing_what_is_not_in_force_is_no_news(person, program):
    give(person, program)
    assert withdraw(person, program) is True
    assert withdraw(person, program) is False
    assert AuditEvent.objects.filter(verb="consent.withdrawn").count() == 1


def test_only_the_channel_and_purpose_named_are_withdrawn(person, program):
    kept = [
        give(person, program, channel="sms"),
        give(person, program, purpose="follow_up"),
        give(a_participant(email="b@mail.example"), program),
    ]
    give(person, program)
    withdraw(person, program)
    assert list(ContactConsent.objects.filter(withdrawn_at=None).order_by("pk")) == kept


def test_after_a_withdrawal_a_new_consent_is_given(person, program):
    first = give(person, program)
    withdraw(person, program)
    assert give(person, program) != first
    assert ContactConsent.objects.count() == 2


def test_a_clock_that_went_back_keeps_nobody_from_withdrawing(person, program):
    give(person, program)
    withdraw(person, program, now=NOW - timedelta(minutes=5))
    assert ContactConsent.objects.get().withdrawn_at == NOW


def test_a_duplicates_consent_ends_too_and_a_new_one_goes_to_the_kept_record(person, program):
    duplicate = a_participant(merged_into=person, merged_at=NOW)
    a_consent(duplicate)
    a_consent(person)
    withdraw(duplicate, program)
    assert not ContactConsent.objects.filter(withdrawn_at=None).exists()
    assert give(duplicate, program).participant == person


def test_nothing_changes_where_the_trail_cannot_be_written(person, program, audit_fails):
    with pytest.raises(IntegrityError):
        give(person, program)
    consent = a_consent(person)
    with pytest.raises(IntegrityError):
        withdraw(person, program)
    consent.refresh_from_db()
    assert ContactConsent.objects.get().withdrawn_at is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_consent_and_one_withdrawal(program):
    person = a_participant(email="ada@mail.example")
    both = lambda: give(person, program)  # noqa: E731 (the same step twice)
    assert second_is_refused_by(both, both) is None
    assert ContactConsent.objects.count() == 1
    ends = lambda: withdraw(person, program)  # noqa: E731
    assert second_is_refused_by(ends, ends) is None
    assert AuditEvent.objects.filter(verb="consent.withdrawn").count() == 1


# --- agreements -------------------------------------------------------------------------------


def add(person: Participant, program: Program, **fields: Any) -> Agreement:
    key, paper = fields.pop("key", None) or uuid.uuid4(), fields.pop("paper", None)
    said = {"kind": AgreementKind.PROGRAM, "given_on": date(2026, 11, 2), "taken_how": "signed"}
    facts = AgreementFacts(**{**said, **fields})
    return add_agreement(
        person=person,
        facts=facts,
        paper=paper,
        public_id=key,
        program=program,
        now=NOW,
        by=None,
    )


RELEASE = {
    "kind": AgreementKind.RELEASE,
    "recipient": "Douglas County Probation",
    "purpose": "Court report",
    "scope": "Attendance",
    "expires_when": "the case is closed",
}


def test_a_release_keeps_all_that_it_has_to_say(person, program):
    paper = a_document(person)
    made = add(person, program, **RELEASE, paper=paper)
    made.refresh_from_db()
    assert (made.recipient, made.purpose, made.scope) == (
        "Douglas County Probation",
        "Court report",
        "Attendance",
    )
    assert (made.expires_when, made.document) == ("the case is closed", paper)
    line = AuditEvent.objects.get(verb="agreement.added")
    assert line.detail == {
        "kind": "release",
        "how": "signed",
        "given_on": "2026-11-02",
        "has_document": True,
    }


@pytest.mark.parametrize("left_out", ["recipient", "purpose", "scope", "expires_when"])
def test_a_release_that_is_not_whole_is_refused(person, program, left_out):
    with pytest.raises(NotKept) as refused:
        add(person, program, **{**RELEASE, left_out: ""})
    assert "A release says to whom" in "".join(map(str, refused.value.words["given_on"]))
    assert not Agreement.objects.exists()


def test_the_same_agreement_twice_a_day_is_refused_and_sent_twice_is_one(person, program):
    key = uuid.uuid4()
    first = add(person, program, key=key)
    assert add(person, program, key=key) == first
    with pytest.raises(NotKept) as refused:
        add(person, program)
    assert "on record from that day already" in str(refused.value.words)


def test_a_key_of_somebody_elses_agreement_gives_words(person, program):
    theirs = an_agreement()
    with pytest.raises(NotKept):
        add(person, program, key=theirs.public_id)


def test_a_revocation_takes_effect_at_once_and_once(person, director, program):
    agreement = a_release(person)
    asked = {"agreement": agreement, "program": program, "by": director}
    assert revoke_agreement(**asked, how="phone", now=NOW) is True
    assert revoke_agreement(**asked, how="signed", now=NOW + timedelta(1)) is False
    agreement.refresh_from_db()
    assert (agreement.revoked_at, agreement.revoked_by, agreement.revoked_how) == (
        NOW,
        director,
        "phone",
    )
    assert not Agreement.objects.in_force(date(2026, 11, 25)).exists()
    line = AuditEvent.objects.get(verb="agreement.revoked")
    assert (line.detail["how"], line.participant_id) == ("phone", person.public_id)
    assert "Probation" not in str(line.detail)


def test_a_revocation_whose_trail_fails_is_none(person, program, audit_fails):
    agreement = a_release(person)
    with pytest.raises(IntegrityError):
        revoke_agreement(agreement=agreement, how="phone", program=program, now=NOW, by=None)
    assert Agreement.objects.get().revoked_at is None
