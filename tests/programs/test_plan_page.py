"""The plan of care on its page: who may, what it says of which episode, its queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Enrollment, Goal, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build import NOW
from tests.build_episodes import a_certification, a_determination, a_goal, a_referral
from tests.programs.record_pages import queries_of, read

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def enrollment(program: Program, today: date) -> Enrollment:
    person = build.a_participant(first_name="Ada", last_name="Nolan", chart_number="C-77")
    return build.an_enrollment(program, person, admitted_on=today - timedelta(days=20))


def page_of(enrollment: Enrollment) -> str:
    return f"/plan/{enrollment.program.public_id}/{enrollment.participant.public_id}/"


def forms_of(enrollment: Enrollment) -> list[str]:
    episode = f"{page_of(enrollment)}{enrollment.public_id}/"
    goal = enrollment.goals.first() or a_goal(enrollment)
    certified = enrollment.certifications.first() or a_certification(enrollment)
    determined = enrollment.determinations.first() or a_determination(enrollment)
    return [
        f"{episode}admission/",
        f"{episode}orders/new/",
        f"{episode}goals/new/",
        f"{episode}goals/{goal.public_id}/close/",
        f"{episode}certifications/new/",
        f"{episode}certifications/{certified.public_id}/withdraw/",
        f"{episode}determinations/new/",
        f"{episode}determinations/{determined.public_id}/withdraw/",
    ]


@pytest.mark.parametrize(
    ("role", "seen", "written"),
    [
        (Role.DIRECTOR, 200, 200),
        (Role.CLINICIAN, 200, 200),
        (Role.ADMISSIONS, 200, 403),
        (Role.FACILITATOR, 403, 403),
        (Role.BILLING, 403, 403),
    ],
)
def test_who_may(client_of: ClientOf, enrollment: Enrollment, role: Role, seen: int, written: int):
    client = client_of(build.a_colleague(enrollment.program, role))
    assert client.get(page_of(enrollment)).status_code == seen
    for address in forms_of(enrollment):
        assert client.get(address).status_code == written, address
    goal = Goal.objects.get()
    reopen = f"{page_of(enrollment)}{enrollment.public_id}/goals/{goal.public_id}/reopen/"
    assert client.post(reopen).status_code == (302 if written == 200 else written)
    assert client.get(reopen).status_code == 405


def test_another_program_is_not_found(client_of: ClientOf, stranger: User, enrollment: Enrollment):
    for address in [page_of(enrollment), *forms_of(enrollment)]:
        assert client_of(stranger).get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address


def test_rows_of_others_are_not_found(
    client_of: ClientOf, clinician: User, enrollment: Enrollment, program: Program
):
    other = build.an_enrollment(program)
    elsewhere = build.an_enrollment(
        None,
        enrollment.participant,
        admitted_on="2020-01-06",
        discharged_on="2020-02-03",
        discharge_reason="completed",
    )
    client = client_of(clinician)
    ours, theirs = forms_of(enrollment), forms_of(other)
    for address, there in zip(ours, theirs, strict=True):
        mixed = address.replace(str(enrollment.public_id), str(other.public_id))
        assert client.get(mixed).status_code == 404, mixed
        own_row = there.replace(page_of(other), page_of(enrollment))
        own_row = own_row.replace(str(other.public_id), str(enrollment.public_id))
        is_of_a_row = "new/" not in own_row and "admission/" not in own_row
        assert client.get(own_row).status_code == (404 if is_of_a_row else 200), own_row
    for wanted in (other, elsewhere):
        address = f"{page_of(enrollment)}?episode={wanted.public_id}"
        assert client.get(address).status_code == 404


def test_reading_it_leaves_a_trace(client_of: ClientOf, clinician: User, enrollment: Enrollment):
    client = client_of(clinician)
    client.get(page_of(enrollment))
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.by, event.participant_id) == (clinician, enrollment.participant.public_id)
    assert event.detail == {"page": "plan"}
    client.get(forms_of(enrollment)[0])
    assert AuditEvent.objects.filter(verb="participant.read").count() == 2


def test_before_there_is_a_plan_it_says_what_to_do(client_of, clinician, administrator, enrollment):
    page = read(client_of(clinician), page_of(enrollment))
    for words in (
        "<title>Plan of care · Prairie Clinic</title>",
        "Ada Nolan",
        "C-77",
        "No order yet.",
        "Add the first order",
        "No open goal.",
        "No certification yet.",
        "None on record",
        "No determination yet.",
        "Not planned yet",
    ):
        assert words in page, words
    page = read(client_of(administrator), page_of(enrollment))
    assert "No order yet." in page
    assert "Add the first order" not in page
    assert "Change" not in page


def test_without_an_episode_it_says_where_to_go(client_of, clinician, program):
    person = a_referral(program).participant
    page = read(client_of(clinician), f"/plan/{program.public_id}/{person.public_id}/")
    assert "No episode of care here yet." in page
    assert f'href="/episodes/{program.public_id}/{person.public_id}/"' in page


def test_what_it_says(client_of: ClientOf, clinician: User, enrollment: Enrollment, today: date):
    first_on = enrollment.admitted_on
    enrollment.planned_discharge_on = first_on + timedelta(weeks=15, days=-1)
    enrollment.admission = "step_up"
    enrollment.save()
    build.an_order(enrollment, 540)
    build.an_order(enrollment, 570, effective_from=today, days_per_week=3)
    build.an_order(enrollment, 720, effective_from=today + timedelta(days=1))
    a_goal(enrollment, text="Sleep <well>", set_on=first_on, set_by=clinician)
    a_goal(enrollment, text="Call a sister", set_on=first_on, ended_on=today, outcome="partly_met")
    a_certification(enrollment, signed_on=first_on, due_on=today - timedelta(days=1))
    a_determination(enrollment, edition="3", dimension_2=0, dimension_5=4)
    withdrawn = {"withdrawn_at": NOW, "withdrawn_by": clinician}
    a_certification(enrollment, signed_on="2026-01-05", signed_by_name="Dr. Wrong", **withdrawn)
    page = read(client_of(clinician), page_of(enrollment))
    for words in (
        "9 h a week",
        "9 h 30 min a week · 3 days a week",
        "12 h a week",
        "Stepped up",
        "(15 weeks)",
        "That is 15 weeks; 8 to 12 are usual.",
        "Sleep &lt;well&gt;",
        "1 closed goal",
        "Partly met",
        "Overdue since",
        "by Dr. Imani Okafor",
        "ASAM 3rd edition",
        "<dt>Dimension 2</dt><dd>0</dd>",
        "<dt>Dimension 3</dt><dd>–</dd>",
        "<dt>Dimension 5</dt><dd>4</dd>",
        "1 withdrawn as a mistake",
        "Withdrawn Nov 25, 2026 by Cleo Ortiz",
    ):
        assert words in page, words
    assert page.count("In force today") == page.count("Still to come") == 1
    in_force, ahead = page.index("In force today"), page.index("Still to come")
    assert ahead < page.index("9 h 30 min a week") < in_force < page.index("9 h a week")


def test_the_episode_that_is_asked_for(client_of, clinician, enrollment, program):
    earlier = build.an_enrollment(
        program,
        enrollment.participant,
        admitted_on="2020-01-06",
        discharged_on="2020-02-03",
        discharge_reason="completed",
    )
    build.an_order(earlier, 900)
    client, address = client_of(clinician), page_of(enrollment)
    assert "No order yet." in read(client, address)
    page = read(client, f"{address}?episode={earlier.public_id}")
    assert "15 h a week" in page
    assert "In force today" not in page
    # Nothing is due of an episode that is over.
    assert "None on record</span>" not in page
    assert 'aria-current="page">Jan 6, 2020 to Feb 3, 2020' in page
    assert client.get(f"{address}?episode=nonsense").status_code == 404


def test_a_duplicates_episodes_are_the_persons(client_of, clinician, enrollment, program):
    duplicate = build.a_participant(merged_into=enrollment.participant, merged_at=NOW)
    ended = {"discharged_on": "2020-02-03", "discharge_reason": "completed"}
    build.an_enrollment(program, duplicate, admitted_on="2020-01-06", **ended)
    page = read(client_of(clinician), f"/plan/{program.public_id}/{duplicate.public_id}/")
    assert "Ada Nolan" in page
    assert "Jan 6, 2020 to Feb 3, 2020" in page


def test_its_queries_do_not_grow(client_of, clinician, enrollment, program):
    client, counts = client_of(clinician), []
    for number in range(1, 4):
        build.an_order(enrollment, effective_from=f"2026-12-{number:02}")
        a_goal(enrollment, set_by=build.a_user())
        a_certification(enrollment, signed_on=f"2026-11-{number + 2:02}")
        withdrawn = {"withdrawn_at": NOW, "withdrawn_by": build.a_user()}
        a_determination(enrollment, **withdrawn)
        counts.append(queries_of(client, page_of(enrollment)))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 14
