"""On a phone, without signing in: the link of a reminder is answered, and messages are stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Program
from programs.weeks import local_date
from reminders.links import answer_url, stop_url
from reminders.models import Answer, Reminder
from tests import build
from tests.browser.looks import LOOKS, assert_looks_right
from tests.build_reminders import a_reply
from tests.reminders.coming_back import a_reader, in_force, was_told

PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}


@pytest.fixture
def program(clinic) -> Program:
    site = build.a_site(callback_phone="+14025550100")
    return build.a_program(site, code="evening-iop", name="Evening IOP")


@pytest.fixture
def reminder(program) -> Reminder:
    """A text about tomorrow evening that went out just now."""
    now = timezone.now()
    starts_at = now + timedelta(hours=20)
    day = local_date(starts_at, program.zone)
    return was_told(
        a_reader(program), program, for_on=day, starts_at=starts_at.replace(second=0), due_at=now
    )


def path(url: str) -> str:
    return urlsplit(url).path


def again(reminder: Reminder, **fields) -> Reminder:
    return was_told(reminder.participant, reminder.program, for_on=reminder.for_on, **fields)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_looks(open_context: Callable, reminder, width, scheme):
    page = open_context(width=width, color_scheme=scheme).new_page()
    page.goto(path(answer_url(reminder)))
    assert_looks_right(page, "asked")
    page.get_by_role("button", name="I cannot come").click()
    expect(page.get_by_role("group", name="Why can you not come?")).to_be_visible()
    assert_looks_right(page, "why")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_looks_right(page, "what is wrong")
    page.get_by_label("No way to get there").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Why: No way to get there.")
    assert_looks_right(page, "said")
    page.goto(path(stop_url(reminder)))
    assert_looks_right(page, "stop")
    page.get_by_role("button", name="Stop these messages").click()
    expect(page.get_by_role("heading", name="These messages have stopped")).to_be_visible()
    assert_looks_right(page, "stopped")
    page.goto("/a/owl/")
    assert_looks_right(page, "unknown")
    over = again(reminder, kind="change", round=1, starts_at=None, due_at=timezone.now())
    page.goto(path(answer_url(over)))
    expect(page.get_by_text("There is nothing to answer here any more.")).to_be_visible()
    assert_looks_right(page, "over")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_coming_then_not_then_why_then_coming_after_all(open_context, reminder, javascript):
    page = open_context(**PHONE, java_script_enabled=javascript).new_page()
    page.goto(path(answer_url(reminder)))
    page.get_by_role("button", name="I am coming").tap()
    expect(page.get_by_role("status")).to_contain_text("you are coming")
    page.get_by_role("button", name="I cannot come").tap()
    page.get_by_text("Children or family").tap()
    page.get_by_role("button", name="Send").tap()
    expect(page.get_by_role("status")).to_contain_text("Why: Children or family.")
    answer = Answer.objects.get()
    assert (answer.word, answer.reason, answer.came_by) == ("not_coming", "family", "link")
    page.reload()
    page.get_by_role("button", name="I am coming after all").tap()
    expect(page.get_by_role("status")).to_contain_text("you are coming")
    answer.refresh_from_db()
    assert (answer.word, answer.reason) == ("coming", "")
    assert page.context.cookies() == []


def test_answered_by_keys_alone(open_context, reminder):
    page = open_context(width=390).new_page()
    page.goto(path(answer_url(reminder)))
    for _step in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="I cannot come")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("you cannot come")


def test_messages_are_stopped_with_one_button(open_context, reminder):
    person = reminder.participant
    page = open_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(path(stop_url(reminder)))
    assert in_force(person) == {("sms", "reminders")}
    page.get_by_role("button", name="Stop these messages").tap()
    expect(page.get_by_role("heading", name="These messages have stopped")).to_be_visible()
    assert in_force(person) == set()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_page_of_replies_looks(
    open_context, sign_in_to, program, administrator, reminder, width, scheme
):
    a_reply(reminder.participant, program, text="Is there a bus from the station? " * 8)
    a_reply(None, None, text="")
    a_reply(reminder.participant, program, meaning="stop", text="Basta")
    done = {"handled_at": timezone.now(), "handled_by": administrator, "handled_how": "Called."}
    a_reply(None, None, text="Wrongnumberwithoutanyspaceinitatall" * 4, **done)
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, administrator)
    page = context.new_page()
    page.goto(f"/reminders/{program.public_id}/replies/")
    assert_looks_right(page, "replies")
    page.get_by_role("button", name="Seen to").first.click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert_looks_right(page, "what is wrong")
    page.get_by_label("What was done").first.fill("Told them of the bus.")
    page.get_by_role("button", name="Seen to").first.click()
    expect(page.get_by_text("Told them of the bus.")).to_be_visible()
