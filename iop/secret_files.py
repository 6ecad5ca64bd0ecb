"""Secrets that come as files: NAME_FILE names one, as containers and systemd hand them over."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# What may come as a file: whoever reads it could sign in, read records, or send in our name.
SECRETS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SMS_URL",
    "IOP_SECRET_KEY",
    "IOP_SECRET_KEY_FALLBACKS",
    "IOP_FIELD_KEYS",
    "IOP_BACKUP_KEY",
    "IOP_METRICS_TOKEN",
)


def read_secret_files(environ: MutableMapping[str, str]) -> None:
    """Set each secret whose file is named, once, before anything reads it.

    Raises ImproperlyConfigured where a file cannot be read, is empty, or says it a second time.
    """
    for name in SECRETS:
        # Taken out, so that a process we start does not meet both.
        if path := environ.pop(f"{name}_FILE", "").strip():
            environ[name] = _content(name, path, environ.get(name, ""))


def _content(name: str, path: str, given: str) -> str:
    try:
        content = Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(
            f"{name}_FILE: {path} cannot be read ({type(problem).__name__})."
        ) from None
    if not content:
        raise ImproperlyConfigured(f"{name}_FILE: {path} is empty.")
    if given and given != content:
        raise ImproperlyConfigured(f"{name} and {name}_FILE say different things: keep one.")
    return content
