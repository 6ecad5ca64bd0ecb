"""Keys that a small installation need not think about: made once, kept in the data folder.

A served installation brings its own (see `iop/readiness.py`): several web processes
on several machines must share one key.
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet


def kept_secret_key(data_dir: Path) -> str:
    """Return the installation's signing key, made on first use."""
    return _kept(data_dir / "keys" / "secret_key", lambda: secrets.token_urlsafe(60))


def kept_field_key(data_dir: Path) -> str:
    """Return the key that encrypts sensitive text, made on first use."""
    return _kept(data_dir / "keys" / "field_key", lambda: Fernet.generate_key().decode())


def kept_backup_key(data_dir: Path) -> str:
    """Return the key that opens backups, made on first use: a trial's. A clinic keeps its own."""
    return _kept(
        data_dir / "keys" / "backup_key",
        lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
    )


def _kept(path: Path, make) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        # link() fails where the name exists: of two first starts, one key wins for both.
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
