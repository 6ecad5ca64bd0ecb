"""People to get in touch with, as they look at every width; by keys, and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from attendance.models import Outreach, OutreachAttempt
from tests.attendance.test_outreach_page import missed, page_of
from tests.browser.looks import LOOKS, assert_looks_right


@pytest.fixture
def row(program, clinician, facilitator) -> Outreach:
    now = timezone.now()
    missed(program, facilitator, kind="after_safety", due_at=now + timedelta(days=1))
    closed = {"closed_at": now, "closed_by": clinician, "outcome": "coming_back"}
    missed(program, clinician, **closed)
    return missed(program, clinician, kind="two_in_a_row")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_looks(open_context, sign_in_to, program, clinician, facilitator, row, width, scheme):
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, clinician)
    page = context.new_page()
    for address in (f"/outreach/{program.public_id}/?whose=all", f"/today/{program.public_id}/"):
        page.goto(address)
        assert_looks_right(page, address)
    page.goto(page_of(row))
    assert_looks_right(page, "one")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert_looks_right(page, "what is wrong")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_the_list_to_the_end(open_context, sign_in_to, program, clinician, row, javascript):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(f"/outreach/{program.public_id}/?whose=mine")
    page.locator(".outreach-row a").first.press("Enter")
    expect(page.get_by_text("Never leave a message with her husband.")).to_be_visible()
    outcome = page.get_by_role("group", name="What came of it")
    outcome.get_by_text("Reached", exact=True).click()
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("The attempt is on record.")).to_be_visible()
    page.get_by_text("Reached, is coming back").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("closed this on")).to_be_visible()
    row.refresh_from_db()
    assert (row.outcome, OutreachAttempt.objects.get().outcome) == ("coming_back", "reached")
