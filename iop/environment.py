"""Reads environment variables; a bad value is refused by name, with what would be right."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable's text, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    """Return whether the variable says yes; unset is no. Anything unclear raises."""
    value = text(name).lower()
    if value in YES or value in NO:
        return value in YES
    raise ImproperlyConfigured(f"{name}={value!r} is not clear: use 1 for yes, 0 for no.")


def words(name: str, default: str = "") -> list[str]:
    """Return the variable's comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def whole_number(name: str, default: int) -> int:
    """Return the variable as a whole number of at least 0."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute folder; a relative one lies beside the default."""
    value = text(name)
    if not value:
        return default
    path = Path(value).expanduser()
    return path if path.is_absolute() else default.parent / path
