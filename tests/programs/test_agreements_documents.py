"""Documents: kept encrypted and whole or not at all, opened only as they were uploaded."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from accounts.encryption import CannotDecrypt, decrypt_bytes, encrypt_bytes
from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.agreements.actions import (
    AgreementFacts,
    Paper,
    add_agreement,
    add_document,
    withdraw_document,
)
from programs.agreements.files import CannotOpen, none_left_behind, read_file, write_file
from programs.agreements.opening import file_name, open_document
from programs.models import AgreementKind, Document, Participant, Program
from tests.build import CHICAGO, NOW, a_participant, a_user, an_enrollment, moment
from tests.build_episodes import a_document, an_agreement
from tests.programs.papers import PDF
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def person(program: Program) -> Participant:
    return an_enrollment(program, a_participant()).participant


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def paper(**fields: Any) -> Paper:
    said = {"content": PDF, "content_type": "application/pdf", "name": "Ada’s letter.pdf"}
    return Paper(**{**said, "kind": "referral", **fields})


def add(person: Participant, program: Program, what: Paper | None = None, key=None) -> Document:
    return add_document(
        person=person,
        paper=what or paper(),
        public_id=key or uuid.uuid4(),
        program=program,
        now=NOW,
        by=a_user(),
    )


def test_bytes_are_encrypted_and_come_back(folder):
    name = write_file(PDF)
    stored = folder / name
    assert b"%PDF" not in stored.read_bytes()
    assert (stored.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert read_file(name) == PDF
    assert write_file(PDF) != name


def test_another_key_or_a_changed_bit_opens_nothing(folder, settings):
    stored = encrypt_bytes(PDF)
    with pytest.raises(CannotDecrypt):
        decrypt_bytes(stored[:-1] + b"!")
    settings.FIELD_KEYS = ["bm90IHRoZSBrZXkgbm90IHRoZSBrZXkgbm90IHRoZSE="]
    with pytest.raises(CannotDecrypt):
        decrypt_bytes(stored)


def test_a_document_keeps_what_it_is_and_its_own_name_encrypted(folder, person, program):
    document = add(person, program)
    document.refresh_from_db()
    assert files(folder) == [document.stored_name]
    assert (document.name, document.size_bytes) == ("Ada’s letter.pdf", len(PDF))
    assert open_document(document) == PDF
    line = AuditEvent.objects.get(verb="document.added")
    assert line.detail == {"kind": "referral", "size_bytes": len(PDF)}
    assert "Ada" not in str(Document.objects.values_list("stored_name").get())


def test_sent_twice_it_is_one_row_and_one_file(folder, person, program):
    key = uuid.uuid4()
    assert add(person, program, key=key) == add(person, program, key=key)
    assert len(files(folder)) == Document.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_one_row_and_one_file(folder, program):
    person, key = a_participant(), uuid.uuid4()
    both = lambda: add(person, program, key=key)  # noqa: E731 (the same step twice)
    assert second_is_refused_by(both, both) is None
    assert len(files(folder)) == Document.objects.count() == 1


def test_a_row_that_is_refused_leaves_no_file(folder, person, program):
    with pytest.raises(NotKept):
        add(person, program, paper(kind="poem"))
    assert files(folder) == []
    assert not Document.objects.exists()


def test_a_trail_that_fails_leaves_no_file(folder, person, program, audit_fails):
    with pytest.raises(IntegrityError):
        add(person, program)
    assert files(folder) == []


def test_an_agreement_that_is_refused_takes_its_scan_with_it(folder, person, program):
    an_agreement(person)
    facts = AgreementFacts(AgreementKind.PROGRAM, date(2026, 11, 2), "signed")
    made = {"person": person, "facts": facts, "paper": paper(), "public_id": uuid.uuid4()}
    with pytest.raises(NotKept):
        add_agreement(**made, program=program, now=NOW, by=a_user())
    assert files(folder) == []
    assert not Document.objects.exists()
    made["facts"] = replace(facts, given_on=date(2026, 11, 3))
    assert add_agreement(**made, program=program, now=NOW, by=a_user()).document is not None
    assert len(files(folder)) == 1


def test_a_disk_that_takes_nothing_gives_words(folder, person, program):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(NotKept) as refused:
        add(person, program)
    assert "could not keep the file" in str(refused.value.words["paper"])
    assert not Document.objects.exists()


def test_what_else_fails_removes_only_its_own_files(folder):
    before = write_file(PDF)

    def fail() -> None:
        with none_left_behind() as written:
            written.append(write_file(PDF))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert files(folder) == [before]


def test_a_missing_a_damaged_and_a_swapped_file_are_not_opened(folder, person, program):
    first, second = add(person, program), add(person, program, paper(content=PDF + b"\n"))
    (folder / first.stored_name).replace(folder / second.stored_name)
    for document in (first, second):
        with pytest.raises(CannotOpen):
            open_document(document)
    (folder / second.stored_name).write_bytes(b"nothing of ours")
    with pytest.raises(CannotOpen):
        open_document(second)


def test_the_name_it_leaves_under_is_neutral_and_of_the_local_date():
    document = a_document(uploaded_at=moment("2026-11-02", "23:30"))
    assert file_name(document, CHICAGO) == "document-2026-11-02.pdf"


def test_off_the_record_its_bytes_stay(folder, person, program, director):
    document = add(person, program)
    asked = {"document": document, "program": program, "now": NOW, "by": director}
    assert withdraw_document(**asked, reason="Somebody else’s") is True
    assert withdraw_document(**asked, reason="Again") is False
    document.refresh_from_db()
    assert (document.withdrawn_at, document.withdrawn_by) == (NOW, director)
    assert document.withdrawn_reason == "Somebody else’s"
    assert files(folder) == [document.stored_name]
    assert "else" not in str(AuditEvent.objects.get(verb="document.withdrawn").detail)
