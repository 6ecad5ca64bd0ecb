"""How likely two records are of one person: a table of pairs, and the fold that is said twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Value

from programs.merging.likeness import Facts, Likeness, are_alike, are_two_dates, fold, likeness
from programs.merging.refusals import shared_dates
from programs.models import Clinic
from programs.models.sought import Folded
from tests import build
from tests.build import on

BORN, OTHER = date(1990, 3, 9), date(1984, 12, 25)
PHONE = frozenset(["+14025550100"])


def facts(name: str, born: date | None = None, called: str = "", **more) -> Facts:
    first, _, last = name.partition(" ")
    return Facts(first, last, called, born, **more)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (facts("José Muñoz", BORN), facts("Jose Munoz", BORN), Likeness.SAME_NAME_AND_BORN),
        (facts("Ada O’Neil", BORN), facts("ada oneil", BORN), Likeness.SAME_NAME_AND_BORN),
        (facts("Ada Ruiz", BORN), facts("Adela Ruiz", BORN, "Ada"), Likeness.SAME_NAME_AND_BORN),
        (facts("Ada Jonhson", BORN), facts("Ada Johnson", BORN), Likeness.SIMILAR_NAME_AND_BORN),
        (facts("Carla Ruiz", BORN), facts("Karla Ruis", BORN), Likeness.SIMILAR_NAME_AND_BORN),
        (facts("Ada Ruiz", BORN), facts("Ada Ruiz Vega", BORN), Likeness.SIMILAR_NAME_AND_BORN),
        (facts("Ruiz Ada", BORN), facts("Ada Ruiz", BORN), Likeness.SIMILAR_NAME_AND_BORN),
        # Somebody who took another last name.
        (facts("Ada Ruiz", BORN), facts("Ada Keller", BORN), Likeness.FIRST_NAME_AND_BORN),
        # Twins, or chance.
        (facts("Ada Ruiz", BORN), facts("Eva Ruiz", BORN), Likeness.NONE),
        (facts("Ada Ruiz", BORN), facts("Tom Keller", BORN), Likeness.NONE),
        (facts("Ada Ruiz"), facts("Ada Ruiz"), Likeness.SAME_NAME),
        (facts("Ada Ruiz", BORN), facts("Ada Ruiz"), Likeness.SAME_NAME),
        (facts("Ada Ruiz", BORN), facts("Ada Ruiz", date(1990, 9, 3)), Likeness.SAME_NAME),
        (facts("Ada Ruiz", BORN), facts("Ada Ruiz", date(1991, 3, 9)), Likeness.SAME_NAME),
        (facts("Ada Ruiz", BORN), facts("Ada Ruiz", OTHER), Likeness.NONE),
        (facts("Ada Ruiz"), facts("Ada Ruis"), Likeness.NONE),
        (
            facts("Ada Ruiz", phones=PHONE),
            facts("Eva Ruiz", OTHER, phones=PHONE | {"+14025550101"}),
            Likeness.REACHED_THE_SAME,
        ),
        (
            facts("Ada Jonhson", email="a@example.org"),
            facts("A Johnson", email="A@example.org"),
            Likeness.REACHED_THE_SAME,
        ),
        (facts("Ada Ruiz", phones=PHONE), facts("Ada Keller", phones=PHONE), Likeness.NONE),
        (facts("Ada Ruiz", email=""), facts("Eva Ruiz", email=""), Likeness.NONE),
        (Facts(), Facts(), Likeness.NONE),
        (Facts(birth_date=BORN), Facts(birth_date=BORN), Likeness.NONE),
    ],
)
def test_a_pair_and_the_pair_the_other_way_round(one: Facts, other: Facts, expected: Likeness):
    assert likeness(one, other) is expected
    assert likeness(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Johnson", "Jonhson", True),
        ("Johnson", "Jonson", True),
        ("Johnson", "Johnsom", True),
        ("Johnson", "Kohnson", True),
        ("Johnson", "Johnsons", True),
        ("Smith-Lee", "Smith", True),
        ("Johnson", "Jensen", False),
        ("Lee", "Lea", False),
        ("Li", "Li", True),
        ("De La Cruz", "De La Torre", False),
        ("", "", False),
    ],
)
def test_alike(one: str, other: str, expected: bool):
    assert are_alike(one, other) is are_alike(other, one) is expected


def test_two_dates():
    assert are_two_dates(BORN, OTHER)
    for slip in (BORN, date(1990, 9, 3), date(1990, 3, 19), date(1909, 3, 9), None):
        assert not are_two_dates(BORN, slip)


@pytest.mark.django_db
def test_python_folds_as_the_database_does():
    build.a_clinic()
    for name in ("José", "O’Brien", "D'Angelo", "ʼAlī", "ŁUK", "Ångström", "ﬁn", "İpek", "ẞ", "Éa"):
        folded = Clinic.objects.annotate(said=Folded(Value(name))).get().said
        assert fold(name) == folded, name


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([("2026-01-05", "2026-02-05")], [("2026-02-06", None)], []),
        ([("2026-01-05", "2026-02-06")], [("2026-02-06", None)], [("2026-02-06", "2026-02-06")]),
        ([("2026-01-05", None)], [("2026-02-06", None)], [("2026-02-06", None)]),
        ([], [("2026-02-06", None)], []),
    ],
)
def test_dates_that_two_share(one, other, expected):
    def spans(given):
        return [(on(first), last and on(last)) for first, last in given]

    assert shared_dates(spans(one), spans(other)) == spans(expected)
    assert shared_dates(spans(other), spans(one)) == spans(expected)
