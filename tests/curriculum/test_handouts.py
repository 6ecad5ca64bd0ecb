"""Handouts: uploaded, written, opened, taken off; and the files that are refused."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from curriculum.handouts import actions
from curriculum.handouts.pdf import page_pdf
from curriculum.models import Handout, LessonVersion, VersionHandout
from programs.models import Program
from programs.models.document import LARGEST
from tests import build
from tests import build_curriculum as having
from tests.programs.papers import JPEG, PDF, PNG, a_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def draft(program: Program) -> LessonVersion:
    return having.a_draft(build.a_lesson(program, name="TIPP"))


@pytest.fixture
def desk(clinician, client_of) -> Client:
    return client_of(clinician)


def url(program: Program, name: str, *ids: uuid.UUID) -> str:
    return reverse(f"handouts:{name}", args=[program.public_id, *ids])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def upload(desk: Client, draft: LessonVersion, content: bytes = PDF, file="a.pdf", **fields):
    sent = {"key": str(uuid.uuid4()), "name": "My week", "paper": a_file(content, file), **fields}
    program = draft.lesson.module.track.program
    return desk.post(url(program, "new_file", draft.public_id), sent)


def kept(folder: Path) -> int:
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.mark.parametrize(
    ("content", "file", "kind"),
    [(PDF, "a.pdf", "pdf"), (JPEG, "a.jpg", "jpg"), (PNG, "a.png", "png")],
)
def test_up_and_down_it_is_the_same(
    program, draft, desk, folder, facilitator, client_of, content, file, kind
):
    assert upload(desk, draft, content, file).status_code == 302
    handout = draft.handouts.get().handout
    (stored,) = folder.iterdir()
    assert content not in stored.read_bytes()
    answer = client_of(facilitator).get(url(program, "handout", handout.public_id))
    assert answer.content == content
    assert answer["Content-Disposition"] == f'attachment; filename="my-week.{kind}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(verb="handout.added")
    assert event.detail["size_bytes"] == len(content)
    assert "week" not in str(event.detail)


@pytest.mark.parametrize(
    ("content", "file", "said"),
    [
        (b"", "a.pdf", "The file is empty."),
        (b"MZ\x90\x00 a program", "a.pdf", "This is no PDF, JPEG or PNG."),
        (b"<html><script>alert(1)</script>", "a.png", "This is no PDF, JPEG or PNG."),
        (PNG, "a.pdf", "The name ends in .pdf, but the file is a PNG."),
        (PDF[:40], "a.pdf", "This PDF is not whole, or is damaged."),
        (PDF + b"PK\x05\x06" + b"\x00" * 18, "a.pdf", "is not whole"),
        (PDF + b" " * LARGEST, "a.pdf", "The file is larger than 10 MB."),
    ],
)
def test_a_handout_that_is_not_what_it_says(draft, desk, folder, content, file, said):
    answer = upload(desk, draft, content, file)
    assert answer.status_code == 200
    assert said in text(answer)
    assert 'value="My week"' in text(answer)
    assert not Handout.objects.exists()
    assert kept(folder) == 0


def test_the_same_form_sent_twice_is_one_handout(draft, desk, folder):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert upload(desk, draft, key=key).status_code == 302
    assert Handout.objects.count() == kept(folder) == 1


@pytest.mark.usefixtures("audit_fails")
def test_no_file_is_left_where_the_row_is_not_kept(draft, folder):
    scan = having_scan()
    with pytest.raises(Exception, match="audit_fails"):
        actions.add_file(
            version=draft, scan=scan, name="A", public_id=uuid.uuid4(), by=None, now=build.NOW
        )
    assert kept(folder) == 0


def having_scan():
    from programs.agreements.paper_field import Scan  # noqa: PLC0415
    from programs.models.document import ContentType  # noqa: PLC0415

    return Scan(PDF, ContentType.PDF, "a.pdf")


def test_a_file_that_is_gone_or_changed_is_said_to_be(program, draft, desk, folder):
    upload(desk, draft)
    (stored,) = folder.iterdir()
    stored.write_bytes(b"something else")
    answer = desk.get(url(program, "handout", Handout.objects.get().public_id))
    assert answer.status_code == 404
    assert "This handout cannot be opened." in text(answer)


def test_a_page_is_written_looked_at_and_kept(program, draft, desk):
    address = url(program, "new_page", draft.public_id)
    sent = {"name": "My week", "text": "# Mornings\r\n\r\n- Walk\r\n___"}
    look = text(desk.post(address, {**sent, "preview": "1"}))
    assert "<h3>Mornings</h3>" in look
    assert '<hr class="write-line">' in look
    assert not Handout.objects.exists()
    assert desk.post(address, sent).status_code == 302
    handout = Handout.objects.get()
    assert handout.text == "# Mornings\n\n- Walk\n___"
    answer = desk.get(url(program, "handout", handout.public_id))
    (sheet,) = PdfReader(io.BytesIO(answer.content)).pages
    assert "My week" in sheet.extract_text()
    assert "Evening IOP" not in sheet.extract_text()
    assert "Write what stands on the page" in text(desk.post(address, {"name": "A", "text": " "}))


def test_a_changed_page_takes_the_place_of_the_one_before(program, draft, desk):
    first, second = (having.a_page(draft.lesson, name=name) for name in ("One", "Two"))
    for position, page in enumerate((first, second)):
        VersionHandout.objects.create(version=draft, handout=page, position=position)
    address = url(program, "change_page", draft.public_id, first.public_id)
    desk.post(address, {"name": "One again", "text": "Other words"})
    rows = [each.handout.name for each in draft.handouts.order_by("position")]
    assert rows == ["One again", "Two"]
    assert Handout.objects.filter(name="One").exists()
    assert AuditEvent.objects.filter(verb="handout.replaced").count() == 1


def test_handouts_move_come_off_and_come_back(program, draft, desk):
    pages = [having.a_page(draft.lesson, name=name) for name in ("One", "Two")]
    for page in pages:
        desk.post(url(program, "put_back", draft.public_id, page.public_id))
        desk.post(url(program, "put_back", draft.public_id, page.public_id))
    two = pages[1].public_id
    desk.post(url(program, "move", draft.public_id, two), {"up": "1"})
    assert [each.handout.name for each in draft.handouts.all()] == ["Two", "One"]
    desk.post(url(program, "take_off", draft.public_id, two))
    desk.post(url(program, "take_off", draft.public_id, two))
    desk.post(url(program, "move", draft.public_id, two), {"up": "1"})
    assert [each.handout.name for each in draft.handouts.all()] == ["One"]
    shown = text(desk.get(url(program, "draft", draft.public_id)))
    assert "Add Two to this draft" in shown


def test_a_published_version_keeps_its_handouts(program, draft, desk):
    page = having.a_page(draft.lesson)
    VersionHandout.objects.create(version=draft, handout=page)
    draft.published_at = build.NOW
    draft.save()
    off = url(program, "take_off", draft.public_id, page.public_id)
    assert desk.post(off).status_code == 404
    with pytest.raises(NotKept):
        actions.take_off(version=draft, handout=page, by=None)
    assert draft.handouts.count() == 1


def test_who_may(program, draft, facilitator, billing, stranger, client_of):
    page = having.a_page(draft.lesson)
    read, change = url(program, "handout", page.public_id), url(program, "draft", draft.public_id)
    assert client_of(facilitator).get(read).status_code == 200
    assert client_of(facilitator).get(change).status_code == 403
    assert client_of(billing).get(read).status_code == 403
    assert [client_of(stranger).get(each).status_code for each in (read, change)] == [404, 404]
    other = having.a_page(build.a_lesson())
    assert client_of(facilitator).get(url(program, "handout", other.public_id)).status_code == 404


@pytest.mark.parametrize(
    ("body", "sheets"),
    [
        ("Short.", 1),
        ("- " + "word " * 1_500, 3),
        ("x" * 8_000, 3),
        ("___\n" * 60, 3),
        ("¡Señales! Ελλάδα Привет 中文 🌊 \u200d", 1),
    ],
)
def test_a_page_of_any_text_is_a_pdf(body: str, sheets: int):
    content = page_pdf("Mi plan ¿cómo?", body, made_at=build.NOW)
    assert content == page_pdf("Mi plan ¿cómo?", body, made_at=build.NOW)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == sheets
    assert "Mi plan ¿cómo?" in pages[0].extract_text()
