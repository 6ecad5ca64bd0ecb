"""Where an episode of care stands on a date, from its dates and the leaves around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from programs.models import DischargeReason, Enrollment, Leave, Referral, ReferralStatus, Standing

REFERRAL_STANDING = {
    ReferralStatus.REFERRED: Standing.REFERRED,
    ReferralStatus.WAITLISTED: Standing.WAITLISTED,
    ReferralStatus.DECLINED: Standing.DECLINED,
}


def standing_of(enrollment: Enrollment, day: date, leaves: Iterable[Leave] = ()) -> Standing:
    """Return where the enrollment stands on the date; `leaves` are the participant's.

    The day of discharge still counts as a day in the program.
    """
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        return Standing.DECLINED
    if enrollment.discharged_on and enrollment.discharged_on < day:
        return Standing.DISCHARGED
    if day < enrollment.admitted_on:
        return Standing.SCHEDULED
    if any(each.first_on <= day <= (each.last_on or date.max) for each in leaves):
        return Standing.ON_LEAVE
    return Standing.ACTIVE


def standing_of_referral(referral: Referral) -> Standing:
    """Return where somebody stands who is not enrolled. Raises KeyError for one who is."""
    return REFERRAL_STANDING[ReferralStatus(referral.status)]
