"""Enrolling: all of it or nothing, once, with words where the database would refuse."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from groups.enrolling.actions import CannotEnroll, Plan, enroll_participant
from groups.models import GroupMembership, TherapyGroup
from programs.models import Channel, ContactConsent, Enrollment, Order, Participant, Program
from tests import build

pytestmark = pytest.mark.django_db
FIRST_ON = build.on("2026-11-30")
YES, NO = {Channel.SMS: True, Channel.EMAIL: False}, {Channel.SMS: False, Channel.EMAIL: False}


@pytest.fixture
def group(program: Program) -> TherapyGroup:
    return build.a_group(program, name="Evening core", capacity=2)


def someone_new(**fields: Any) -> Participant:
    names = {"chart_number": "C-1", "first_name": "Leila", "last_name": "Farah"}
    names["phone"] = "+14025550142"
    return Participant(**{**names, **fields})


@pytest.fixture
def plan(program: Program, group: TherapyGroup) -> Plan:
    return Plan(
        public_id=uuid.uuid4(),
        program=program,
        participant=someone_new(),
        admitted_on=FIRST_ON,
        admission="step_down",
        planned_discharge_on=build.on("2027-01-29"),
        ordered_minutes=600,
        groups=[group],
        consents=YES,
    )


def enroll(plan: Plan, by: User | None = None, **change: Any) -> Enrollment:
    return enroll_participant(plan=dataclasses.replace(plan, **change), now=build.NOW, by=by)


def assert_nothing_changed() -> None:
    for model in (Participant, Enrollment, Order, GroupMembership, ContactConsent, AuditEvent):
        assert not model._default_manager.exists(), model.__name__


def test_somebody_new_is_enrolled_whole(plan: Plan, administrator: User) -> None:
    made = enroll(plan, administrator)
    assert (made.participant.chart_number, made.program) == ("C-1", plan.program)
    assert (made.admitted_on, made.admission) == (FIRST_ON, "step_down")
    order = made.orders.get()
    assert (order.minutes_per_week, order.effective_from) == (600, FIRST_ON)
    place = made.memberships.get()
    assert (place.group, place.first_on, place.last_on) == (plan.groups[0], FIRST_ON, None)
    consent = made.participant.consents.get(withdrawn_at=None)
    assert (consent.channel, consent.given_at) == ("sms", build.NOW)


def test_it_leaves_a_trace_without_a_name(plan: Plan, administrator: User) -> None:
    made = enroll(plan, administrator)
    event = AuditEvent.objects.get(verb="participant.enrolled")
    assert (event.by, event.subject_id) == (administrator, made.public_id)
    assert event.participant_id == made.participant.public_id
    assert event.program_id == plan.program.public_id
    assert event.detail == {
        "groups": 1,
        "waits": 0,
        "is_new": True,
        "is_over_seats": False,
        "overridden": [],
    }


def test_nothing_is_kept_when_the_trail_cannot_be(plan: Plan, audit_fails: None) -> None:
    with pytest.raises(CannotEnroll), transaction.atomic():
        enroll(plan)
    assert_nothing_changed()


def test_the_same_plan_twice_enrolls_once(plan: Plan) -> None:
    first = enroll(plan)
    again = enroll(plan, participant=someone_new())
    assert first == again
    assert Participant.objects.count() == Enrollment.objects.count() == 1
    assert AuditEvent.objects.filter(verb="participant.enrolled").count() == 1


def test_a_plan_is_never_another_programs_enrollment(plan: Plan) -> None:
    elsewhere = build.an_enrollment()
    with pytest.raises(CannotEnroll):
        enroll(plan, public_id=elsewhere.public_id)
    assert Enrollment.objects.count() == 1


def test_somebody_known_keeps_what_is_on_record(plan: Plan) -> None:
    person = build.a_participant()
    build.a_consent(person)
    made = enroll(plan, participant=person)
    assert made.participant == person
    assert person.consents.filter(withdrawn_at=None).count() == 1
    assert AuditEvent.objects.get(verb="participant.enrolled").detail["is_new"] is False


def test_a_no_withdraws_a_consent_on_record(plan: Plan) -> None:
    consent = build.a_consent(build.a_participant())
    enroll(plan, participant=consent.participant, consents=NO)
    consent.refresh_from_db()
    assert consent.withdrawn_at == build.NOW


def test_without_an_order_the_rule_holds(plan: Plan) -> None:
    assert not enroll(plan, ordered_minutes=None).orders.exists()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"chart_number": "C-7"}, "chart_number", "already exists"),
        ({"chart_number": ""}, "chart_number", "cannot be blank"),
        ({"email": "no email"}, "email", "valid email"),
    ],
)
def test_a_person_the_database_would_refuse_gets_words(
    plan: Plan, change: dict[str, str], field: str, words: str
) -> None:
    build.a_participant(chart_number="C-7")
    with pytest.raises(CannotEnroll) as refused:
        enroll(plan, participant=someone_new(**change))
    assert words in str(refused.value.words[field])
    assert not Enrollment.objects.exists()


def test_an_overlap_with_another_episode_is_said_at_the_first_day(plan: Plan) -> None:
    standing = build.an_enrollment()
    with pytest.raises(CannotEnroll) as refused:
        enroll(plan, participant=standing.participant)
    assert "enrolled during these dates already" in str(refused.value.words["admitted_on"])
    assert Enrollment.objects.count() == 1


def test_a_full_group_is_named_and_nothing_is_kept(plan: Plan, group: TherapyGroup) -> None:
    for _ in range(2):
        build.a_membership(group)
    people = Participant.objects.count()
    with pytest.raises(CannotEnroll) as refused:
        enroll(plan)
    assert refused.value.words == {
        "groups": [
            "Evening core has no free seat on these dates. Let them wait for one, choose another"
            " group, or say why one more may come in."
        ]
    }
    assert (Participant.objects.count(), Enrollment.objects.count()) == (people, 2)


def test_somebody_quicker_is_words_and_no_error_page(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The constraint speaks although our own question was answered with yes."""
    monkeypatch.setattr(Participant, "full_clean", lambda self: None)
    build.a_participant(chart_number="C-1")
    with pytest.raises(CannotEnroll) as refused:
        enroll(plan)
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert not Enrollment.objects.exists()
