"""The alerts as they look at every width; taken and put off, by keys and without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hours.models import Alert
from programs.weeks import local_date
from tests import build
from tests.browser.looks import LOOKS, assert_looks_right
from tests.build_episodes import an_authorization
from tests.build_hours import an_alert

REASON = "Her sister calls on Friday."


@pytest.fixture
def today(program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def alert(program, clinician, director, today) -> Alert:
    """Ada could still be saved; around her is one of most kinds, snoozed and resolved ones too."""
    now = timezone.now()
    at = {"opened_at": now - timedelta(days=1), "updated_at": now}
    week_on = program.week_of(today).first_on

    def one(name: str, **fields) -> Alert:
        person = build.a_participant(first_name=name, last_name="Nolan-Featherstonehaugh")
        enrollment = build.an_enrollment(program, person, admitted_on="2020-01-01")
        return an_alert(enrollment, **{"week_on": week_on, **at, **fields})

    one("Maximiliana", kind="unreachable", minutes_short=400, user=director)
    one("Bea", kind="gap", days=6)
    low = one("Cal", kind="units_low", units_left=2, due_on=today + timedelta(days=20))
    an_authorization(low.enrollment, first_on="2020-01-01", last_on=low.due_on)
    one("Dan", kind="recertification", due_on=today)
    put_off = {"snoozed_by": director, "snooze_ends_on": today + timedelta(days=3)}
    one("Eve", kind="review_due", due_on=today, snooze_reason=REASON, **put_off)
    one("Flo", kind="days_short", resolved_at=now)
    return one("Ada", minutes_short=180)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_looks(open_context, sign_in_to, program, director, alert, width, scheme):
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, director)
    page = context.new_page()
    for address in (
        f"/alerts/{program.public_id}/",
        f"/alerts/{program.public_id}/?by=person&kind=nonsense",
        f"/alerts/{program.public_id}/?mine=1&kind=gap",
        f"/alerts/{program.public_id}/digest/",
    ):
        page.goto(address)
        assert_looks_right(page, address)
    page.goto(f"/alerts/{program.public_id}/{alert.public_id}/")
    assert_looks_right(page, "one")
    page.get_by_role("button", name="Snooze it").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert_looks_right(page, "what is wrong")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_taken_and_put_off_it_stands_below(
    open_context, sign_in_to, program, clinician, alert, today, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, clinician)
    page = context.new_page()
    page.goto(f"/alerts/{program.public_id}/")
    row = page.locator(f"#alert-{alert.public_id}")
    row.get_by_role("button", name="Take it").press("Enter")
    expect(page.get_by_text("It is yours.")).to_be_visible()
    expect(row).to_contain_text("yours")
    expect(row.get_by_role("button")).to_have_count(0)
    row.get_by_role("link", name="Ada", exact=False).first.click()
    page.get_by_label("Until").fill((today + timedelta(days=2)).isoformat())
    page.get_by_label("Why it can wait").fill(REASON)
    page.get_by_role("button", name="Snooze it").click()
    expect(page.get_by_text("It waits until then")).to_be_visible()
    page.get_by_role("link", name="All alerts").click()
    below = page.get_by_role("region", name="Can wait")
    expect(below.locator(f"#alert-{alert.public_id}")).to_contain_text(REASON)
    expect(page.locator(f"#alert-{alert.public_id}")).to_have_count(1)
    alert.refresh_from_db()
    assert (alert.user, alert.snoozed_by, alert.snooze_reason) == (clinician, clinician, REASON)
