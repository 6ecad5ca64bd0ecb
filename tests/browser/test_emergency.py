"""A record opened in an emergency, from the first look to the director's review, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import EmergencyAccess, Participant, Program
from tests import build
from tests.attendance.relapse import stored
from tests.browser.looks import PHONE_AND_DESK, assert_looks_right
from tests.build import on
from tests.build_records import a_check_in, a_participant_note, a_safety_alert, signed_notes
from tests.build_trust import a_line, a_trail_review, an_emergency_access

WIDTHS = (360, 1280)
WHY = "Fainted in the hall, the paramedics ask."


@pytest.fixture
def person(program: Program) -> Participant:
    """Somebody of another program, of whom much is on record."""
    person = build.a_participant(
        first_name="Elena",
        last_name="Moss",
        birth_date=on("1991-03-05"),
        phone="+14025550111",
        emergency_name="Jo Moss",
        emergency_phone="+14025550112",
        safe_contact="Say nothing to the brother, not even that she is here.",
    )
    elsewhere = build.a_program(code="day", name="Day care")
    session = build.a_session(build.a_group(elsewhere), "2026-11-23", "09:00", "12:00")
    build.a_membership(session.group, build.an_enrollment(elsewhere, person))
    build.a_presence(build.a_record(session, person), "09:02-11:45")
    a_participant_note(session, person, response="Spoke of the bridge by the mill.")
    signed_notes(session)
    later = build.a_session(session.group, "2026-11-24", "09:00", "12:00")
    a_safety_alert(a_check_in(later, person, mood=2, craving=9, safety="yes"))
    stored(person)
    return person


@pytest.mark.parametrize("java_script", [True, False])
def test_the_whole_journey(
    open_context, sign_in_to, program, facilitator, person, java_script: bool
):
    context = open_context(width=360, java_script_enabled=java_script)
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.goto(reverse("people:people", args=[program.public_id]))
    page.get_by_role("link", name="Open a record in an emergency").click()
    page.get_by_label("Last name").fill("Mosss")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Day", exact=True).fill("5")
    page.get_by_label("Year").fill("1991")
    page.get_by_label("Why you need it").fill(WHY)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody has this last name and birth date.")
    page.get_by_label("Last name").fill("moss")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", name="Elena Moss")).to_be_visible()
    expect(page.get_by_text("60 minutes left")).to_be_visible()
    expect(page.get_by_text("Spoke of the bridge by the mill.")).to_be_visible()
    page.goto(reverse("people:people", args=[program.public_id]))
    page.get_by_role("link", name="Show it").click()
    record = page.url
    page.get_by_role("button", name="Close now").click()
    expect(page.get_by_text("The record is closed. A director will review it.")).to_be_visible()
    page.goto(record)
    expect(page.get_by_role("heading", name="This record is closed")).to_be_visible()
    assert EmergencyAccess.objects.get().ended_at is not None


def test_the_minutes_count_down(open_context, sign_in_to, program, facilitator, person):
    an_emergency_access(program, person, user=facilitator, started_at=timezone.now())
    context = open_context()
    sign_in_to(context, facilitator)
    page = context.new_page()
    page.clock.install()
    page.goto(reverse("people:people", args=[program.public_id]))
    expect(page.get_by_text("60 minutes left")).to_be_visible()
    page.clock.fast_forward("59:00")
    expect(page.get_by_text("1 minute left")).to_be_visible()
    page.clock.fast_forward("01:01")
    expect(page.get_by_text("closed", exact=True)).to_be_visible()


def test_a_director_reviews_it(open_context, sign_in_to, program, director, facilitator, person):
    over = timezone.now() - timedelta(hours=3)
    an_emergency_access(program, person, user=facilitator, started_at=over)
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(reverse("emergency:review", args=[program.public_id]))
    expect(page.get_by_text("Found unconscious in the hall.")).to_be_visible()
    page.get_by_text("Review", exact=True).click()
    page.get_by_label("Note").fill("Right to do so.")
    page.get_by_role("button", name="Mark as reviewed").click()
    expect(page.get_by_text("It is marked as reviewed.")).to_be_visible()
    expect(page.get_by_text("Right to do so.")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), PHONE_AND_DESK)
def test_the_pages_of_trust_look_right(
    open_context, sign_in_to, program, director, clinician, person, width: int, scheme
):
    now = timezone.now()
    build.an_enrollment(program, build.a_participant(last_name="Ortiz", first_name="Luz"))
    mine = an_emergency_access(program, person, user=director, started_at=now)
    over = now - timedelta(hours=3)
    an_emergency_access(program, person, user=clinician, started_at=over)
    seen = build.an_enrollment(program).participant
    for verb in ("participant.read", "notes.signed", "census.exported", "request.refused"):
        a_line(now, clinician, verb, person=seen, program=program, address="10.1.2.3")
    a_line(now.replace(hour=8), clinician, "participant.read", person=seen, program=program)
    a_trail_review(program, unusual={"night": 2}, note="Both were on call.")
    context = open_context(width=width, color_scheme=scheme, reduced_motion="reduce")
    sign_in_to(context, director)
    page = context.new_page()
    for view, *ids in (
        ("emergency:find",),
        ("emergency:ask", seen.public_id),
        ("emergency:record", mine.public_id),
        ("emergency:review",),
        ("trail:trail",),
        ("trail:person", seen.public_id),
        ("trail:colleague", clinician.public_id),
    ):
        page.goto(reverse(view, args=[program.public_id, *ids]))
        assert_looks_right(page, f"{view} at {width} {scheme}")
