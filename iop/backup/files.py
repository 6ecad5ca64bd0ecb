"""The files that rows name: which they are, read while in use, and written where they belong."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

import psycopg
from django.conf import settings

from iop.backup.problems import CannotBackUp, NotWhole

BLOCK = 1024 * 1024
# A name is random and its content never changes. Rows of the snapshot name files that were
# written before them, so copying after the snapshot finds every one.
DOCUMENTS = {
    "programs_document": "SELECT stored_name FROM programs_document",
    "curriculum_handout": "SELECT stored_name FROM curriculum_handout WHERE stored_name <> ''",
}
# Clinic folders on their way in. What is decided meanwhile is removed: no loss, it was imported.
UPLOADS = (
    "SELECT stored_name FROM attendance_clinicupload WHERE status NOT IN ('applied', 'dropped')"
)
SAFE = re.compile(r"(documents/\w+|uploads/[\w-]+/[\w.-]+)")
ONLY_OURS = 0o600


def files_named_in(
    snapshot: psycopg.Connection, live: psycopg.Connection
) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield every file that the snapshot names, open, with its name in the backup.

    `live` sees what is decided meanwhile. Raises CannotBackUp where a file is missing.
    """
    for table, query in DOCUMENTS.items():
        for name in _names(snapshot, query):
            path = Path(settings.DOCUMENTS_ROOT) / name
            try:
                opened = path.open("rb")
            except FileNotFoundError:
                raise CannotBackUp(_missing(table, path)) from None
            with opened:
                yield f"documents/{name}", opened
    for name in _names(snapshot, UPLOADS):
        with ExitStack() as stack:
            files = _opened_upload(Path(settings.UPLOADS_ROOT) / name, stack)
            # Its folder is removed after the decision is stored: undecided, it was whole.
            if live.execute(f"{UPLOADS} AND stored_name = %s".encode(), [name]).fetchone():
                yield from ((f"uploads/{name}/{file}", opened) for file, opened in files.items())


def _opened_upload(folder: Path, stack: ExitStack) -> dict[str, IO[bytes]]:
    """Open all files of an upload before any is read: open, they outlast their removal."""
    files: dict[str, IO[bytes]] = {}
    with suppress(FileNotFoundError):
        for path in sorted(folder.glob("*")):
            files[path.name] = stack.enter_context(path.open("rb"))
    return files


def missing_files(connection: psycopg.Connection, folder: Path) -> list[str]:
    """Return which documents the database names and the folder does not hold."""
    return [
        f"documents/{name} is missing, which a row of {table} names"
        for table, query in DOCUMENTS.items()
        for name in _names(connection, query)
        if not (folder / "documents" / name).is_file()
    ]


def _names(connection: psycopg.Connection, query: str) -> Iterator[str]:
    """Yield names in portions: there may be a million."""
    with connection.transaction(), connection.cursor("files_of_the_backup") as cursor:
        cursor.execute(query.encode())
        yield from (name for (name,) in cursor)


def _missing(table: str, path: Path) -> str:
    return (
        f"A row of {table} names the file {path}, and it is not there. Is IOP_DATA_DIR the folder"
        " that this database's documents are in? If the record was destroyed in this minute, run"
        " the backup again."
    )


def sum_of(source: IO[bytes]) -> str:
    """Return the SHA-256 of what is still to be read."""
    found = hashlib.sha256()
    while block := source.read(BLOCK):
        found.update(block)
    return found.hexdigest()


def write_file(source: IO[bytes], name: str, wanted_sum: str, folder: Path | None) -> None:
    """Write one file of a backup below the folder (None: only read it). Raises NotWhole."""
    if not SAFE.fullmatch(name) or ".." in name:
        raise NotWhole(f"The backup holds something under a name that no file of ours has: {name}")
    found = sum_of(source) if folder is None else _written(source, folder / name)
    if found != wanted_sum:
        raise NotWhole(f"{name} is not what was written into the backup.")


def _written(source: IO[bytes], path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = hashlib.sha256()
    opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OURS)
    with os.fdopen(opened, "wb") as to:
        while block := source.read(BLOCK):
            found.update(block)
            to.write(block)
        to.flush()
        os.fsync(to.fileno())
    return found.hexdigest()


def move_into_place(restored: Path, roots: dict[str, Path], *, replacing: bool) -> None:
    """Move the restored files among those that are there; each appears whole.

    Before the database has its place only what is new is added, so that no row ever names a file
    that is not there; afterwards `replacing` what another key had encrypted, or a disk spoiled.
    """
    for kind, root in roots.items():
        folders = set()
        for path in sorted((restored / kind).rglob("*")):
            to = root / path.relative_to(restored / kind)
            if path.is_file() and (replacing or not to.exists()):
                to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.replace(to)
                folders |= {root, to.parent}
        for folder in folders:
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the folder itself on disk, without which a renamed file may be lost."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
