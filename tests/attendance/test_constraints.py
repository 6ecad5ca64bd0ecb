"""What the database refuses about attendance: two records, two places at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.models import AttendanceRecord, Presence
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.build import MONDAY, moment
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db

TWICE = "presence_no_minute_twice"


@pytest.fixture
def person() -> Participant:
    return build.a_participant()


@pytest.fixture
def morning() -> GroupSession:
    """From nine to twelve."""
    return build.a_session(starts="09:00", ends="12:00")


def span_of(session: GroupSession, stretch: str) -> str:
    """Return the clipped span of this stretch in local time, "empty" where nothing is left."""
    presence = build.a_presence(build.a_record(session, build.a_participant()), stretch)
    if presence.span.isempty:
        return "empty"
    ends = (presence.span.lower, presence.span.upper)
    return "-".join(f"{end.astimezone(build.CHICAGO):%H:%M}" for end in ends)


@pytest.mark.parametrize(
    ("stretch", "span"),
    [
        ("09:00-12:00", "09:00-12:00"),
        ("09:05-11:55", "09:05-11:55"),
        ("08:45-12:00", "09:00-12:00"),
        ("09:00-12:20", "09:00-12:00"),
        ("08:00-13:00", "09:00-12:00"),
        ("10:00-", "10:00-12:00"),
        ("08:50-", "09:00-12:00"),
        ("11:59-", "11:59-12:00"),
        ("12:00-", "empty"),
        ("12:30-13:00", "empty"),
        ("08:00-09:00", "empty"),
        ("08:00-09:01", "09:00-09:01"),
        ("10:00-10:00", "empty"),
    ],
)
def test_a_stretch_is_clipped_to_its_session(morning: GroupSession, stretch: str, span: str):
    assert span_of(morning, stretch) == span


def test_a_stretch_knows_whose_it_is_and_where(morning: GroupSession, person: Participant):
    presence = build.a_presence(build.a_record(morning, person), "09:00-")
    assert (presence.participant, presence.session) == (person, morning)


@pytest.mark.parametrize("change", ["arrived_at", "left_at"])
def test_a_changed_stretch_is_clipped_again(
    morning: GroupSession, person: Participant, change: str
):
    presence = build.a_presence(build.a_record(morning, person), "09:00-12:00")
    Presence.objects.filter(pk=presence.pk).update(**{change: moment(MONDAY, "10:30")})
    presence.refresh_from_db()
    ends = {"arrived_at": presence.span.lower, "left_at": presence.span.upper}
    assert ends[change] == moment(MONDAY, "10:30")


def test_one_record_per_person_and_session(morning: GroupSession, person: Participant):
    record = build.a_record(morning, person)
    build.a_record(morning, build.a_participant())
    build.a_record(build.a_session(), person)
    with refused("attendance_record_once"):
        build.a_record(morning, person)
    again = AttendanceRecord(session=morning, participant=person, recorded_at=record.recorded_at)
    explains(again, "attendance_record_once")


@pytest.mark.parametrize("absence", ["", "excused", "unexcused", "no_call"])
def test_an_absence_is_of_a_known_kind(morning: GroupSession, person: Participant, absence: str):
    record = build.a_record(morning, person, absence=absence)
    with refused("attendance_record_absence_known"):
        build.a_record(morning, build.a_participant(), absence="asleep")
    explains(record, "attendance_record_absence_known", absence="asleep")


def test_nobody_leaves_before_they_come(morning: GroupSession, person: Participant):
    record = build.a_record(morning, person, "09:10-09:10")
    with refused("presence_leaves_after_arriving"):
        build.a_presence(record, "09:10-09:09")
    explains(
        record.presences.get(),
        "presence_leaves_after_arriving",
        left_at=moment(MONDAY, "09:09"),
    )


@pytest.mark.parametrize("field", ["arrived_at", "left_at"])
@pytest.mark.parametrize("too_much", [timedelta(seconds=1), timedelta(microseconds=1)])
def test_times_are_whole_minutes(
    morning: GroupSession, person: Participant, field: str, too_much: timedelta
):
    presence = build.a_presence(build.a_record(morning, person), "09:10-09:50")
    wrong = getattr(presence, field) + too_much
    with refused("presence_in_whole_minutes"):
        Presence.objects.filter(pk=presence.pk).update(**{field: wrong})
    explains(presence, "presence_in_whole_minutes", **{field: wrong})


@pytest.mark.parametrize(
    ("first", "second"),
    [("09:00-12:00", "11:30-13:00"), ("09:00-", "11:30-"), ("11:59-", "11:30-12:00")],
)
def test_no_minute_in_two_sessions(
    morning: GroupSession, person: Participant, first: str, second: str
):
    overlapping = build.a_session(starts="11:30", ends="13:00")
    build.a_record(morning, person, first)
    build.a_record(overlapping, build.a_participant(), second)
    record = build.a_record(overlapping, person)
    with refused(TWICE):
        build.a_presence(record, second)


def test_coming_early_to_the_next_group_is_no_error(morning: GroupSession, person: Participant):
    noon = build.a_session(starts="12:00", ends="13:00")
    build.a_record(morning, person, "09:00-")
    build.a_record(noon, person, "11:50-13:00")


def test_two_stretches_of_one_session_may_touch_and_overlap(
    morning: GroupSession, person: Participant
):
    record = build.a_record(morning, person, "09:00-10:00", "10:00-10:30", "10:15-12:00")
    assert record.presences.count() == 3


def test_pulled_out_for_another_session_and_back(morning: GroupSession, person: Participant):
    individual = build.a_session(starts="10:00", ends="10:50")
    build.a_record(morning, person, "09:00-10:00", "10:50-12:00")
    build.a_record(individual, person, "10:00-10:50")


def test_a_moved_session_takes_its_stretches_along(morning: GroupSession, person: Participant):
    presence = build.a_presence(build.a_record(morning, person), "09:00-")
    moved = GroupSession.objects.filter(pk=morning.pk)
    moved.update(starts_at=moment(MONDAY, "09:30"), ends_at=moment(MONDAY, "12:30"))
    presence.refresh_from_db()
    assert presence.span.lower == moment(MONDAY, "09:30")
    assert presence.span.upper == moment(MONDAY, "12:30")
    build.a_record(build.a_session(starts="13:00", ends="14:00"), person, "13:00-")
    with refused(TWICE):
        moved.update(ends_at=moment(MONDAY, "13:01"))


def test_a_record_stays_with_its_session_and_person(morning: GroupSession, person: Participant):
    record = build.a_record(morning, person, "09:00-12:00")
    row = AttendanceRecord.objects.filter(pk=record.pk)
    row.update(participant=person, session=morning, absence="excused")
    with refused("record_keeps_its_person"):
        row.update(participant=build.a_participant())
    with refused("record_keeps_its_person"):
        row.update(session=build.a_session())
