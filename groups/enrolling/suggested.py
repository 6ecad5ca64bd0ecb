"""What the enroll page suggests: next Monday or the day asked for, ten weeks, what is on record."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from programs.models import (
    Admission,
    Channel,
    ConsentPurpose,
    HowTaken,
    Language,
    Participant,
    Referral,
    ReferralSource,
)

USUAL_WEEKS = 10
YES, NO = "yes", "no"
# How an answer is given to somebody who enrolls; the other ways come from elsewhere.
WAYS = (HowTaken.IN_PERSON, HowTaken.PHONE, HowTaken.SIGNED, HowTaken.ONLINE)


def suggested(
    today: date, known: Participant | None, call: Referral | None, chart_number: str
) -> dict[str, Any]:
    """Return the suggestions; `call` is the person's open one to the program."""
    first_on = _first_day(today, call)
    on_record = _on_record(known)
    return {
        "admitted_on": first_on,
        "planned_discharge_on": first_on + timedelta(weeks=USUAL_WEEKS, days=-3),
        "language": Language.ENGLISH,
        "admission": call.admission if call else Admission.DIRECT,
        "came_from": call.came_from if call else "",
        "source": ReferralSource.SELF,
        "chart_number": chart_number,
        "email_consent": YES if Channel.EMAIL in on_record else None,
        "sms_consent": YES if Channel.SMS in on_record else None,
        "taken_how": HowTaken.PHONE if call else HowTaken.IN_PERSON,
        "proposed_id": uuid.uuid4(),
    }


def _first_day(today: date, call: Referral | None) -> date:
    if call and call.wanted_on and call.wanted_on >= today:
        return call.wanted_on
    return today + timedelta(days=-today.weekday() % 7)


def _on_record(known: Participant | None) -> set[str]:
    if known is None:
        return set()
    return {
        each.channel
        for each in known.consents.all()
        if not each.withdrawn_at and each.purpose == ConsentPurpose.REMINDERS
    }
