"""A weekly slot that changes from a date on, and one that ends: preview, saving, undo, refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.actions import generate_sessions
from groups.models import GroupSession, MeetingPattern, ScheduleChange
from groups.wording import short_day
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.groups.slot_posts import boxes, looked_at, monday_after, save, slot_fields, url_of

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"
WEEKS = 4


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def monday(today):
    return monday_after(today)


@pytest.fixture
def slot(program, facilitator, monday):
    """Mondays from 9 to 12, for four weeks from next Monday on, in the calendar."""
    slot = build.a_pattern(
        build.a_group(program, name="Skills A"),
        room=build.a_room(program.site, name="Garden"),
        first_on=monday,
        last_on=monday + timedelta(weeks=WEEKS - 1),
        facilitators=[facilitator],
    )
    generate_sessions(now=timezone.now(), by=None, program=program)
    return slot


@pytest.fixture
def desk(client_of, clinician):
    return client_of(clinician)


@pytest.fixture
def url(program, slot):
    return url_of(program, "slots", slot.public_id)


@pytest.fixture
def fields(slot, facilitator):
    """Return a function that gives the form as it stands, with changes."""

    def sent(from_on, **change):
        asked = slot_fields(None, room=str(slot.room.public_id), override="", reason="")
        del asked["weekdays"]
        return {
            **asked,
            **boxes("last_on", slot.last_on),
            "from_on": from_on.isoformat(),
            "weekday": "0",
            "leaders": [str(facilitator.public_id)],
            **change,
        }

    return sent


def starts(slot):
    """Return the local days and starts of the group's sessions in the calendar."""
    held = GroupSession.objects.in_calendar().filter(group=slot.group).order_by("starts_at")
    zone = slot.group.program.zone
    return [(each.held_on, f"{each.starts_at.astimezone(zone):%H:%M}") for each in held]


@pytest.mark.parametrize("path", ["", "end/"])
@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CLINICIAN, 200), (Role.DIRECTOR, 200), (Role.ADMISSIONS, 403), (Role.FACILITATOR, 403)],
)
def test_who_may(client_of, program, url, role, status, path):
    assert client_of(build.a_colleague(program, role)).get(url + path).status_code == status


@pytest.mark.parametrize("path", ["", "end/"])
def test_what_is_not_there_is_not_found(client_of, stranger, desk, program, slot, url, path):
    assert client_of(stranger).get(url + path).status_code == 404
    assert Client().get(url + path).status_code == 302
    wrong = url_of(program, "slots", build.a_pattern(first_on=slot.first_on).public_id) + path
    assert desk.get(wrong).status_code == 404


@pytest.mark.parametrize("path", ["", "end/"])
def test_a_slot_that_is_over_leads_back_to_its_group(desk, program, slot, path, today):
    over = build.a_pattern(
        slot.group, weekday=1, first_on="2020-01-06", last_on=today - timedelta(days=1)
    )
    withdrawn = build.a_pattern(slot.group, weekday=2, withdrawn_at=timezone.now())
    for other in (over, withdrawn):
        answer = desk.get(url_of(program, "slots", other.public_id) + path, follow=True)
        assert answer.redirect_chain[0][0].endswith(f"/{slot.group.public_id}/")
        words = "This slot has ended, or another one has taken its place."
        assert words in answer.content.decode()


def test_the_same_change_sent_twice_is_made_once(desk, url, slot, fields, monday):
    data = fields(monday, starts="10:00")
    save(desk, url, data)
    assert desk.post(url, {**data, "act": "save"}).status_code == 302
    assert ScheduleChange.objects.count() == 1


def test_it_starts_with_the_slot_and_its_next_date(desk, url, monday, facilitator):
    page = desk.get(url).content.decode()
    assert "Skills A · Monday, 9:00 AM to noon" in page.replace("12:00 PM", "noon")
    assert f"{short_day(monday)}, the whole series" in page
    assert f"{short_day(monday + timedelta(weeks=1))} and following" in page
    assert 'value="09:00"' in page
    assert "Fay Marlow, LPC" in page
    assert "<title>Change a weekly slot · Prairie Clinic</title>" in page


def test_its_breaks_are_there_however_many(desk, program, slot, monday):
    breaks = "09:10-09:20;10:00-10:10;11:00-11:10"
    long_one = build.a_pattern(slot.group, breaks=breaks, weekday=3, first_on=monday)
    page = desk.get(url_of(program, "slots", long_one.public_id)).content.decode()
    for place, clock in enumerate(("09:10", "09:20", "10:00", "10:10", "11:00", "11:10")):
        assert f'name="breaks_{place}" value="{clock}"' in page


