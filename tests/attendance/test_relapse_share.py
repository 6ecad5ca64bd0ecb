"""How much of a plan is filled in: the rule, and the same out of the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.relapse.content import TEXTS, Contact, PlanContent, Situation
from attendance.relapse.share import MISSING, PARTS, Filled, filled_of, plan_percents
from tests import build
from tests.attendance.relapse import JO, REVIEW, WEDDING, WHOLE, stored, without

words = st.sampled_from(["", "", "x", "My daughter\nMy work"])
plans = st.builds(
    PlanContent,
    **dict.fromkeys(TEXTS, words),
    review_on=st.sampled_from([None, REVIEW]),
    situations=st.lists(
        st.builds(Situation, st.just("A wedding"), words, words, words, words), max_size=3
    ).map(tuple),
    contacts=st.lists(st.builds(Contact, st.just("Jo"), words, words), max_size=3).map(tuple),
)


def percent_of(plan: PlanContent) -> int:
    """Count by hand, as one would with a pencil."""
    ticks = 0
    for name in TEXTS:
        if getattr(plan, name) != "":
            ticks += 1
    for each in plan.situations:
        if "" not in (each.cope, each.avoid, each.escape, each.support):
            ticks += 1
            break
    for contact in plan.contacts:
        if contact.phone != "":
            ticks += 1
            break
    if plan.review_on:
        ticks += 1
    return [0, 11, 22, 33, 44, 55, 66, 77, 88, 100][ticks]


@given(plans)
def test_it_is_what_one_counts_by_hand(plan: PlanContent):
    filled = filled_of(plan)
    assert filled.percent == percent_of(plan)
    assert filled.count + len(filled.missing) == len(PARTS) == 9


def test_the_whole_plan():
    assert filled_of(WHOLE) == Filled(*[True] * 9)
    assert (filled_of(WHOLE).percent, filled_of(WHOLE).missing) == (100, ())
    assert filled_of(PlanContent()).percent == 0


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_missed_in_words(name: str):
    filled = filled_of(without(name))
    assert (filled.percent, filled.missing) == (88, (str(MISSING[name]),))


@pytest.mark.parametrize("answer", ["cope", "avoid", "escape", "support"])
def test_a_situation_needs_all_four_answers(answer: str):
    half = replace(WEDDING, **{answer: "  "})
    assert not filled_of(replace(WHOLE, situations=(half,))).situations
    assert filled_of(replace(WHOLE, situations=(half, WEDDING))).situations


def test_a_contact_needs_a_number():
    assert not filled_of(replace(WHOLE, contacts=(replace(JO, phone=""),))).contacts


def test_blanks_are_nothing():
    assert not filled_of(replace(WHOLE, reasons=" \n ")).reasons


class TestOutOfTheDatabase(TestCase):
    @given(st.lists(plans, max_size=3))
    def test_the_same_of_what_is_stored(self, versions: list[PlanContent]):
        person, other = build.a_participant(), build.a_participant()
        for each in versions:
            stored(person, each)
        found = plan_percents([person.pk, other.pk])
        expected = filled_of(versions[-1]).percent if versions else 0
        assert found == {person.pk: expected, other.pk: 0}


@pytest.mark.django_db
def test_a_duplicate_has_the_plan_of_the_record_that_is_kept():
    kept = build.a_participant()
    duplicate = build.a_participant(merged_into=kept, merged_at=build.NOW)
    stored(duplicate, WHOLE, written_at=build.moment("2026-11-20", "10:00"))
    assert plan_percents([kept.pk, duplicate.pk]) == {kept.pk: 100, duplicate.pk: 100}
    stored(kept, without("reasons"))
    assert plan_percents([kept.pk, duplicate.pk]) == {kept.pk: 88, duplicate.pk: 88}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 20])
def test_one_statement(django_assert_num_queries, count: int):
    people = [build.a_participant() for _ in range(count)]
    for person in people:
        stored(person)
    with django_assert_num_queries(1):
        assert plan_percents([each.pk for each in people]) == {each.pk: 100 for each in people}
