"""Makes a backup: one moment of the database and the files it names, in one encrypted file."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from iop.backup.archive import Packer, Sums
from iop.backup.contents import Manifest, manifest_of, snapshot_of
from iop.backup.files import files_named_in, sync_folder
from iop.backup.place import Place
from iop.backup.problems import CannotBackUp, words_for
from iop.backup.programs import dumping, programs_for
from iop.backup.progress import Progress

NAME = "iop-%Y%m%dT%H%M%SZ.backup"
OURS = re.compile(r"iop-(\d{8})T\d{6}Z\.backup")
UNFINISHED = ".unfinished"
ONLY_OURS = 0o600


@dataclass(frozen=True)
class Made:
    """A backup that is on the disk, whole."""

    path: Path
    size: int
    manifest: Manifest
    sums: Sums


def file_for(target: Path, *, now: datetime) -> Path:
    """Return the file to write: the target, or a dated name in the folder it is."""
    path = target / now.astimezone(UTC).strftime(NAME) if target.is_dir() else target
    if path.exists():
        raise CannotBackUp(f"{path} is there already. Name another file, or a folder.")
    if not path.parent.is_dir():
        raise CannotBackUp(f"There is no folder {path.parent}. Make it first.")
    return path


def make_backup(path: Path, *, place: Place, key: bytes, now: datetime, progress: Progress) -> Made:
    """Write the backup, or nothing at all. Raises CannotBackUp."""
    try:
        with whole_or_nothing(path) as to:
            manifest, sums = _write(to, place, key, now, progress)
    except OSError as failed:
        raise CannotBackUp(words_for(failed)) from failed
    return Made(path, path.stat().st_size, manifest, sums)


def _write(
    to: IO[bytes], place: Place, key: bytes, now: datetime, progress: Progress
) -> tuple[Manifest, Sums]:
    progress.step("Counting")
    with snapshot_of(place) as (snapshot, name), place.connect(autocommit=True) as live:
        programs, version = programs_for(snapshot.info.server_version // 10000)
        manifest = manifest_of(snapshot, now=now, dumped_by=version)
        with Packer(to, key, manifest) as packer:
            _pack_dump(packer, programs, place, name, progress)
            progress.step("Files")
            for file, source in files_named_in(snapshot, live):
                progress.count(packer.add_file(file, source), files=1)
            return manifest, packer.finish()


def _pack_dump(
    packer: Packer, programs: Path, place: Place, snapshot: str, progress: Progress
) -> None:
    progress.step("Database")
    with dumping(programs, place, snapshot, lambda: progress.count(tables=1)) as pieces:
        for piece in pieces:
            packer.add_piece(piece)
            progress.count(len(piece))


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that bears its name only once all of it is on the disk."""
    _remove_unfinished(path.parent)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    opened = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, ONLY_OURS)
    try:
        with os.fdopen(opened, "wb") as to:
            # Held as long as we live: by it the next backup tells ours from one that was killed.
            fcntl.flock(to, fcntl.LOCK_EX)
            yield to
            to.flush()
            os.fsync(to.fileno())
            unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _remove_unfinished(folder: Path) -> None:
    """Remove what backups left that were killed: nobody holds it."""
    for left in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError), left.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def remove_older(folder: Path, *, days: int) -> list[Path]:
    """Remove the folder's backups but those of the newest `days` dates that have one.

    Only files under the name that `file_for` gives are ours to remove.
    """
    ours = [(found[1], path) for path in folder.iterdir() if (found := OURS.fullmatch(path.name))]
    kept = sorted({date for date, _ in ours}, reverse=True)[:days]
    older = sorted(path for date, path in ours if date not in kept)
    for path in older:
        path.unlink()
    return older
