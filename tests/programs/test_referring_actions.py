"""The way to a program: what each step writes, which are refused, and two at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from programs.models import (
    STEPS,
    EpisodeStep,
    Participant,
    Program,
    Referral,
    ReferralStatus,
    Standing,
)
from programs.referring.actions import Call, CannotMove, move_referral, take_call
from tests import build
from tests.build import NOW
from tests.build_episodes import a_referral
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db
MOVES = (Standing.REFERRED, Standing.WAITLISTED, Standing.DECLINED)


def somebody(**fields: Any) -> Participant:
    names = {"chart_number": "C-1", "first_name": "Leila", "last_name": "Farah"}
    return Participant(**{**names, **fields})


def take(program: Program, person: Participant | None = None, **change: Any) -> Referral:
    waits, by = change.pop("waits", False), change.pop("by", None)
    facts = {"public_id": uuid.uuid4(), "source": "hospital", **change}
    call = Call(program=program, participant=person or somebody(), **facts)
    return take_call(call=call, waits=waits, now=NOW, by=by)


def move(referral: Referral, to: Standing, **given: Any) -> None:
    reason = {"decline_reason": "coverage"} if to == Standing.DECLINED else {}
    move_referral(referral=referral, to=to, now=NOW, by=None, **{**reason, **given})


def counts() -> list[int]:
    models = (Participant, Referral, EpisodeStep, AuditEvent)
    return [model._default_manager.count() for model in models]


def test_a_call_keeps_the_person_the_way_and_the_step(
    program: Program, administrator: User
) -> None:
    made = take(program, by=administrator, came_from="php", admission="step_down", note="Asks")
    assert (made.status, made.participant.chart_number) == ("referred", "C-1")
    assert (made.referred_on, made.waitlisted_at) == (build.on("2026-11-25"), None)
    step = made.steps.get()
    assert (step.came_from, step.to, step.made_by) == ("", "referred", administrator)
    assert (step.takes_effect_on, step.made_at) == (build.on("2026-11-25"), NOW)
    event = AuditEvent.objects.get(verb="referral.taken")
    assert (event.by, event.subject_id) == (administrator, made.public_id)
    assert event.detail == {"came_from": "", "to": "referred", "is_new": True}


def test_a_call_may_wait_at_once(program: Program) -> None:
    made = take(program, waits=True)
    assert (made.status, made.waitlisted_at, made.steps.get().to) == (
        "waitlisted",
        NOW,
        "waitlisted",
    )


def test_the_same_call_twice_is_one(program: Program) -> None:
    same = uuid.uuid4()
    assert take(program, public_id=same) == take(program, somebody(), public_id=same)
    assert counts()[:3] == [1, 1, 1]


def test_nothing_is_kept_when_the_trail_cannot_be(program: Program, audit_fails: None) -> None:
    with pytest.raises(NotKept), transaction.atomic():
        take(program)
    assert counts() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("person", "change", "field", "words"),
    [
        ({"chart_number": "C-7"}, {}, "chart_number", "already exists"),
        ({"email": "no"}, {}, "email", "valid email"),
        ({}, {"came_from": "php"}, "__all__", "Who steps down comes from more intensive care"),
        ({}, {"source": "nobody"}, "source", "not a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is(
    program: Program, person: dict, change: dict, field: str, words: str
) -> None:
    build.a_participant(chart_number="C-7")
    before = counts()
    with pytest.raises(NotKept) as refused:
        take(program, somebody(**person), **change)
    assert words in str(refused.value.words[field])
    assert counts() == before


def test_who_is_enrolled_or_referred_already_is_not_referred_again(program: Program) -> None:
    inside, called = build.an_enrollment(program).participant, a_referral(program).participant
    for person, words in ((inside, "enrolled in this program"), (called, "referred to this")):
        with pytest.raises(NotKept, match=words):
            take(program, person)
    discharged = build.an_enrollment(
        program, discharged_on="2026-11-20", discharge_reason="moved"
    ).participant
    assert take(program, discharged).participant == discharged
    assert take(build.a_program(), inside).participant == inside


@pytest.mark.parametrize("came_from", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_exactly_the_steps_of_the_table_are_taken(
    program: Program, came_from: Standing, to: Standing
) -> None:
    reason: dict[str, Any] = {"decline_reason": "other"} if came_from == Standing.DECLINED else {}
    referral = a_referral(program, status=came_from, **reason)
    before = counts()
    if to in STEPS[came_from]:
        move(referral, to, note="They called back")
        step = referral.steps.get()
        assert (step.came_from, step.to, step.reason) == (came_from, to, "They called back")
        assert Referral.objects.get().status == to
    else:
        if to == came_from:
            move(referral, to)
        else:
            with pytest.raises(CannotMove):
                move(referral, to)
        assert counts() == before


@pytest.mark.parametrize("to", ["enrolled", "scheduled", "", "x", "\x00"])
def test_other_words_are_no_step(program: Program, to: str) -> None:
    referral = a_referral(program)
    with pytest.raises(CannotMove):
        move_referral(referral=referral, to=to, now=NOW, by=None)  # type: ignore[arg-type]
    assert not EpisodeStep.objects.exists()


def test_waiting_has_a_since_and_a_decline_a_reason(program: Program) -> None:
    referral = a_referral(program)
    move(referral, Standing.WAITLISTED)
    assert referral.waitlisted_at == NOW
    with pytest.raises(CannotMove, match="for a reason"):
        move(referral, Standing.DECLINED, decline_reason="")
    move(referral, Standing.DECLINED)
    assert (referral.decline_reason, referral.waitlisted_at) == ("coverage", NOW)
    move(referral, Standing.REFERRED)
    assert (referral.decline_reason, referral.waitlisted_at) == ("", None)


def test_who_came_another_way_is_not_reopened(program: Program) -> None:
    again = a_referral(program, status="declined", decline_reason="other")
    open_one = a_referral(program, again.participant)
    with pytest.raises(CannotMove, match="referred to this program again"):
        move(again, Standing.REFERRED)
    move(open_one, Standing.DECLINED)
    build.an_enrollment(program, again.participant)
    with pytest.raises(CannotMove, match="enrolled in this program"):
        move(again, Standing.REFERRED)


def test_an_enrolled_one_stays(program: Program) -> None:
    enrollment = build.an_enrollment(program)
    referral = a_referral(program, status="enrolled", enrollment=enrollment)
    with pytest.raises(CannotMove, match="“Enrolled” cannot become “Declined”"):
        move(referral, Standing.DECLINED)


def race(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    refusals: list[str] = []

    def told() -> None:
        try:
            second()
        except CannotMove as refused:
            refusals.append(str(refused))

    assert second_is_refused_by(first, told) is None
    return refusals


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_one_step() -> None:
    referral = a_referral()
    other = Referral.objects.select_related("program__site", "participant").get(pk=referral.pk)
    same = race(
        lambda: move(referral, Standing.WAITLISTED), lambda: move(other, Standing.WAITLISTED)
    )
    assert same == []
    assert EpisodeStep.objects.get().to == "waitlisted"


@pytest.mark.django_db(transaction=True)
def test_of_two_different_steps_at_once_the_second_is_told() -> None:
    referral = a_referral()
    other = Referral.objects.select_related("program__site", "participant").get(pk=referral.pk)
    (words,) = race(
        lambda: move(referral, Standing.DECLINED), lambda: move(other, Standing.WAITLISTED)
    )
    assert words == "Somebody else was quicker: it says “Declined” now."
    assert Referral.objects.get().status == ReferralStatus.DECLINED
    assert EpisodeStep.objects.count() == 1


def test_the_database_refuses_a_step_that_is_not_in_the_table(program: Program) -> None:
    referral = a_referral(program)
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeStep.objects.create(
            referral=referral,
            participant=referral.participant,
            program=program,
            came_from="declined",
            to="discharged",
            takes_effect_on=build.MONDAY,
            made_at=NOW,
        )
