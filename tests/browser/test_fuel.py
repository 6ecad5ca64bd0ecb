"""Authorizations in a real browser: the gauges at every width and scheme, and the packet's file."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from programs.models import Enrollment, Program
from programs.weeks import local_date
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right
from tests.build_episodes import an_authorization
from tests.hours.fuel import at_work, in_group


@pytest.fixture
def amara(program: Program) -> Enrollment:
    """Three gauges (one used up, one with too many days a week, in hours), and two without."""
    today = local_date(timezone.now(), program.zone)
    _program, amara, group = at_work(program)
    span = {"first_on": today - timedelta(days=20), "last_on": today + timedelta(days=20)}
    people = [amara, *(in_group(group, name) for name in ("Bruno", "Cyd", "Dot", "Eve"))]
    for each in people:
        each.admitted_on = today - timedelta(days=40)
        each.save()
        each.memberships.update(first_on=each.admitted_on)
    an_authorization(
        amara, approved_units=3, next_review_on=today - timedelta(days=2), days_per_week=1, **span
    )
    an_authorization(people[1], unit="hour", approved_units=60, payer="Payer " * 19, **span)
    an_authorization(people[2], unit="quarter_hour", approved_units=900, **span)
    for number in (-18, -12, -9, -4, 2, 3, 4, 9):
        session = build.a_session(group, today + timedelta(days=number))
        if number < -4:
            build.a_record(session, amara.participant, "09:00-12:00")
            build.a_record(session, people[3].participant, "09:00-12:00")
    return amara


@pytest.fixture
def desk(open_context, sign_in_to, director, amara):
    """Return a function that opens the page."""

    def open_page(**options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(f"/fuel/{amara.program.public_id}/")
        return page

    return open_page


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_the_list_to_the_packet(desk, tmp_path: Path, *, javascript: bool) -> None:
    page = desk(width=390, java_script_enabled=javascript)
    expect(page.get_by_text("3 of 3 days used, 0 left")).to_be_visible()
    page.get_by_role("link", name="Review due").click()
    expect(page.get_by_role("link", name="Bruno O.")).to_have_count(0)
    page.get_by_role("link", name="Review packet of Amara O.").click()
    expect(page.get_by_role("heading", name="Packet for the utilization review")).to_be_visible()
    assert "Okoye" not in page.title()
    page.get_by_label("To", exact=True).fill("2099-01-01")
    page.get_by_role("button", name="Make the packet").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    today = page.get_by_label("From", exact=True).input_value()
    page.get_by_label("To", exact=True).fill(today)
    page.get_by_role("button", name="Make the packet").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Utilization review").click()
    assert download.value.suggested_filename == "review-packet.pdf"
    download.value.save_as(tmp_path / "packet.pdf")
    (sheet,) = PdfReader(tmp_path / "packet.pdf").pages
    assert "Utilization review" in sheet.extract_text()


def test_every_width_in_light_and_dark(desk, amara: Enrollment) -> None:
    page = desk()
    program, person = amara.program.public_id, amara.participant.public_id
    packet = f"/fuel/{program}/packet/{amara.public_id}/"
    addresses = [
        page.url,
        f"{page.url}?state=none",
        f"{page.url}?payer=nobody&unit=week",
        f"/fuel/{program}/person/{person}/",
        packet,
        f"{packet}?first_on=&last_on=x",
    ]
    for width, scheme in itertools.product((360, *WIDTHS), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(address)
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
    page.goto(addresses[0])
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_label("Unit", exact=True)).to_be_hidden()
    expect(page.get_by_text("Confidential")).to_be_visible()
