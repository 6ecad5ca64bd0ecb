"""Sensitive text: ciphertext in the database and in history, text in Python, or an error."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from accounts.encryption import CannotDecrypt, decrypt, encrypt
from programs.models import Leave
from tests import build

REASON = "residential detox, sister's house"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def leave(db) -> Leave:
    return build.a_leave(build.a_participant(), "2026-11-23", None, reason=REASON)


def stored(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reason FROM {table}")
        return [reason for (reason,) in cursor.fetchall()]


def test_the_database_sees_ciphertext_and_python_the_text(leave: Leave):
    [reason] = stored("programs_leave")
    assert reason.startswith("gAAAA")
    assert "detox" not in reason
    assert Leave.objects.get().reason == REASON
    assert list(Leave.objects.values_list("reason", flat=True)) == [REASON]


def test_history_holds_the_same_ciphertext(leave: Leave):
    Leave.objects.update(reason="moved back")
    versions = stored("programs_leaveevent")
    assert len(versions) == 2
    assert all(reason.startswith("gAAAA") for reason in versions)
    assert stored("programs_leave") == versions[1:]
    assert list(leave.events.order_by("pgh_id").values_list("reason", flat=True)) == [
        REASON,
        "moved back",
    ]


def test_the_empty_text_stays_empty(db):
    build.a_leave(build.a_participant(), "2026-11-23", None)
    assert stored("programs_leave") == [""]
    assert Leave.objects.get().reason == ""


def test_without_its_key_a_text_is_an_error_and_not_ciphertext(leave: Leave, settings):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CannotDecrypt, match="No key in IOP_FIELD_KEYS"):
        Leave.objects.get()


def test_what_was_never_encrypted_is_an_error_too():
    with pytest.raises(CannotDecrypt):
        decrypt("plain text in an encrypted column")


def test_keys_rotate(db, settings):
    settings.FIELD_KEYS = [OLD]
    leave = build.a_leave(build.a_participant(), "2026-11-23", None, reason=REASON)
    settings.FIELD_KEYS = [NEW, OLD]
    leave = Leave.objects.get(pk=leave.pk)
    assert leave.reason == REASON
    leave.save(update_fields=["reason"])
    settings.FIELD_KEYS = [NEW]
    assert Leave.objects.get(pk=leave.pk).reason == REASON
    settings.FIELD_KEYS = [OLD]
    with pytest.raises(CannotDecrypt):
        Leave.objects.get(pk=leave.pk)


def test_the_same_text_encrypts_differently_each_time():
    first, second = encrypt(REASON), encrypt(REASON)
    assert first != second
    assert decrypt(first) == decrypt(second) == REASON


@pytest.mark.parametrize("lookup", ["reason", "reason__icontains", "reason__in"])
def test_an_encrypted_text_cannot_be_searched(db, lookup: str):
    with pytest.raises(FieldError):
        Leave.objects.filter(**{lookup: REASON}).exists()
    assert not Leave.objects.filter(reason__isnull=True).exists()
