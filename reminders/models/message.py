"""What a message to a participant and one to staff have in common: a status, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Sending takes seconds. What is still claimed after this long was cut off half-way.
UNKNOWN_AFTER = timedelta(minutes=15)


class ReminderStatus(models.TextChoices):
    """Where a message stands; all but the first two are outcomes, and final but for receipts."""

    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Not sent")
    EXPIRED = "expired", _("Too late")
    UNKNOWN = "unknown", _("Outcome unknown")


class Reason(models.TextChoices):
    """Why a message failed or was not sent. Never a server's own words: they repeat the address."""

    ADDRESS_REFUSED = "address_refused", _("The address was refused")
    MESSAGE_REFUSED = "message_refused", _("The message was refused")
    NO_ANSWER = "no_answer", _("The server took nothing")
    NONSENSE = "nonsense", _("The gateway's answer made no sense")
    BOUNCED = "bounced", _("It was not delivered")
    NOT_EXPECTED = "not_expected", _("Nobody is expected any more")
    NO_CONSENT = "no_consent", _("They have not agreed, or no longer")
    NO_ADDRESS = "no_address", _("There is no address that works")
    TOO_MANY = "too_many", _("As many as may go out had gone out")
    REVEALS = "reveals", _("Its words would have revealed something")
    NOT_NEEDED = "not_needed", _("Done before it went out")
    HAS_LEFT = "has_left", _("No longer theirs")
    NOT_WANTED = "not_wanted", _("They have turned it off")


FAILURES = (
    Reason.ADDRESS_REFUSED,
    Reason.MESSAGE_REFUSED,
    Reason.NO_ANSWER,
    Reason.NONSENSE,
    Reason.BOUNCED,
)
SKIPS = tuple(each for each in Reason if each not in FAILURES)
OUTCOMES = tuple(
    each for each in ReminderStatus if each not in (ReminderStatus.PLANNED, ReminderStatus.CLAIMED)
)
NOT_YET = Q(claimed_at=None, sent_at=None)
IS_CLAIMED = Q(claimed_at__isnull=False)
WENT_WRONG = Q(reason__in=[str(each) for each in FAILURES])


def tells_one_story(name: str, message: Any) -> models.CheckConstraint:
    """Return the constraint that status, moments and reason agree; of a table by this name."""
    planned = (Q(attempts=0, reason="") | (Q(attempts__gt=0) & WENT_WRONG)) & NOT_YET
    return models.CheckConstraint(
        condition=(Q(status="planned") & planned)
        | (Q(status="claimed", sent_at=None, reason="") & IS_CLAIMED)
        | (Q(status="sent", sent_at__isnull=False, reason="") & IS_CLAIMED)
        | (Q(status="failed", sent_at=None) & WENT_WRONG)
        | (Q(status="failed", sent_at__isnull=False, reason="bounced") & IS_CLAIMED)
        | (Q(status="skipped", reason__in=[str(each) for each in SKIPS]) & NOT_YET)
        | (Q(status="expired") & (Q(reason="") | WENT_WRONG) & NOT_YET)
        | (Q(status="unknown", sent_at=None) & (Q(reason="") | WENT_WRONG) & IS_CLAIMED),
        name=f"{name}_tells_one_story",
        violation_error_message=message,
    )


def sent_after_claimed(name: str, message: Any) -> models.CheckConstraint:
    """Return the constraint that nothing is sent before it was claimed."""
    return models.CheckConstraint(
        condition=Q(sent_at=None) | Q(sent_at__gte=F("claimed_at")),
        name=f"{name}_sent_after_claimed",
        violation_error_message=message,
    )
