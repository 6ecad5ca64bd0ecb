"""Whatever befalls a slot's sessions, the feed expands to exactly those that are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.feeds.calendar_file import calendar_file
from groups.feeds.reading import LOOK_BACK, OpenFeed
from groups.meeting_dates import Meeting, meetings_of
from groups.models import CalendarFeed, Facilitation, GroupSession, MeetingPattern
from programs.access import access_of
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.groups.calendars import events_of, rows, told

ZONES = [
    "America/Chicago",
    "America/New_York",
    "America/Phoenix",
    "America/St_Johns",
    "Pacific/Honolulu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Europe/London",
    "UTC",
]
# Both changes of the clocks here and there, and a quiet month.
AROUND = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)]
AROUND += [date(2026, 4, 5), date(2026, 7, 12)]
FATES = ["kept", "kept", "kept", "cancelled", "withdrawn", "missing", "moved", "longer"]
FATES += ["elsewhere", "no room", "another leads", "never led"]

clocks = st.builds(time, st.integers(0, 22), st.sampled_from([0, 15, 30, 45]))


@dataclass(frozen=True)
class Slot:
    weekday: int
    starts: time
    length: int
    every_weeks: int
    weeks_before: int
    last_weeks: int
    fates: list[str]

    @property
    def ends(self) -> time:
        """The end, before midnight."""
        minutes = min(self.starts.hour * 60 + self.starts.minute + self.length, 24 * 60 - 1)
        return time(minutes // 60, minutes % 60)


slots = st.builds(
    Slot,
    weekday=st.integers(0, 6),
    starts=clocks,
    length=st.sampled_from([45, 90, 180, 240]),
    every_weeks=st.integers(1, 4),
    weeks_before=st.integers(0, 7),
    last_weeks=st.integers(1, 7),
    fates=st.lists(st.sampled_from(FATES), min_size=14, max_size=14),
)


class Feeds(TestCase):
    @settings(max_examples=25)
    @given(
        zone=st.sampled_from(ZONES),
        around=st.sampled_from(AROUND),
        drawn=st.lists(slots, min_size=1, max_size=3),
    )
    def test_a_feed_expands_to_the_sessions_that_are_held(self, zone, around, drawn):
        program = build.a_program(build.a_site(timezone=zone))
        me = build.a_colleague(program, Role.FACILITATOR)
        director = build.a_colleague(program, Role.DIRECTOR)
        for slot in drawn:
            store(slot, program, around, me)
        now = datetime.combine(around, time(12), tzinfo=ZoneInfo(zone))
        held = GroupSession.objects.filter(
            status="scheduled", held_on__gte=(now - LOOK_BACK).date()
        )
        mine = held.filter(facilitations__user=me, facilitations__is_former=False)
        for user, of, expected in ((me, None, mine), (director, program, held)):
            opened = OpenFeed(CalendarFeed(user=user, program=of), access_of(user))
            body = calendar_file(opened, now=now)
            assert told(body) == rows(expected), body.decode()
            assert_sound(body)


def assert_sound(body: bytes) -> None:
    """Check what some programs trip over, though others read it as it is meant."""
    events = events_of(body)
    names = [
        (each.uid.value, each.recurrence_id.value if "recurrence-id" in each.contents else None)
        for each in events
    ]
    assert len(set(names)) == len(names), "two events of one name"
    for each in events:
        left_out = [day for line in each.contents.get("exdate", []) for day in line.value]
        assert each.dtstart.value not in left_out, "a series starts on a date it leaves out"
        assert len(set(left_out)) == len(left_out)


def store(slot: Slot, program, around: date, me) -> None:
    room = build.a_room(program.site)
    first_on = around - timedelta(weeks=slot.weeks_before)
    pattern = build.a_pattern(
        build.a_group(program),
        f"{slot.starts:%H:%M}",
        f"{slot.ends:%H:%M}",
        weekday=slot.weekday,
        every_weeks=slot.every_weeks,
        first_on=first_on,
        room=room,
    )
    until = around + timedelta(weeks=slot.last_weeks)
    for meeting, fate in zip(
        meetings_of(pattern, program.zone, until=until), slot.fates, strict=False
    ):
        if fate != "missing":
            befall(pattern, meeting, fate, me)


def befall(pattern: MeetingPattern, meeting: Meeting, fate: str, me) -> None:
    zone, room = pattern.group.program.zone, pattern.room
    held_on, starts_at, ends_at = meeting.held_on, meeting.starts_at, meeting.ends_at
    if fate == "moved":
        held_on += timedelta(days=2)
        starts_at, ends_at = (build.moment(held_on, at, zone) for at in ("10:10", "11:50"))
    if fate == "longer" and local_date(ends_at + timedelta(minutes=20), zone) == held_on:
        ends_at += timedelta(minutes=20)
    if fate in ("elsewhere", "no room"):
        room = build.a_room(pattern.group.program.site) if fate == "elsewhere" else None
    session = GroupSession.objects.create(
        group=pattern.group,
        pattern=pattern,
        slot_on=meeting.held_on,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        status=fate if fate in ("cancelled", "withdrawn") else "scheduled",
    )
    lead(session, fate, me)


def lead(session: GroupSession, fate: str, me) -> None:
    """Have me lead it, unless somebody else does or I lead another one at the time."""
    busy = Facilitation.objects.filter(
        user=me,
        is_former=False,
        session__status="scheduled",
        session__starts_at__lt=session.ends_at,
        session__ends_at__gt=session.starts_at,
    )
    if fate == "another leads":
        former = build.a_facilitation(session, me, is_former=True)
        build.a_facilitation(session, build.a_user(), instead_of=former)
    elif fate != "never led" and not busy.exists():
        build.a_facilitation(session, me)
