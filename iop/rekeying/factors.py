"""The secrets of second factors, which allauth keeps encrypted within a JSON column."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from iop.rekeying.boxes import Boxes

# A time-based code's secret, and what recovery codes are made from.
SECRETS = ("secret", "seed")


def encrypt_factors_anew(boxes: Boxes, *, check: bool) -> int:
    """Encrypt with the newest key what rests on an old one; return how many that are."""
    found = 0
    for key in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=key)
            new = {
                name: text.decode()
                for name in SECRETS
                if (text := boxes.anew(str(factor.data.get(name) or "").encode())) is not None
            }
            if new and not check:
                factor.data = {**factor.data, **new}
                factor.save(update_fields=["data"])
            found += len(new)
    return found
