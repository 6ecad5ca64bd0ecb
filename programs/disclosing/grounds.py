"""To whom what may go on which ground: one table, in the words of 42 CFR Part 2."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from programs.models import Basis, Recipient


class Asked(StrEnum):
    """What a way out asks for besides what it is for."""

    NAME = "recipient_name"
    RELEASE = "release"
    EMERGENCY = "emergency"
    AFFILIATION = "affiliation"


@dataclass(frozen=True)
class Way:
    """One ground on which something may go to one kind of recipient, and where that stands."""

    recipient: Recipient
    basis: Basis
    citation: str
    # What has to be true, for whoever states it.
    words: Any
    asks: tuple[Asked, ...] = ()
    # A person's own access reaches to their own record, and an emergency is one person's: neither
    # opens a list of several people.
    is_of_one: bool = False

    @property
    def key(self) -> str:
        return f"{self.recipient.value}:{self.basis.value}"

    @property
    def needs_releases(self) -> bool:
        return self.basis == Basis.CONSENT


NAMED = (Asked.NAME,)
RELEASED = (Asked.RELEASE, Asked.NAME)
URGENT = (Asked.NAME, Asked.AFFILIATION, Asked.EMERGENCY)
WRITTEN = _("Every person in it has a release for this recipient, in force today.")
BONA_FIDE = _(
    "A medical emergency of this person, who cannot be asked before. Nobody else is in it, and the"
    " directors are told at once."
)

WAYS: tuple[Way, ...] = (
    Way(
        Recipient.OWN,
        Basis.INTERNAL,
        "42 CFR 2.12(c)(3)",
        _("For those in the program who need it for their duties."),
    ),
    Way(
        Recipient.PARTICIPANT,
        Basis.PARTICIPANT,
        "42 CFR 2.23",
        _("It is their own record, and nobody else is in it."),
        is_of_one=True,
    ),
    Way(Recipient.PAYER, Basis.CONSENT, "42 CFR 2.31, 2.33", WRITTEN, RELEASED),
    Way(Recipient.PROVIDER, Basis.CONSENT, "42 CFR 2.31, 2.33", WRITTEN, RELEASED),
    Way(Recipient.PROVIDER, Basis.EMERGENCY, "42 CFR 2.51", BONA_FIDE, URGENT, is_of_one=True),
    Way(
        Recipient.SERVICE,
        Basis.INTERNAL,
        "42 CFR 2.11, 2.12(c)(4)",
        _("The organization has signed an agreement to protect the records as the program does."),
        NAMED,
    ),
    Way(Recipient.SERVICE, Basis.CONSENT, "42 CFR 2.31, 2.33", WRITTEN, RELEASED),
    Way(
        Recipient.COURT,
        Basis.ORDER,
        "42 CFR 2.61 to 2.67",
        _("The court’s order authorizes it. A subpoena alone does not."),
        NAMED,
    ),
    Way(Recipient.COURT, Basis.CONSENT, "42 CFR 2.31, 2.35", WRITTEN, RELEASED),
    Way(
        Recipient.AUDITOR,
        Basis.AUDIT,
        "42 CFR 2.53",
        _("They have agreed in writing to use it for the audit alone, and to destroy it after."),
        NAMED,
    ),
    Way(Recipient.AUDITOR, Basis.CONSENT, "42 CFR 2.31, 2.33", WRITTEN, RELEASED),
    Way(Recipient.OTHER, Basis.CONSENT, "42 CFR 2.31, 2.33", WRITTEN, RELEASED),
    Way(Recipient.OTHER, Basis.EMERGENCY, "42 CFR 2.51", BONA_FIDE, URGENT, is_of_one=True),
)
BY_KEY = {way.key: way for way in WAYS}
OWN_WORK = BY_KEY["own:internal"]
TO_PARTICIPANT = BY_KEY["participant:participant"]
# What it is for, where it stays; the first is what most files are made for.
OWN_PURPOSES = (
    _("Treatment team"),
    _("Payment or claim"),
    _("Utilization review"),
    _("Audit of our own"),
)
TO_PARTICIPANT_PURPOSES = (_("The participant asked for it"), _("Handed out in care"))
PURPOSES = (
    *OWN_PURPOSES[:3],
    TO_PARTICIPANT_PURPOSES[0],
    _("Continued care"),
    _("Court report"),
    _("Audit"),
)


def ways_for(people: int) -> tuple[Way, ...]:
    """Return the ways out that are open to a file about so many people."""
    return tuple(way for way in WAYS if people == 1 or not way.is_of_one)
