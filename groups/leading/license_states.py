"""Whether a license holds on a date, and how that is shown: valid, expires soon, expired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from django.utils.translation import gettext as _

from accounts.models import License
from groups.leading.wording import Chip, near_date

# How long before its last day a license is pointed out, in days.
SOON = 60


class LicenseState(Enum):
    VALID = auto()
    EXPIRES_SOON = auto()
    EXPIRED = auto()
    NOT_YET = auto()


LOOKS = {
    LicenseState.VALID: ("ok", "badge-check"),
    LicenseState.EXPIRES_SOON: ("warn", "clock-alert"),
    LicenseState.EXPIRED: ("lost", "badge-x"),
    LicenseState.NOT_YET: ("calm", "hourglass"),
}


@dataclass(frozen=True)
class Held:
    """A credential that is held from a date to a date, both included; None: no such end."""

    credential: str
    first_on: date | None
    expires_on: date | None

    def covers(self, day: date) -> bool:
        return (self.first_on or date.min) <= day <= (self.expires_on or date.max)


def state_of(held: Held | License, today: date) -> LicenseState:
    """Return how it stands on the date; its last day is still valid."""
    if held.first_on and today < held.first_on:
        return LicenseState.NOT_YET
    if held.expires_on is None:
        return LicenseState.VALID
    days_left = (held.expires_on - today).days
    if days_left < 0:
        return LicenseState.EXPIRED
    return LicenseState.EXPIRES_SOON if days_left <= SOON else LicenseState.VALID


def held_credentials(licenses: Iterable[License], today: date) -> list[Held]:
    """Return one stretch of each credential, by credential: the one that matters on the date.

    That is the one that covers the date, else the last one before it, else the next one. A license
    that was renewed without a gap is one stretch.
    """
    by_credential: dict[str, list[License]] = defaultdict(list)
    for each in licenses:
        by_credential[each.credential.casefold()].append(each)
    return [_matters(_joined(alike), today) for _name, alike in sorted(by_credential.items())]


def _joined(licenses: Iterable[License]) -> list[Held]:
    joined: list[Held] = []
    for each in sorted(licenses, key=lambda one: one.first_on or date.min):
        last = joined[-1] if joined else None
        if last and _follows(each, last):
            ends = [last.expires_on, each.expires_on]
            later = None if None in ends else max(day for day in ends if day)
            joined[-1] = Held(each.credential, last.first_on, later)
        else:
            joined.append(Held(each.credential, each.first_on, each.expires_on))
    return joined


def _follows(license_: License, held: Held) -> bool:
    if held.expires_on is None or license_.first_on is None:
        return True
    return license_.first_on <= held.expires_on + timedelta(days=1)


def _matters(stretches: list[Held], today: date) -> Held:
    for each in stretches:
        if each.covers(today):
            return each
    over = [each for each in stretches if state_of(each, today) is LicenseState.EXPIRED]
    return over[-1] if over else stretches[0]


def license_chip(held: Held | License, today: date) -> Chip:
    """Return the license as a chip, such as `LCSW expires Dec 20`."""
    state = state_of(held, today)
    if state is LicenseState.VALID and held.expires_on is None:
        return Chip(*LOOKS[state], label=held.credential)
    day = held.first_on if state is LicenseState.NOT_YET else held.expires_on
    words = _sentence(state) % {
        "credential": held.credential,
        "day": near_date(day, today) if day else "",
    }
    return Chip(*LOOKS[state], label=words)


def _sentence(state: LicenseState) -> str:
    return {
        LicenseState.VALID: _("%(credential)s until %(day)s"),
        LicenseState.EXPIRES_SOON: _("%(credential)s expires %(day)s"),
        LicenseState.EXPIRED: _("%(credential)s expired %(day)s"),
        LicenseState.NOT_YET: _("%(credential)s from %(day)s"),
    }[state]
