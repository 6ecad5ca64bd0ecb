"""A backup taken while everybody writes is one moment: what was answered before, nothing torn."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.audit import write_audit
from accounts.encryption import decrypt_bytes
from accounts.models import AuditEvent, User
from accounts.sealing import seal_trail
from accounts.verifying import verify_trail
from attendance.clinic_upload.actions.receiving import drop_upload, receive_upload
from attendance.models import AttendanceRecord, Presence
from iop.backup.place import django_on
from programs.models import Document, Participant, Program, Role
from tests import build
from tests.build import MONDAY
from tests.iop.backup.conftest import PDF, a_kept_document
from tests.iop.backup.restored import NOW, another_place, backed_up, restore_into

WRITERS = 3
# Documents with their digests, presences, lines of the trail: by their ids.
Told = tuple[set[tuple[uuid.UUID, str]], set[int], set[int]]


@dataclass
class Written:
    """What writers were told is kept, and what went wrong."""

    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)
    documents: list[tuple[uuid.UUID, str]] = field(default_factory=list)
    presences: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def keep_on(self, step: Callable[[int], object]) -> Thread:
        """Start a thread that does the step, on a connection of its own, until it is to stop."""

        def work() -> None:
            number = 0
            try:
                while not self.stop.is_set():
                    step(number := number + 1)
            except BaseException as failed:  # shown by the test
                self.failed.append(failed)
            finally:
                connection.close()

        thread = Thread(target=work)
        thread.start()
        return thread


def everybody(program: Program, director: User, written: Written) -> list[Thread]:
    """Start people who upload, record, import and drop, and the clock that seals."""
    people = [build.a_participant() for _ in range(WRITERS)]
    group = build.a_group(program)

    def upload(person: Participant) -> Callable[[int], None]:
        def step(number: int) -> None:
            content = PDF + f"{person.pk} {number}".encode() * 500
            document = a_kept_document(person, program, content)
            event = write_audit("search.made", by=director, found=number)
            with written.lock:
                told = hashlib.sha256(content).hexdigest()
                written.documents.append((document.public_id, told))
                written.events.append(event.pk)

        return step

    def record(number: int) -> None:
        session = build.a_session(group, MONDAY.replace(year=2000 + number), room=None)
        record = build.a_record(session, people[0], "09:00-10:00")
        with written.lock:
            written.presences.append(record.presences.get().pk)

    def send_and_drop(number: int) -> None:
        toml = SimpleUploadedFile("clinic.toml", b"[clinic]\n")
        drop_upload(upload=receive_upload(files=[toml], now=NOW, by=director), now=NOW, by=director)

    steps = [*map(upload, people), record, send_and_drop, lambda _: seal_trail(now=NOW)]
    return [written.keep_on(step) for step in steps]


def test_one_moment_of_a_clinic_at_work(records: Program, folder: Path, tmp_path: Path):
    director = build.a_colleague(records, Role.DIRECTOR)
    written = Written()
    threads = everybody(records, director, written)
    try:
        while not all((written.documents[8:], written.presences[8:], written.failed == [])):
            assert not written.failed, written.failed
        with written.lock:
            told = (set(written.documents), set(written.presences), set(written.events))
        backup = backed_up(tmp_path)
        later = set(written.documents) - told[0]
    finally:
        written.stop.set()
        for thread in threads:
            thread.join()
    assert not written.failed
    assert later, "nobody wrote while the backup ran"
    with another_place() as place:
        restored = restore_into(place, backup, tmp_path / "there")
        assert int((restored.manifest.contents.last_seal or "0").partition(":")[0]) > 1
        with django_on(place):
            assert_nothing_is_torn(written, told, tmp_path / "there")


def assert_nothing_is_torn(written: Written, told: Told, there: Path) -> None:
    documents, presences, events = told
    kept = {each.public_id: each for each in Document.objects.all()}
    assert {public_id for public_id, _ in documents} <= kept.keys()
    assert presences <= set(Presence.objects.values_list("pk", flat=True))
    assert events <= set(AuditEvent.objects.values_list("pk", flat=True))
    # A record and its stretch are two statements here, but a document and its line are one.
    added = AuditEvent.objects.filter(verb="document.added")
    assert set(added.values_list("subject_id", flat=True)) == kept.keys()
    assert AttendanceRecord.objects.exists()
    for document in kept.values():
        content = decrypt_bytes((there / "documents" / document.stored_name).read_bytes())
        assert hashlib.sha256(content).hexdigest() == document.sha256
    assert len(list((there / "documents").iterdir())) == len(kept)
    assert verify_trail(anchors=[]).is_intact
