"""Two programs with a person in each, for what concerns duplicates."""

from __future__ import annotations

from datetime import date

from programs.models import Participant, Program
from tests import build

BORN = date(1990, 3, 9)
KNOWN = {"first_name": "José", "last_name": "Johnson", "birth_date": BORN}


def known_in(program: Program, first_on: str = "2026-11-02", **fields) -> Participant:
    """Somebody who is enrolled there, until the end of the month."""
    person = build.a_participant(**{**KNOWN, **fields})
    build.an_enrollment(
        program,
        person,
        admitted_on=first_on,
        discharged_on=f"{first_on[:8]}28",
        discharge_reason="completed",
    )
    return person
