"""Going on to another program: the days meet, groups have seats, a step goes the right way."""

from __future__ import annotations

import pytest

from accounts.models import AuditEvent
from groups.models import GroupMembership, ScheduleException
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment, EpisodeStep, FollowUp, Referral
from tests import build
from tests.build import on
from tests.build_episodes import a_referral
from tests.groups.episodes import (
    call_off,
    dates,
    discharge,
    onward,
    refer_on,
    refuses,
    steps,
    transfer,
)
from tests.groups.joining import WHY, a_weekly_group, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def php():
    return build.a_program(code="php", name="Day PHP", level_of_care="2.5")


@pytest.fixture
def ada(program):
    return build.a_membership(a_weekly_group(program), somebody(program)).enrollment


def test_stepped_up_the_day_after_the_last_day(php, ada):
    group = a_weekly_group(php)
    away = build.a_leave(ada.participant, "2026-11-28", "2026-12-03")
    new = transfer(ada, onward(php, "2026-11-30", "step_up", groups=[group]))
    ada.refresh_from_db()
    assert (ada.discharged_on.isoformat(), ada.discharge_reason) == ("2026-11-29", "stepped_up")
    assert ada.destination == "php"
    assert (new.program, new.admitted_on.isoformat(), new.admission) == (
        php,
        "2026-11-30",
        "step_up",
    )
    assert dates(ada.memberships.get()) == ("2026-11-02", "2026-11-29")
    assert dates(new.memberships.get(group=group)) == ("2026-11-30", None)
    assert dates(away) == ("2026-11-28", "2026-12-03")  # it goes on
    assert steps(ada) == [("on_leave", "discharged", "2026-11-30")]
    assert steps(new) == [("", "scheduled", "2026-11-30")]
    assert not FollowUp.objects.exists()
    verbs = ["enrollment.discharged", "membership.started", "enrollment.transferred"]
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == verbs


@pytest.mark.parametrize(
    ("here", "there", "kind", "reason", "came_from", "destination"),
    [
        ("2.5", "2.1", "step_down", "stepped_down", "php", "iop"),
        ("1", "2.1", "step_up", "stepped_up", "outpatient", "iop"),
        ("2.1", "1", "step_down", "stepped_down", "", "outpatient"),
        ("2.1", "2.1", "direct", "transferred", "", "iop"),
        ("4", "2.5", "step_down", "stepped_down", "inpatient", "php"),
    ],
)
def test_what_the_records_say_of_it(here, there, kind, reason, came_from, destination):
    old = build.an_enrollment(build.a_program(level_of_care=here))
    new = transfer(old, onward(build.a_program(level_of_care=there), admission=kind))
    old.refresh_from_db()
    assert (old.discharge_reason, new.came_from, old.destination) == (
        reason,
        came_from,
        destination,
    )


def test_sent_twice_it_is_done_once(php, ada):
    there = onward(php, groups=[a_weekly_group(php)])
    assert transfer(ada, there) == transfer(ada, there)
    assert Enrollment.objects.count() == EpisodeStep.objects.count() == 2


def test_not_to_the_same_program(program, ada):
    said = refuses(lambda: transfer(ada, onward(program)), "to_program")
    assert said == "They are in this program already. Choose another one."


@pytest.mark.parametrize(
    ("level", "kind", "field", "said"),
    [
        ("1", "step_up", "admission", "That program is less intensive than this one"),
        ("2.5", "step_down", "admission", "That program is more intensive than this one"),
        ("2.5", "sideways", "admission", "Choose how they go on"),
    ],
)
def test_a_step_goes_where_it_says(ada, level, kind, field, said):
    there = onward(build.a_program(level_of_care=level), admission=kind)
    assert refuses(lambda: transfer(ada, there), field).startswith(said)


@pytest.mark.parametrize(
    ("first_on", "said"),
    [
        ("2026-11-02", "The first day there is after the first day here."),
        ("2026-11-23", "They are on a roster of Nov 23, 2026"),
        ("9999-12-31", "Enter a date within a year of today"),
    ],
)
def test_a_first_day_there_that_can_be(php, ada, first_on, said):
    assert refuses(lambda: transfer(ada, onward(php, first_on)), "first_on").startswith(said)


def test_only_groups_of_the_other_program(program, php, ada):
    there = onward(php, groups=[a_weekly_group(program)])
    assert refuses(lambda: transfer(ada, there), "groups") == "Choose groups of the other program"


def test_a_planned_last_day_after_the_first(php, ada):
    there = onward(php, planned_discharge_on=build.on("2026-11-29"))
    assert refuses(lambda: transfer(ada, there), "planned_discharge_on")


def test_whoever_is_discharged_is_not_transferred(php, ada):
    discharge(ada, "2026-11-25")
    assert "discharged already" in refuses(lambda: transfer(ada, onward(php)))


def test_a_full_group_takes_a_reason(php, ada):
    group = a_weekly_group(php, capacity=1)
    build.a_membership(group)
    there = onward(php, groups=[group])
    with pytest.raises(CannotSchedule) as caught:
        transfer(ada, there)
    assert [each.kind for each in caught.value.clashes] == ["group_capacity"]
    ada.refresh_from_db()
    assert (ada.discharged_on, Enrollment.objects.count()) == (None, 2)
    new = transfer(ada, onward(php, groups=[group], override=WHY))
    assert ScheduleException.objects.get().membership == new.memberships.get()


def test_who_may_not_enroll_there_refers(program, php, ada):
    referral = refer_on(ada, onward(php, admission="step_up", note="Needs more days."))
    ada.refresh_from_db()
    assert (ada.discharged_on.isoformat(), ada.discharge_reason) == ("2026-11-29", "stepped_up")
    assert (referral.program, referral.status, referral.admission) == (php, "referred", "step_up")
    assert referral.wanted_on == on("2026-11-30")
    assert referral.source_name == program.name
    assert not php.enrollments.exists()
    step = EpisodeStep.objects.get(referral=referral)
    assert (step.came_from, step.to, step.program) == ("", "referred", php)
    assert FollowUp.objects.filter(enrollment=ada).count() == 4
    assert refer_on(ada, onward(php, admission="step_up")) == referral
    assert Referral.objects.count() == 1


def test_a_referral_that_is_open_there_is_kept(php, ada):
    known = a_referral(php, ada.participant)
    assert refer_on(ada, onward(php)) == known


def test_called_off_there_they_can_go_elsewhere(php, ada):
    new = transfer(ada, onward(php, groups=[a_weekly_group(php)]))
    call_off(new)
    assert not GroupMembership.objects.on(build.on("2026-12-01")).exists()
    later = build.an_enrollment(ada.program, ada.participant, admitted_on="2026-12-10")
    assert later.pk


def test_nothing_is_kept_when_the_trail_cannot_be(php, ada, audit_fails):
    assert refuses(lambda: transfer(ada, onward(php)))


def test_the_last_seat_of_the_other_program_is_counted(ada):
    small = build.a_program(code="small", seats=1)
    build.an_enrollment(small)
    with pytest.raises(CannotSchedule) as refused:
        transfer(ada, onward(small))
    assert list(refused.value.words) == ["override"]
    ada.refresh_from_db()
    assert ada.discharged_on is None
    new = transfer(ada, onward(small, override=WHY))
    assert new.program == small
    assert AuditEvent.objects.get(verb="enrollment.transferred").detail["is_over_seats"]
