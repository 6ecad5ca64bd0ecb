"""A merged record on a roster bears the name of the record that is kept."""

from __future__ import annotations

import pytest

from groups.roster import expected_at
from programs.names import roster_names
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db


def test_the_kept_name_stands_on_the_roster(django_assert_num_queries):
    kept = build.a_participant(first_name="Ada", last_name="Keller")
    record = build.a_participant(last_name="Johnson", merged_into=kept, merged_at=NOW)
    group = build.a_group()
    build.a_membership(group, build.an_enrollment(group.program, record))
    session = build.a_session(group)
    with django_assert_num_queries(1):
        people = [each.participant for each in expected_at(session)]
        assert roster_names(people) == {record.chart_number: "Ada K."}


def test_both_records_on_one_roster_are_told_apart():
    kept = build.a_participant(first_name="Ada", last_name="Keller", chart_number="C-1")
    record = build.a_participant(merged_into=kept, merged_at=NOW, chart_number="C-2")
    assert roster_names([kept, record]) == {"C-1": "Ada Keller (C-1)", "C-2": "Ada Keller (C-2)"}
