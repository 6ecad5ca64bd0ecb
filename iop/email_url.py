"""Reads EMAIL_URL: the mail server that messages go out through."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# How each scheme speaks: its usual port, TLS from the start, TLS after a plain greeting.
SCHEMES = {"smtp": (25, False, False), "smtps": (465, True, False), "smtp+tls": (587, False, True)}
RIGHT = "use smtp://, smtps:// or smtp+tls://, then user:password@host:port"
PRINTED = "console://"


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's mail settings. Raises ImproperlyConfigured, without repeating a password.

    Without a URL no mail goes out, and nobody is told that it did; `console://` prints it.
    """
    if not url:
        return {"EMAIL_BACKEND": "reminders.channels.email.NoMailServer"}
    if url == PRINTED:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {RIGHT}.") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL names no mail server: {RIGHT}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"EMAIL_URL ends with something unknown: {RIGHT}.")
    usual, is_ssl, is_tls = SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_ssl,
        "EMAIL_USE_TLS": is_tls,
    }
