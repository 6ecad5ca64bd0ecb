"""What did not go out, as it looks at every width; by keys, and without JavaScript."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.build_reminders import a_reminder

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def failures(program) -> str:
    """Each way to fail, about tomorrow and about a week ago."""
    now = timezone.now() - timedelta(hours=1)
    today = local_date(now, program.zone)
    states: list[dict] = [
        {"status": "failed", "reason": "address_refused"},
        {"status": "failed", "reason": "no_answer", "claimed_at": now, "body": "You come at 5."},
        {"status": "unknown", "claimed_at": now, "told": {today.isoformat(): now.isoformat()}},
        {"status": "expired", "reason": ""},
        {"status": "skipped", "reason": "no_address"},
        {"status": "skipped", "reason": "too_many"},
        {"status": "skipped", "reason": "reveals"},
    ]
    for number, (state, ago) in enumerate(itertools.product(states, (-1, 7))):
        person = build.a_participant(
            last_name="Vandermeer-Achterberg",
            phone=f"+131255501{number:02}" if number % 5 else "",
            safe_contact="Text only. Leave no voicemail." if number == 2 else "",
        )
        build.an_enrollment(program, person)
        due_at = now - timedelta(days=max(ago, 0))
        day = today - timedelta(days=ago)
        a_reminder(person, program, due_at=due_at, for_on=day, **state)
    return f"/reminders/{program.public_id}/failures/"


def test_every_width_in_light_and_dark(open_context, sign_in_to, director, failures):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in (failures, f"{failures}?why=bounced", f"{failures}?why=never"):
            page.goto(address)
            assert_looks_right(page, f"{address}, {width} px, {scheme}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_whom_to_call(open_context, sign_in_to, director, failures, javascript):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(failures)
    expect(page.locator(".outbox-row")).to_have_count(14)
    expect(page.locator('.outbox-row a[href^="tel:"]').first).to_have_attribute(
        "href", "tel:+13125550102"
    )
    expect(page.get_by_text("Leave no voicemail.")).to_be_visible()
    page.get_by_label("Why").select_option("no_address")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.locator(".outbox-row")).to_have_count(2)
    page.get_by_role("link", name="Check the address").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/person/" in page.url


def test_where_everything_went_out(open_context, sign_in_to, director, program):
    context = open_context(width=390)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/reminders/{program.public_id}/failures/")
    expect(page.get_by_text("Everything went out.")).to_be_visible()
    assert_looks_right(page, "empty")
