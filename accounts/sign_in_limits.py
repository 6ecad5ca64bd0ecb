"""How often a password may be tried, so that guessing is slow and a colleague is not shut out.

Tries are counted by account *and* where they come from, never by the account alone:

- From a browser in which this person has signed in before: five wrong ones in five minutes,
  counted for that browser. What anybody else does elsewhere does not count.
- From anywhere else: five wrong ones in five minutes by account and address, ten a minute by
  address over all accounts, and thirty in five minutes by account over all such addresses.

Who guesses from one address shuts that address out, and a colleague elsewhere not even for a
moment; who guesses from many keeps out those who come from a new browser, five minutes beyond
the last guess. A passkey is no secret that can be guessed, so nothing here is in its way. Codes
of the second step are counted by account (five in five minutes): only who has the password gets
that far, and who comes by passkey alone is not asked for one.
A right password gives back its own try, and only that. The numbers are in settings,
ACCOUNT_RATE_LIMITS.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from accounts.devices import device_of, mark_of

APP = "allauth.account"


class Tries:
    """What one try has been counted as; given back where the password was right."""

    def __init__(self) -> None:
        self.counted: list[ratelimit.RateLimitUsage] = []

    def count(self, request: HttpRequest, action: str, key: str) -> bool:
        """Count one try, and return whether it may be made."""
        usage = ratelimit.consume(request, app=APP, action=action, key=key)
        if usage is not None:
            self.counted.append(usage)
        return usage is not None

    def give_back(self) -> None:
        for usage in self.counted:
            usage.rollback()
        self.counted = []


def take_try(request: HttpRequest, email: str) -> Tries | None:
    """Count a try at this account's password; None where there have been too many."""
    account, device, tries = mark_of(email), device_of(request), Tries()
    if device and device.knows(email):
        allowed = tries.count(request, "login_failed", f"{account} {device.number}")
    else:
        address = ratelimit.get_ip(request)
        allowed = (
            tries.count(request, "login_failed_at_address", address)
            and tries.count(request, "login_failed", f"{account} {address}")
            and tries.count(request, "login_failed_anywhere", account)
        )
    return tries if allowed else None


def may_use_page(request: HttpRequest) -> bool:
    """Count one sending of the sign-in form: thirty a minute from a browser or an address."""
    device = device_of(request)
    key = device.number if device else ratelimit.get_ip(request)
    return bool(ratelimit.consume(request, app=APP, action="sign_in_page", key=key))
