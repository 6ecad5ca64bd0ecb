"""The disk is full while somebody uploads: words on the form, nothing kept by half.

It is full for real: this process may not let a file grow past a few bytes.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse

from attendance.clinic_upload.folders import new_folder
from attendance.clinic_upload.limits import CannotUpload
from attendance.models import ClinicUpload
from programs.models import Document
from tests import build
from tests.attendance.uploads import a_zip
from tests.programs.papers import PDF, a_post

pytestmark = pytest.mark.django_db
# An encrypted file has more.
BYTES = 50


@pytest.fixture
def data(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return tmp_path


@contextmanager
def a_full_disk() -> Iterator[None]:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [BYTES + 1, 100_000], ids=["seen at closing", "seen at writing"])
def test_a_clinic_folder(size, data):
    with a_full_disk():
        with pytest.raises(CannotUpload, match="There is no room for the files"):
            with new_folder() as filling:
                filling.write("people.csv", [b"x" * size])
    assert left_in(data) == []


def test_a_clinic_folder_on_its_page(data, client_of, director, program):
    url = reverse("uploads:uploads", args=[program.public_id])
    with a_full_disk():
        answer = client_of(director).post(url, {"chosen": a_zip()})
    assert answer.status_code == 200
    assert "There is no room for the files just now." in answer.text
    assert left_in(data) == []
    assert not ClinicUpload.objects.exists()


def test_a_document_on_its_page(data, client_of, director, program):
    person = build.an_enrollment(program).participant
    url = reverse("agreements:new_document", args=[program.public_id, person.public_id])
    client = client_of(director)
    with a_full_disk():
        answer = client.post(url, a_post())
    assert answer.status_code == 200
    assert "The server could not keep the file." in answer.text
    assert left_in(data) == []
    assert not Document.objects.exists()
    assert client.post(url, a_post(content=PDF)).status_code == 302
    assert Document.objects.count() == len(left_in(data)) == 1
