"""Restores a backup: into a scratch database first, and into its place only when it is good."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from accounts.anchors import anchors_file
from accounts.audit import write_audit
from accounts.database_roles import grant_to_application
from iop.backup.archive import Sums, Unpacker
from iop.backup.checking import (
    migrations_to_come,
    refuse_broken_trail,
    refuse_different,
    refuse_newer,
)
from iop.backup.contents import Manifest
from iop.backup.files import move_into_place
from iop.backup.place import Place, django_on
from iop.backup.problems import CannotBackUp, CannotRestore, words_for
from iop.backup.programs import programs_for, restore_dump
from iop.backup.progress import Progress
from iop.backup.scratch import (
    name_aside,
    put_in_place,
    refuse_in_use,
    scratch_database,
)

UNFINISHED = ".restoring-"


@dataclass(frozen=True)
class Target:
    """Where to: a database (ours?), a folder for each kind of file, and are records in the way?"""

    place: Place
    roots: dict[str, Path]
    holds_records: bool
    is_ours: bool = True


@dataclass(frozen=True)
class Restored:
    """What was restored, and what there is to know about it."""

    manifest: Manifest
    sums: Sums
    trail: str
    aside: str | None = None
    migrations_to_come: int = 0


def read_backup(path: Path, *, key: bytes, progress: Progress) -> Restored:
    """Read all of a backup and compare every sum; nothing is written. Raises CannotRestore."""
    with _opened(path, key) as backup:
        progress.step("Database")
        for piece in backup.pieces():
            progress.count(len(piece))
        progress.step("Files")
        for size in backup.files(None):
            progress.count(size, files=1)
        return Restored(backup.manifest, backup.end(), "")


def verify_backup(path: Path, *, beside: Place, key: bytes, progress: Progress) -> Restored:
    """Restore into a scratch database and folder, compare, drop both. Raises CannotRestore."""
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=path.parent) as folder:
        with scratch_database(beside) as scratch:
            return _restore(path, scratch, Path(folder), key, progress)


def restore_backup(
    path: Path, *, to: Target, key: bytes, now: datetime, progress: Progress
) -> Restored:
    """Put the backup's records and files in place, all or nothing. Raises CannotRestore."""
    refuse_in_use(to.place)
    aside = name_aside(to.place, now.astimezone(UTC).strftime("%Y%m%d%H%M%S"))
    with _folder_beside(to.roots) as folder, scratch_database(to.place) as scratch:
        restored = _restore(path, scratch, folder, key, progress)
        progress.step("Putting in place")
        to_come = _make_ours(scratch, restored)
        move_into_place(folder, to.roots, replacing=False)
        put_in_place(scratch, to.place, aside=aside if to.holds_records else None)
        move_into_place(folder, to.roots, replacing=True)
    if to.is_ours and anchors_file().exists():
        # They are of the trail that was given up; the clock writes those of this one down anew.
        anchors_file().rename(anchors_file().with_name(f"{anchors_file().name}.{aside}"))
    progress.close()
    return Restored(
        restored.manifest,
        restored.sums,
        restored.trail,
        aside if to.holds_records else None,
        to_come,
    )


def _restore(path: Path, scratch: Place, folder: Path, key: bytes, progress: Progress) -> Restored:
    with _opened(path, key) as backup:
        contents = backup.manifest.contents
        refuse_newer(contents)
        progress.step("Database")
        programs, server = _programs(scratch, backup)
        restore_dump(programs, scratch, _counted(backup, progress), server=server)
        progress.step("Files")
        for size in backup.files(folder):
            progress.count(size, files=1)
        sums = backup.end()
        progress.step("Comparing")
        refuse_different(contents, scratch, folder)
        trail = refuse_broken_trail(contents, scratch)
        progress.close()
        return Restored(backup.manifest, sums, trail)


def _counted(backup: Unpacker, progress: Progress) -> Iterator[bytes]:
    for piece in backup.pieces():
        progress.count(len(piece))
        yield piece


def _programs(place: Place, backup: Unpacker) -> tuple[Path, int]:
    """Return where a pg_restore is that knows both dump and server, and the server's version."""
    with place.connect() as connection:
        server = connection.info.server_version // 10000
    try:
        return programs_for(max(server, backup.manifest.dumped_by))[0], server
    except CannotBackUp as missing:
        raise CannotRestore(str(missing)) from None


def _make_ours(scratch: Place, restored: Restored) -> int:
    """Give the application's role its rights, and the trail a line; return migrations to come.

    Where there are some, both wait: migrating gives the rights, to tables that are then there.
    """
    with scratch.connect(autocommit=True) as connection:
        connection.execute("ANALYZE")
    if to_come := migrations_to_come(scratch):
        return to_come
    with django_on(scratch):
        grant_to_application()
        write_audit("backup.restored", by=None, backed_up_at=restored.manifest.made_at)
    return 0


@contextmanager
def _opened(path: Path, key: bytes) -> Iterator[Unpacker]:
    try:
        with path.open("rb") as source:
            yield Unpacker(source, key)
    except OSError as failed:
        raise CannotRestore(words_for(failed)) from failed
    except psycopg.OperationalError as failed:
        raise CannotRestore(f"The database server does not answer as it should: {failed}") from None


@contextmanager
def _folder_beside(roots: dict[str, Path]) -> Iterator[Path]:
    """Give an empty folder on the disk of the files' own folders, removed afterwards."""
    beside = next(iter(roots.values())).parent
    try:
        beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=beside))
    except OSError as failed:
        raise CannotRestore(words_for(failed)) from failed
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
