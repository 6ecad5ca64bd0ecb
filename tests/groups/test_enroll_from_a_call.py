"""From the call to the episode: what is filled in, the step, the papers, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.enrolling.actions import enroll_participant
from programs.models import Agreement, Enrollment, EpisodeStep, Program, Referral
from programs.weeks import local_date
from tests import build
from tests.build import NOW
from tests.build_episodes import a_consent, a_referral, an_agreement
from tests.groups.enrolling import a_plan, boxes, filled

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def url(program: Program) -> str:
    build.a_rule(program)
    return f"/enroll/{program.public_id}/"


@pytest.mark.parametrize("status", ["referred", "waitlisted"])
def test_the_open_call_leads_to_the_enrollment(program: Program, status: str) -> None:
    referral = a_referral(program, status=status)
    plan = a_plan(program, participant=referral.participant, came_from="php", admission="step_down")
    made = enroll_participant(plan=plan, now=NOW, by=None)
    referral.refresh_from_db()
    assert (referral.status, referral.enrollment) == ("enrolled", made)
    step = EpisodeStep.objects.get()
    assert (step.came_from, step.to, step.referral) == (status, "scheduled", referral)
    assert (step.takes_effect_on, made.came_from) == (made.admitted_on, "php")


def test_without_a_call_it_is_the_first_step(program: Program) -> None:
    elsewhere = a_referral()
    made = enroll_participant(
        plan=a_plan(program, participant=elsewhere.participant), now=NOW, by=None
    )
    assert (made.steps.get().came_from, made.steps.get().referral) == ("", None)
    assert Referral.objects.get().status == "referred"


def test_the_facts_of_the_call_are_filled_in(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    day = local_date(timezone.now(), program.zone) + timedelta(days=20)
    person = build.a_participant(first_name="Leila", last_name="Farah")
    a_referral(program, person, admission="step_down", came_from="php", wanted_on=day)
    page = client_of(administrator).post(url, {"participant": str(person.public_id)})
    said = page.content.decode()
    assert '<option value="step_down" selected>' in said
    assert '<option value="php" selected>' in said
    for place, part in enumerate((day.month, day.day, day.year)):
        assert f'name="admitted_on_{place}" value="{part}"' in said


def test_the_page_after_it_leads_to_the_authorization(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    answer = client_of(administrator).post(url, filled(program), follow=True)
    person = Enrollment.objects.get().participant
    where = f"/authorizations/{program.public_id}/{person.public_id}/"
    assert f'<a href="{where}">Add the authorization</a>' in answer.content.decode()


def test_papers_are_kept_with_how_and_by_whom(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    data = filled(program, agreement="on", taken_how="phone")
    client_of(administrator).post(url, data)
    paper = Agreement.objects.get()
    today = local_date(timezone.now(), program.zone)
    assert (paper.kind, paper.taken_how, paper.given_on) == ("program", "signed", today)
    consent = Enrollment.objects.get().participant.consents.get(withdrawn_at=None)
    assert (consent.taken_how, consent.taken_by, paper.taken_by) == (
        "phone",
        administrator,
        administrator,
    )
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"agreement.added", "consent.given", "participant.enrolled"} <= verbs


def test_an_agreement_in_force_is_not_asked_for_again(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    person = a_referral(program).participant
    an_agreement(person)
    a_consent(person, purpose="outreach")
    client = client_of(administrator)
    page = client.post(url, {"participant": str(person.public_id)}).content.decode()
    assert "The program agreement is on record." in page
    assert "not asked yet: word after discharge" in page
    sent = filled(program, participant=str(person.public_id), sms_consent="no", agreement="on")
    assert client.post(url, sent).status_code == 302
    assert Agreement.objects.count() == 1


def test_what_is_missing_is_said_and_does_not_stop(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    group = build.a_group(program, name="From home", video_link="https://video.example/room")
    build.a_pattern(group)
    client = client_of(administrator)
    page = client.post(url, filled(program, group, act="work_out")).content.decode()
    for words in (
        "not signed yet",
        "a chosen group has a video link",
        "none yet; add it after enrolling",
        "not asked yet: word after a missed session and word after discharge",
    ):
        assert words in page
    page = client.post(url, filled(program, act="work_out", agreement="on")).content.decode()
    assert "signed on paper today" in page
    assert "a chosen group has a video link" not in page
    assert client.post(url, filled(program, group)).status_code == 302


def test_a_first_day_in_the_past_says_that_rosters_stay(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    day = local_date(timezone.now(), program.zone) - timedelta(days=3)
    data = filled(program, act="work_out", **boxes("admitted_on", day.month, day.day, day.year))
    page = client_of(administrator).post(url, data).content.decode()
    assert "past rosters stay: they are expected from" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"admission": "step_down", "came_from": "outpatient"}, "Choose one of: Residential care"),
        ({"came_from": "php"}, "comes from no other care"),
        ({"came_from": "mars"}, "Select a valid choice"),
        ({"ordered_days": "3"}, "Enter the ordered hours too, or leave the days blank"),
        ({"ordered_days": "9", "ordered_hours": "9"}, "Ordered days are 1 to 7"),
        ({"first_name": "\x00"}, "Null characters are not allowed"),
        ({"override": "\x00"}, "Null characters are not allowed"),
        ({"taken_how": "imported"}, "Select a valid choice"),
        ({"waits": ["x"]}, "is not a valid UUID"),
        (boxes("birth_date", "1", "1", "1"), "Enter a birth date in the past"),
        (boxes("admitted_on", "12", "31", "9999"), "Enter a first day within a year of today"),
    ],
)
def test_refusals_in_words(
    client_of: ClientOf, administrator: User, program: Program, url: str, change, words: str
) -> None:
    page = client_of(administrator).post(url, filled(program, **change)).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert not Enrollment.objects.exists()


def test_a_seat_and_the_waiting_list_are_not_both_had(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    group = build.a_group(program, name="Evening core", capacity=1)
    build.a_pattern(group)
    build.a_membership(group)
    data = filled(program, group, waits=[str(group.public_id)], override="Both")
    page = client_of(administrator).post(url, data).content.decode()
    assert "Evening core: choose a seat or the waiting list, not both" in page


def test_the_care_before_is_narrowed_as_one_goes(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    data = filled(program, act="work_out", admission="step_up")
    live = client_of(administrator).post(url, data, headers={"HX-Request": "true"})
    said = live.content.decode().partition('id="care-before"')[2].partition("</select>")[0]
    assert 'value="outpatient"' in said
    assert 'value="php"' not in said


def test_who_turns_out_to_be_on_record_is_taken_with_what_was_typed(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    person = a_referral(program).participant
    data = filled(program, ordered_hours="12", participant=str(person.public_id))
    del data["act"]
    page = client_of(administrator).post(url, data).content.decode()
    assert "Someone else" in page
    assert 'name="ordered_hours" value="12"' in page
    assert "There is a problem" not in page
    assert not Enrollment.objects.exists()
