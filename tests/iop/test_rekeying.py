"""A new field key: every text and document moves to it, and nothing else changes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.encryption import encrypt
from iop.rekeying.rows import tables
from programs.agreements.files import read_file, write_file
from programs.models import Leave
from tests import build, build_records

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
REASON = "residential detox, sister's house"


@pytest.fixture(autouse=True)
def on_the_old_key(settings, tmp_path: Path) -> None:
    settings.FIELD_KEYS = [OLD]
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


def rotate(*words: str) -> str:
    said = StringIO()
    call_command("rotate_field_keys", *words, stdout=said)
    return said.getvalue()


def everything(table: str) -> list[tuple]:
    """Return the table's rows without what is encrypted."""
    hidden = {column for each in tables() if each.name == table for column in each.columns}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        names = [column.name for column in cursor.description]
        return [
            tuple(value for name, value in zip(names, row, strict=True) if name not in hidden)
            for row in cursor.fetchall()
        ]


def test_all_is_read_with_the_new_key_alone_afterwards(settings) -> None:
    leave = build.a_leave(build.a_participant(), "2026-11-23", None, reason=REASON)
    Leave.objects.update(reason="moved back")
    name = write_file(b"signed on paper")
    before = {table: everything(table) for table in ("programs_leave", "programs_leaveevent")}
    settings.FIELD_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="still needed"):
        rotate("--check")
    assert "Encrypted anew: 3 texts, 1 documents" in rotate()
    assert "older ones can be taken out" in rotate()
    settings.FIELD_KEYS = [NEW]
    assert "0 texts, 0 documents" in rotate("--check")
    assert Leave.objects.get().reason == "moved back"
    texts = leave.events.order_by("pgh_id").values_list("reason", flat=True)
    assert list(texts) == [REASON, "moved back"]
    assert read_file(name) == b"signed on paper"
    assert {table: everything(table) for table in before} == before


def test_a_signed_record_moves_too_and_stays_signed(settings) -> None:
    notes = build_records.signed_notes()
    settings.FIELD_KEYS = [NEW, OLD]
    rotate()
    settings.FIELD_KEYS = [NEW]
    assert type(notes).objects.get(pk=notes.pk) == notes


def test_triggers_watch_again_afterwards(settings) -> None:
    leave = build.a_leave(build.a_participant(), "2026-11-23", None, reason=REASON)
    settings.FIELD_KEYS = [NEW, OLD]
    rotate()
    Leave.objects.update(reason="moved back")
    assert leave.events.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_second_factors_move_too(settings, facilitator) -> None:
    factor = Authenticator.objects.create(
        user=facilitator, type="totp", data={"secret": encrypt("JBSWY3DPEHPK3PXP"), "kept": 1}
    )
    settings.FIELD_KEYS = [NEW, OLD]
    rotate()
    settings.FIELD_KEYS = [NEW]
    factor.refresh_from_db()
    assert factor.wrap().validate_code("000000") is False
    assert factor.data["kept"] == 1


def test_without_the_old_key_nothing_is_changed_and_words_say_so(settings) -> None:
    build.a_leave(build.a_participant(), "2026-11-23", None, reason=REASON)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError, match="Put the key it was encrypted with back"):
        rotate()
    settings.FIELD_KEYS = [OLD]
    assert Leave.objects.get().reason == REASON


def test_every_encrypted_column_is_among_the_tables() -> None:
    found = {(table.name, column) for table in tables() for column in table.columns}
    assert ("programs_participant", "safe_contact") in found
    assert ("programs_participantevent", "safe_contact") in found
    assert ("attendance_participantnote", "response") in found
    assert len(found) > 100
