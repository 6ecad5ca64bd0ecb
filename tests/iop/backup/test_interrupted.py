"""A full disk and a killed process leave nothing that could be taken for a backup."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iop.backup.place import own_place
from iop.backup.problems import CannotRestore
from iop.backup.restoring import read_backup
from programs.models import Program
from tests.iop.backup.restored import KEY, backed_up, quiet
from tests.iop.backup.test_commands import url_of

BASE_DIR = Path(__file__).resolve().parents[3]
A_DISK = 400_000  # bytes; this clinic's backup takes four times as much
SOON = 300  # seconds; a busy machine is no failure


def backing_up(folder: Path, settings, **more) -> subprocess.Popen[str]:
    """Start `manage.py backup` as a process of its own, on the tests' database."""
    told = {"DATABASE_URL": url_of(own_place()), "IOP_BACKUP_KEY": settings.BACKUP_KEY}
    told |= {"IOP_DATA_DIR": str(settings.IOP_DATA_DIR), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(folder)],
        cwd=BASE_DIR,
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (A_DISK, A_DISK))


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    records: Program, folder: Path, tmp_path: Path, settings
):
    target = tmp_path / "backups"
    target.mkdir()
    process = backing_up(target, settings, preexec_fn=small_disk)
    _, said = process.communicate(timeout=SOON)
    assert process.returncode == 1
    assert "There is no room on the disk" in said
    assert "Traceback" not in said
    assert list(target.iterdir()) == []


def test_a_killed_backup_is_none_and_the_next_one_clears_it_away(
    records: Program, folder: Path, tmp_path: Path, settings
):
    target = tmp_path / "backups"
    target.mkdir()
    process = backing_up(target, settings)
    deadline = time.monotonic() + SOON
    while not any(path.stat().st_size for path in target.iterdir()):
        assert process.poll() is None
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=SOON)
    (left,) = target.iterdir()
    assert left.name.startswith(".")
    assert not left.name.endswith(".backup")
    with pytest.raises(CannotRestore, match=r"cut off|end is missing"):
        read_backup(left, key=KEY, progress=quiet())
    assert list(target.iterdir()) == [left]
    made = backed_up(target)
    assert list(target.iterdir()) == [made]
