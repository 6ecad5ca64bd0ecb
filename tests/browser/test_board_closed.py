"""Closing a week in a real browser: closed by hand, corrected, seen from both sides."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Program
from programs.weeks import Week, local_date
from tests import build
from tests.attendance.amending import amend, there
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right


@pytest.fixture
def last_week(program: Program) -> Week:
    """The week before this one: Amara attended one session and missed another, both signed."""
    week = program.week_of(local_date(timezone.now(), program.zone)).moved(-1)
    build.a_rule(
        program, effective_from="2020-01-01", min_minutes_per_week=340, min_days_per_week=1
    )
    core = build.a_group(program, name="Core")
    enrollment = build.an_enrollment(
        program,
        build.a_participant(first_name="Amara", last_name="Okoye"),
        admitted_on="2020-01-01",
    )
    build.a_membership(core, enrollment)
    for number, stretches in enumerate((["09:00-12:00"], [])):
        session = build.a_session(core, week.first_on + timedelta(days=number))
        absence = "" if stretches else "no_call"
        build.a_record(session, enrollment.participant, *stretches, absence=absence)
        build.a_sign_off(session)
    return week


def correct(program: Program, week: Week) -> None:
    """Amend the missed session to a whole one."""
    group = program.groups.get()
    missed = group.sessions.get(held_on=week.first_on + timedelta(days=1))
    target = there("09:00-12:00", day=missed.held_on, zone=program.zone)
    amend(missed, missed.records.get().participant, target, now=timezone.now())
    connection.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_closed_corrected_and_seen_from_both_sides(
    open_context, sign_in_to, director, program, last_week, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/hours/{program.public_id}/?week={last_week.first_on}")
    page.get_by_text("Close the week").click()
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.get_by_text("The week is closed.")).to_be_visible()
    expect(page.get_by_text("Nothing has changed since.")).to_be_visible()

    correct(program, last_week)
    page.reload()
    expect(page.get_by_text("0 min (no call) then, 180 min now; amended")).to_be_visible()
    expect(page.get_by_role("link", name="Met 1")).to_be_visible()
    page.get_by_role("link", name="As it was closed").click()
    expect(page.get_by_role("link", name="Not met 1")).to_be_visible()
    page.get_by_role("link", name="As it is now").click()
    expect(page.get_by_role("link", name="Not met 0")).to_be_visible()


def test_every_width_in_light_and_dark(open_context, sign_in_to, director, program, last_week):
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    url = f"/hours/{program.public_id}/?week={last_week.first_on}"
    page.goto(url)
    page.get_by_text("Close the week").click()
    assert_looks_right(page, "a week to close")
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.get_by_text("Nothing has changed since.")).to_be_visible()
    correct(program, last_week)
    why = program.enrollments.get().public_id
    for width, scheme in itertools.product((360, *WIDTHS), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{url}&why={why}")
        page.get_by_text("Where each number comes from").click()
        expect(page.get_by_text("What changed since the close")).to_be_visible()
        assert_looks_right(page, f"closed week, {width} px, {scheme}")
