"""What happened in an episode stands in the order of the site's days, late evenings too."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groups.episodes.timeline import way_here
from tests.build_episodes import a_referral

pytestmark = pytest.mark.django_db


def test_a_late_evening_belongs_to_its_own_day(program):
    referral = a_referral(program)
    # 11 PM of November 3 in Chicago, and 9 AM of the next day.
    late = datetime(2026, 11, 4, 5, 0, tzinfo=UTC)
    morning = datetime(2026, 11, 4, 15, 0, tzinfo=UTC)
    whose = {"participant": referral.participant, "program": program}
    for came_from, to, made_at in (("", "referred", late), ("referred", "waitlisted", morning)):
        referral.steps.create(
            came_from=came_from,
            to=to,
            takes_effect_on=referral.referred_on,
            made_at=made_at,
            **whose,
        )
    lines = way_here(referral.participant, program)
    assert [line.made_at for line in lines] == [morning, late]
    assert [line.sort[0].day for line in lines] == [4, 3]
