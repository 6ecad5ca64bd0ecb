"""Where the bytes of documents lie: encrypted, under random names, outside the web root."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from accounts.encryption import CannotDecrypt, decrypt_bytes, encrypt_bytes


class CannotOpen(Exception):
    """A document's file is not there, or is not what was once written."""


def write_file(content: bytes) -> str:
    """Write the bytes encrypted, and return the random name they lie under.

    They are on the disk under that name whole or not at all, whenever the power fails.
    """
    folder = Path(settings.DOCUMENTS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    unfinished = folder / f".{name}"
    try:
        with open(unfinished, "xb", opener=_only_ours) as to:
            to.write(encrypt_bytes(content))
            to.flush()
            os.fsync(to.fileno())
        unfinished.rename(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync(folder)
    return name


def read_file(name: str) -> bytes:
    """Return the bytes as they were written. Raises CannotOpen."""
    try:
        return decrypt_bytes((Path(settings.DOCUMENTS_ROOT) / name).read_bytes())
    except (OSError, CannotDecrypt) as failed:
        raise CannotOpen from failed


@contextmanager
def none_left_behind() -> Iterator[list[str]]:
    """Give a list of files written; where the block fails they are removed again.

    Stands around the transaction, so that a row refused at its very end leaves no file either.
    """
    written: list[str] = []
    try:
        yield written
    except BaseException:
        for name in written:
            with suppress(OSError):
                (Path(settings.DOCUMENTS_ROOT) / name).unlink()
        raise


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(folder: Path) -> None:
    """Have the folder itself on disk, without which a renamed file may be lost."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
