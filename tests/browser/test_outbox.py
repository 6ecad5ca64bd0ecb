"""The outbox in a real browser, at every width."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.weeks import local_date
from reminders.evening_before import due_at
from reminders.models import Reminder
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def outbox(program) -> str:
    """Every state there is, and somebody who cannot be reached."""
    tomorrow = local_date(timezone.now(), program.zone) + timedelta(days=1)
    group = build.a_group(program)
    build.a_session(group, tomorrow, "17:30", "20:40")
    build.a_membership(group)
    long_ago = timezone.now() - timedelta(hours=3)
    sent = {"claimed_at": long_ago, "sent_at": long_ago}
    states: list[dict[str, Any]] = [
        {"status": "planned"},
        {"status": "sent", **sent},
        {"status": "claimed", "claimed_at": long_ago},
        {"status": "failed", "failure": "address_refused"},
        {"status": "withdrawn"},
    ]
    for state, day in itertools.product(states, (tomorrow, tomorrow - timedelta(days=1))):
        Reminder.objects.create(
            participant=build.a_participant(),
            program=program,
            for_on=day,
            due_at=due_at(day, program.zone),
            **state,
        )
    return f"/reminders/{program.public_id}/"


def test_every_width_in_light_and_dark(open_context, sign_in_to, administrator, outbox):
    context = open_context()
    sign_in_to(context, administrator)
    page = context.new_page()
    page.goto(outbox)
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(page.url)
        expect(page.get_by_role("heading", name="Not reached")).to_be_visible()
        assert_looks_right(page, f"outbox, {width} px, {scheme}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_what_failed_is_seen_first(open_context, sign_in_to, director, outbox, javascript):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(outbox)
    expect(page.get_by_text("4 reminders need a look.")).to_be_visible()
    tomorrow = page.get_by_role("region", name="For tomorrow")
    expect(tomorrow.get_by_role("listitem").first).to_contain_text("The address was refused")
    expect(tomorrow.get_by_text("Outcome unknown")).to_be_visible()
