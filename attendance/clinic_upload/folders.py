"""Where the files of uploads lie: each upload in a folder of a random name, open to nobody else."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from attendance.clinic_folder.problems import CLINIC_FILE
from attendance.clinic_upload.limits import (
    KEPT_FOR,
    LARGEST_FILE,
    LARGEST_IN_ALL,
    LARGEST_TOML,
    MB,
    MOST_LINES,
    CannotUpload,
)

PREFIX = "clinic-"
# In which language its sender reads what is wrong; no file of a clinic folder is called so.
LANGUAGE = "language"
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


class Filling:
    """A folder being filled. What is written is counted; past a limit it is refused."""

    def __init__(self, name: str) -> None:
        self.name, self.path = name, folder_of(name)
        self.size = self.lines = 0

    def write(self, file: str, pieces: Iterable[bytes], *, at_most: int = LARGEST_IN_ALL) -> None:
        """Write one file. Raises CannotUpload past a limit; `at_most` are bytes in all."""
        size, largest = 0, LARGEST_TOML if file == CLINIC_FILE else LARGEST_FILE
        with _room_for_it(), open(self.path / file, "xb", opener=_only_ours) as to:
            for piece in pieces:
                if not size and piece.startswith(ARCHIVES):
                    words = _("%(file)s is an archive. Send the spreadsheet itself.")
                    raise CannotUpload(words % {"file": file})
                size += len(piece)
                self._count(piece, at_most)
                if size > largest:
                    words = _("%(file)s is larger than %(most)s MB.")
                    raise CannotUpload(words % {"file": file, "most": f"{largest / MB:g}"})
                to.write(piece)

    def _count(self, piece: bytes, at_most: int) -> None:
        self.size += len(piece)
        self.lines += max(piece.count(b"\n"), piece.count(b"\r"))
        if self.size > at_most:
            words = _("The files are larger than %(most)s MB in all. Send fewer of them.")
            raise CannotUpload(words % {"most": f"{at_most / MB:.0f}"})
        if self.lines > MOST_LINES:
            words = _("The files have more than %(most)s lines. Send them in parts.")
            raise CannotUpload(words % {"most": f"{MOST_LINES:,}"})


@contextmanager
def _room_for_it() -> Iterator[None]:
    """Say in words where the disk takes no more: at opening, at writing, or only at closing."""
    try:
        yield
    except OSError as full:
        words = _("There is no room for the files just now. Tell whoever runs this server.")
        raise CannotUpload(words) from full


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def folder_of(name: str) -> Path:
    """Return the upload's folder."""
    return Path(settings.UPLOADS_ROOT) / name


@contextmanager
def new_folder() -> Iterator[Filling]:
    """Make a folder to be filled; where the block fails, it is removed again."""
    root = Path(settings.UPLOADS_ROOT)
    filling = Filling(f"{PREFIX}{secrets.token_hex(16)}")
    with _room_for_it():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        filling.path.mkdir(mode=0o700)
    try:
        with _room_for_it():
            filling.path.joinpath(LANGUAGE).write_text(translation.get_language() or "")
        yield filling
    except BaseException:
        remove_folder(filling.name)
        raise


def language_of(name: str) -> str | None:
    """Return the language in which the sender reads; None where it is not known."""
    try:
        return folder_of(name).joinpath(LANGUAGE).read_text() or None
    except OSError:
        return None


def remove_folder(name: str) -> None:
    """Remove the upload's files, if they are still there."""
    shutil.rmtree(folder_of(name), ignore_errors=True)


def remove_forgotten(kept: Collection[str], now: datetime) -> int:
    """Remove folders that no upload holds, such as a crash leaves, once they are old."""
    oldest = (now - KEPT_FOR).timestamp()
    forgotten = [
        path
        for path in Path(settings.UPLOADS_ROOT).glob(f"{PREFIX}*")
        if path.name not in kept and path.stat().st_mtime < oldest
    ]
    for path in forgotten:
        remove_folder(path.name)
    return len(forgotten)
