"""The board in a real browser: every standing, every width, light and dark, with and without JS."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from groups.models import GroupSession
from programs.models import Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WAYS, WIDTHS, assert_looks_right

# Orders in minutes that put a person with one session past and two ahead into each standing.
ATTENDED = {"Met": 180, "On track": 300, "Tight": 400}
MISSED = {"Recoverable": 500, "Unreachable": 700}


@pytest.fixture
def busy_week(program: Program) -> Program:
    """A week with today in its middle and someone in every standing."""
    today = local_date(timezone.now(), program.zone)
    program.week_starts_on = (today.weekday() - 3) % 7
    program.save(update_fields=["week_starts_on"])
    build.a_rule(program, effective_from="2020-01-01", min_days_per_week=2)
    build.a_closure(program, first_on=today + timedelta(days=3), last_on=today + timedelta(days=3))
    core, other = (
        build.a_group(program, name="Core"),
        build.a_group(program, name="Saturday skills"),
    )
    past, *_ahead = [build.a_session(core, today + timedelta(days=day)) for day in (-2, 1, 2)]
    build.a_session(other, today + timedelta(days=2), "13:00", "16:00")
    for name, minutes in (ATTENDED | MISSED).items():
        enrollment = build.an_enrollment(
            program, build.a_participant(first_name=name.split()[0]), admitted_on="2020-01-01"
        )
        build.an_order(enrollment, minutes)
        build.a_membership(core, enrollment)
        if name in ATTENDED:
            build.a_record(past, enrollment.participant, "09:00-12:00")
        else:
            build.a_record(past, enrollment.participant, absence="no_call")
    late = build.an_enrollment(
        program, build.a_participant(first_name="Late"), admitted_on=today - timedelta(days=1)
    )
    build.a_membership(core, late)
    assert GroupSession.objects.count() == 4
    return program


def test_every_width_in_light_and_dark(open_context, sign_in_to, director, busy_week):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    page.get_by_role("link", name="Why: Recoverable").click()
    expect(page.get_by_role("heading", name="Why recoverable")).to_be_visible()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(page.url)
        expect(page.get_by_role("heading", name="Why recoverable")).to_be_visible()
        assert_looks_right(page, f"board, {width} px, {scheme}")


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_from_a_count_to_the_ledger(
    open_context, sign_in_to, director, busy_week, width, javascript
):
    context = open_context(width=width, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    expect(page.get_by_role("heading", name="6 people, worst first")).to_be_visible()
    expect(page.get_by_text("Seats that save the week")).to_be_visible()

    page.get_by_role("link", name="Recoverable 1").click()
    expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    page.get_by_role("link", name="Why: Recoverable").click()
    ledger = page.get_by_role("region", name="Ledger of Recoverable")
    expect(ledger.get_by_text("No call")).to_be_visible()
    expect(ledger.get_by_text("up to 180")).to_have_count(2)
    expect(page.get_by_role("link", name="Why: Recoverable")).to_have_attribute(
        "aria-expanded", "true"
    )
    page.get_by_role("link", name="Why: Recoverable").click()
    expect(ledger).to_have_count(0)


def test_the_weeks_switch_and_come_back(open_context, sign_in_to, director, busy_week):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    page.get_by_role("link", name="Week before").click()
    expect(page.get_by_role("link", name="Not met")).to_be_visible()
    expect(page.get_by_role("link", name="Week before")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("link", name="Unreachable 1")).to_be_visible()


def test_the_printed_board_is_the_list_and_nothing_else(
    open_context, sign_in_to, director, busy_week
):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    page.get_by_role("link", name="Print this page").click()
    page.get_by_role("button", name="Treatment team").click()
    expect(page.get_by_role("button", name="Print again")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_text("Confidential")).to_be_visible()
    expect(page.get_by_text("42 CFR part 2 prohibits")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


def test_an_expired_sign_in_leads_to_the_sign_in_page(
    open_context, sign_in_to, director, busy_week
):
    """An htmx request gets the whole sign-in page, not one inside the board."""
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto("/hours/")
    context.clear_cookies()
    page.get_by_role("link", name="Week before").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)
