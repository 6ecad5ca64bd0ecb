"""Uploading, downloading and taking off a document, through the pages."""

from __future__ import annotations

import tracemalloc
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.uploads import USUAL_LIMIT, takes_files_up_to
from programs.agreements.views import documents as views
from programs.models import Document, Participant, Program
from programs.models.document import LARGEST
from tests.build import a_participant, an_enrollment, moment
from tests.build_trust import taken_out
from tests.programs.papers import JPEG, PDF, PNG, a_post

MB = 1024 * 1024

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def person(program: Program) -> Participant:
    return an_enrollment(program, a_participant()).participant


@pytest.fixture
def desk(administrator, client_of) -> Client:
    return client_of(administrator)


def url(program: Program, person: Participant, name: str = "new_document", *more) -> str:
    return reverse(f"agreements:{name}", args=[program.public_id, person.public_id, *more])


def upload(desk: Client, program: Program, person: Participant, **fields) -> Document:
    response = desk.post(url(program, person), a_post(**fields))
    assert response.url == url(program, person, "agreements")
    return Document.objects.latest("pk")


def of_size(size: int) -> bytes:
    """Return a whole PDF of that many bytes."""
    return PDF[:9] + b"%" + b" " * (size - len(PDF) - 2) + b"\n" + PDF[9:]


def refusal(desk: Client, program: Program, person: Participant, **fields) -> str:
    response = desk.post(url(program, person), a_post(**fields))
    assert response.status_code == 200
    words = response.content.decode()
    assert "Error:" in words.partition("</title>")[0]
    assert not Document.objects.exists()
    return words


@pytest.mark.parametrize(
    ("content", "file", "kind"),
    [(PDF, "a.pdf", "application/pdf"), (JPEG, "a.jpg", "image/jpeg"), (PNG, "a.png", "image/png")],
)
def test_up_and_down_it_is_the_same(content, file, kind, program, person, desk, administrator):
    document = upload(desk, program, person, content=content, file=file)
    assert (document.uploaded_by, document.content_type, document.name) == (
        administrator,
        kind,
        file,
    )
    response = taken_out(desk, url(program, person, "document", document.public_id))
    assert response.content == content
    assert response["Content-Type"] == kind


def test_a_download_is_neutral_and_kept_by_nobody(program, person, desk, administrator):
    document = upload(desk, program, person, file="Ada Nolan HIV test.pdf")
    Document.objects.filter(pk=document.pk).update(uploaded_at=moment("2026-11-02", "23:30"))
    response = taken_out(desk, url(program, person, "document", document.public_id))
    assert response["Content-Disposition"] == 'attachment; filename="document-2026-11-02.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    line = AuditEvent.objects.get(verb="document.read")
    assert (line.by, line.subject_id) == (administrator, document.public_id)
    assert (line.participant_id, line.program_id) == (person.public_id, program.public_id)
    assert "Ada" not in str(list(AuditEvent.objects.values_list("detail")))


def test_a_name_of_its_own_and_a_path_in_it(program, person, desk):
    assert upload(desk, program, person, name="Insurance card").name == "Insurance card"
    assert upload(desk, program, person, file="..\\..\\etc\\pass<wd>.pdf").name == "pass<wd>.pdf"
    page = desk.get(url(program, person, "agreements")).content.decode()
    assert "pass&lt;wd&gt;.pdf" in page


def test_sent_twice_it_is_kept_once(program, person, desk, folder):
    key = str(uuid.uuid4())
    for _ in range(2):
        upload(desk, program, person, key=key)
    assert Document.objects.count() == len(list(folder.iterdir())) == 1
    response = desk.post(url(program, person), a_post(key=key, content=PNG, file="a.png"))
    assert "This form has been saved already." in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": b"<html><script>x</script>"}, "no PDF, JPEG or PNG"),
        ({"content": PDF[:-9]}, "not whole, or is damaged"),
        ({"content": PNG, "file": "card.pdf"}, "The name ends in .pdf, but the file is a PNG"),
        ({"content": b""}, "The file is empty"),
        ({"kind": ""}, "Choose what the document is"),
        ({"kind": "poem"}, "Choose one of the kinds listed"),
        ({"name": "x\x00"}, "Null characters are not allowed"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"key": ""}, "Open this page again"),
    ],
)
def test_each_refusal_has_its_words(fields, words, program, person, desk, folder):
    assert words in refusal(desk, program, person, **fields)
    assert not folder.exists()


