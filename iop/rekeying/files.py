"""Encrypted files, each replaced whole by the same under the newest key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from iop.rekeying.boxes import Boxes


def documents() -> Iterator[Path]:
    """Give each document's file; an unfinished one, whose name begins with a dot, is none."""
    folder = Path(settings.DOCUMENTS_ROOT)
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))


def is_old(path: Path, boxes: Boxes) -> bool:
    """Return whether the file rests on an old key. Raises CannotDecrypt."""
    return boxes.anew(path.read_bytes()) is not None


def encrypt_file_anew(path: Path, boxes: Boxes) -> bool:
    """Replace the file where it rests on an old key, and return whether it did.

    It is there whole under the one key or the other, whenever the power fails.
    """
    if (new := boxes.anew(path.read_bytes())) is None:
        return False
    unfinished = path.with_name(f".{path.name}")
    with open(unfinished, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as to:
        to.write(new)
        to.flush()
        os.fsync(to.fileno())
    unfinished.replace(path)
    return True
