"""The rules of the diary and what the database refuses, each both ways."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.diary.entry import Entry, Tally, by_skill, by_week, tally_of
from attendance.diary.page import WIDTH, pieces_of
from attendance.models import SkillUse
from programs.weeks import week_containing
from tests import build
from tests.build import CHICAGO, MONDAY, NOW
from tests.build_curriculum import a_skill_use
from tests.refusals import explains, refused

entries = st.lists(
    st.builds(
        Entry,
        # Over both changes of the clocks.
        st.dates(build.on("2026-10-20"), build.on("2027-03-20")),
        st.sampled_from(["Walk", "walk", "Cold water"]),
        st.sampled_from(["yes", "little", "no"]),
    ),
    max_size=12,
)


@given(entries, st.integers(0, 6), st.sampled_from([CHICAGO]))
@example([Entry(build.on("2026-11-01"), "Walk", "yes")], 0, CHICAGO)
def test_every_entry_is_in_the_one_week_of_its_date(found: list[Entry], starts_on: int, zone):
    first = week_containing(build.on("2026-10-20"), starts_on=starts_on, zone=zone)
    weeks = [first.moved(number) for number in range(23)]
    tallied = by_week(found, weeks)
    assert sum(tally.total for _week, tally in tallied) == len(found)
    for week, tally in tallied:
        days = [(each.used_on - week.first_on).days for each in found]
        assert tally.total == sum(0 <= day < 7 for day in days)


@given(entries)
def test_skill_by_skill(found: list[Entry]):
    counted = Counter((each.skill.lower(), each.helped) for each in found)
    tallied = by_skill(found)
    assert len(tallied) == len({each.skill.lower() for each in found})
    for skill, tally in tallied:
        for helped in ("yes", "little", "no"):
            assert getattr(tally, helped) == counted[skill.lower(), helped]
    totals = [tally.total for _skill, tally in tallied]
    assert totals == sorted(totals, reverse=True)


@given(entries)
def test_bars_are_as_long_as_their_numbers(found: list[Entry]):
    tally = tally_of(found)
    most = max(tally.total, 12)
    pieces = pieces_of(tally, most)
    assert sum(float(each.width) for each in pieces) == pytest.approx(
        WIDTH * tally.total / most, abs=0.2
    )
    ends = 0.0
    for each in pieces:
        assert float(each.x) == pytest.approx(ends, abs=0.2)
        ends = float(each.x) + float(each.width)


def test_nothing_has_no_bar():
    assert pieces_of(Tally(), 1) == ()


@pytest.mark.django_db
class TestWhatTheDatabaseRefuses:
    @pytest.fixture
    def use(self) -> SkillUse:
        return a_skill_use(build.an_enrollment())

    @pytest.mark.parametrize("helped", ["yes", "little", "no"])
    def test_whether_it_helped(self, use: SkillUse, helped: str):
        assert a_skill_use(use.enrollment, helped=helped).helped == helped
        with refused("skill_use_helped_known"):
            a_skill_use(use.enrollment, helped="maybe")
        explains(use, "skill_use_helped_known", helped="maybe")

    def test_which_skill(self, use: SkillUse):
        with refused("skill_use_names_skill"):
            a_skill_use(use.enrollment, skill="")
        use.skill = ""
        with pytest.raises(Exception, match="Say which skill was used"):
            use.validate_constraints()

    def test_taken_off_by_somebody(self, use: SkillUse):
        by = use.entered_by
        a_skill_use(use.enrollment, withdrawn_at=NOW, withdrawn_by=by)
        for half in ({"withdrawn_at": NOW}, {"withdrawn_by": by}):
            with refused("skill_use_withdrawn_by_somebody"):
                a_skill_use(use.enrollment, **half)
        explains(use, "skill_use_withdrawn_by_somebody", withdrawn_at=NOW)

    def test_it_is_kept(self, use: SkillUse):
        with pytest.raises(DatabaseError), transaction.atomic():
            SkillUse.objects.filter(pk=use.pk)._raw_delete("default")
        assert SkillUse.objects.filter(used_on__gte=MONDAY - timedelta(days=9)).count() == 1
