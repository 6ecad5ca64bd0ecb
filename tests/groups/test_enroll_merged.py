"""Who has two records, one of them kept, is in one program at a time; open calls lead here."""

from __future__ import annotations

import dataclasses

import pytest

from groups.enrolling.actions import CannotEnroll, enroll_participant
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment, EpisodeStep, Participant, Program
from tests import build
from tests.build_episodes import a_referral
from tests.groups.enrolling import a_plan
from tests.groups.episodes import onward, transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Participant:
    return build.a_participant()


@pytest.fixture
def duplicate(kept: Participant) -> Participant:
    return build.a_participant(merged_into=kept, merged_at=build.NOW)


@pytest.mark.parametrize("first_on", ["2026-11-02", "2027-01-04"])
def test_an_episode_under_a_duplicate_is_in_the_way(
    program: Program, kept: Participant, duplicate: Participant, first_on: str
) -> None:
    build.an_enrollment(program, duplicate, admitted_on=first_on)
    with pytest.raises(CannotEnroll) as refused:
        enroll_participant(plan=a_plan(program, participant=kept), now=build.NOW, by=None)
    (words,) = refused.value.words["admitted_on"]
    assert "enrolled during these dates already" in str(words)
    assert Enrollment.objects.count() == 1


@pytest.mark.parametrize("reason", ["completed", "never_started"])
def test_one_that_is_over_is_not(
    program: Program, kept: Participant, duplicate: Participant, reason: str
) -> None:
    over = {"admitted_on": "2026-11-02", "discharged_on": "2026-11-29"}
    never = {"admitted_on": "2026-12-07", "discharged_on": "2026-12-06"}
    dates = over if reason == "completed" else never
    build.an_enrollment(program, duplicate, **dates, discharge_reason=reason)
    made = enroll_participant(plan=a_plan(program, participant=kept), now=build.NOW, by=None)
    assert made.participant == kept


def test_a_record_merged_in_the_meantime_gets_no_episode(
    program: Program, duplicate: Participant
) -> None:
    plan = dataclasses.replace(a_plan(program), participant=duplicate)
    with pytest.raises(CannotEnroll):
        enroll_participant(plan=plan, now=build.NOW, by=None)
    assert not Enrollment.objects.exists()


def test_a_transfer_looks_at_all_records_too(
    program: Program, kept: Participant, duplicate: Participant
) -> None:
    there = build.a_program(code="other")
    build.an_enrollment(program, kept, admitted_on="2026-11-16")
    old = build.an_enrollment(
        build.a_program(code="first"),
        duplicate,
        admitted_on="2026-11-02",
    )
    with pytest.raises(CannotSchedule):
        transfer(old, onward(there))
    old.refresh_from_db()
    assert old.discharged_on is None


def test_a_transfer_takes_the_person_off_the_waiting_list_there(
    program: Program, kept: Participant, duplicate: Participant
) -> None:
    there = build.a_program(code="other")
    old = build.an_enrollment(program, kept)
    call = a_referral(there, duplicate, status="waitlisted")
    new = transfer(old, onward(there))
    call.refresh_from_db()
    assert (call.status, call.enrollment) == ("enrolled", new)
    step = EpisodeStep.objects.get(enrollment=new)
    assert (step.came_from, step.referral) == ("waitlisted", call)
