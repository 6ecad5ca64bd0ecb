"""The demo keeps to itself: it opens on an empty database or on its own clinic, nowhere else."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from programs.models import Clinic

REFUSAL = (
    "IOP_DEMO=1 refuses this database: it holds something other than the demo clinic. The demo's"
    " sign-ins are public, so it never opens on real records. Unset IOP_DEMO to serve this"
    " clinic, or give the demo a database of its own (DATABASE_URL, or another IOP_DATA_DIR)."
)


def refuse_other_clinics() -> None:
    """Raise ImproperlyConfigured where anything but the demo clinic, or nothing, is stored."""
    clinic = Clinic.objects.first()
    is_foreign = not clinic.is_demo if clinic else User.objects.exists()
    if is_foreign:
        raise ImproperlyConfigured(REFUSAL)
