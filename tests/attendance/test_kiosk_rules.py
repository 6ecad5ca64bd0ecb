"""Who somebody is, from a name and a birthday: one who fits, and never one of several."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.kiosk.matching import OnSheet, folded, the_one

NAMES = st.sampled_from(["Ada", "ada", "Adá", "Bea", "O’Neil", "Jo-Ann", ""])
PEOPLE = st.lists(
    st.builds(
        OnSheet,
        key=st.just(0),
        first_name=NAMES,
        preferred_name=NAMES,
        last_name=st.just("Vega"),
        born=st.none() | st.dates(date(1990, 1, 1), date(1990, 1, 3)),
    ),
    max_size=6,
)


def on_sheet(key: int = 1, first: str = "José", preferred: str = "", **fields) -> OnSheet:
    facts = {"last_name": "de la Cruz", "born": date(1988, 4, 17), **fields}
    return OnSheet(key, first, preferred, **facts)


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("José", on_sheet()),
        ("jose", on_sheet()),
        ("  JOSÉ  ", on_sheet()),
        ("Pepe", on_sheet(preferred="Pepe")),
        ("José", on_sheet(preferred="Pepe")),
        ("jose de la cruz", on_sheet()),
        ("Mary Ann", on_sheet(first="Mary-Ann")),
        ("oneil", on_sheet(first="O’Neil")),
        ("Łukasz", on_sheet(first="Łukasz")),
        ("李", on_sheet(first="李")),
    ],
)
def test_whom_a_name_fits(typed: str, person: OnSheet):
    assert the_one([person], name=typed, month=4, day=17) == 1


@pytest.mark.parametrize(
    ("typed", "month", "day", "people"),
    [
        ("Jos", 4, 17, [on_sheet()]),
        ("Josef", 4, 17, [on_sheet()]),
        ("Cruz", 4, 17, [on_sheet()]),
        ("", 4, 17, [on_sheet(preferred="")]),
        ("!!", 4, 17, [on_sheet(first="??")]),
        ("José", 4, 18, [on_sheet()]),
        ("José", 17, 4, [on_sheet()]),
        ("José", 4, 17, [on_sheet(born=None)]),
        ("José", 4, 17, []),
        # twins: the same name and birthday, and one of them is not told from the other
        ("José", 4, 17, [on_sheet(1), on_sheet(2)]),
        ("José", 4, 17, [on_sheet(1), on_sheet(2, born=date(2001, 4, 17))]),
    ],
)
def test_whom_it_does_not_fit(typed: str, month: int, day: int, people: list[OnSheet]):
    assert the_one(people, name=typed, month=month, day=day) is None


def test_somebody_of_the_same_name_with_another_birthday():
    people = [on_sheet(1), on_sheet(2, born=date(1988, 4, 18))]
    assert the_one(people, name="José", month=4, day=18) == 2


def test_born_on_a_leap_day():
    assert the_one([on_sheet(born=date(1996, 2, 29))], name="jose", month=2, day=29) == 1


@given(people=PEOPLE, name=NAMES, day=st.integers(1, 3))
def test_only_one_is_ever_found(people: list[OnSheet], name: str, day: int):
    """Counted another way: all pairs of a person and one of their names."""
    people = [OnSheet(key, *list(vars(each).values())[1:]) for key, each in enumerate(people)]
    same = {
        each.key
        for each in people
        for known in (each.first_name, each.preferred_name)
        if each.born == date(1990, 1, day) and known and folded(known) == folded(name)
    }
    found = the_one(people, name=name, month=1, day=day)
    assert found == (next(iter(same)) if len(same) == 1 else None)
