"""The key that opens backups. It is none of the keys that encrypt what is inside them."""

from __future__ import annotations

import base64
import binascii
import os

from django.conf import settings

from iop.backup.problems import CannotBackUp, CannotRestore
from iop.keys import kept_backup_key

LENGTH = 32
MAKE_ONE = "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"
NOT_SET = (
    "IOP_BACKUP_KEY is not set. Make a key, and keep it where neither this machine nor its"
    f" backups are: without it no backup can be opened.\n  {MAKE_ONE}"
)
NOT_HERE = (
    "IOP_BACKUP_KEY is not set, and this data folder holds no key of its own. Set it to the key"
    " that the backup was made with."
)


def key_to_back_up() -> bytes:
    """Return the key; with the embedded database, one is made on first use. Raises CannotBackUp."""
    given = settings.BACKUP_KEY
    if not given and "DATABASE_URL" not in os.environ.get("IOP_EMBEDDED", "").split(","):
        raise CannotBackUp(NOT_SET)
    try:
        return _decoded(given or kept_backup_key(settings.IOP_DATA_DIR))
    except ValueError as wrong:
        raise CannotBackUp(str(wrong)) from None


def key_to_restore() -> bytes:
    """Return the key that is set or kept; never a new one. Raises CannotRestore."""
    kept = settings.IOP_DATA_DIR / "keys" / "backup_key"
    if not settings.BACKUP_KEY and not kept.exists():
        raise CannotRestore(NOT_HERE)
    try:
        return _decoded(settings.BACKUP_KEY or kept.read_text().strip())
    except ValueError as wrong:
        raise CannotRestore(str(wrong)) from None


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != LENGTH:
        raise ValueError(
            f"IOP_BACKUP_KEY is not {LENGTH} bytes in base64. One is made by:\n  {MAKE_ONE}"
        )
    return key