def test_the_preview_says_what_moves_and_whose_hours_change(desk, url, slot, fields, monday):
    program = slot.group.program
    build.a_rule(program, min_minutes_per_week=150, min_minutes_per_day=60)
    person = build.a_participant(first_name="Amara", last_name="Okoye")
    enrollment = build.an_enrollment(program, person, admitted_on="2020-01-06")
    build.a_membership(slot.group, enrollment)
    page = looked_at(desk, url, fields(monday + timedelta(weeks=2), ends="11:00"))
    assert "2 sessions move." in page
    assert "Amara O." in page
    assert f"3{SPACE}h before, 2{SPACE}h after" in page
    assert "Falls below" in page
    assert MeetingPattern.objects.count() == 1


def test_this_and_following_change_and_the_rest_stays(desk, url, slot, fields, monday):
    from_on = monday + timedelta(weeks=2)
    data = fields(from_on, starts="13:00", ends="16:00", reason="The room is cold at nine")
    answer = save(desk, url, data)
    assert answer["Location"] == f"/groups/{slot.group.program.public_id}/{slot.group.public_id}/"
    slot.refresh_from_db()
    new = MeetingPattern.objects.get(follows=slot)
    assert slot.last_on == from_on - timedelta(days=1)
    assert (new.first_on, new.last_on) == (from_on, monday + timedelta(weeks=3))
    assert starts(slot) == [
        (monday, "09:00"),
        (monday + timedelta(weeks=1), "09:00"),
        (monday + timedelta(weeks=2), "13:00"),
        (monday + timedelta(weeks=3), "13:00"),
    ]
    change = ScheduleChange.objects.get()
    assert change.reason == "The room is cold at nine"
    page = desk.get(answer["Location"]).content.decode()
    assert "The slot is changed." in page
    undo = f"/sessions/{slot.group.program.public_id}/undo/{change.public_id}/"
    assert undo in page
    desk.post(undo)
    assert {each for _day, each in starts(slot)} == {"09:00"}


def test_the_whole_series_changes_from_the_next_session(desk, url, slot, fields, monday, clinician):
    data = fields(monday, weekday="2", leaders=[str(clinician.public_id)])
    assert save(desk, url, data).status_code == 302
    slot.refresh_from_db()
    assert slot.withdrawn_at is not None
    wednesdays = [monday + timedelta(days=2, weeks=week) for week in range(WEEKS - 1)]
    assert [day for day, _start in starts(slot)] == wednesdays
    led = GroupSession.objects.in_calendar().filter(facilitations__user=clinician)
    assert led.count() == WEEKS - 1


def test_what_is_recorded_or_moved_by_hand_stays_and_is_said(desk, url, slot, fields, monday):
    sessions = list(GroupSession.objects.order_by("starts_at"))
    build.a_record(sessions[0], build.an_enrollment(slot.group.program).participant)
    moved = sessions[1]
    GroupSession.objects.filter(pk=moved.pk).update(
        starts_at=moved.starts_at + timedelta(hours=4), ends_at=moved.ends_at + timedelta(hours=4)
    )
    data = fields(monday, starts="10:00")
    page = looked_at(desk, url, data)
    assert "2 sessions move." in page
    assert f"{short_day(monday)}: attendance is recorded" in page
    assert f"{short_day(moved.held_on)}: it was moved by hand" in page
    save(desk, url, data)
    assert [start for _day, start in starts(slot)] == ["09:00", "13:00", "10:00", "10:00"]


def test_what_changes_nothing_is_not_saved(desk, url, slot, fields, monday):
    data = fields(monday, reason="Just so")
    page = looked_at(desk, url, data)
    assert "Change something: it is as the slot is now" in page
    assert "sessions move" not in page
    page = desk.post(url, {**data, "act": "save"}).content.decode()
    assert "There is a problem" in page
    assert not ScheduleChange.objects.exists()


def test_sessions_that_keep_their_time_do_not_move(desk, url, slot, fields, monday, clinician):
    page = looked_at(desk, url, fields(monday, leaders=[str(clinician.public_id)]))
    words = "4 sessions stay at their time and change room, breaks or facilitators."
    assert words in page
    assert "move" not in page
    page = looked_at(desk, url, fields(monday, **boxes("last_on", monday + timedelta(weeks=2))))
    assert f"Taken out: {short_day(monday + timedelta(weeks=3))}." in page
    assert "1 session leaves the calendar." in page
    assert "move" not in page


def test_a_slot_that_only_runs_longer_moves_nothing(desk, url, slot, fields, monday):
    page = looked_at(desk, url, fields(monday, **boxes("last_on", monday + timedelta(weeks=5))))
    assert "2 sessions are added." in page
    assert "New: 2 on Monday, from" in page
    assert "move" not in page


