"""Whom to get in touch with: a table of cases, and any history against a rule written as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.models import OutreachKind
from attendance.outreach.missed import (
    Came,
    Episode,
    Expected,
    Finding,
    Known,
    findings_of,
    still_holds,
)

FIRST, TWO, AFTER = (
    OutreachKind.FIRST_ABSENCE,
    OutreachKind.TWO_IN_A_ROW,
    OutreachKind.AFTER_SAFETY,
)
START = datetime(2026, 11, 2, 15, tzinfo=UTC)
CAME = {
    "P": Came.PRESENT,
    "E": Came.EXCUSED,
    "U": Came.UNEXPLAINED,
    "-": Came.UNRECORDED,
}


def starts(index: int) -> datetime:
    return START + timedelta(days=index)


def ends(index: int) -> datetime:
    return starts(index) + timedelta(hours=3)


def episode(letters: str, *, old: int = 0, alerts=(), known=()) -> Episode:
    """Sessions by letter; the first `old` of them are no news any more."""
    sessions = tuple(
        Expected(index, starts(index), ends(index), CAME[letter], may_open=index >= old)
        for index, letter in enumerate(letters)
    )
    return Episode(sessions, tuple(ends(index) for index in alerts), tuple(known))


def a_known(kind: OutreachKind, session: int, closed: int | None = None, **fields) -> Known:
    closed_at = None if closed is None else ends(closed)
    return Known(7, kind, session, starts(session), closed_at=closed_at, **fields)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", []),
        ("PPE-", []),
        ("PU", [(FIRST, 1)]),
        ("UU", [(FIRST, 0), (TWO, 1)]),
        ("UUU", [(FIRST, 0), (TWO, 1)]),
        ("UPU", [(FIRST, 0)]),
        ("UEU", [(FIRST, 0)]),
        ("U-U", [(FIRST, 0), (TWO, 2)]),
        ("EE", []),
    ],
)
def test_first_and_two_in_a_row(letters: str, found: list):
    assert findings_of(episode(letters)) == [Finding(*each) for each in found]


@pytest.mark.parametrize(
    ("letters", "alerts", "session"),
    [
        ("PU", [0], 1),
        ("PE", [0], 1),
        ("PP", [0], None),
        ("P-U", [0], None),
        ("PPU", [0], None),
        ("PUPE", [0, 2], 3),
        ("P", [0], None),
    ],
)
def test_after_a_safety_answer(letters: str, alerts: list[int], session: int | None):
    found = [
        each.session for each in findings_of(episode(letters, alerts=alerts)) if each.kind == AFTER
    ]
    assert found == ([] if session is None else [session])


@pytest.mark.parametrize(
    ("letters", "old", "found"),
    [
        ("UP", 1, []),
        ("UPU", 1, []),
        ("UU", 1, [(TWO, 1)]),
        ("UUPU", 3, []),
        ("UUU", 2, [(TWO, 2)]),
    ],
)
def test_history_is_judged_and_opens_nothing(letters: str, old: int, found: list):
    assert findings_of(episode(letters, old=old)) == [Finding(*each) for each in found]


@pytest.mark.parametrize(
    ("letters", "known", "found"),
    [
        ("UP", [a_known(FIRST, 0)], []),
        ("UP", [a_known(FIRST, 0, closed=1)], []),
        ("EU", [a_known(FIRST, 0, closed=1)], []),
        ("EU", [a_known(FIRST, 0, closed=1, closed_itself=True)], [(FIRST, 1)]),
        # a row of which somebody was told, whichever of its sessions they were told of
        ("UUU", [a_known(FIRST, 0), a_known(TWO, 2, closed=2)], []),
        # a second row while the first is being worked on, and after it was closed
        ("UUPUU", [a_known(FIRST, 0), a_known(TWO, 1)], []),
        ("UUPUU", [a_known(FIRST, 0), a_known(TWO, 1, closed=2)], [(TWO, 4)]),
        ("UUPUU", [a_known(FIRST, 0), a_known(TWO, 1, closed=4)], []),
    ],
)
def test_what_is_known_is_not_found_again(letters: str, known: list, found: list):
    assert findings_of(episode(letters, known=known)) == [Finding(*each) for each in found]


def test_one_after_each_safety_answer():
    told = a_known(AFTER, 1, closed=1)
    only_after = [
        each
        for each in findings_of(episode("PEPE", alerts=[0, 2], known=[told]))
        if each.kind == AFTER
    ]
    assert only_after == [Finding(AFTER, 3)]
    assert findings_of(episode("PEPP", alerts=[0], known=[told])) == []


@pytest.mark.parametrize(
    ("kind", "letters", "session", "holds"),
    [
        (FIRST, "U", 0, True),
        (FIRST, "E", 0, False),
        (FIRST, "P", 0, False),
        (FIRST, "-", 0, False),
        (TWO, "UU", 1, True),
        (TWO, "EU", 1, False),
        (TWO, "UP", 1, False),
        (AFTER, "PE", 1, True),
        (AFTER, "PP", 1, False),
        (FIRST, "", 0, False),
    ],
)
def test_whether_it_still_holds(kind: OutreachKind, letters: str, session: int, holds: bool):
    assert still_holds(a_known(kind, session), episode(letters)) is holds


def by_text(letters: str, old: int, alerts: set[int]) -> set[tuple[OutreachKind, int]]:
    """The rule on the letters themselves: the first U, UU among the judged, what follows a yes."""
    found = set()
    first = letters.find("U")
    if first >= old:
        found.add((FIRST, first))
    judged = [index for index, letter in enumerate(letters) if letter != "-"]
    rows = [match.span() for match in re.finditer("UU+", letters.replace("-", ""))]
    second = [[judged[at] for at in range(a + 1, b) if judged[at] >= old] for a, b in rows]
    if news := [row[0] for row in second if row]:
        found.add((TWO, news[-1]))
    missed = [at + 1 for at in alerts if letters[at + 1 : at + 2] in ("U", "E") and at + 1 >= old]
    if missed:
        found.add((AFTER, max(missed)))
    return found


@given(
    letters=st.text("PEU-", max_size=12),
    old=st.integers(0, 6),
    alerts=st.sets(st.integers(0, 11)),
)
def test_any_history_is_judged_as_its_letters_say(letters: str, old: int, alerts: set[int]):
    alerts = {each for each in alerts if each < len(letters)}
    found = findings_of(episode(letters, old=old, alerts=sorted(alerts)))
    assert {(each.kind, each.session) for each in found} == by_text(letters, old, alerts)
