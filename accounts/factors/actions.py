"""What is done about second factors: asking for one, and taking them away from who lost them."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from accounts.signed_in.actions import EndedBy, end_all_sessions


@transaction.atomic
def ask_for_factor(*, user: User, now: datetime, by: User | None) -> datetime:
    """Begin the time of grace, once; return when it began."""
    begun = User.objects.filter(pk=user.pk, factor_asked_at=None).update(factor_asked_at=now)
    if begun:
        write_audit("factor.asked", by=by, subject=user)
    user.refresh_from_db(fields=["factor_asked_at"])
    return user.factor_asked_at or now


@transaction.atomic
def take_away_factors(*, user: User, now: datetime, by: User | None) -> int:
    """Take away all second factors of who lost them, and give grace anew; return how many.

    Their sessions end: whoever found the phone may be in one of them.
    """
    found = Authenticator.objects.select_for_update().filter(user=user)
    count = len(found)
    found.delete()
    end_all_sessions(user=user, why=EndedBy.LOST, by=by)
    User.objects.filter(pk=user.pk).update(factor_asked_at=now)
    write_audit("factor.all_removed", by=by, subject=user, count=count)
    return count
