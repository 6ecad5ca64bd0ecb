"""When people's days begin, held against the rosters of every session, one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programs.models import Participant
from reminders.expected import Start, everyones_first_starts, first_starts
from tests import build
from tests.build import MONDAY, moment
from tests.reminders.conftest import expect_someone
from tests.reminders.drawing import PERSON, SESSION, from_rosters, store_clinic

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
DAYS = [MONDAY + timedelta(days=ahead) for ahead in range(-2, 3)]


class Rosters(TestCase):
    """One drawn clinic after the other, each in a transaction of its own."""

    @settings(max_examples=40)
    @given(
        st.lists(SESSION, min_size=1, max_size=5),
        st.lists(PERSON, min_size=1, max_size=4),
    )
    def test_they_say_what_the_rosters_say(self, sessions, people):
        store_clinic(sessions, people)
        kept = list(Participant.objects.kept().values_list("pk", flat=True))
        rosters = from_rosters()
        assert everyones_first_starts(DAYS) == rosters
        assert first_starts(kept, DAYS) == rosters
        half = kept[::2]
        assert first_starts(half, [MONDAY]) == {
            key: start for key, start in rosters.items() if key[0] in half and key[1] == MONDAY
        }


def test_whoever_has_an_episode_under_each_record_begins_with_the_first(clinic):
    early, late = build.a_program(build.a_site()), build.a_program(build.a_site())
    key = expect_someone(late).participant.pk
    kept = Participant.objects.get(pk=key)
    expect_someone(early, MONDAY, "09:00", merged_into=kept, merged_at=build.NOW)
    assert first_starts([key], [MONDAY]) == {
        (key, MONDAY): Start(moment(MONDAY, "09:00"), early.pk)
    }


def test_nobody_on_no_date_is_no_question(program, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert first_starts([], [MONDAY]) == {}
        assert first_starts([1], []) == everyones_first_starts([]) == {}


@pytest.mark.parametrize(("people", "sites"), [(1, 1), (40, 1), (8, 5)])
def test_one_statement_for_any_number(clinic, django_assert_num_queries, people, sites):
    found = [
        expect_someone(program, day).participant.pk
        for program in (build.a_program(build.a_site()) for _ in range(sites))
        for day in [MONDAY, TUESDAY] * (people // 2 or 1)
    ]
    with django_assert_num_queries(1):
        assert len(first_starts(found, DAYS)) == len(found)
    with django_assert_num_queries(1):
        assert len(everyones_first_starts(DAYS)) == len(found)
