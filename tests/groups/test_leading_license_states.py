"""How a license stands on a date: both ends, the sixty days before its last, what was renewed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import License
from groups.leading.license_states import (
    SOON,
    Held,
    LicenseState,
    held_credentials,
    license_chip,
    state_of,
)

TODAY = date(2026, 11, 25)


def held(first: int | None, last: int | None, credential: str = "LPC") -> License:
    """A license from and until so many days from today."""
    return License(
        credential=credential,
        first_on=None if first is None else TODAY + timedelta(days=first),
        expires_on=None if last is None else TODAY + timedelta(days=last),
    )


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (None, None, LicenseState.VALID),
        (0, None, LicenseState.VALID),
        (1, None, LicenseState.NOT_YET),
        (1, 400, LicenseState.NOT_YET),
        (None, SOON + 1, LicenseState.VALID),
        (None, SOON, LicenseState.EXPIRES_SOON),
        (None, 0, LicenseState.EXPIRES_SOON),
        (None, -1, LicenseState.EXPIRED),
    ],
)
def test_the_states(first: int | None, last: int | None, state: LicenseState):
    assert state_of(held(first, last), TODAY) is state


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "LPC"),
        (None, 100, "LPC until Mar 5, 2027"),
        (None, 30, "LPC expires Dec 25"),
        (None, -3, "LPC expired Nov 22"),
        (7, None, "LPC from Dec 2"),
    ],
)
def test_the_words(first: int | None, last: int | None, words: str):
    assert license_chip(held(first, last), TODAY).label == words


@pytest.mark.parametrize(
    ("licenses", "first", "last"),
    [
        ([(None, 10)], None, 10),
        # renewed without a gap: one stretch, nothing expires soon
        ([(None, 10), (11, 400)], None, 400),
        ([(5, None), (None, 10)], None, None),
        # with a gap, the one in force matters, then the one that is over
        ([(None, 10), (12, 400)], None, 10),
        ([(-400, -10), (12, 400)], -400, -10),
        ([(-800, -600), (-400, -10)], -400, -10),
        # the first has not begun
        ([(20, 30), (40, 50)], 20, 30),
    ],
)
def test_the_stretch_that_matters(licenses: list, first: int | None, last: int | None):
    (found,) = held_credentials([held(*each) for each in licenses], TODAY)
    expected = held(first, last)
    assert found == Held("LPC", expected.first_on, expected.expires_on)


def test_credentials_are_told_apart_whatever_their_letters():
    licenses = [held(None, None, "LPC"), held(None, None, "lcsw"), held(0, None, "LCSW")]
    found = held_credentials(licenses, TODAY)
    assert [each.credential.upper() for each in found] == ["LCSW", "LPC"]
