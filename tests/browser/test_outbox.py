"""The outbox in a real browser, at every width."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.weeks import local_date
from reminders.links import answer_url
from reminders.models import Reminder
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.build import moment
from tests.build_reminders import a_notice, a_reminder
from tests.reminders.conftest import expect_someone

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "You have an appointment tomorrow at 5:30 PM."


@pytest.fixture
def outbox(program, administrator) -> str:
    """Every state there is, and somebody who cannot be reached."""
    today = local_date(timezone.now(), program.zone)
    tomorrow = today + timedelta(days=1)
    noon = moment(today, "12:00", program.zone)
    sent = {"status": "sent", "claimed_at": noon, "sent_at": noon, "subject": "Reminder"}
    states: list[dict[str, Any]] = [
        {},
        {"attempts": 2, "reason": "no_answer"},
        {**sent, "body": WORDS},
        {**sent, "body": WORDS, "delivered_at": noon, "channel": "sms", "subject": ""},
        {"status": "claimed", "claimed_at": noon},
        {"status": "unknown", "claimed_at": noon, "body": WORDS},
        {"status": "failed", "reason": "address_refused", "claimed_at": noon},
        {"status": "expired", "reason": "no_answer"},
        {"status": "skipped", "reason": "reveals"},
        {"status": "skipped", "reason": "not_expected"},
    ]
    for state in states:
        person = expect_someone(program, tomorrow, last_name="Vandermeer-Achterberg").participant
        a_reminder(person, program, for_on=tomorrow, due_at=noon, **state)
    gone = expect_someone(program, tomorrow, first_name="Odalys", email="").participant
    reminder = a_reminder(gone, program, for_on=today, kind="soon", due_at=noon, **sent)
    Reminder.objects.filter(pk=reminder.pk).update(body=f"{WORDS} {answer_url(reminder)}")
    a_notice(administrator, program, due_at=timezone.now())
    return f"/reminders/{program.public_id}/"


@pytest.mark.parametrize("is_demo", [True, False], ids=["demo", "clinic"])
def test_every_width_in_light_and_dark(
    open_context, sign_in_to, administrator, outbox, settings, is_demo
):
    context = open_context()
    sign_in_to(context, administrator)
    settings.IOP_DEMO = is_demo
    page = context.new_page()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in (outbox, f"{outbox}?day=2026-01-02", f"{outbox}?state=never&day=soon"):
            page.goto(address)
            expect(page.get_by_role("heading", name="Not reached")).to_be_visible()
            for words in page.locator(".outbox-row summary").all():
                words.click()
            assert_looks_right(page, f"{address}, {width} px, {scheme}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_what_needs_a_look_is_seen_first_and_alone(
    open_context, sign_in_to, director, outbox, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(outbox)
    piles = page.locator(".outbox-row").locator("xpath=ancestor::section")
    first = piles.first
    expect(first.get_by_role("heading")).to_have_text("Needs a look")
    expect(first.get_by_role("listitem").first).to_contain_text("The address was refused")
    expect(first.get_by_text("Outcome unknown")).to_be_visible()
    tiles = page.get_by_role("navigation", name="Which messages")
    tiles.get_by_role("link", name="Went out").click()
    expect(page.locator(".outbox-row")).to_have_count(3)
    page.locator(".outbox-row summary").first.click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_label("Kind").select_option("soon")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".outbox-row")).to_have_count(1)
    page.get_by_role("link", name="Yesterday").click()
    expect(page.get_by_text("None of these on this day.")).to_be_visible()
    page.get_by_role("navigation", name="Pages of reminders").get_by_role(
        "link", name="Did not go out"
    ).click()
    expect(page.get_by_role("heading", name="Did not go out")).to_be_visible()


def test_who_is_not_reached_leads_to_their_consents(open_context, sign_in_to, director, outbox):
    context = open_context(width=820)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(outbox)
    row = page.get_by_role("listitem").filter(has_text="no address is on record")
    expect(row).to_contain_text("Odalys")
    row.get_by_role("link", name="Consents").click()
    expect(page.get_by_text("Session reminders and changes").first).to_be_visible()
