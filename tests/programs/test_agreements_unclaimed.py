"""Files that a killed process left: removed once old, and never one that a row tells of."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from programs.agreements.files import read_file, write_file
from programs.agreements.unclaimed import KEPT_FOR, remove_unclaimed
from programs.models import Document
from tests.build import NOW, a_participant, a_user

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


def aged(path: Path, written_at: datetime) -> Path:
    os.utime(path, (written_at.timestamp(), written_at.timestamp()))
    return path


def test_only_what_is_old_ours_and_told_of_nowhere(folder):
    old, new = NOW - KEPT_FOR - MINUTE, NOW - KEPT_FOR + MINUTE
    left = aged(folder / write_file(b"left by a process that was killed"), old)
    half, others = left.with_name(f".{'0' * 32}"), left.with_name("notes.txt")
    for path in (half, others):
        path.touch()
        aged(path, old)
    young = aged(folder / write_file(b"perhaps a row comes yet"), new)
    kept = write_file(b"on record")
    aged(folder / kept, old)
    Document.objects.create(
        participant=a_participant(), kind="referral", name="Letter", stored_name=kept,
        content_type="application/pdf", size_bytes=9, sha256="0" * 64, uploaded_at=NOW,
        uploaded_by=a_user(),
    )  # fmt: skip
    assert remove_unclaimed(NOW) == 2
    assert not left.exists()
    assert not half.exists()
    assert young.exists()
    assert others.exists()
    assert read_file(kept) == b"on record"
    assert remove_unclaimed(NOW) == 0


def test_where_nothing_was_ever_uploaded(folder):
    assert remove_unclaimed(NOW) == 0
