"""A new group with its first slots: who may, what it shows, what it makes, what it refuses."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import GroupSession, MeetingPattern, ScheduleException, TherapyGroup
from groups.wording import short_day
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.groups.slot_posts import (
    boxes,
    looked_at,
    monday_after,
    new_group_fields,
    save,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def monday(today):
    return monday_after(today)


@pytest.fixture
def url(program):
    return url_of(program, "groups", "new")


@pytest.fixture
def desk(client_of, clinician):
    return client_of(clinician)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.ADMISSIONS, 403),
        (Role.FACILITATOR, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, url, role, status):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == status
    assert client.post(url, {}).status_code == status


def test_another_program_is_not_found(client_of, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_offers_what_the_program_has(desk, program, url, facilitator, clinician):
    build.a_room(program.site, name="Garden")
    build.a_room(build.a_site(), name="Elsewhere")
    build.a_track(program, name="DBT")
    build.a_track(name="Another")
    billing = build.a_colleague(program, Role.BILLING, name="Only Bills")
    page = desk.get(url).content.decode()
    assert "<title>New group · Prairie Clinic</title>" in page
    for words in ("Garden", "DBT", "Fay Marlow, LPC", "Cleo Ortiz, LCSW", "Monday", "Sunday"):
        assert words in page
    for words in ("Elsewhere", "Another", billing.name, "There is a problem"):
        assert words not in page


def test_the_group_and_its_slots_are_made(desk, program, url, monday, facilitator):
    room, track = build.a_room(program.site), build.a_track(program)
    last = monday + timedelta(days=20)
    data = new_group_fields(
        monday,
        weekdays=["0", "2"],
        starts="17:30",
        ends="20:30",
        breaks_0="19:00",
        breaks_1="19:15",
        min_to_hold="0",
        default_room=str(room.public_id),
        teaches=str(track.public_id),
        video_link="https://video.example/skills",
        leaders=[str(facilitator.public_id)],
        **boxes("last_on", last),
    )
    answer = save(desk, url, data)
    group = TherapyGroup.objects.get()
    assert answer["Location"] == f"/groups/{program.public_id}/{group.public_id}/"
    assert str(group.public_id) == data["proposed_id"]
    assert (group.kind, group.capacity, group.teaches, group.default_room) == (
        "skills",
        12,
        track,
        room,
    )
    slots = list(group.patterns.order_by("weekday"))
    assert [(slot.weekday, slot.room, slot.last_on) for slot in slots] == [
        (0, room, last),
        (2, room, last),
    ]
    assert [slot.facilitators.get().user for slot in slots] == [facilitator] * 2
    held = GroupSession.objects.order_by("starts_at").values_list("held_on", flat=True)
    assert list(held) == [monday + timedelta(days=day) for day in (0, 2, 7, 9, 14, 16)]
    made = AuditEvent.objects.get(verb="group.created")
    assert (made.subject_id, made.detail["slots"]) == (group.public_id, 2)
    assert "Evening" not in str(made.detail)
    page = desk.get(answer["Location"]).content.decode()
    assert "The group is made, and its sessions are in the calendar." in page


@pytest.mark.parametrize("is_htmx", [True, False])
def test_the_preview_says_how_many_on_which_days_and_keeps_nothing(
    desk, program, url, monday, is_htmx
):
    build.a_closure(program, first_on=monday, last_on=monday)
    data = new_group_fields(
        monday, weekdays=["0", "3"], **boxes("last_on", monday + timedelta(days=13))
    )
    page = looked_at(desk, url, data, is_htmx=is_htmx)
    assert "New: 1 on Monday and 2 on Thursday, from" in page
    assert f"Not held, because closed: {short_day(monday)}." in page
    assert "Nobody leads Evening skills" in page
    assert "Why go ahead in spite of the warnings?" in page
    assert ("<title>" in page) is not is_htmx
    assert not TherapyGroup.objects.exists()
    assert not GroupSession.objects.exists()


def test_what_is_still_missing_is_said_without_blame(desk, url):
    page = looked_at(desk, url, {"name": "Skills"}, is_htmx=False)
    for words in ("Choose at least one weekday", "Enter when it starts", "Enter the first day"):
        assert words in page
    assert "There is a problem" not in page
    assert "field-bad" not in page


def test_a_taken_room_is_told_and_leaves_nothing(desk, program, url, monday):
    room = build.a_room(program.site, name="Garden")
    other = build.a_group(program, name="Process B")
    build.a_session(other, monday, "11:00", "13:00", room=room)
    data = new_group_fields(monday, room=str(room.public_id))
    assert "Garden is taken" in looked_at(desk, url, data)
    page = save(desk, url, data).content.decode()
    assert "Something is in the way. Nothing is saved." in page
    assert "by Process B" in page
    assert list(TherapyGroup.objects.all()) == [other]
    assert not MeetingPattern.objects.exists()
    assert not AuditEvent.objects.filter(verb="group.created").exists()


def test_a_busy_facilitator_of_a_program_one_may_not_see(desk, program, url, monday, facilitator):
    secret = build.a_group(name="Secret circle")
    build.a_session(secret, monday, facilitators=[facilitator])
    data = new_group_fields(monday, leaders=[str(facilitator.public_id)])
    page = looked_at(desk, url, data)
    assert "Fay Marlow is busy" in page
    assert "Secret" not in page


def test_a_warning_wants_a_reason_which_lands_on_the_list(desk, url, monday, clinician):
    data = new_group_fields(monday)
    page = save(desk, url, {**data, "override": " "}).content.decode()
    assert "Say why this goes ahead in spite of the warnings" in page
    assert not TherapyGroup.objects.exists()
    assert save(desk, url, data).status_code == 302
    found = ScheduleException.objects.get()
    assert (found.kind, found.reason) == ("no_facilitator", "Nobody else is free")
    assert found.made_by == clinician


def test_nothing_is_saved_that_was_not_shown(desk, url, monday):
    data = new_group_fields(monday, act="save")
    page = desk.post(url, data).content.decode()
    assert "This is what it would do. Save once more to go ahead." in page
    assert "on Monday" in page
    assert not TherapyGroup.objects.exists()


def test_a_double_submit_makes_one_group(desk, url, monday):
    data = new_group_fields(monday)
    first, second = save(desk, url, data), desk.post(url, {**data, "act": "save"})
    assert first["Location"] == second["Location"]
    assert TherapyGroup.objects.count() == MeetingPattern.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "process a"}, "Another group of the clinic has this name"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"kind": ""}, "Choose a kind"),
        ({"kind": "yoga"}, "Select a valid choice"),
        ({"format": "ajar"}, "Select a valid choice"),
        ({"capacity": ""}, "Enter the number of seats"),
        ({"capacity": "many"}, "Enter the seats as a number, like 12"),
        ({"capacity": "0"}, "A group has at least one seat."),
        ({"capacity": "99999"}, "A group has at most 500 seats"),
        ({"min_to_hold": "13"}, "It cannot ask for more people than it has seats."),
        ({"min_to_hold": "-1"}, "It takes 0 people or more"),
        ({"kind": "individual"}, "An individual group has a capacity of 1."),
        ({"video_link": "http://video.example/a"}, "Enter a link like https://"),
        ({"video_link": "javascript:alert(1)"}, "Enter a link like https://"),
        ({"default_room": str(uuid.uuid4())}, "Choose a room of this site"),
        ({"teaches": str(uuid.uuid4())}, "Choose a curriculum of this program"),
        ({"weekdays": []}, "Choose at least one weekday"),
        ({"weekdays": ["7"]}, "Choose weekdays from the list"),
        ({"starts": ""}, "Enter when it starts"),
        ({"starts": "late"}, "Enter a time like 5:30 PM"),
        ({"ends": "09:00"}, "It ends after it starts, on the same day"),
        ({"ends": "00:00"}, "sessions never cross midnight"),
        ({"breaks_0": "12:00", "breaks_1": "12:10"}, "Breaks lie inside the session"),
        ({"breaks_0": "10:00"}, "Fill in when the break starts and when it ends"),
        ({"breaks_0": "soon", "breaks_1": "10:00"}, "Enter the times of a break like 10:30"),
        ({"breaks_0": "10:00", "breaks_1": "09:30"}, "end after they start"),
        (
            {"breaks_0": "10:00", "breaks_1": "10:20", "breaks_2": "10:10", "breaks_3": "10:30"},
            "Breaks do not overlap",
        ),
        ({"every_weeks": "0"}, "A slot meets every 1 to 12 weeks."),
        ({"every_weeks": "13"}, "A slot meets every 1 to 12 weeks."),
        ({"every_weeks": "often"}, "Enter the weeks as a number, like 1 or 2"),
        (boxes("first_on", None), "Enter the first day"),
        ({"first_on_0": "2", "first_on_1": "30"}, "Enter a real date"),
        ({"room": "x"}, "is not a valid UUID"),
        ({"room": str(uuid.uuid4())}, "Choose a room of this site"),
        ({"leaders": [str(uuid.uuid4())]}, "Choose people who lead groups in this program"),
        ({"leaders": ["x"]}, "is not a valid UUID"),
        ({"proposed_id": "x"}, "Enter a valid UUID"),
        ({"override": "x" * 201}, "at most 200 characters"),
    ],
)
def test_every_refusal_is_in_words_and_keeps_nothing(desk, program, url, monday, change, words):
    build.a_group(program, name="Process A")
    data = new_group_fields(monday, act="save", **change)
    page = desk.post(url, data).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert "<title>Error: New group" in page
    assert TherapyGroup.objects.count() == 1
    assert not MeetingPattern.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-367, None, "Enter a first day within a year of today"),
        (367, None, "Enter a first day within a year of today"),
        (-1, None, "A new slot begins later than now. Choose a later first day."),
        (7, 6, "The last day is on or after the first."),
        (0, 105 * 7, "a slot runs 104 weeks at most"),
        (0, 400 * 7, "That is 400 weeks; a slot runs 104 weeks at most"),
    ],
)
def test_dates_that_cannot_be(desk, url, today, first, last, words):
    days = {"first_on": today + timedelta(days=first)}
    fields = new_group_fields(days["first_on"], act="save", override="")
    if last is not None:
        fields |= boxes("last_on", today + timedelta(days=last))
    assert words in desk.post(url, fields).content.decode()
    assert not TherapyGroup.objects.exists()


def test_a_session_that_would_have_begun_already(desk, url, program, today):
    data = new_group_fields(today, act="save", weekdays=[str(today.weekday())])
    page = desk.post(url, {**data, "starts": "00:00", "ends": "23:59"}).content.decode()
    assert "It would have begun today. Choose a later day" in page
    assert not TherapyGroup.objects.exists()


def test_a_room_and_a_person_of_elsewhere_are_refused(desk, url, monday, stranger):
    room = build.a_room(build.a_site())
    data = new_group_fields(monday, act="save", room=str(room.public_id))
    assert "Choose a room of this site" in desk.post(url, data).content.decode()
    data = new_group_fields(monday, act="save", leaders=[str(stranger.public_id)])
    page = desk.post(url, data).content.decode()
    assert "Choose people who lead groups in this program" in page
    assert not TherapyGroup.objects.exists()


def test_the_queries_do_not_grow(desk, program, url, monday):
    data = new_group_fields(monday, weekdays=["0"])

    def cost(path_data):
        with CaptureQueriesContext(connection) as queries:
            looked_at(desk, url, path_data)
        return len(queries)

    one = cost(data)
    for _ in range(3):
        group = build.a_group(program)
        build.a_session(group, monday)
        build.a_room(program.site)
        build.a_colleague(program, Role.FACILITATOR)
    assert cost({**data, "weekdays": ["0", "2", "4"]}) <= one + 2