def test_no_file_or_a_text_in_its_place_is_asked_for_again(program, person, desk):
    for paper in ({}, {"paper": "letter.pdf"}):
        fields = {"key": str(uuid.uuid4()), "kind": "other", "name": "", **paper}
        assert "Choose a file" in desk.post(url(program, person), fields).content.decode()


def test_somebody_elses_key_gives_words(program, person, desk):
    theirs = upload(desk, program, an_enrollment(program).participant)
    response = desk.post(url(program, person), a_post(key=str(theirs.public_id)))
    assert "already exists" in response.content.decode()
    assert Document.objects.count() == 1


def test_the_largest_is_taken_and_one_byte_more_is_not(program, person, desk, folder):
    words = refusal(desk, program, person, content=of_size(LARGEST + 1))
    assert "The file is larger than 10 MB" in words
    assert not folder.exists()
    assert upload(desk, program, person, content=of_size(LARGEST)).size_bytes == LARGEST


def test_what_is_too_large_is_thrown_away_as_it_comes_and_the_rest_is_kept(
    program, person, desk, folder, settings, tmp_path
):
    """12 MB in one field: the words after it in the form are still there; memory stays small."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    fields = {**a_post(content=of_size(12 * MB)), "name": "A name after the file"}
    fields["name"] = fields.pop("name")
    response, peak = _measured(desk, url(program, person), fields)
    words = response.content.decode()
    assert "The file is larger than 10 MB" in words
    assert "A name after the file" in words
    assert list(tmp_path.iterdir()) == []
    # The test client itself holds the 12 MB and a copy; on top of it there is little.
    assert peak < 3 * MB


def _measured(client: Client, address: str, fields: dict):
    """Return the answer, and how much memory was taken while the view and the parser ran."""
    peaks: list[int] = []

    def measured(request):
        tracemalloc.start()
        try:
            return inner(request)
        finally:
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    client.handler.load_middleware()
    inner = client.handler.get_response
    client.handler.get_response = measured  # type: ignore[method-assign]
    return client.post(address, fields), peaks[0]


def test_the_guard_asks_before_anything_is_looked_at(program, person, clinician, client_of):
    response = client_of(clinician).post(url(program, person), a_post())
    assert response.status_code == 403
    assert not Document.objects.exists()


def test_a_page_takes_what_it_says_and_others_the_usual():
    assert views.new.largest_file == LARGEST
    assert not hasattr(views.withdraw, "largest_file")
    assert takes_files_up_to(5)(lambda request: HttpResponse()).largest_file == 5
    assert USUAL_LIMIT > LARGEST


def test_a_missing_file_answers_with_words(program, person, desk, folder):
    document = upload(desk, program, person)
    (folder / document.stored_name).unlink()
    response = desk.get(url(program, person, "document", document.public_id))
    assert response.status_code == 404
    assert "This document cannot be opened." in response.content.decode()
    assert not AuditEvent.objects.filter(verb="document.read").exists()


def test_a_file_that_was_exchanged_is_not_given_out(program, person, desk, folder):
    document, other = (
        upload(desk, program, person),
        upload(desk, program, person, content=PNG, file="a.png"),
    )
    (folder / other.stored_name).replace(folder / document.stored_name)
    response = desk.get(url(program, person, "document", document.public_id))
    assert response.status_code == 404
    assert PNG not in response.content


def test_off_the_record_nobody_opens_it_and_the_page_says_why(program, person, desk, folder):
    document = upload(desk, program, person)
    address = url(program, person, "withdraw_document", document.public_id)
    assert "Nobody can open it any more" in desk.get(address).content.decode()
    refused = desk.post(address, {"reason": " "}).content.decode()
    assert "Enter why it is taken off the record" in refused
    page = desk.post(address, {"reason": "Belongs to somebody else"}, follow=True)
    assert "Belongs to somebody else" in page.content.decode()
    assert desk.get(url(program, person, "document", document.public_id)).status_code == 404
    assert (folder / document.stored_name).exists()
    again = desk.get(address, follow=True).content.decode()
    assert "off the record already" in again


def test_a_form_whose_token_is_missing_is_refused_all_the_same(program, person, administrator):
    """The token's own check reads the form first: the limit holds there as well."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    fields = {"paper": SimpleUploadedFile("a.pdf", of_size(12 * MB))}
    assert client.post(url(program, person), fields).status_code == 403
