"""Sensitive free text, encrypted with a key that is not in the database.

A stolen dump or backup shows ciphertext. Row history stores the same ciphertext. What cannot be
decrypted raises; it is never shown as if it were text.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class CannotDecrypt(ValueError):
    """The stored text was encrypted with a key that IOP_FIELD_KEYS does not hold."""


@lru_cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """Return the text encrypted with the newest key; the empty text stays empty."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode() if text else ""


def decrypt(stored: str) -> str:
    """Return the text behind `stored`; raises CannotDecrypt where no key fits."""
    if not stored:
        return ""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(stored.encode()).decode()
    except InvalidToken:
        raise CannotDecrypt("No key in IOP_FIELD_KEYS opens this text.") from None


def encrypt_bytes(content: bytes) -> bytes:
    """Return a file's bytes encrypted with the newest key; about a third longer."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(content)


def decrypt_bytes(stored: bytes) -> bytes:
    """Return the bytes behind `stored`; CannotDecrypt where no key fits or a bit is off."""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(stored)
    except InvalidToken:
        raise CannotDecrypt("No key in IOP_FIELD_KEYS opens these bytes.") from None


class EncryptedTextField(models.TextField):
    """Text that is readable in Python and ciphertext in the database. It cannot be searched."""

    def get_prep_value(self, value):
        return encrypt(value) if value is not None else None

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value is not None else None

    def get_lookup(self, lookup_name):
        # The same text encrypts differently each time, so a comparison would never be true. Only
        # row history compares: a row's old ciphertext with its new one (`df`, is distinct from).
        return super().get_lookup(lookup_name) if lookup_name in ("isnull", "df") else None
