"""Check-ins and safety answers in a real browser: saved as they are typed, at every width."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from tests import build
from tests.attendance.check_ins import save
from tests.attendance.sheet import a_member, a_running_session
from tests.browser.looks import LOOKS, assert_looks_right
from tests.build_records import a_check_in, a_safety_alert

MOODS = [3, 3, 4, 5, None, 4, 5, 6, 6, 5, 6, 5]


@pytest.fixture
def session(program, facilitator) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def person(session):
    return a_member(session, first_name="Elena", last_name="Moss")


@pytest.fixture
def url(program, session, person) -> str:
    ids = [program.public_id, session.public_id, person.public_id]
    return reverse("check_ins:check_in", args=ids)


def past(session: GroupSession, person, by) -> None:
    """A dozen check-ins before the session, one of them with a yes that waits."""
    for number, mood in enumerate(reversed(MOODS), 1):
        held = build.a_session(session.group, session.held_on - timedelta(days=2 * number))
        check_in = a_check_in(
            held,
            person,
            mood=mood,
            craving=None if mood is None else 10 - mood,
            used_since="yes" if number in (4, 9) else "no",
            setback="An argument on Monday night." if number % 3 == 0 else "",
            went_well="Called her sponsor before it got bigger." if number % 2 == 0 else "",
            skill="The wave exercise" if number % 4 == 0 else "",
            homework="partly" if number % 2 == 0 else "",
            safety="yes" if number == 2 else "no",
            entered_by=by,
        )
        if number == 2:
            a_safety_alert(check_in, raised_at=timezone.now())


def choose(page: Page, question: str, answer: str) -> None:
    group = page.get_by_role("group", name=question)
    group.locator("label").filter(has_text=re.compile(rf"^{answer}$")).click()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_yes_shows_at_once_what_to_do(open_context, sign_in_to, facilitator, url, width):
    context = open_context(width=width)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text("Stay with them")).to_be_hidden()
    choose(page, "Mood", "4")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Saved \d"))
    choose(page, "Are you having thoughts", "Yes")
    expect(page.get_by_text("Stay with them")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("The clinicians are told.")
    page.get_by_label("One setback").fill("Argued")
    page.get_by_label("One setback").blur()
    page.get_by_role("status").get_by_role("link", name="Write what was done").click()
    expect(page.get_by_role("heading", name="Elena M.: safety question, yes")).to_be_visible()
    page.get_by_role("textbox", name="What was done").fill("Stayed with her.")
    page.get_by_role("button", name="Save what was done").click()
    expect(page.get_by_text("What was done is on record.")).to_be_visible()
    row = CheckIn.objects.get()
    assert (row.mood, row.setback, row.safety) == (4, "Argued", "yes")
    assert SafetyAlert.objects.get().what_was_done == "Stayed with her."


def test_without_a_script(open_context, sign_in_to, facilitator, url):
    context = open_context(width=390, java_script_enabled=False)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    choose(page, "Craving", "10")
    choose(page, "Are you having thoughts", "Yes")
    expect(page.get_by_text("Stay with them")).to_be_visible()
    page.get_by_role("button", name="Save the check-in").click()
    expect(page.get_by_text("Stay with them")).to_be_visible()
    page.get_by_role("link", name="Write what was done").click()
    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    assert CheckIn.objects.get().craving == 10


def test_two_write_and_each_text_can_be_read(
    open_context, sign_in_to, facilitator, clinician, session, person, url
):
    context = open_context()
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(url)
    save(session, person, clinician, now=timezone.now(), setback="Hers", mood=2)
    page.get_by_label("One setback").fill("His")
    state = page.get_by_role("status")
    expect(state).to_contain_text("Cleo Ortiz, LCSW saved other answers")
    expect(state).to_contain_text("Hers")
    state.get_by_role("button", name="Save mine in their place").click()
    expect(state).to_contain_text(re.compile(r"Saved \d"))
    assert (CheckIn.objects.get().setback, CheckIn.objects.get().version) == ("His", 2)
    save(session, person, clinician, 2, now=timezone.now(), setback="Hers again")
    page.get_by_label("Skill practised").fill("Waves")
    state.get_by_role("button", name="Keep what is saved").click()
    expect(page.get_by_label("One setback")).to_have_value("Hers again")
    expect(page.get_by_role("button", name="Save the check-in")).to_be_visible()
    assert CheckIn.objects.get().skill == ""


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_look_right(
    open_context, sign_in_to, facilitator, clinician, session, person, program, url, width, scheme
):
    save(session, person, facilitator, now=timezone.now(), mood=4, craving=6, safety="yes")
    past(session, person, facilitator)
    alert = SafetyAlert.objects.get(check_in__session=session)
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, clinician)
    page = context.new_page()
    addresses = {
        "check-in": url,
        "safety": reverse("check_ins:safety", args=[program.public_id]),
        "alert": reverse("check_ins:alert", args=[program.public_id, alert.public_id]),
        "over-time": reverse("check_ins:over_time", args=[program.public_id, person.public_id]),
        "today": reverse("today:today", args=[program.public_id]),
    }
    for name, address in addresses.items():
        page.goto(address)
        assert_looks_right(page, f"{name} {width} {scheme}")
