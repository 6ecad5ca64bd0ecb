"""The rules of a group's slots for other calendars: who may have the file, and what is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from groups.editing.recurrence_file import calendar_file
from groups.meeting_dates import meetings_of
from programs.models import Role
from tests import build
from tests.build import NOW
from tests.groups.slot_posts import url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return build.a_group(program, name="Skills A")


@pytest.fixture
def url(program, group):
    return url_of(program, "groups", group.public_id, "recurrence")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.ADMISSIONS, 200),
        (Role.BILLING, 200),
        (Role.FACILITATOR, 403),
    ],
)
def test_who_may(client_of, program, url, role, status):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    assert client.post(url).status_code == 405


def test_who_leads_it_may(client_of, facilitator, group, url):
    build.a_pattern(group, facilitators=[facilitator])
    assert client_of(facilitator).get(url).status_code == 200


def test_another_program_is_not_found(client_of, stranger, director, program, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    wrong = url_of(program, "groups", build.a_group().public_id, "recurrence")
    assert client_of(director).get(wrong).status_code == 404


def test_it_is_a_calendar_file_that_names_nobody(client_of, director, group, url):
    build.a_pattern(group, room=build.a_room(name="Garden"))
    answer = client_of(director).get(url)
    assert answer["Content-Type"] == "text/calendar"
    assert answer["Content-Disposition"] == 'attachment; filename="weekly-slots.ics"'
    text = answer.content.decode()
    assert "LOCATION:Garden" in text
    assert "Skills" not in text


def expanded(event, until: datetime) -> list[datetime]:
    """Return the starts the event gives, read by others than who wrote it."""
    start = event.decoded("dtstart")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    without = event.get("exdate")
    except_for = [each.dt for each in without.dts] if without else []
    return [each for each in rule.between(start, until, inc=True) if each not in except_for]


@pytest.mark.parametrize("zone", ["America/Chicago", "America/New_York", "America/Phoenix"])
def test_the_events_repeat_as_the_slots_do(zone):
    program = build.a_program(build.a_site(timezone=zone))
    group = build.a_group(program)
    last = date(2027, 3, 30)
    slots = [
        build.a_pattern(group, "17:30", "20:30", weekday=2, every_weeks=2),
        build.a_pattern(group, "02:30", "03:00", weekday=6, first_on="2026-10-04", last_on=last),
    ]
    ended = build.a_pattern(group, weekday=1, first_on="2026-10-01", last_on="2026-11-24")
    calendar = Calendar.from_ical(calendar_file(group, now=NOW))
    assert [each["tzid"] for each in calendar.walk("VTIMEZONE")] == [zone]
    events = {str(each["uid"]): each for each in calendar.walk("VEVENT")}
    assert set(events) == {str(each.public_id) for each in slots} - {str(ended.public_id)}
    for slot in slots:
        starts = expanded(events[str(slot.public_id)], datetime(2027, 4, 1, tzinfo=UTC))
        expected = [each.starts_at for each in meetings_of(slot, program.zone, until=last)]
        assert [each.astimezone(UTC) for each in starts] == expected
        event = events[str(slot.public_id)]
        length = event.decoded("dtend") - event.decoded("dtstart")
        assert length == timedelta(hours=slot.ends.hour, minutes=slot.ends.minute) - timedelta(
            hours=slot.starts.hour, minutes=slot.starts.minute
        )


def test_a_group_without_slots_gives_an_empty_calendar(group):
    calendar = Calendar.from_ical(calendar_file(group, now=timezone.now()))
    assert calendar.walk("VEVENT") == []