def test_a_clash_is_told_and_changes_nothing(desk, url, slot, fields, monday):
    other = build.a_group(slot.group.program, name="Process B")
    build.a_session(other, monday, "13:00", "14:00", room=slot.room)
    page = save(desk, url, fields(monday, starts="13:00", ends="16:00")).content.decode()
    assert "Garden is taken" in page
    assert "Something is in the way. Nothing is saved." in page
    assert {start for _day, start in starts(slot)} == {"09:00"}
    assert not ScheduleChange.objects.exists()


def test_who_leads_it_already_may_stay(desk, url, fields, monday, facilitator, program):
    program.assignments.filter(user=facilitator).update(ended_at=timezone.now())
    assert "Fay Marlow, LPC" in desk.get(url).content.decode()
    assert save(desk, url, fields(monday, starts="10:00")).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"from_on": "2020-01-06"}, "Choose one of the dates still to come"),
        ({"from_on": "soon"}, "Choose one of the dates still to come"),
        ({"from_on": ""}, "Choose the date from which it changes"),
        ({"weekday": "7"}, "Choose a weekday from the list"),
        ({"ends": "08:00"}, "It ends after it starts, on the same day"),
        ({"breaks_0": "08:00", "breaks_1": "09:10"}, "Breaks lie inside the session"),
        ({"every_weeks": "13"}, "A slot meets every 1 to 12 weeks."),
        (boxes("last_on", "2020-01-06"), "The last day is on or after the first."),
        (boxes("last_on", "2099-01-06"), "a slot runs 104 weeks at most"),
    ],
)
def test_every_refusal_is_in_words_and_keeps_nothing(
    desk, url, slot, fields, monday, change, words
):
    page = desk.post(url, {**fields(monday), **change, "act": "save"}).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert not ScheduleChange.objects.exists()
    slot.refresh_from_db()
    assert slot.last_on == monday + timedelta(weeks=WEEKS - 1)


def test_it_may_not_lie_over_another_slot_of_the_group(desk, url, slot, fields, monday):
    build.a_pattern(slot.group, "12:30", "14:00", weekday=2, first_on=monday)
    data = {**fields(monday, weekday="2", ends="13:00"), "act": "save"}
    page = desk.post(url, data).content.decode()
    day = short_day(monday + timedelta(days=2))
    assert "The group meets Wednesday, 12:30 PM to 2:00 PM already, first on " + day in page


# --- ending -----------------------------------------------------------------------------------


def test_the_end_is_previewed_and_made(desk, url, slot, monday):
    program = slot.group.program
    build.a_rule(program, min_minutes_per_week=150, min_minutes_per_day=60)
    enrollment = build.an_enrollment(program, admitted_on="2020-01-06")
    build.a_membership(slot.group, enrollment)
    data = {
        "from_on": (monday + timedelta(weeks=2)).isoformat(),
        "reason": "Merged",
        "override": "They go to Skills B",
    }
    page = looked_at(desk, f"{url}end/", data)
    assert "2 sessions leave the calendar." in page
    weeks = (short_day(monday + timedelta(weeks=week)) for week in (2, 3))
    assert f"Taken out: {' and '.join(weeks)}." in page
    assert f"3{SPACE}h before, 0{SPACE}h after" in page
    answer = save(desk, f"{url}end/", data)
    assert answer.status_code == 302
    slot.refresh_from_db()
    assert slot.last_on == monday + timedelta(days=13)
    assert [day for day, _start in starts(slot)] == [monday, monday + timedelta(weeks=1)]
    assert AuditEvent.objects.get(verb="schedule.series")
    page = desk.get(answer["Location"]).content.decode()
    assert "The slot ends." in page
    assert "Undo" in page


def test_an_end_before_the_first_session_withdraws_the_slot(desk, url, slot, monday):
    data = {"from_on": monday.isoformat(), "reason": "", "override": ""}
    assert save(desk, f"{url}end/", data).status_code == 302
    slot.refresh_from_db()
    assert slot.withdrawn_at is not None
    assert starts(slot) == []


@pytest.mark.parametrize(
    ("from_on", "words"),
    [
        ("", "Choose the first session that falls away"),
        ("2020-01-06", "Choose one of the dates still to come"),
        ("x", "Choose one of the dates still to come"),
    ],
)
def test_no_such_end(desk, url, slot, from_on, words):
    page = desk.post(f"{url}end/", {"from_on": from_on, "act": "save"}).content.decode()
    assert words in page
    assert "There is a problem" in page
    slot.refresh_from_db()
    assert slot.withdrawn_at is None


@pytest.mark.parametrize("path", ["", "end/"])
def test_the_queries_do_not_grow(desk, url, slot, fields, monday, path):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            looked_at(desk, url + path, fields(monday, starts="10:00"))
        return len(queries)

    build.a_membership(slot.group)
    few = cost()
    for _ in range(3):
        build.a_membership(slot.group)
    generate_sessions(now=timezone.now(), by=None, until=monday + timedelta(weeks=40))
    assert cost() <= few
