"""The plan of a session that has begun stays, also on a page that was opened before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.keeping import NotKept
from groups.models import SessionLesson, SessionStatus
from groups.rotation.actions import PlanHasChanged, apply_plan, change_session
from groups.rotation.reading import plan_seen
from groups.schedule.actions import cancel_session
from groups.schedule.edit import CannotSchedule
from tests import build, build_curriculum
from tests.groups.rotations import a_plan, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(clinic):
    return a_plan()


def test_a_proposal_is_not_used_once_its_first_session_has_begun(plan):
    seen, before = plan_seen(plan.group, build.NOW), planned(plan.group)
    said = {"group": plan.group, "seen": seen, "by": plan.director, "is_fixed": True}
    teaches = {plan.sessions[0].pk: [plan.lessons[1].pk]}
    with pytest.raises(PlanHasChanged):
        apply_plan(**said, teaches=teaches, now=plan.sessions[0].starts_at)
    assert planned(plan.group) == before
    just_before = plan.sessions[0].starts_at - timedelta(minutes=1)
    apply_plan(**said, teaches=teaches, now=just_before)
    assert planned(plan.group)[0] == "Cravings"


def test_nothing_is_chosen_for_a_session_that_has_begun(plan):
    session, before = plan.sessions[0], planned(plan.group)
    now = session.starts_at
    said = {"seen": plan_seen(plan.group, now), "now": now, "by": plan.director}
    for lessons, to, came_from in (
        ([plan.lessons[1]], session, None),
        ([], session, None),
        ([plan.lessons[0]], plan.sessions[1], session),
    ):
        with pytest.raises(NotKept, match="has begun"):
            change_session(session=to, lessons=lessons, came_from=came_from, **said)
    assert planned(plan.group) == before


def test_a_session_that_taught_something_stays(plan):
    session = plan.sessions[0]
    now = session.starts_at + timedelta(minutes=90)
    SessionLesson.objects.all().delete()
    build_curriculum.taught(session, plan.lessons[0], "09:00", "10:00")
    with pytest.raises(CannotSchedule) as refused:
        cancel_session(session=session, reason="Ill.", now=now, by=plan.director)
    assert "What this session taught is on record" in str(refused.value.words)
    session.refresh_from_db()
    assert session.status == SessionStatus.SCHEDULED
