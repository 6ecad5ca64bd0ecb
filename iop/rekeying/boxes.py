"""Whether a text or a file rests on an old key, and the same under the newest."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from accounts.encryption import CannotDecrypt


class Boxes:
    """The newest key alone, and all keys together; the newest is the first of IOP_FIELD_KEYS."""

    def __init__(self) -> None:
        self.newest = Fernet(settings.FIELD_KEYS[0])
        self.all = MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])

    def anew(self, stored: bytes) -> bytes | None:
        """Return the same under the newest key; None where it is so already, or empty.

        Raises CannotDecrypt where no key opens it.
        """
        if not stored:
            return None
        try:
            self.newest.decrypt(stored)
        except InvalidToken:
            return self._turned(stored)
        return None

    def _turned(self, stored: bytes) -> bytes:
        try:
            return self.all.rotate(stored)
        except InvalidToken:
            raise CannotDecrypt("No key in IOP_FIELD_KEYS opens this.") from None
