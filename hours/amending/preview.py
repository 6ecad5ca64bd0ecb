"""What an amendment would change, worked out by making it and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from hours.amending.comparing import Correction, Effect, carried_out

# Why is asked for when it is saved; what it would change can be seen before.
NO_REASON_YET = "-"


def effect_of(correction: Correction, *, by: User, now: datetime) -> Effect:
    """Return what the amendment would change. Nothing of it stays.

    Raises GroupSession.DoesNotExist, NotAmended.
    """
    with transaction.atomic():
        wanted = replace(correction, reason=NO_REASON_YET)
        _amendment, effect = carried_out(wanted, by=by, now=now)
        transaction.set_rollback(True)
    return effect
