"""What a program requires, and completion, in a real browser: with and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from curriculum.models import Lesson, RequiredTopic
from hours.models import Certificate
from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right
from tests.build_curriculum import a_curriculum_rule, a_topic, planned, taught

WIDTHS = (360, 1280)


@pytest.fixture
def required(program: Program) -> Program:
    """A rule in force, one before and one to come; core lessons; topics of each sort."""
    build.a_rule(program, effective_from="2020-01-06")
    a_curriculum_rule(program, effective_from=build.on("2020-01-01"))
    a_curriculum_rule(
        program,
        effective_from=build.on("2020-06-01"),
        min_weeks=6,
        min_hours=54,
        min_weeks_met_percent=75,
        min_plan_percent=80,
        min_homework_percent=50,
    )
    a_curriculum_rule(program, effective_from=build.on("2098-01-06"), received_percent=100)
    track = build.a_track(program, name="Relapse prevention")
    for module, names in (
        ("High-risk situations", ("Refusal skills", "Cravings and urge surfing", "A lapse")),
        ("A balanced week", ("Sleep", "Money and time, and what to do with either of them")),
    ):
        shelf = build.a_module(track=track, name=module)
        for place, name in enumerate(names):
            build.a_lesson(program, module=shelf, name=name, is_core=place < 2, position=place)
    sleep = Lesson.objects.get(name="Sleep")
    a_topic(program, sleep, citation="25 TAC 448.901")
    a_topic(program, name="Tobacco")
    a_topic(program, name="Family", last_on=build.on("2026-02-01"))
    return program


@pytest.fixture
def person(required: Program) -> Enrollment:
    """Somebody who has heard one core lesson; another one comes before they leave."""
    today = local_date(timezone.now(), required.zone)
    enrollment = build.an_enrollment(
        required,
        build.a_participant(first_name="Amara", last_name="Okoye"),
        admitted_on=today - timedelta(days=30),
        planned_discharge_on=today + timedelta(days=20),
    )
    group = build.a_group(required)
    build.a_membership(group, enrollment)
    session = build.a_session(group, today - timedelta(days=3))
    taught(session, Lesson.objects.get(name="Refusal skills"))
    build.a_record(session, enrollment.participant, "09:00-12:00")
    planned(build.a_session(group, today + timedelta(days=5)), Lesson.objects.get(name="Sleep"))
    return enrollment


@pytest.fixture
def office(open_context, sign_in_to, director, required):
    """Return a function that opens a page as the director."""

    def open_page(path: str, **options) -> Page:
        context = open_context(reduced_motion="reduce", **options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(path)
        return page

    return open_page


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_the_pages_of_requirements_look_right(office, required: Program, width: int, scheme):
    topic = RequiredTopic.objects.get(name="Tobacco")
    first = f"/required/{required.public_id}/"
    page = office(first, width=width, color_scheme=scheme)
    for rest in (
        "",
        "rules/new/",
        "core/",
        "topics/new/",
        f"topics/{topic.public_id}/",
        "topics/of-a-state/?state=NJ",
        "topics/of-a-state/?state=XX",
    ):
        page.goto(first + rest)
        assert_looks_right(page, f"{rest} {width} {scheme}")
    page.goto(first + "rules/new/")
    page.get_by_label("Share of a lesson").fill("101")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_looks_right(page, f"refused {width} {scheme}")


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_the_pages_of_completion_look_right(office, person: Enrollment, width: int, scheme):
    first = f"/completion/{person.program.public_id}/"
    theirs = f"{first}{person.participant.public_id}/"
    page = office(first, width=width, color_scheme=scheme)
    for address in (first, theirs, f"{theirs}{person.public_id}/certificate/"):
        page.goto(address)
        assert_looks_right(page, f"{address[-13:]} {width} {scheme}")
    page.get_by_role("button", name="Give the certificate").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_looks_right(page, f"refused {width} {scheme}")
    page.get_by_label("Why it is given all the same").fill("Moves to another state.")
    page.get_by_role("button", name="Give the certificate").click()
    expect(page.get_by_text("The certificate is given.")).to_be_visible()
    assert_looks_right(page, f"given {width} {scheme}")
    assert Certificate.objects.get().reason == "Moves to another state."
    page.goto(first)
    expect(page.get_by_text("Certificates given while something was open")).to_be_visible()
    assert_looks_right(page, f"everyone, given {width} {scheme}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_core_lessons_and_a_state_by_hand(office, required: Program, javascript: bool):
    page = office(f"/required/{required.public_id}/", java_script_enabled=javascript)
    page.get_by_role("link", name="Choose core lessons").click()
    page.get_by_label("A lapse").check()
    page.get_by_label("Sleep").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 lessons are changed.")).to_be_visible()
    assert Lesson.objects.get(name="A lapse").is_core
    assert not Lesson.objects.get(name="Sleep").is_core
    page.get_by_role("link", name="Add the topics of Texas").click()
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("4 topics are added.")).to_be_visible()
    expect(page.get_by_role("link", name="Add the topics of Texas")).to_have_count(0)
