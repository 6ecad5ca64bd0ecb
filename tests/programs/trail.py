"""A trail as tests draw it: lines of a few colleagues about a few people, in plain values."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from programs.trail.patterns.facts import Colleague, Facts, Line, Somebody
from tests.build import CHICAGO

# A Saturday; the clocks go back on the Sunday after, at 02:00 in Chicago.
START = datetime(2026, 10, 31, 5, 0, tzinfo=UTC)


def key(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


STAFF = {
    1: Colleague(key(101), "Ada Nolan", "ada@clinic.example"),
    2: Colleague(key(102), "Ben  de la Cruz", "ben@clinic.example"),
    3: Colleague(key(103), "", "cleo@clinic.example"),
}
PEOPLE = {
    key(1): Somebody("Ada", "Nolan"),
    key(2): Somebody("Adeline", "NOLAN", "Ada"),
    key(3): Somebody("Rosa", "Cruz"),
    key(4): Somebody("Rosa", "de la Cruz", email="CLEO@clinic.example "),
    key(5): Somebody("Kim", "Olan"),
}
VERBS = (
    *("participant.read", "notes.signed", "summary.exported", "census.exported"),
    *("emergency.read", "request.limited", "user.signed_in", "user.sign_in_refused"),
)


def facts(lines: list[Line], **changes: Any) -> Facts:
    return Facts(
        lines=sorted(lines, key=lambda line: line.at),
        **{"staff": STAFF, "people": PEOPLE, "zone": CHICAGO, **changes},
    )


@st.composite
def a_line(draw: st.DrawFn) -> Line:
    verb = draw(st.sampled_from(VERBS))
    is_entry = verb.startswith("user.")
    who = draw(st.sampled_from([1, 2, 3, 9]))
    return Line(
        at=START + timedelta(minutes=draw(st.integers(0, 3 * 24 * 60))),
        by=None if verb == "user.sign_in_refused" else who,
        verb=verb,
        participant=None
        if is_entry or verb in ("census.exported", "request.limited")
        else key(draw(st.integers(1, 7))),
        subject=key(100 + who) if is_entry else None,
    )


some_lines = st.lists(a_line(), max_size=60)
