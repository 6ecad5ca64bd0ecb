"""How somebody may be reached after they were missed, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from programs.agreements.consent_grid import Cell, consent_grid
from programs.agreements.papers import agreements_of, consents_of
from programs.models import AgreementKind, ConsentPurpose, Participant, Program
from programs.weeks import local_date


@dataclass(frozen=True)
class Phone:
    """A number, as one reads it and as a telephone dials it."""

    label: str
    number: str
    dialled: str


@dataclass(frozen=True)
class Way:
    """A channel for a word after a missed session: its addresses, and whether they agreed."""

    label: str
    icon: str
    addresses: tuple[str, ...]
    cell: Cell


@dataclass(frozen=True)
class Release:
    """Somebody who may be told of them, and what."""

    recipient: str
    scope: str


@dataclass(frozen=True)
class Contact:
    """For those who may read more of somebody than the name."""

    phones: tuple[Phone, ...]
    language: str
    safe_contact: str
    ways: tuple[Way, ...]
    releases: tuple[Release, ...]


def contact_of(person: Participant, program: Program, now: datetime) -> Contact:
    """Return what is on record of reaching them; two statements."""
    today = local_date(now, program.zone)
    releases = agreements_of(person).in_force(today).filter(kind=AgreementKind.RELEASE)
    return Contact(
        phones=_phones(person),
        language=str(person.get_language_display()),
        safe_contact=person.safe_contact,
        ways=_ways(person, program),
        releases=tuple(Release(each.recipient, each.scope) for each in releases),
    )


def _phones(person: Participant) -> tuple[Phone, ...]:
    known = ((_("Phone"), person.phone), (_("Other phone"), person.other_phone))
    return tuple(Phone(label, each.as_national, each.as_e164) for label, each in known if each)


def _ways(person: Participant, program: Program) -> tuple[Way, ...]:
    grid = consent_grid(person, list(consents_of(person)), program.zone)
    return tuple(
        Way(str(channel.channel.label), channel.icon, channel.addresses, cell)
        for channel in grid
        for cell in channel.cells
        if cell.purpose == ConsentPurpose.OUTREACH
    )
