"""A feed, read by a parser of others, tells of exactly the sessions that are held."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from groups.feeds.calendar_file import calendar_file
from groups.feeds.reading import OpenFeed
from groups.models import CalendarFeed, GroupSession, MeetingPattern
from programs.access import access_of
from programs.models import Role
from tests import build
from tests.build import CHICAGO, MONDAY, NOW, moment
from tests.groups.calendars import an_address, read, rows, told

pytestmark = pytest.mark.django_db

MONDAYS = [MONDAY + timedelta(weeks=n) for n in range(6)]


@pytest.fixture
def room(program):
    return build.a_room(program.site, name="Prairie; north, 2")


@pytest.fixture
def pattern(program, facilitator, room):
    """A slot with six sessions from MONDAY on, which Fay leads."""
    group = build.a_group(program, name="Trauma and recovery", kind="process")
    pattern = build.a_pattern(group, room=room, facilitators=[facilitator])
    for day in MONDAYS:
        build.a_session(group, day, pattern=pattern, room=room, facilitators=[facilitator])
    return pattern


def session_on(pattern: MeetingPattern, day: date) -> GroupSession:
    return GroupSession.objects.get(pattern=pattern, slot_on=day)


def file_of(user, program=None) -> bytes:
    """The file at NOW, without the doorway."""
    feed = CalendarFeed(user=user, program=program)
    return calendar_file(OpenFeed(feed, access_of(user)), now=NOW)


def lines_of(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_a_slot_is_one_repeating_event(pattern, facilitator):
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.all())
    lines = lines_of(body)
    assert lines.count("BEGIN:VEVENT") == 1
    for line in (
        f"UID:{pattern.public_id}",
        "SUMMARY:Session",
        "DTSTART;TZID=America/Chicago:20261123T090000",
        "DTEND;TZID=America/Chicago:20261123T120000",
        "RRULE:FREQ=WEEKLY;UNTIL=20261228T150000Z;INTERVAL=1;BYDAY=MO",
        r"LOCATION:Prairie\; north\, 2",
        f"DESCRIPTION:http://testserver/calendar/{pattern.group.program.public_id}/",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "TZID:America/Chicago",
    ):
        assert line in lines, line


def test_every_line_is_as_the_standard_wants_it(pattern, facilitator):
    body = file_of(facilitator)
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert body.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//IOP//Sessions//EN\r\n")


def test_what_is_not_held_is_left_out(pattern, facilitator):
    for day, status in ((MONDAYS[1], "cancelled"), (MONDAYS[2], "withdrawn")):
        GroupSession.objects.filter(slot_on=day).update(status=status)
    GroupSession.objects.filter(slot_on=MONDAYS[4]).update(pattern=None, slot_on=None)
    GroupSession.objects.filter(slot_on=None).update(status="withdrawn")
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.filter(status="scheduled"))
    held_not = "20261130T090000,20261207T090000,20261221T090000"
    assert f"EXDATE;TZID=America/Chicago:{held_not}" in lines_of(body)


def test_a_series_ends_with_its_last_session(pattern, facilitator):
    """Nothing is promised that is not planned: the slot itself goes on."""
    assert pattern.last_on is None
    GroupSession.objects.filter(slot_on=MONDAYS[-1]).update(status="cancelled")
    body = file_of(facilitator)
    assert max(told(body))[0] == moment(MONDAYS[-2], "09:00")
    assert b"EXDATE" not in body


def test_a_moved_session_stands_for_its_date(pattern, facilitator):
    moved = session_on(pattern, MONDAYS[3])
    moved.held_on += timedelta(days=1)
    moved.starts_at, moved.ends_at = (moment(moved.held_on, at) for at in ("13:00", "15:30"))
    moved.save()
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.all())
    lines = lines_of(body)
    assert lines.count(f"UID:{pattern.public_id}") == 2
    assert "RECURRENCE-ID;TZID=America/Chicago:20261214T090000" in lines
    link = f"/sessions/{pattern.group.program.public_id}/{moved.public_id}/"
    assert f"DESCRIPTION:http://testserver{link}" in lines


def test_another_room_is_told_and_no_room_too(pattern, facilitator, program):
    other = build.a_room(program.site, name="Elsewhere")
    GroupSession.objects.filter(slot_on=MONDAYS[0]).update(room=other)
    GroupSession.objects.filter(slot_on=MONDAYS[5]).update(room=None)
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.all())
    assert {room for *_times, room in told(body)} == {"Elsewhere", "", "Prairie; north, 2"}


def test_a_session_without_a_slot_stands_alone(program, facilitator):
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    body = file_of(facilitator)
    assert told(body) == rows([session])
    lines = lines_of(body)
    assert f"UID:{session.public_id}" in lines
    assert "DTSTART:20261123T150000Z" in lines
    assert b"RRULE" not in body
    assert b"VTIMEZONE" not in body
    GroupSession.objects.update(status="cancelled")
    assert told(file_of(facilitator)) == rows([])


def test_a_session_kept_past_the_end_of_its_slot_stands_alone(pattern, facilitator):
    """As one with attendance does where a slot ends or is changed."""
    pattern.last_on = MONDAYS[2]
    pattern.save()
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.all())
    assert lines_of(body).count("BEGIN:VEVENT") == 4


def test_a_substitute_gets_the_session_and_who_is_replaced_loses_it(pattern, facilitator, program):
    stand_in = build.a_colleague(program, Role.FACILITATOR)
    session = session_on(pattern, MONDAYS[2])
    replaced = session.facilitations.get()
    replaced.is_former = True
    replaced.save()
    build.a_facilitation(session, stand_in, instead_of=replaced, reason="Ill")
    assert told(file_of(stand_in)) == rows([session])
    assert told(file_of(facilitator)) == rows(GroupSession.objects.exclude(pk=session.pk))


def test_from_four_weeks_back(pattern, facilitator):
    earliest = NOW.date() - timedelta(weeks=4)
    shown = build.a_session(pattern.group, earliest, facilitators=[facilitator])
    build.a_session(pattern.group, earliest - timedelta(days=1), facilitators=[facilitator])
    assert told(file_of(facilitator)) == rows([*pattern.sessions.all(), shown])


def test_one_feed_for_all_programs_and_zones(pattern, facilitator):
    site = build.a_site(timezone="Pacific/Honolulu")
    elsewhere = build.a_program(site)
    build.an_assignment(facilitator, elsewhere, Role.FACILITATOR)
    other = build.a_pattern(build.a_group(elsewhere), "18:00", "20:00", weekday=1)
    build.a_session(
        other.group, "2026-11-24", "18:00", "20:00", pattern=other, facilitators=[facilitator]
    )
    body = file_of(facilitator)
    assert told(body) == rows(GroupSession.objects.all())
    assert body.count(b"BEGIN:VTIMEZONE") == 2


def test_a_program_one_has_left_is_left_out(pattern, facilitator):
    elsewhere = build.a_session(day="2026-11-24", facilitators=[facilitator])
    assert told(file_of(facilitator)) == rows(pattern.sessions.all())
    build.an_assignment(facilitator, elsewhere.group.program, Role.BILLING)
    assert told(file_of(facilitator)) == rows(GroupSession.objects.all())


def test_a_programs_feed_holds_all_of_it_and_nothing_else(pattern, director, program):
    build.a_session()
    build.a_session(build.a_group(program), "2026-11-24")
    body = file_of(director, program)
    assert told(body) == rows(GroupSession.objects.filter(group__program=program))
    assert b"TRANSP:TRANSPARENT" in body
    assert b"NAME:All sessions" in body
    assert told(file_of(director)) == rows([])


def test_nobody_and_nothing_is_named(pattern, facilitator, program, director):
    membership = build.a_membership(pattern.group)
    person = membership.enrollment.participant
    build.a_session(pattern.group, "2026-11-27", facilitators=[facilitator])
    GroupSession.objects.filter(slot_on=MONDAYS[1]).update(
        status="cancelled", cancelled_reason="Facilitator ill"
    )
    secret = re.compile(
        rf"\b(?:{person.first_name}|{person.last_name})\b|{person.chart_number}"
        + "|trauma|recovery|process|skills|evening|iop-|prairie clinic|fay|marlow|lpc|ill\\b",
        re.I,
    )
    for body in (file_of(facilitator), file_of(director, program)):
        assert secret.findall(body.decode()) == []
        titles = {line for line in lines_of(body) if line.startswith("SUMMARY")}
        assert titles == {"SUMMARY:Session"}


def test_the_number_of_a_change_grows_with_it(pattern, facilitator, program):
    def sequence(body: bytes) -> int:
        return max(int(line[9:]) for line in lines_of(body) if line.startswith("SEQUENCE:"))

    before = file_of(facilitator)
    assert file_of(facilitator) == before
    late = timezone.now() + timedelta(hours=2)
    change = build.a_schedule_change(program, kind="substituted", made_at=late)
    after = file_of(facilitator)
    assert sequence(after) > sequence(before)
    assert f"LAST-MODIFIED:{late:%Y%m%dT%H%M%SZ}" in lines_of(after)
    change.undone_at = late + timedelta(minutes=1)
    change.undone_by = facilitator
    change.save()
    assert sequence(file_of(facilitator)) > sequence(after)


def test_a_feed_of_nothing_is_a_calendar_still(facilitator, program):
    assert told(read(an_address(facilitator))) == rows([])


@pytest.mark.parametrize("change", [date(2026, 3, 8), date(2026, 11, 1)])
@pytest.mark.parametrize("starts", ["00:30", "01:30", "02:30", "17:30"])
def test_the_night_the_clocks_turn(program, director, change, starts):
    """The slot's Sundays around it, each in its own length; NOW is another one here."""
    ends = f"{int(starts[:2]) + 3:02}:00"
    sundays = [change + timedelta(weeks=n) for n in (-1, 0, 1)]
    pattern = build.a_pattern(
        build.a_group(program), starts, ends, weekday=6, first_on=sundays[0], every_weeks=1
    )
    for day in sundays:
        build.a_session(pattern.group, day, starts, ends, pattern=pattern)
    feed = OpenFeed(CalendarFeed(user=director, program=program), access_of(director))
    body = calendar_file(feed, now=moment(change, "12:00", CHICAGO))
    assert told(body) == rows(GroupSession.objects.all())
