"""Consents, a release with its scan, and a download in a real browser, without any script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from programs.models import Participant, Program
from tests import build
from tests.programs.papers import PDF


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def person(program: Program) -> Participant:
    person = build.a_participant(first_name="Amara", last_name="Okoye", phone="+14025550123")
    build.an_enrollment(program, person)
    return person


@pytest.fixture
def plain_page(open_context, sign_in_to, program, person, administrator) -> Page:
    """The person's page at a phone's width, with scripts turned off."""
    context = open_context(360, 780, java_script_enabled=False)
    sign_in_to(context, administrator)
    page = context.new_page()
    page.goto(f"/agreements/{program.public_id}/{person.public_id}/")
    return page


def test_given_and_taken_back(plain_page: Page):
    texts = plain_page.get_by_role("region", name="Text message")
    texts.get_by_role("link", name="Give Session reminders").click()
    expect(plain_page.get_by_label("Session reminders and changes")).to_be_checked()
    plain_page.get_by_label("By phone").check()
    plain_page.get_by_role("button", name="Save").click()
    expect(texts.get_by_text("In force")).to_be_visible()
    expect(texts.get_by_text("By phone ·")).to_be_visible()
    texts.get_by_role("link", name="Withdraw").click()
    plain_page.get_by_label("By reply to a message").check()
    plain_page.get_by_role("button", name="Save").click()
    expect(texts.get_by_text("Withdrawn", exact=True)).to_be_visible()


def test_a_release_with_its_scan_goes_in_and_comes_out(plain_page: Page, tmp_path: Path):
    plain_page.get_by_role("link", name="Release").click()
    plain_page.get_by_label("To whom").fill("Douglas County Probation")
    plain_page.get_by_label("What for").fill("Court report")
    plain_page.get_by_label("What may be told").fill("Attendance")
    plain_page.get_by_label("Or expires when").fill("the case is closed")
    plain_page.get_by_label("Signed on paper").check()
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    plain_page.get_by_label("Or a new scan").set_input_files(scan)  # type: ignore[arg-type]
    plain_page.get_by_role("button", name="Save").click()
    agreements = plain_page.get_by_role("region", name="Agreements")
    expect(agreements.get_by_text("Release of information: Douglas County")).to_be_visible()
    agreements.get_by_role("link", name="Document").click()
    with plain_page.expect_download() as download:
        plain_page.get_by_role("button", name="Treatment team").click()
    assert download.value.suggested_filename.startswith("document-")
    assert Path(download.value.path()).read_bytes() == PDF


def test_a_file_that_lies_is_refused_in_words(plain_page: Page):
    plain_page.get_by_role("link", name="Upload").click()
    page = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>1</script>"}
    plain_page.get_by_label("File").set_input_files(page)  # type: ignore[arg-type]
    plain_page.get_by_label("What it is").select_option("Referral")
    plain_page.get_by_role("button", name="Upload").click()
    error = plain_page.get_by_role("link", name="This is no PDF, JPEG or PNG.")
    expect(error).to_be_visible()
    expect(plain_page.get_by_label("What it is")).to_have_value("referral")
