"""More weekly slots for a group: one for each weekday, never over another slot of the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from groups.editing.own_slots import first_shared_date
from groups.meeting_dates import dates_of
from groups.models import GroupSession, MeetingPattern, ScheduleChange
from groups.wording import short_day
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.groups.slot_posts import boxes, looked_at, monday_after, save, slot_fields, url_of


@pytest.fixture
def monday(program):
    return monday_after(local_date(timezone.now(), program.zone))


@pytest.fixture
def group(program):
    return build.a_group(program, name="Skills A", default_room=build.a_room(program.site))


@pytest.fixture
def url(program, group):
    return url_of(program, "groups", group.public_id, "slots")


@pytest.fixture
def desk(client_of, clinician):
    return client_of(clinician)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CLINICIAN, 200), (Role.DIRECTOR, 200), (Role.ADMISSIONS, 403), (Role.FACILITATOR, 403)],
)
def test_who_may(client_of, program, url, role, status):
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_another_program_is_not_found(client_of, stranger, desk, program, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    wrong = url_of(program, "groups", build.a_group().public_id, "slots")
    assert desk.get(wrong).status_code == 404


def test_several_weekdays_make_several_slots_at_once(desk, url, group, monday, facilitator):
    assert f'value="{group.default_room.public_id}" selected' in desk.get(url).content.decode()
    data = slot_fields(
        monday,
        weekdays=["0", "2", "4"],
        every_weeks="2",
        room=str(group.default_room.public_id),
        leaders=[str(facilitator.public_id)],
        **boxes("last_on", monday + timedelta(days=27)),
    )
    assert "2 on Monday, 2 on Wednesday and 2 on Friday" in looked_at(desk, url, data)
    answer = save(desk, url, data)
    assert answer["Location"] == f"/groups/{group.program.public_id}/{group.public_id}/"
    slots = MeetingPattern.objects.order_by("weekday")
    assert [(slot.weekday, slot.every_weeks) for slot in slots] == [(0, 2), (2, 2), (4, 2)]
    held = GroupSession.objects.order_by("held_on").values_list("held_on", flat=True)
    assert list(held) == [monday + timedelta(days=day) for day in (0, 2, 4, 14, 16, 18)]
    assert AuditEvent.objects.get(verb="schedule.series").detail["sessions"] == 6
    page = desk.get(answer["Location"]).content.decode()
    assert "The slots are in the calendar." in page
    assert "Undo" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weekdays": []}, "Choose at least one weekday"),
        ({"weekdays": ["9"]}, "Choose weekdays from the list"),
        ({"every_weeks": "0"}, "A slot meets every 1 to 12 weeks."),
        ({"ends": "08:59"}, "It ends after it starts"),
        (boxes("first_on", "2199-01-01"), "Enter a first day within a year of today"),
        (boxes("last_on", "2020-01-01"), "The last day is on or after the first."),
    ],
)
def test_every_refusal_is_in_words_and_keeps_nothing(desk, url, group, monday, change, words):
    page = desk.post(url, {**slot_fields(monday, **change), "act": "save"}).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert not MeetingPattern.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "is_free"),
    [
        ("09:00", "12:00", False),
        ("11:59", "13:00", False),
        ("08:00", "09:01", False),
        ("12:00", "13:00", True),
    ],
)
def test_two_slots_of_a_group_never_overlap(desk, url, group, monday, starts, ends, is_free):
    build.a_pattern(group, "09:00", "12:00", weekday=2, first_on="2020-01-06")
    data = slot_fields(monday, weekdays=["1", "2"], starts=starts, ends=ends)
    answer = save(desk, url, data) if is_free else desk.post(url, {**data, "act": "save"})
    said = "The group meets Wednesday, 9:00 AM to 12:00 PM already, first on "
    assert (said + short_day(monday + timedelta(days=2)) in answer.content.decode()) != is_free
    assert MeetingPattern.objects.count() == (3 if is_free else 1)


def test_a_slot_that_has_ended_or_was_taken_back_is_out_of_the_way(desk, url, group, monday):
    build.a_pattern(group, first_on="2020-01-06", last_on=monday - timedelta(days=1))
    build.a_pattern(group, first_on="2020-01-07", withdrawn_at=timezone.now())
    assert save(desk, url, slot_fields(monday)).status_code == 302


def test_the_same_sent_twice_makes_the_slot_once(desk, url, group, monday):
    data = slot_fields(monday)
    save(desk, url, data)
    assert "The group meets" in desk.post(url, {**data, "act": "save"}).content.decode()
    assert ScheduleChange.objects.count() == MeetingPattern.objects.count() == 1


@dataclass(frozen=True)
class Slot:
    weekday: int = 0
    starts: time = time(9)
    ends: time = time(12)
    breaks: tuple[tuple[time, time], ...] = ()
    first_on: date = date(2026, 11, 2)
    last_on: date | None = None
    every_weeks: int = 1


slots = st.builds(
    Slot,
    weekday=st.integers(0, 1),
    first_on=st.dates(date(2026, 11, 2), date(2026, 12, 30)),
    last_on=st.none() | st.dates(date(2026, 12, 30), date(2027, 3, 1)),
    every_weeks=st.integers(1, 12),
)


@given(one=slots, other=slots)
@example(one=Slot(every_weeks=2), other=Slot(every_weeks=2, first_on=date(2026, 11, 3)))
@example(one=Slot(every_weeks=11), other=Slot(every_weeks=12, first_on=date(2026, 11, 9)))
def test_the_first_shared_date_is_the_first_date_of_both(one: Slot, other: Slot):
    until = date(2030, 12, 31)
    both = set(dates_of(one, until=until)) & set(dates_of(other, until=until))
    assert first_shared_date(one, other) == min(both, default=None)


@pytest.mark.parametrize(("starts", "ends"), [(time(12), time(13)), (time(8), time(9))])
def test_slots_that_touch_share_no_date(starts: time, ends: time):
    assert first_shared_date(Slot(), Slot(starts=starts, ends=ends)) is None
    assert first_shared_date(Slot(starts=starts, ends=ends), Slot()) is None


@pytest.mark.parametrize(
    "changes", [{"every_weeks": 0}, {"every_weeks": -1}, {"last_on": date.max}]
)
def test_a_wish_that_no_calendar_holds_is_asked_for_shared_dates_in_a_moment(changes):
    """Its own words refuse it later; the other slot has ended before it begins."""
    ended = Slot(first_on=date(2026, 1, 5), last_on=date(2026, 2, 2))
    assert first_shared_date(Slot(first_on=date(2026, 11, 2), **changes), ended) is None
