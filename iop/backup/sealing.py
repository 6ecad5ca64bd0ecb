"""An encrypted stream: what was altered, reordered, cut off or added is found on reading.

The STREAM construction over AES-256-GCM: the content is cut into chunks, and the nonce of each is
its number and whether it is the last. The key is derived for this one file from its random salt,
so no nonce is used twice under one key. Any memory it needs is one chunk and what was written.
"""

from __future__ import annotations

import os
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from iop.backup.problems import NotWhole

KIND, VERSION = b"IOP-BACKUP", 1
SALT_BYTES, CHECK_BYTES, TAG_BYTES = 32, 16, 16
HEADER_BYTES = len(KIND) + 1 + SALT_BYTES + CHECK_BYTES
CHUNK = 256 * 1024
NUMBER_BYTES = 11  # with the byte that says "last" the 12 bytes of a nonce


def _derived(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Return this file's key, and the bytes by which a wrong key is told from an altered file."""
    about = KIND + bytes([VERSION])
    both = HKDF(SHA256(), 32 + CHECK_BYTES, salt, about).derive(key)
    return both[:32], both[32:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(NUMBER_BYTES, "big") + bytes([is_last])


class Sealer:
    """Encrypts what is written to it; `finish` writes the last chunk, without which it is cut."""

    def __init__(self, to: IO[bytes], key: bytes, *, chunk: int = CHUNK) -> None:
        salt = os.urandom(SALT_BYTES)
        own_key, check = _derived(key, salt)
        self._to, self._box, self._chunk = to, AESGCM(own_key), chunk
        self._header = KIND + bytes([VERSION]) + salt + check
        self._held, self._number, self._is_given_up = bytearray(), 0, False
        to.write(self._header)

    def write(self, content: bytes, /) -> int:
        """Take the bytes; whole chunks are written on, all but the last."""
        if self._is_given_up:
            return len(content)
        self._held += content
        while len(self._held) > self._chunk:
            self._seal(bytes(self._held[: self._chunk]), is_last=False)
            del self._held[: self._chunk]
        return len(content)

    def close(self) -> None:
        """Do nothing: tar, which calls this, does not know whether all went well."""

    def finish(self) -> None:
        """Write what is held as the last chunk."""
        self._seal(bytes(self._held), is_last=True)

    def give_up(self) -> None:
        """Write nothing any more: what is there has no end, and is no backup."""
        self._is_given_up = True

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._to.write(self._box.encrypt(nonce, content, self._header))
        self._number += 1


class Opener:
    """Reads what a Sealer wrote. Nothing is given out before its chunk was found unaltered."""

    def __init__(self, source: IO[bytes], key: bytes, *, chunk: int = CHUNK) -> None:
        self._from, self._sealed = source, chunk + TAG_BYTES
        self._header = source.read(HEADER_BYTES)
        self._box = AESGCM(_key_that_fits(self._header, key))
        self._ready, self._number, self.is_through = bytearray(), 0, False
        self._ahead = source.read(self._sealed)

    def close(self) -> None:
        """Do nothing: whoever opened the file closes it."""

    def read(self, size: int, /) -> bytes:
        """Return that many bytes, fewer only at the end. Raises NotWhole."""
        while len(self._ready) < size and not self.is_through:
            self._ready += self._next_chunk()
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given

    def _next_chunk(self) -> bytes:
        block, self._ahead = self._ahead, self._from.read(self._sealed)
        self.is_through = not self._ahead
        opened = self._opened(block, is_last=self.is_through)
        if opened is None:
            raise NotWhole(self._what_is_wrong(block))
        self._number += 1
        return opened

    def _opened(self, block: bytes, *, is_last: bool) -> bytes | None:
        if len(block) < TAG_BYTES:
            return None
        try:
            return self._box.decrypt(_nonce(self._number, is_last=is_last), block, self._header)
        except InvalidTag:
            return None

    def _what_is_wrong(self, block: bytes) -> str:
        place = f"after its first {HEADER_BYTES + self._number * self._sealed:,} bytes"
        if self._opened(block, is_last=not self.is_through) is not None:
            if self.is_through:
                return f"The backup was cut off {place}: its end is missing."
            return f"Something was added to the backup {place}, behind its end."
        if self.is_through and len(block) < self._sealed:
            return f"The backup was cut off or altered {place}."
        return f"The backup was altered {place}."


def _key_that_fits(header: bytes, key: bytes) -> bytes:
    if not header.startswith(KIND):
        if KIND.startswith(header):
            raise NotWhole("The backup was cut off in its first bytes: there is nothing in it.")
        raise NotWhole("This file is no backup made by this software.")
    if len(header) < HEADER_BYTES:
        raise NotWhole("The backup was cut off in its first bytes: there is nothing in it.")
    if (version := header[len(KIND)]) != VERSION:
        raise NotWhole(
            f"The backup is of form {version}; this release reads form {VERSION}. Restore it with"
            " the release that made it."
        )
    salt = header[len(KIND) + 1 : -CHECK_BYTES]
    own_key, check = _derived(key, salt)
    if check != header[-CHECK_BYTES:]:
        raise NotWhole(
            "IOP_BACKUP_KEY does not open this backup: it was made with another key (or its first"
            " bytes were altered)."
        )
    return own_key
