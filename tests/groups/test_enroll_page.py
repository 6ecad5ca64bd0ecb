"""The enroll page: who may, what it works out, what it finds, what it refuses in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from groups.models import TherapyGroup
from programs.models import Enrollment, Participant, Program, Role
from tests import build
from tests.groups.enrolling import boxes, filled

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def url(program: Program) -> str:
    build.a_rule(program)
    return f"/enroll/{program.public_id}/"


@pytest.fixture
def core(program: Program) -> TherapyGroup:
    """Three hours on three days."""
    group = build.a_group(program, name="Evening core", kind="process", capacity=3)
    for weekday in (0, 2, 3):
        build.a_pattern(group, "17:30", "20:30", weekday=weekday)
    return group


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMISSIONS, 200),
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 403),
        (Role.FACILITATOR, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of: ClientOf, program: Program, url: str, role: Role, status: int) -> None:
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_another_program_is_not_found(client_of: ClientOf, stranger: User, url: str) -> None:
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_asks_with_what_is_usual_filled_in(
    client_of: ClientOf, administrator: User, url: str, core: TherapyGroup
) -> None:
    build.a_participant(chart_number="PL1034")
    page = client_of(administrator).get(url).content.decode()
    assert "<title>Enroll · Prairie Clinic</title>" in page
    assert 'value="PL1035"' in page
    assert "Mon, Wed, Thu 5:30 PM to 8:30 PM" in page
    assert "3 seats" in page
    assert "There is a problem" not in page


def test_somebody_new_is_enrolled_and_shown(
    client_of: ClientOf, administrator: User, program: Program, url: str, core: TherapyGroup
) -> None:
    answer = client_of(administrator).post(url, filled(program, core, ordered_hours="10.5"))
    made = Enrollment.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/{program.public_id}/{made.participant.public_id}/"
    assert made.participant.phone.as_e164 == "+14025550142"
    assert made.orders.get().minutes_per_week == 630
    assert [each.group for each in made.memberships.all()] == [core]
    assert [each.channel for each in made.participant.consents.filter(withdrawn_at=None)] == ["sms"]
    assert AuditEvent.objects.get(verb="participant.enrolled").by == administrator


def test_the_page_after_it_says_so(
    client_of: ClientOf, administrator: User, program: Program, url: str, core: TherapyGroup
) -> None:
    page = client_of(administrator).post(url, filled(program, core), follow=True).content.decode()
    assert "Enrolled. The first day is" in page
    assert "Leila F." in page
    assert "Evening core" in page


def test_a_double_submit_enrolls_once(
    client_of: ClientOf, administrator: User, program: Program, url: str, core: TherapyGroup
) -> None:
    client, data = client_of(administrator), filled(program, core)
    first, second = client.post(url, data), client.post(url, data)
    assert first["Location"] == second["Location"]
    assert Enrollment.objects.count() == Participant.objects.count() == 1


@pytest.mark.parametrize("is_htmx", [True, False])
def test_the_hours_are_worked_out_and_nothing_is_kept(
    client_of: ClientOf,
    administrator: User,
    program: Program,
    url: str,
    core: TherapyGroup,
    is_htmx: bool,
) -> None:
    data = filled(program, core, act="work_out", last_name="", sms_consent="")
    headers = {"HX-Request": "true"} if is_htmx else {}
    page = client_of(administrator).post(url, data, headers=headers).content.decode()
    assert (
        f"These groups offer <b>9{SPACE}h on 3 days</b>; the rule asks <b>9{SPACE}h on 3 days</b>."
    ) in page
    assert "Missing any one session loses the week." in page
    assert "There is a problem" not in page
    assert ("<title>" in page) is not is_htmx
    assert ('value="Leila"' in page) is not is_htmx
    assert not Enrollment.objects.exists()


def test_clashes_and_too_few_hours_warn_and_do_not_block(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    one, other = (build.a_group(program, name=name) for name in ("Process B", "Skills"))
    build.a_pattern(one, "09:00", "10:30")
    build.a_pattern(other, "10:00", "11:30")
    client = client_of(administrator)
    page = client.post(url, filled(program, one, other, act="work_out")).content.decode()
    assert "Process B and Skills meet at the same time, Mon 10:00 AM" in page
    assert f"6{SPACE}h short each week." in page
    assert client.post(url, filled(program, one, other)).status_code == 302


def test_a_full_group_is_refused_in_words(
    client_of: ClientOf, administrator: User, program: Program, url: str, core: TherapyGroup
) -> None:
    for _ in range(3):
        build.a_membership(core)
    client = client_of(administrator)
    assert "Full" in client.get(url).content.decode()
    page = client.post(url, filled(program, core)).content.decode()
    assert "Evening core has no free seat on these dates." in page
    assert "<title>Error: Enroll" in page
    assert Enrollment.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_name": ""}, "Enter a first name"),
        ({"last_name": ""}, "Enter a last name"),
        ({"chart_number": ""}, "Enter a chart number"),
        ({"chart_number": "C-7"}, "already exists"),
        ({"phone": "12"}, "Enter a phone number like"),
        ({"phone": ""}, "No phone is on record to send texts to"),
        ({"email_consent": "yes"}, "No email is on record to send reminders to"),
        ({"email_consent": ""}, "Say whether they agree to reminders by email"),
        ({"sms_consent": ""}, "Say whether they agree to reminders by text"),
        ({"email": "x"}, "Enter an email like name@example.org"),
        (boxes("birth_date", "2", "30", "1990"), "Enter a real date"),
        (boxes("birth_date", "1", "1", "2190"), "Enter a birth date in the past"),
        (boxes("admitted_on", "1", "1", "2010"), "Enter a first day within a year of today"),
        (boxes("planned_discharge_on", "1", "1", "2010"), "after the first day"),
        ({"ordered_hours": "many"}, "Enter hours like 9 or 10.5"),
        ({"ordered_hours": "0"}, "Ordered hours are at least 1"),
        ({"groups": [str(uuid.uuid4())]}, "Choose groups of this program"),
        ({"groups": ["x"]}, "is not a valid UUID"),
        ({"proposed_id": "x"}, "Enter a valid UUID"),
    ],
)
def test_every_refusal_is_in_words_and_keeps_nothing(
    client_of: ClientOf,
    administrator: User,
    program: Program,
    url: str,
    change: dict[str, Any],
    words: str,
) -> None:
    build.a_participant(chart_number="C-7")
    page = client_of(administrator).post(url, filled(program, **change)).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert not Enrollment.objects.exists()
    assert Participant.objects.count() == 1


def test_a_group_of_another_program_is_refused(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    page = client_of(administrator).post(url, filled(program, build.a_group())).content.decode()
    assert "Choose groups of this program" in page


def test_somebody_on_record_is_found_and_enrolled(
    client_of: ClientOf, administrator: User, program: Program, url: str, core: TherapyGroup
) -> None:
    person = build.a_participant(first_name="Zoë", last_name="Muñoz", phone="+14025550142")
    before = build.an_enrollment(
        program, person, discharged_on="2026-11-03", discharge_reason="completed"
    )
    client = client_of(administrator)
    found = client.post(url, {"act": "find", "q": "munoz zoe"}).content.decode()
    assert "Zoë Muñoz" in found
    chosen = client.post(url, {"participant": str(person.public_id)}).content.decode()
    assert "Someone else" in chosen
    assert "First name" not in chosen
    client.post(url, filled(program, core, participant=str(person.public_id)))
    assert person.enrollments.exclude(pk=before.pk).get().memberships.get().group == core


def test_nobody_found_and_nothing_typed_are_said(
    client_of: ClientOf, administrator: User, url: str
) -> None:
    client = client_of(administrator)
    build.an_enrollment(participant=build.a_participant(first_name="Hidden"))
    found = client.post(url, {"act": "find", "q": "hidden"}).content.decode()
    assert "Nobody of that name in the programs you work in" in found
    empty = client.post(url, {"act": "find", "q": ""}).content.decode()
    assert "Type a name, a chart number or a birth date" in empty


def test_a_forged_participant_is_not_found(
    client_of: ClientOf, administrator: User, program: Program, url: str
) -> None:
    client = client_of(administrator)
    elsewhere = build.an_enrollment().participant
    for forged in (elsewhere.public_id, uuid.uuid4(), "x", "\x00"):
        assert client.post(url, {"participant": str(forged)}).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_queries_do_not_grow(
    client_of: ClientOf, administrator: User, program: Program, url: str, count: int
) -> None:
    for _ in range(count):
        group = build.a_group(program)
        build.a_pattern(group)
        build.a_membership(group)
    client = client_of(administrator)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 16
