"""What is owed, in a real browser: the list, Today, the outbox, and the record rules."""

from __future__ import annotations

import itertools
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.attendance.owing import a_past_session, signed, to_cosign
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.build_records import a_record_rule, a_staff_notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owing(program, facilitator, clinician):
    """Each kind, overdue and not; somebody with a long name; a notice of each outcome."""
    today = local_date(timezone.now(), program.zone)

    def ago(days: int, starts: str = "09:00", ends: str = "10:30") -> dict:
        return {"day": today - timedelta(days=days), "starts": starts, "ends": ends}

    a_record_rule(program, cosigned_credentials=["LPC", "MSW intern"], cosigned_by=clinician,
                  notes_due_hours=72)  # fmt: skip
    long = build.a_colleague(
        program, Role.FACILITATOR, name="Maximiliana Featherstonehaugh-Villanueva"
    )
    a_past_session(program, facilitator, name="Process A", people=3, **ago(6))
    a_past_session(program, long, name="Relapse prevention for the evening", recorded=1, people=3,
                   **ago(5))  # fmt: skip
    a_past_session(program, facilitator, name="Skills B", recorded=2, people=2, **ago(3))
    signed(a_past_session(program, facilitator, name="Family C", recorded=1, **ago(7)))
    signed(a_past_session(program, clinician, name="Mindfulness D", recorded=1, **ago(1)))
    to_cosign(
        a_past_session(program, facilitator, name="Coping E", recorded=1, **ago(2)), facilitator
    )
    now = timezone.now()
    for kind, fields in (
        ("record", {"status": "sent", "claimed_at": now, "sent_at": now}),
        ("sign", {"status": "skipped", "reason": "not_needed"}),
        ("cosign", {}),
        ("safety", {"status": "failed", "reason": "address_refused"}),
    ):
        a_staff_notice(program, user=facilitator, kind=kind, due_at=now, **fields)
    return program


def at_every_width(page, url, heading, where):
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(url)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert_looks_right(page, f"{where}, {width} px, {scheme}")
        if folder := os.environ.get("IOP_PICTURES"):
            path = Path(folder) / f"{where}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize(
    ("who", "url", "heading", "where"),
    [
        ("director", "/owed/{}/", "Attendance to record", "owed"),
        ("facilitator", "/owed/{}/", "Notes to sign", "my-owed"),
        ("facilitator", "/today/{}/", "You owe", "my-today"),
        ("clinician", "/today/{}/?day_of=clinic", "Sessions today", "clinics-today"),
        ("director", "/reminders/{}/", "Notices to staff", "notices"),
        ("director", "/clinic/{}/", "Record rules", "rules"),
        ("director", "/clinic/{}/record-rules/new/", "Co-signatures", "record-rule"),
    ],
    ids=lambda value: value if "/" not in value and " " not in value else "",
)
def test_every_width_in_light_and_dark(
    request, open_context, sign_in_to, owing, who, url, heading, where
):
    context = open_context()
    sign_in_to(context, request.getfixturevalue(who))
    at_every_width(context.new_page(), url.format(owing.public_id), heading, where)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_narrowed_to_one_person_and_one_kind(
    open_context, sign_in_to, director, facilitator, owing, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/owed/{owing.public_id}/")
    page.get_by_label("Whose").select_option(str(facilitator.public_id))
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Record Process A")).to_be_visible()
    expect(page.get_by_text("Mindfulness D")).to_have_count(0)
    page.get_by_role("link", name="Attendance to sign").click()
    expect(page.get_by_role("link", name="Sign Skills B")).to_be_visible()
    expect(page.get_by_text("Process A")).to_have_count(0)
    page.get_by_role("link", name="Sign Skills B").click()
    expect(page.get_by_role("heading", name="Skills B", level=1)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_record_rule_is_refused_and_then_added(
    open_context, sign_in_to, director, owing, javascript
):
    context = open_context(width=390, java_script_enabled=javascript)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/clinic/{owing.public_id}/")
    page.get_by_role("link", name="New rule: Record rules").click()
    page.get_by_label("Minutes before somebody is late").fill("90")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter 60 or less")
    expect(page.get_by_label("Credentials whose notes are co-signed")).to_have_value(
        "LPC\nMSW intern"
    )
    if javascript:  # axe is one
        assert_looks_right(page, "record rule, refused")
    page.get_by_label("Minutes before somebody is late").fill("10")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The rule is added.")).to_be_visible()
    expect(page.get_by_text("after more than 10 minutes")).to_be_visible()
