"""A clinic with records and files, and folders of its own for them."""

from __future__ import annotations

import base64
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.audit import write_audit
from accounts.models import User
from accounts.sealing import seal_trail
from attendance.clinic_upload.actions.receiving import receive_upload
from programs.agreements.actions.documents import Paper, add_document
from programs.models import Document, Participant, Program, Role
from tests import build, build_records
from tests.build import MONDAY
from tests.iop.backup.restored import KEY, NOW

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Where this test's documents and uploads are, and its key."""
    settings.BACKUP_KEY = base64.b64encode(KEY).decode()
    settings.IOP_DATA_DIR = tmp_path / "data"
    settings.DOCUMENTS_ROOT = settings.IOP_DATA_DIR / "documents"
    settings.UPLOADS_ROOT = settings.IOP_DATA_DIR / "uploads"
    settings.IOP_DATA_DIR.mkdir()
    return settings.IOP_DATA_DIR


def a_kept_document(person: Participant, program: Program, content: bytes = PDF) -> Document:
    """A document whose bytes are on the disk."""
    paper = Paper(content, "application/pdf", "Referral letter", "referral")
    return add_document(
        person=person, paper=paper, public_id=uuid.uuid4(), program=program, now=NOW, by=None
    )


@pytest.fixture
def records(transactional_db, folder: Path) -> Program:
    """A small clinic: people, a signed session, notes, a document, an upload, a sealed trail."""
    build.a_clinic(name="Harbor Street")
    program = build.a_program(code="evening-iop", name="Evening IOP")
    director: User = build.a_colleague(program, Role.DIRECTOR, name="Dina Osei")
    group = build.a_group(program)
    session = build.a_session(group, MONDAY)
    for number in range(3):
        enrollment = build.an_enrollment(program)
        build.a_membership(group, enrollment)
        build.a_record(session, enrollment.participant, "09:00-10:00")
        a_kept_document(enrollment.participant, program, PDF + bytes([number]) * 1000)
    build_records.a_participant_note(session, enrollment.participant)
    build.a_sign_off(session, director)
    toml = SimpleUploadedFile("clinic.toml", b"[clinic]\ncode = 'x'\n")
    receive_upload(files=[toml], now=NOW, by=director)
    for number in range(20):
        write_audit("search.made", by=director, program_id=program.public_id, found=number)
    seal_trail(now=NOW, is_full_look=True)
    write_audit("search.made", by=director, program_id=program.public_id, found=99)
    return program
