"""A clinic folder through a real browser: sent, watched while it is checked, then imported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from attendance.clinic_folder.steps import STEPS
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from attendance.tasks import check_uploads, import_uploads
from programs.models import Participant
from tests.attendance.prairie import FILES, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> None:
    settings.UPLOADS_ROOT = tmp_path / "uploads"


def test_from_the_folder_to_what_is_imported(
    open_context: Callable[..., BrowserContext], sign_in_to, director, program, tmp_path: Path
):
    folder = write(tmp_path / "prairie")
    context = open_context()
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/import/{program.public_id}/")
    page.get_by_label("Or the folder itself").set_input_files(folder)
    page.get_by_role("button", name="Send and check").click()
    expect(page).to_have_url(re.compile(r"/import/[0-9a-f-]{36}/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("status")).to_have_text("Waiting to be checked")
    half = {"status": UploadStatus.CHECKING, "step": 7, "steps": len(STEPS)}
    ClinicUpload.objects.update(**half)
    bar = page.get_by_label("reading memberships.csv")
    expect(bar).to_have_attribute("value", "7")
    expect(page.get_by_role("status")).to_have_text("Being checked: reading memberships.csv")
    ClinicUpload.objects.update(status=UploadStatus.WAITING)
    check_uploads()
    row = page.get_by_role("row").filter(has_text="Participants")
    expect(row).to_have_text(re.compile(r"Participants\s*3\s*0\s*0"))
    page.get_by_role("button", name="Import", exact=True).click()
    import_uploads()
    expect(page.get_by_text("The folder is imported")).to_be_visible()
    assert Participant.objects.count() == 3


def test_without_a_script_one_looks_again(
    open_context: Callable[..., BrowserContext], sign_in_to, director, program, tmp_path: Path
):
    folder = write(tmp_path / "prairie", {**FILES, "leaves.csv": "chart_number\nP1\n"})
    context = open_context(width=360, java_script_enabled=False)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/import/{program.public_id}/")
    page.get_by_label("Zip or files").set_input_files(sorted(folder.iterdir()))
    page.get_by_role("button", name="Send and check").click()
    check_uploads()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("this column, which is missing from the first line")).to_be_visible()
    page.get_by_role("button", name="Drop").click()
    expect(page.get_by_text("The upload is dropped.")).to_be_visible()
