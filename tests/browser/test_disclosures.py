"""What leaves, in a real browser: refused without a release, taken with one, and on the list."""

from __future__ import annotations

import itertools
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from programs.models import Disclosure, Participant, Program
from tests import build
from tests.browser.looks import SCHEMES, assert_looks_right
from tests.build_trust import a_disclosure


@pytest.fixture
def amara(program: Program) -> Participant:
    person = build.a_participant(first_name="Amara", last_name="Okoye")
    build.an_enrollment(program, person, admitted_on="2020-01-01")
    return person


@pytest.fixture
def desk(open_context, sign_in_to, director, amara):
    """Return a function that opens an address."""

    def open_page(address: str, **options) -> Page:
        context = open_context(**options)
        sign_in_to(context, director)
        page = context.new_page()
        page.goto(address)
        return page

    return open_page


def to_a_payer(page: Page) -> None:
    page.locator("summary").filter(has_text="It goes to somebody else").click()
    group = page.locator(".leave-group").filter(has_text="A payer")
    group.get_by_label("Written consent").check()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_to_a_payer_only_with_a_release(desk, program, amara, *, javascript: bool) -> None:
    page = desk(f"/census/{program.public_id}/", java_script_enabled=javascript, width=390)
    page.get_by_role("link", name="CSV").click()
    expect(page.get_by_role("heading", name="Before this leaves")).to_be_visible()
    to_a_payer(page)
    expect(page.get_by_label("Nature of the emergency")).to_be_hidden()
    page.get_by_label("Name of the recipient").fill("Plains Health")
    page.get_by_label("What for", exact=True).fill("Claim of November")
    page.get_by_role("button", name="State it and take the file").click()
    refusal = page.get_by_role("region", name="No release to Plains Health covers 1 person")
    refusal.get_by_role("link", name="Amara Okoye").click()
    page.get_by_role("link", name="Release").click()
    page.get_by_label("To whom").fill("Plains Health")
    page.get_by_label("What for").fill("Payment")
    page.get_by_label("What may be told").fill("Attendance")
    page.get_by_label("Or expires when").fill("the claim is paid")
    page.get_by_label("Signed on paper").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"/census/{program.public_id}/")
    page.get_by_role("link", name="CSV").click()
    to_a_payer(page)
    page.get_by_label("Plains Health").check()
    page.get_by_label("What for", exact=True).fill("Claim of November")
    with page.expect_download() as download:
        page.get_by_role("button", name="State it and take the file").click()
    content = Path(download.value.path()).read_bytes()
    kept = Disclosure.objects.get()
    assert kept.sha256 == sha256(content).hexdigest()
    expect(page.get_by_role("heading", name="Before this leaves")).to_be_visible()
    page.goto(f"/disclosures/{program.public_id}/person/{amara.public_id}/")
    expect(page.get_by_text("A payer: Plains Health · Claim of November")).to_be_visible()


def test_every_width_in_light_and_dark(desk, program, amara) -> None:
    at = build.NOW
    taken = {"stated_at": at, "taken_at": at, "sha256": "0" * 64}
    urgent = {
        "recipient": "provider",
        "recipient_name": "Dr. Hale",
        "basis": "emergency",
        "emergency": "Unconscious after a fall",
        "affiliation": "St. Anne Hospital",
    }
    a_disclosure(program, amara, **taken, **urgent)
    a_disclosure(program, amara, **taken)
    page = desk("/")
    addresses = [
        f"/census/{program.public_id}/census.csv",
        f"/disclosures/{program.public_id}/",
        f"/disclosures/{program.public_id}/?recipient=court&first_on=x",
        f"/disclosures/{program.public_id}/person/{amara.public_id}/",
    ]
    for width, scheme in itertools.product((360, 768, 1280), SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(address)
            for summary in page.locator(".leave-else > summary").all():
                summary.click()
            assert_looks_right(page, f"{address}, {width} px, {scheme}")
        page.goto(addresses[0])
        to_a_payer(page)
        page.get_by_label("Name of the recipient").fill("Plains Health")
        page.get_by_label("What for", exact=True).fill("Claim")
        page.get_by_role("button", name="State it and take the file").click()
        assert_looks_right(page, f"refused, {width} px, {scheme}")
