"""Completion of one person and of everybody: who may, what it says, in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.completion.reading import CompletionStanding, standing_of, standings_of
from hours.completion.said import said_of
from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.build import NOW
from tests.build_curriculum import (
    a_curriculum_rule,
    a_relapse_plan,
    a_rotation,
    a_topic,
    a_waiver,
    an_answer,
    planned,
    taught,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def url(enrollment: Enrollment) -> str:
    program, person = enrollment.program, enrollment.participant
    return f"/completion/{program.public_id}/{person.public_id}/"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("&#x27;", "'")
    return " ".join(text.split())


def the_standing(enrollment: Enrollment) -> CompletionStanding:
    found = standing_of(enrollment, now=NOW)
    assert found
    return found


def words(enrollment: Enrollment) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {
        line.criterion.value: (
            str(line.look.label),
            plain(line.words),
            tuple(map(plain, line.missing)),
        )
        for line in said_of(the_standing(enrollment))
    }


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def enrollment(program: Program) -> Enrollment:
    build.a_rule(program)
    return build.an_enrollment(program, planned_discharge_on="2026-12-18")


@pytest.fixture
def group(enrollment: Enrollment):
    group = build.a_group(enrollment.program)
    build.a_membership(group, enrollment)
    return group


def hear(enrollment: Enrollment, group, lesson, day: date | str, **fields) -> None:
    session = build.a_session(group, day)
    taught(session, lesson, **fields)
    build.a_record(session, enrollment.participant, "09:00-12:00")


def test_core_lessons_in_words(enrollment: Enrollment, group, program: Program) -> None:
    module = build.a_module(program)
    first, refusal, sleep, missed, waived = (
        build.a_lesson(program, module=module, name=name, is_core=True)
        for name in ("Cravings", "Refusal skills", "Sleep", "Triggers", "Work")
    )
    build.a_lesson(program, name="Elective")
    build.a_lesson(program, is_core=True, retired_at=NOW)
    hear(enrollment, group, first, "2026-11-09")
    session = build.a_session(group, "2026-11-16")
    taught(session, missed)
    build.a_record(session, enrollment.participant, absence="excused")
    planned(build.a_session(group, "2026-12-03"), refusal)
    # After they have left.
    planned(build.a_session(group, "2026-12-21"), sleep)
    a_waiver(enrollment, waived)
    assert words(enrollment)["core"] == (
        "Not as planned",
        "2 of 5 core lessons received or waived.",
        (
            "Refusal skills comes on Thu Dec 3.",
            "Sleep is not planned before Fri Dec 18.",
            "Triggers was missed on Mon Nov 16 and does not come again.",
        ),
    )


def test_without_a_last_day_everything_is_open(program: Program) -> None:
    build.a_lesson(program, name="Sleep", is_core=True)
    enrollment = build.an_enrollment(program)
    assert words(enrollment)["core"] == (
        "Open",
        "0 of 1 core lesson received or waived.",
        ("Sleep is not planned.",),
    )


def test_the_calendar_that_ends_early_makes_nothing_impossible(program: Program) -> None:
    build.a_lesson(program, name="Sleep", is_core=True)
    far = build.an_enrollment(program, planned_discharge_on="2027-06-30")
    assert words(far)["core"][0] == "Open"


def test_whoever_has_left_has_what_they_have(program: Program) -> None:
    build.a_lesson(program, name="Sleep", is_core=True)
    left = build.an_enrollment(program, discharged_on="2026-11-20", discharge_reason="completed")
    assert words(left)["core"] == (
        "Not met",
        "0 of 1 core lesson received or waived.",
        ("Sleep was not received.",),
    )


def test_the_rule_and_topics_are_those_of_the_last_day(program: Program) -> None:
    a_curriculum_rule(program, min_weeks=2)
    a_curriculum_rule(program, effective_from=build.on("2026-11-21"), min_weeks=9)
    a_topic(program, name="Family", last_on=build.on("2026-11-20"))
    left = build.an_enrollment(program, discharged_on="2026-11-20", discharge_reason="completed")
    assert words(left)["weeks"][1] == "2 of 2 weeks in the program."
    assert words(left)["topics"][1] == "0 of 1 demanded topic heard."
    staying = build.an_enrollment(program)
    assert words(staying)["weeks"][1] == "3 of 9 weeks in the program."
    assert words(staying)["topics"][1] == "No jurisdiction demands a topic."


def test_topics_in_words(enrollment: Enrollment, group, program: Program) -> None:
    one, two = (build.a_lesson(program, name=name) for name in ("Hepatitis today", "Smoke"))
    hear(enrollment, group, one, "2026-11-09")
    planned(build.a_session(group, "2026-12-03"), two)
    a_topic(program, one, build.a_lesson(program), name="Hepatitis")
    a_topic(program, two, name="Tobacco")
    a_topic(program, build.a_lesson(program), name="Parenting")
    a_topic(program, name="Family")
    assert words(enrollment)["topics"] == (
        "Not as planned",
        "1 of 4 demanded topics heard.",
        (
            "No lesson meets Family yet.",
            "Parenting is not planned before Fri Dec 18.",
            "Tobacco: Smoke comes on Thu Dec 3.",
        ),
    )


def test_weeks_hours_plan_and_homework(enrollment: Enrollment, group, program: Program) -> None:
    a_curriculum_rule(
        program,
        min_core_percent=None,
        has_all_topics=False,
        min_weeks=6,
        min_hours=20,
        min_weeks_met_percent=50,
        min_plan_percent=50,
        min_homework_percent=100,
    )
    lesson = build.a_lesson(program)
    for number in range(3):  # Nine hours in the first week, of nine.
        hear(enrollment, group, lesson, build.FIRST_DAY + timedelta(days=number))
    session = build.a_session(group, "2026-11-10")
    row = taught(session, lesson, homework="Write it down.")
    build.a_record(session, enrollment.participant, "09:00-12:00")
    build.a_session(group, "2026-11-30")
    a_relapse_plan(enrollment.participant, reasons="My children.")
    found = words(enrollment)
    assert found["weeks"] == ("Open", "3 of 6 weeks in the program.", ())
    assert found["hours"][:2] == ("Not as planned", "12 h of 20 h attended.")
    assert found["hours"][2] == ("3 h more are planned until Fri Dec 18.",)
    assert found["weeks_met"][1].startswith("The hours were met in 1 of 3 weeks; 2 are enough.")
    assert found["weeks_met"][0] == "Open"
    assert found["plan"][1] == "11 percent of the plan filled in, 50 are asked for."
    assert found["homework"][1] == "Homework was done or partly done 0 of 1 time."
    an_answer(row, enrollment.participant, build.a_session(group, "2026-11-17"))
    assert words(enrollment)["homework"][0] == "Met"


def test_one_person_reads_as_among_all(program: Program) -> None:
    """The clocks change inside, in the week of Nov 1; the weeks of both readings are the same."""
    build.a_rule(program)
    a_curriculum_rule(program, min_hours=10, min_weeks_met_percent=50)
    group = build.a_group(program)
    people = [
        build.an_enrollment(program, admitted_on="2026-10-19", planned_discharge_on="2026-12-20"),
        build.an_enrollment(program, admitted_on="2026-10-28"),
        build.an_enrollment(
            program,
            admitted_on="2026-10-12",
            discharged_on="2026-11-18",
            discharge_reason="completed",
        ),
    ]
    for person in people:
        build.a_membership(group, person)
    for number in range(0, 56, 2):
        session = build.a_session(group, date(2026, 10, 18) + timedelta(days=number))
        if session.ends_at < NOW:
            for person in people[number % 3 :]:
                if person.admitted_on <= session.held_on <= (person.discharged_on or date.max):
                    build.a_record(session, person.participant, "09:00-12:00")
    build.a_leave(people[0].participant, "2026-11-09", "2026-11-10")
    found = standings_of(program, Enrollment.objects.filter(program=program), now=NOW)
    together = {each.enrollment.pk: each for each in found}
    assert len(together) == 3
    for person in people:
        alone = the_standing(person)
        assert alone.facts == together[person.pk].facts
        assert alone.facts.stay.attended > 0
        assert alone.readiness == together[person.pk].readiness


def test_the_page_says_it_and_is_on_the_trail(
    client_of: ClientOf, clinician: User, enrollment: Enrollment
) -> None:
    build.a_lesson(enrollment.program, name="Sleep", is_core=True)
    page = said(client_of(clinician), url(enrollment))
    assert "1 of 2 criteria met" in page
    assert "Sleep is not planned before Fri Dec 18." in page
    assert "Not everything is met yet." in page
    assert "Give the certificate" in page
    assert "<title>Completion" in page
    event = AuditEvent.objects.get(verb="participant.read")
    assert event.participant_id == enrollment.participant.public_id
    assert event.detail == {"page": "completion"}


@pytest.mark.parametrize("role", ["administrator", "director"])
def test_who_else_sees_everybody(
    client_of: ClientOf, enrollment: Enrollment, role: str, request: pytest.FixtureRequest
) -> None:
    page = said(client_of(request.getfixturevalue(role)), url(enrollment))
    assert ("Give the certificate" in page) == (role == "director")


def test_a_facilitator_sees_the_people_of_their_sessions(
    client_of: ClientOf, facilitator: User, program: Program
) -> None:
    mine, other = build.an_enrollment(program), build.an_enrollment(program)
    group = build.a_group(program)
    build.a_membership(group, mine)
    today = local_date(timezone.now(), program.zone)
    build.a_session(group, today, facilitators=[facilitator])
    client = client_of(facilitator)
    said(client, url(mine))
    assert client.get(url(other)).status_code == 404
    everyone = said(client, f"/completion/{program.public_id}/")
    assert str(mine.participant.public_id) in everyone
    assert str(other.participant.public_id) not in everyone


def test_billing_strangers_and_people_elsewhere(
    client_of: ClientOf, enrollment: Enrollment, billing: User, stranger: User, director: User
) -> None:
    assert client_of(billing).get(url(enrollment)).status_code == 403
    assert client_of(stranger).get(url(enrollment)).status_code == 404
    elsewhere = build.an_enrollment(build.a_program())
    address = f"/completion/{enrollment.program.public_id}/{elsewhere.participant.public_id}/"
    assert client_of(director).get(address).status_code == 404
    assert client_of(director).get(url(enrollment) + "?episode=x").status_code == 404


def test_what_never_began_has_nothing_to_complete(
    client_of: ClientOf, director: User, program: Program
) -> None:
    off = build.an_enrollment(
        program,
        admitted_on="2026-11-16",
        discharged_on="2026-11-15",
        discharge_reason="never_started",
    )
    assert "No episode of care here yet." in said(client_of(director), url(off))


def test_everybody_by_how_little_is_open(
    client_of: ClientOf, clinician: User, program: Program
) -> None:
    lesson = build.a_lesson(program, is_core=True)
    topic = a_topic(program, build.a_lesson(program), name="Tobacco")
    near = build.an_enrollment(program, admitted_on="2026-01-05")
    far = build.an_enrollment(program, admitted_on="2026-01-05")
    gone = build.an_enrollment(
        program, admitted_on="2026-01-05", discharged_on="2026-02-01", discharge_reason="moved"
    )
    a_waiver(near, lesson)
    page = said(client_of(clinician), f"/completion/{program.public_id}/")
    assert page.index(str(near.participant.public_id)) < page.index(str(far.participant.public_id))
    assert str(gone.participant.public_id) not in page
    assert "0 of 2 have everything" in page
    assert "Tobacco (Texas)." in page
    a_rotation(build.a_group(program), [topic.lessons.get().lesson])
    assert "Tobacco (Texas)" not in said(client_of(clinician), f"/completion/{program.public_id}/")


def test_the_queries_do_not_grow(client_of: ClientOf, director: User, program: Program) -> None:
    build.a_rule(program, effective_from="2026-01-01")
    a_curriculum_rule(program, min_hours=10, min_plan_percent=10, min_homework_percent=10)
    client, ones, alls = client_of(director), [], []
    for number in range(2, 5):
        for _each in range(number):
            lesson = build.a_lesson(program, is_core=True)
            a_topic(program, lesson, name=f"Topic {lesson.pk}")
            enrollment = build.an_enrollment(program, admitted_on="2026-11-02")
        with CaptureQueriesContext(connection) as queries:
            said(client, url(enrollment))
        ones.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            said(client, f"/completion/{program.public_id}/")
        alls.append(len(queries))
    assert ones[0] == ones[-1] <= 30
    assert alls[0] == alls[-1] <= 30
