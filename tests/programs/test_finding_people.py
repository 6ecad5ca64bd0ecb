"""Finding a person by what somebody types: which words find whom, in which order, how fast."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Participant, Role
from programs.models.sought import dates_in, words_in
from tests import build
from tests.build_episodes import a_referral
from tests.programs.many_people import many_people

pytestmark = pytest.mark.django_db


def someone(**fields: Any) -> Participant:
    return build.a_participant(**fields)


def found(text: str) -> list[str]:
    """Return the chart numbers of whom the text finds, in order."""
    return list(Participant.objects.found_by(text).values_list("chart_number", flat=True))


@pytest.fixture
def pepe() -> Participant:
    return someone(
        first_name="José",
        last_name="Muñoz O’Brien-Łuk",
        preferred_name="Pepe",
        chart_number="C-77",
        birth_date=date(1990, 3, 9),
    )


@pytest.mark.parametrize(
    "text",
    [
        *("jose", "JOSÉ", "José", "uño", "munoz, jose", "o'brien", "OBRIEN", "obrien-łuk"),
        *("pepe", "pep muñoz", "Jsoe", "Muñzo", "Mnoz", "Muñnoz", "obrian", "Obrein"),
        *("c-77", "7", "munoz 77"),
        *("1990-03-09", "03/09/1990", "3/9/1990", "3.9.90", "3-9-90", "03091990", "19900309"),
        *("March 9, 1990", "9 Mar 1990", "munoz 3/9/1990"),
    ],
)
def test_what_finds_jose(pepe: Participant, text: str):
    someone(first_name="Xu", last_name="Li", chart_number="X-1", birth_date=date(1990, 9, 3))
    assert found(text) == ["C-77"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "-", "’", "%", "_", ".", "(", "\\", "*", "jo_e", "j%e", "j.se muñoz"),
        *("pedro", "munoz pedro", "mikal", "Joe", "kez", "mun iaz", "1990-13-45", "9/3/1990"),
        *("x" * 100, "xyzw " * 20, "1" * 100),
    ],
)
def test_what_does_not(pepe: Participant, text: str):
    assert found(text) == []


def test_one_typing_error_finds_the_name():
    someone(last_name="Johnson", chart_number="C-1")
    someone(last_name="Jensen", chart_number="C-2")
    for text in ("Jonhson", "jhonson", "Jonson", "Johnsson", "Kohnson", "johnsom", "jonhso"):
        assert found(text) == ["C-1"], text


def test_a_short_name_with_an_error_is_a_whole_name():
    for number, name in enumerate(("Mary", "Mari", "Martinez", "Marx")):
        someone(first_name=name, last_name="Quist", chart_number=f"C-{number}")
    assert found("mary") == ["C-0", "C-1", "C-3"]
    assert found("mar") == ["C-1", "C-3", "C-0", "C-2"]


def test_the_best_match_first():
    someone(first_name="Ann", last_name="Jonhsen", chart_number="misspelt")
    someone(first_name="Ann", last_name="Johnsonville", chart_number="longer")
    someone(first_name="Johnson", last_name="Ann Lee", chart_number="three names")
    someone(first_name="Ann", last_name="Johnson", chart_number="whole")
    assert found("ann johnson") == ["whole", "three names", "longer"]
    assert found("jonhsen")[0] == "misspelt"


def test_a_whole_chart_number_before_a_part_of_one():
    for number in ("C-771", "C-77", "D-C-77"):
        someone(chart_number=number)
    assert found("c-77")[0] == "C-77"


def test_a_name_alone_is_found_by_no_number(pepe: Participant):
    assert not Participant.objects.named_like("C-77").exists()
    assert not Participant.objects.named_like("1990-03-09").exists()
    assert Participant.objects.named_like("muñoz jsoe").get() == pepe


def test_words_and_dates():
    assert words_in(" O'Neil,  Ana-María C-77 ’ - ") == ["O'Neil", "Ana", "María", "C-77"]
    assert dates_in("3/9/05") == [date(1905, 3, 9), date(2005, 3, 9)]
    assert dates_in("2/29/00") == [date(2000, 2, 29)]
    assert dates_in("9/31/1990") == []
    assert dates_in("10111213") == [date(1011, 12, 13), date(1213, 10, 11)]


def test_a_misspelt_name_is_found_by_the_index(program, director):
    many_people(20_000, program)
    everywhere = Participant.objects.found_by("Jonhson")
    here = Participant.objects.visible_to(director).of_program(program).found_by("Jonhson")
    for people in (everywhere, here, Participant.objects.found_by("jonhson marry")):
        plan = people[:20].explain()
        assert "Bitmap Index Scan on participant_names" in plan
        assert "Seq Scan on programs_participant  (" not in plan
        assert {each.last_name.split()[0] for each in people[:20]} == {"Johnson"}
    assert len(here) == len(everywhere) == 40


def test_whom_one_may_see(program, director):
    mine, called, elsewhere = (someone(last_name=f"Johnson{each}") for each in "abc")
    build.an_enrollment(program, mine)
    a_referral(program, called)
    other = build.an_enrollment(participant=elsewhere).program
    seen = Participant.objects.visible_to(director)
    assert set(seen.found_by("Jonhson")) == {mine, called}
    assert set(seen.of_program(program)) == {mine, called}
    assert not seen.of_program(other).exists()
    elsewhere.merged_into, elsewhere.merged_at = called, build.NOW
    elsewhere.save()
    colleague = build.a_colleague(other, Role.ADMISSIONS)
    assert set(Participant.objects.visible_to(colleague)) == {called, elsewhere}


def test_one_statement():
    someone()
    with CaptureQueriesContext(connection) as queries:
        list(Participant.objects.found_by("ada nolan 3/9/1990")[:20])
    assert len(queries) == 1
