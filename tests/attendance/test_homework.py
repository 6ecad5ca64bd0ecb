"""Who has homework, which of it is asked about, and how it went: held against counting by hand."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.teaching.homework import (
    NONE_GIVEN,
    HomeworkCount,
    HomeworkState,
    homework_at,
    homework_counts,
    homework_of,
    states_of,
)
from attendance.teaching.practice import ASKED_FOR, Given, asked_at
from programs.models import Enrollment
from tests import build
from tests.build_curriculum import an_answer, taught

NOW = build.NOW
START = datetime(2026, 11, 23, 15, tzinfo=UTC)


def a_given(pk: int, hours: int, answer: str, answered_in: int | None) -> Given:
    at = START - timedelta(hours=hours)
    return Given(pk, uuid.UUID(int=pk), "L", "x", at.date(), at, answer, answered_in)


@given(
    st.lists(
        st.tuples(
            st.integers(-48, 24 * 16),
            st.sampled_from(["", "done", "partly", "not_done"]),
            st.integers(1, 3),
        ),
        max_size=12,
    )
)
@example([(0, "", 1), (1, "", 1), (24 * 14, "", 1), (24 * 14 + 1, "", 1)])
def test_asked_once_it_is_given_until_it_is_answered(drawn):
    given_all = [
        a_given(pk, hours, answer, where if answer else None)
        for pk, (hours, answer, where) in enumerate(drawn)
    ]
    asked = asked_at(given_all, session_pk=2, starts_at=START)
    for pk, (hours, answer, where) in enumerate(drawn):
        is_earlier = 0 < hours <= ASKED_FOR.days * 24
        is_asked = is_earlier and (not answer or where == 2)
        assert (pk in {each.taught_pk for each in asked}) == is_asked
    assert asked == sorted(asked, key=lambda each: each.starts_at, reverse=True)


class TestRows:
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def group(self, program):
        return build.a_group(program)

    def given(self, group, day: str, *people, homework: str = "Practice.", **fields):
        session = build.a_session(group, day)
        row = taught(session, build.a_lesson(group.program), homework=homework, **fields)
        for each in people:
            build.a_record(session, each, "09:00-10:00")
        return row

    def member(self, program, **fields):
        return build.an_enrollment(program, **fields)

    def test_whoever_was_there_has_it(self, program, group):
        ada, ben, cleo = (self.member(program) for _ in range(3))
        first = self.given(group, "2026-11-16", ada.participant, ben.participant)
        self.given(group, "2026-11-17", ada.participant)
        self.given(group, "2026-11-18", ada.participant, homework="")
        build.a_record(first.session, cleo.participant, absence="excused")
        asked_in = build.a_session(group, "2026-11-20")
        an_answer(first, ada.participant, asked_in, answer="partly")
        an_answer(first, ben.participant, asked_in, answer="not_done")
        counts = homework_counts(program, [ada, ben, cleo], now=NOW)
        assert counts == {
            ada.pk: HomeworkCount(2, 1, 1),
            ben.pk: HomeworkCount(1, 1, 0),
            cleo.pk: NONE_GIVEN,
        }
        assert states_of(first.session) == {first.pk: HomeworkState(2, 0, 1, 1)}
        assert states_of(first.session)[first.pk].open == 0

    def test_withdrawn_cancelled_planned_or_elsewhere_is_not_given(self, program, group):
        ada = self.member(program)
        self.given(group, "2026-11-16", ada.participant, withdrawn_at=NOW, withdrawn_reason="Wrong")
        late = self.given(group, "2026-11-17", ada.participant)
        other = build.a_group()
        self.given(other, "2026-11-18", ada.participant)
        assert homework_counts(program, [ada], now=late.taught_at)[ada.pk].given == 1
        before = late.taught_at - timedelta(minutes=1)
        assert homework_counts(program, [ada], now=before)[ada.pk] == NONE_GIVEN

    def test_each_episode_counts_its_own_dates(self, program, group):
        first = self.member(
            program,
            admitted_on="2026-11-02",
            discharged_on="2026-11-16",
            discharge_reason="completed",
        )
        second = self.member(program, participant=first.participant, admitted_on="2026-11-17")
        for day in ("2026-11-16", "2026-11-17", "2026-11-18"):
            self.given(group, day, first.participant)
        counts = homework_counts(program, Enrollment.objects.all(), now=NOW)
        assert (counts[first.pk].given, counts[second.pk].given) == (1, 2)

    def test_of_duplicates_it_is_one(self, program, group):
        kept = self.member(program)
        double = build.a_participant(merged_into=kept.participant, merged_at=NOW)
        row = self.given(group, "2026-11-16", kept.participant)
        build.a_record(row.session, double, "10:00-12:00")
        asked_in = build.a_session(group, "2026-11-20")
        an_answer(row, double, asked_in, answer="done")
        assert homework_counts(program, [kept], now=NOW) == {kept.pk: HomeworkCount(1, 1, 1)}
        assert states_of(row.session)[row.pk] == HomeworkState(1, 1, 0, 0)
        (found,) = homework_of(kept.participant, program)
        assert (found.answer, found.answered_in) == ("done", asked_in.pk)

    def test_what_is_asked_at_a_check_in(self, program, group):
        ada = self.member(program).participant
        first = self.given(group, "2026-11-16", ada)
        second = self.given(group, "2026-11-17", ada)
        here = build.a_session(group, "2026-11-20")
        an_answer(first, ada, build.a_session(group, "2026-11-18"))
        same_day = self.given(group, "2026-11-21", ada)
        assert [each.taught_pk for each in homework_at(here, ada)] == [second.pk]
        an_answer(second, ada, here, answer="partly")
        (asked,) = homework_at(here, ada)
        assert (asked.answer, asked.is_open) == ("partly", False)
        assert homework_at(second.session, ada) == []
        assert [each.taught_pk for each in homework_of(ada, program)] == [
            same_day.pk,
            second.pk,
            first.pk,
        ]

    def test_the_statements_do_not_grow(self, program, group, django_assert_num_queries):
        people = [self.member(program) for _ in range(6)]
        for day in ("2026-11-16", "2026-11-17", "2026-11-18"):
            self.given(group, day, *(each.participant for each in people))
        with django_assert_num_queries(1):
            homework_counts(program, people, now=NOW)
        with django_assert_num_queries(2):
            homework_counts(program, Enrollment.objects.filter(program=program), now=NOW)
        with django_assert_num_queries(0):
            assert homework_counts(program, [], now=NOW) == {}
        with django_assert_num_queries(1):
            homework_of(people[0].participant, program)
