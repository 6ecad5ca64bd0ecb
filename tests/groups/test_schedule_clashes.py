"""What a change of the calendar runs into: each kind at its border, and what it costs to ask."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import License
from groups.models import ClashKind
from groups.schedule.clashes import clashes_of
from groups.schedule.edit import Placement, SlotWish, kinds
from groups.schedule.people import expected_at
from groups.schedule.placing import place
from groups.schedule.planning import plan_cancel, plan_move, plan_slot_change
from groups.schedule.preview import preview_of
from groups.schedule.proposal import proposals_of
from programs.models import Availability, RequiredCredential, ScheduleRule, StaffLeave
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Harbor Room", capacity=3)


@pytest.fixture
def group(program):
    return build.a_group(program, name="Process A", kind="process", capacity=4)


@pytest.fixture
def people(program, group):
    enrollments = [build.an_enrollment(program) for _ in range(2)]
    for enrollment in enrollments:
        build.a_membership(group, enrollment)
    return enrollments


@pytest.fixture
def rule(program):
    return ScheduleRule.objects.create(program=program, effective_from=date(2026, 1, 1))


@pytest.fixture
def proposed(program, group, room, facilitator, people):
    """Return a function that gives what a session at a time on Thursday runs into."""

    def found(starts="13:00", ends="15:00", **changes):
        usual = {"room": room.pk, "leaders": (facilitator.pk,)}
        to = Placement(
            THURSDAY, time.fromisoformat(starts), time.fromisoformat(ends), **usual | changes
        )
        return clashes_of([place(group, to, key=None, now=NOW)], program=program)

    return found


def test_a_free_place_runs_into_nothing(proposed):
    assert proposed() == []


@pytest.mark.parametrize(
    ("starts", "ends", "clashes"),
    [
        ("11:00", "13:00", False),
        ("11:00", "13:01", True),
        ("14:59", "16:00", True),
        ("15:00", "16:00", False),
    ],
)
def test_a_room_is_taken_up_to_the_minute(proposed, room, starts, ends, clashes):
    build.a_session(build.a_group(), THURSDAY, starts, ends, room=room)
    assert (ClashKind.ROOM in kinds(proposed())) is clashes


@pytest.mark.parametrize(("starts", "clashes"), [("14:59", True), ("15:00", False)])
def test_a_group_meets_once_at_a_time(proposed, group, starts, clashes):
    build.a_session(group, THURSDAY, starts, "16:00")
    assert (ClashKind.SAME_TIME in kinds(proposed())) is clashes


def test_a_cancelled_session_takes_no_room_and_nobody(proposed, room, facilitator):
    build.a_session(
        build.a_group(),
        THURSDAY,
        "13:00",
        room=room,
        status="cancelled",
        facilitators=[facilitator],
        ends="14:00",
    )
    assert proposed() == []


def test_who_led_it_once_is_free(proposed, facilitator):
    session = build.a_session(build.a_group(), THURSDAY, "13:00", "14:00")
    build.a_facilitation(session, facilitator, is_former=True)
    assert proposed() == []


@pytest.mark.parametrize(("gap", "clashes"), [("12:46", True), ("12:45", False)])
def test_a_room_rests_between_sessions(proposed, room, gap, clashes):
    room.turnover_minutes = 15
    room.save()
    build.a_session(build.a_group(), THURSDAY, "11:00", gap, room=room)
    found = proposed()
    assert (ClashKind.TURNOVER in kinds(found)) is clashes
    if clashes:
        assert found[0].numbers == {"minutes": 14, "needed": 15}


def test_a_person_in_another_programs_session(proposed, people):
    elsewhere = build.a_session(build.a_group(), THURSDAY, "14:00", "16:00")
    build.a_membership(elsewhere.group, people[0])
    (clash,) = proposed()
    assert (clash.kind, clash.person, clash.other.key) == (
        ClashKind.PARTICIPANT,
        people[0].participant,
        elsewhere.pk,
    )


def test_a_person_on_a_make_up_seat_elsewhere(proposed, people):
    seat = build.a_make_up_seat(
        build.a_session(build.a_group(), THURSDAY, "14:00", "16:00"), people[0]
    )
    assert kinds(proposed()) == {ClashKind.PARTICIPANT}
    seat.released_at = NOW
    seat.save()
    assert proposed() == []


def test_a_person_on_leave_is_in_nobodys_way(proposed, people):
    build.a_membership(
        build.a_session(build.a_group(), THURSDAY, "14:00", "16:00").group, people[0]
    )
    build.a_leave(people[0].participant, THURSDAY, THURSDAY)
    assert proposed() == []


def test_sizes_at_their_borders(proposed, program, group, people, room):
    for _ in range(2):
        build.a_membership(group, build.an_enrollment(program))
    assert kinds(proposed()) == {ClashKind.ROOM_CAPACITY}
    build.a_membership(group, build.an_enrollment(program))
    assert kinds(proposed()) == {ClashKind.ROOM_CAPACITY, ClashKind.GROUP_CAPACITY}


def test_too_few_people(proposed, group):
    group.min_to_hold = 2
    group.save()
    assert proposed() == []
    group.min_to_hold = 3
    group.save()
    assert kinds(proposed()) == {ClashKind.TOO_FEW}


def test_nobody_leads_it(proposed):
    assert kinds(proposed(leaders=())) == {ClashKind.NO_FACILITATOR}


def test_participants_per_facilitator(proposed, rule):
    rule.max_per_facilitator = 2
    rule.save()
    assert proposed() == []
    rule.max_per_facilitator = 1
    rule.save()
    assert kinds(proposed()) == {ClashKind.RATIO}


@pytest.mark.parametrize(
    ("license_", "clashes"),
    [
        (None, True),
        ({"credential": "lcsw"}, False),
        ({"credential": "LADC"}, True),
        ({"credential": "LCSW", "expires_on": THURSDAY}, False),
        ({"credential": "LCSW", "expires_on": date(2026, 11, 25)}, True),
        ({"credential": "LCSW", "first_on": FRIDAY}, True),
        ({"credential": "LCSW", "withdrawn_at": NOW}, True),
    ],
)
def test_a_credential_for_this_kind_on_this_date(proposed, rule, facilitator, license_, clashes):
    RequiredCredential.objects.create(rule=rule, kind="process", credential="LCSW")
    RequiredCredential.objects.create(rule=rule, kind="family", credential="LMFT")
    if license_:
        License.objects.create(user=facilitator, **license_)
    assert (ClashKind.CREDENTIAL in kinds(proposed())) is clashes


def test_a_rule_of_a_later_date_asks_nothing_yet(proposed, program):
    later = ScheduleRule.objects.create(program=program, effective_from=FRIDAY)
    RequiredCredential.objects.create(rule=later, kind="process", credential="LCSW")
    assert proposed() == []


def test_leave_and_hours_of_who_leads(proposed, facilitator):
    leave = StaffLeave.objects.create(user=facilitator, first_on=THURSDAY, last_on=THURSDAY)
    assert kinds(proposed()) == {ClashKind.STAFF_AWAY}
    leave.withdrawn_at = NOW
    leave.save()
    hours = {"user": facilitator, "weekday": 3, "first_on": THURSDAY}
    row = Availability.objects.create(starts=time(13), ends=time(15), **hours)
    assert proposed() == []
    row.starts = time(13, 1)
    row.save()
    assert kinds(proposed()) == {ClashKind.UNAVAILABLE}


@pytest.mark.parametrize(("until", "clashes"), [(time(14), False), (time(13, 59), True)])
def test_hours_that_touch_are_one_stretch(proposed, facilitator, until, clashes):
    hours = {"user": facilitator, "weekday": 3, "first_on": THURSDAY}
    Availability.objects.create(starts=time(14), ends=time(15), **hours)
    Availability.objects.create(starts=time(12), ends=until, **hours)
    assert (ClashKind.UNAVAILABLE in kinds(proposed())) is clashes


def test_hours_are_the_walls_in_the_week_the_clocks_go_back(program, group, facilitator):
    sunday, now = date(2026, 11, 1), NOW.replace(month=10, day=20)
    Availability.objects.create(
        user=facilitator, weekday=6, starts=time(9), ends=time(11), first_on=sunday
    )
    to = Placement(sunday, time(9), time(11), leaders=(facilitator.pk,))
    found = clashes_of([place(group, to, key=None, now=now)], program=program)
    assert ClashKind.UNAVAILABLE not in kinds(found)


def test_proposals_expect_whom_stored_sessions_expect(program, group, people):
    session = build.a_session(group, THURSDAY)
    guest = build.an_enrollment(program)
    build.a_make_up_seat(session, guest)
    build.a_leave(people[1].participant, THURSDAY, None)
    assert expected_at(proposals_of([session.pk])) == [{people[0].pk, guest.pk}]


@pytest.fixture
def week(program, group, people, rule):
    """A rule of 9 hours; Process A on Monday, Wednesday and Friday, three hours each."""
    build.a_rule(program)
    return [build.a_session(group, day) for day in ("2026-11-30", "2026-12-02", "2026-12-04")]


def moved(session, day, starts="09:00", ends="12:00"):
    to = Placement(date.fromisoformat(day), time.fromisoformat(starts), time.fromisoformat(ends))
    return preview_of(plan_move(session=session, to=to, now=NOW))


def test_a_cancelled_session_takes_hours_below_what_is_required(week, people):
    found = preview_of(plan_cancel(session=week[1], reason="Ill", now=NOW))
    assert [(each.minutes_before, each.minutes_after, each.required) for each in found.offered] == [
        (540, 360, 540)
    ] * 2
    assert kinds(found.clashes) == {ClashKind.SHORT_WEEK}
    assert all(each.falls_short for each in found.offered)


def test_an_order_is_what_is_required(week, people):
    build.an_order(people[0], 300)
    found = preview_of(plan_cancel(session=week[1], reason="Ill", now=NOW))
    assert {each.enrollment: each.falls_short for each in found.offered} == {
        people[0]: False,
        people[1]: True,
    }


def test_a_move_within_the_week_changes_nobodys_sum(week):
    found = moved(week[1], "2026-12-03")
    assert all(each.minutes_before == each.minutes_after for each in found.offered)
    assert found.soft == []


def test_a_longer_session_says_by_how_much(week, people):
    found = moved(week[1], "2026-12-02", "09:00", "12:30")
    assert {(each.minutes_before, each.minutes_after) for each in found.offered} == {(540, 570)}


def test_days_a_week_outside_the_rule(week, rule, program):
    rule.min_days_per_week = 3
    rule.save()
    assert moved(week[1], "2026-12-03").soft == []
    found = moved(week[1], "2026-12-04", "13:00", "16:00").soft
    assert kinds(found) == {ClashKind.WEEK_DAYS}
    assert found[0].numbers == {"days": 2, "least": 3}


def test_hours_a_day_outside_the_rule(week, rule):
    rule.min_minutes_per_day, rule.max_minutes_per_day = 120, 180
    rule.save()
    assert moved(week[1], "2026-12-03").soft == []
    found = moved(week[1], "2026-12-03", "09:00", "10:59").soft
    assert ClashKind.DAY_MINUTES in kinds(found)


def test_days_between_offered_days(week, rule):
    rule.max_gap_days = 3
    rule.save()
    assert moved(week[1], "2026-12-01").soft == []
    assert moved(week[1], "2026-12-03").soft == []
    rule.max_gap_days = 2
    rule.save()
    found = moved(week[1], "2026-12-03").soft
    assert kinds(found) == {ClashKind.GAP}
    assert found[0].numbers == {"days": 3, "most": 2, "until": "2026-12-03"}


def test_a_warning_that_stands_already_is_not_told_again(week, people):
    other = build.a_session(build.a_group(week[0].group.program), "2026-12-02", "10:00", "11:00")
    build.a_membership(other.group, people[0])
    assert kinds(clashes_of(proposals_of([week[1].pk]), program=week[1].group.program)) >= {
        ClashKind.PARTICIPANT
    }
    assert ClashKind.PARTICIPANT not in kinds(moved(week[1], "2026-12-02", "09:30", "12:00").soft)


def test_the_same_number_of_queries_for_any_series(program, facilitator, room, rule):
    counts = []
    for people, weeks in ((1, 2), (6, 12)):
        group = build.a_group(program)
        slot = build.a_pattern(group, first_on="2026-11-30", facilitators=[facilitator])
        for week in range(weeks):
            day = date.fromordinal(date(2026, 11, 30).toordinal() + 7 * week)
            build.a_session(group, day, pattern=slot)
        for _ in range(people):
            build.a_membership(group, build.an_enrollment(program))
        wish = SlotWish(1, time(9), time(12), date(2026, 12, 1), room=room.pk)
        edit = plan_slot_change(pattern=slot, wish=wish, from_on=date(2026, 11, 30), now=NOW)
        with CaptureQueriesContext(connection) as asked:
            preview_of(edit)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
