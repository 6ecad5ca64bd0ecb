"""What must be set before anyone is served. A demo on a laptop is let off, nobody else."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from iop.demo.guard import refuse_other_clinics

# Each variable a served installation must set, and why, in one sentence.
NEEDED = {
    "DATABASE_URL": "the PostgreSQL server where records are kept; the embedded one is for trials",
    "REDIS_URL": "the Redis or Valkey server for the queue; the embedded one is for trials",
    "IOP_SECRET_KEY": "at least 50 random characters that sign sessions, the same on every machine",
    "IOP_FIELD_KEYS": "the key that encrypts sensitive text, kept outside the database",
    "IOP_ALLOWED_HOSTS": "the host names this installation answers to",
    "IOP_SITE_URL": "the https:// address that links in messages start with",
}
SHORTEST_SECRET = 50


def weaknesses() -> list[str]:
    """Return what is missing or weak, one line per variable, empty when all is well."""
    # `manage.py` fills the two URLs in for embedded servers; then it says so in this variable.
    embedded = set(os.environ.get("IOP_EMBEDDED", "").split(","))
    found = [
        f"{name} is not set: {why}."
        for name, why in NEEDED.items()
        if not os.environ.get(name) or name in embedded
    ]
    secret = os.environ.get("IOP_SECRET_KEY", "")
    if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < 10):
        found.append(f"IOP_SECRET_KEY is weak: {NEEDED['IOP_SECRET_KEY']}.")
    site = os.environ.get("IOP_SITE_URL", "")
    if site and not site.startswith("https://"):
        found.append(f"IOP_SITE_URL is weak: {NEEDED['IOP_SITE_URL']}.")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("IOP_ALLOWED_HOSTS is weak: name the hosts instead of *.")
    return found


def refuse_to_serve() -> None:
    """Raise ImproperlyConfigured where serving would be careless, naming what to set.

    A demo is let off the list, but opens on no other clinic's records.
    """
    if settings.IOP_DEMO:
        refuse_other_clinics()
        return
    if found := weaknesses():
        lines = "\n".join(f"  {line}" for line in found)
        raise ImproperlyConfigured(
            f"This installation is not ready to be served:\n{lines}\n"
            "To look around on a laptop instead, run: make demo"
        )
