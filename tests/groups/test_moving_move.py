"""The Move form: what it shows first, what it saves, what it refuses in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import GroupSession, MeetingPattern, ScheduleChange, ScheduleException
from programs.models import Role
from tests import build
from tests.build import MONDAY, NOW, moment
from tests.groups.moving import (
    FRIDAY,
    NEXT_MONDAY,
    THURSDAY,
    a_place,
    placed,
    url_of,
    words_of,
)

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"
DIALOG = {"HX-Request": "true", "HX-Target": "move-dialog"}
LIVE = {"HX-Request": "true", "HX-Target": "preview"}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def place(program, facilitator):
    return a_place(program, facilitator)


@pytest.fixture
def url(place):
    return url_of(place.session, "move")


@pytest.fixture
def client(client_of, clinician):
    return client_of(clinician)


def rows():
    return [
        *GroupSession.objects.order_by("pk").values(),
        *MeetingPattern.objects.order_by("pk").values(),
        ScheduleChange.objects.count(),
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CLINICIAN, 200),
        (Role.DIRECTOR, 200),
        (Role.FACILITATOR, 403),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, url, role, status):
    user = build.a_colleague(program, role)
    assert client_of(user).get(url).status_code == status
    assert client_of(user).post(url, placed(THURSDAY)).status_code in (302, status)


def test_another_program_is_not_found(client_of, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url)["Location"].startswith("/sign-in/")


def test_it_is_filled_in_as_the_session_is(client, url):
    page = words_of(client, url)
    assert "<title>Move a session · Prairie Clinic</title>" in page
    assert "Process · Fri Nov 27, 9:00 AM to 12:00 PM · Harbor Room" in page
    for value in ('value="27"', 'value="09:00"', 'value="12:00"', 'value="10:30"', "selected"):
        assert value in page
    for words in ("This session", "This and following", "The whole series"):
        assert words in page
    assert "Change the day, a time or the room to see what would happen." in page


def test_a_session_without_a_slot_moves_alone(client, place):
    alone = build.a_session(place.group, FRIDAY, "13:00", "15:00")
    page = words_of(client, url_of(alone, "move"))
    assert "The whole series" not in page


def test_the_preview_says_what_would_happen_and_keeps_nothing(client, url, place):
    before = rows()
    page = words_of(client, url, **placed(THURSDAY, room=place.garden, act="preview"))
    assert "1 session moves." in page
    assert "Nothing clashes." in page
    assert "Ada K. and Ben K." in page
    said = f"Week of Mon Nov 23: 2{SPACE}h{SPACE}45{SPACE}min before, 3{SPACE}h after"
    assert said in page
    assert "on Thu Nov 26 instead of Fri Nov 27" in page
    assert rows() == before


def test_it_moves_and_says_so_with_an_undo(client, clinician, url, place):
    answer = client.post(url, placed(THURSDAY, "13:00", "16:00", place.garden, reason="Flood"))
    assert answer.status_code == 302
    program = place.program.public_id
    assert answer["Location"] == f"/calendar/{program}/?week=2026-11-23"
    place.session.refresh_from_db()
    assert place.session.starts_at == moment(THURSDAY, "13:00")
    assert (place.session.room, place.session.slot_on) == (place.garden, FRIDAY)
    change = ScheduleChange.objects.get()
    assert (change.reason, change.made_by) == ("Flood", clinician)
    assert AuditEvent.objects.get(verb="schedule.moved").by == clinician
    page = client.get(answer["Location"]).content.decode()
    assert "Moved to Thu Nov 26, 1:00 to 4:00 PM." in page
    assert f'action="/sessions/{program}/undo/{change.public_id}/"' in page


def test_from_a_dialog_the_browser_is_led_to_the_new_week(client, url, place):
    answer = client.post(url, placed(NEXT_MONDAY, room=place.garden), headers=DIALOG)
    assert answer.status_code == 200
    assert answer["HX-Redirect"].endswith("?week=2026-11-30")


def test_a_dialog_gets_the_form_alone(client, url, place):
    page = client.get(url, headers=DIALOG).content.decode()
    assert "<html" not in page
    assert 'hx-target="#move-dialog"' in page
    assert "data-close-dialog" in page
    refused = client.post(url, placed(THURSDAY, "13:00", "12:00"), headers=DIALOG)
    assert "<html" not in refused.content.decode()
    assert "It ends after it starts" in refused.content.decode()


def test_when_only_the_start_changes_the_length_is_kept(client, url, place):
    shown = "09:00 12:00 10:30 10:45"
    sent = placed(FRIDAY, "13:00", "12:00", shown=shown, breaks_0="10:30", breaks_1="10:45")
    page = client.post(url, {**sent, "act": "preview"}, headers=LIVE).content.decode()
    assert 'hx-swap-oob="innerHTML:#ends-box"' in page
    for value in ('value="16:00"', 'value="14:30"', 'value="14:45"'):
        assert value in page
    client.post(url, sent)
    place.session.refresh_from_db()
    assert place.session.ends_at == moment(FRIDAY, "16:00")
    assert place.session.breaks == ((moment(FRIDAY, "14:30"), moment(FRIDAY, "14:45")),)


def test_an_end_that_was_changed_too_stays(client, url, place):
    sent = placed(FRIDAY, "13:00", "14:00", shown="09:00 12:00 10:30 10:45")
    page = client.post(url, {**sent, "act": "preview"}, headers=LIVE).content.decode()
    assert "ends-box" not in page
    client.post(url, sent)
    place.session.refresh_from_db()
    assert place.session.ends_at == moment(FRIDAY, "14:00")


def test_an_address_may_suggest_where_to(client, url, place):
    asked = f"?held_on=2026-11-30&starts=13:00&room={place.garden.public_id}"
    page = words_of(client, url + asked)
    for value in ('value="30"', 'value="13:00"', 'value="16:00"', 'value="14:30"'):
        assert value in page
    assert "1 session moves." in page
    assert "Nothing clashes." in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("held_on=tomorrow", "This is not a date; write it as 2026-11-23."),
        ("held_on=9999-12-31", "Weeks end in 2100 here."),
        ("held_on=2028-01-03", "This date is more than a year away."),
        ("held_on=2026-11-02", "This time is over. Choose one still to come."),
        ("starts=late", "The start is no time; write it as 13:30."),
        ("starts=23:00", "It ends after it starts, on the same day"),
        ("room=harbor", "This room does not exist."),
        (f"room={NOW.year}0000-0000-4000-8000-000000000000", "Choose a room of this site"),
        ("held_on=2026-11-30%00", "This is not a date"),
        ("room=&held_on=&starts=", "to see what would happen"),
    ],
)
def test_what_an_address_gets_wrong_is_said(client, url, asked, words):
    assert words in words_of(client, f"{url}?{asked}")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "08:00"}, "It ends after it starts, on the same day"),
        ({"ends": "00:00"}, "sessions never cross midnight"),
        ({"starts": "noon"}, "Enter a time like 13:30"),
        ({"starts": ""}, "Enter when it starts"),
        ({"held_on_1": "31"}, "Enter a real date"),
        ({"held_on_2": ""}, "Fill in month, day and year"),
        ({"held_on_2": "9999"}, "This date is more than a year away."),
        ({"held_on_2": "1"}, "This date is more than a year away."),
        ({"held_on_1": "24"}, "This time is over. Choose one still to come."),
        ({"breaks_0": "08:00", "breaks_1": "08:10"}, "Breaks lie inside the session"),
        ({"breaks_0": "10:00"}, "Fill in when the break starts and when it ends"),
        ({"room": "harbor"}, "Choose a room of this site"),
        ({"how_much": "all"}, "Select a valid choice"),
        ({"how_much": ""}, "Choose what moves"),
        ({"reason": "x" * 201}, "at most 200 characters"),
    ],
)
def test_wrong_input_is_refused_in_words(client, url, change, words):
    before = rows()
    page = words_of(client, url, **{**placed(FRIDAY), **change})
    assert "There is a problem" in page
    assert words in page
    assert rows() == before


def test_a_room_of_another_site_is_refused(client, url, place):
    elsewhere = build.a_room(build.a_site())
    assert "Choose a room of this site" in words_of(client, url, **placed(FRIDAY, room=elsewhere))


def test_a_session_with_attendance_stays(client, url, place):
    build.a_record(place.session, place.people[0].participant, "09:00-12:00")
    before = rows()
    page = words_of(client, url, **placed(NEXT_MONDAY))
    assert "Attendance is recorded in this session: it stays as it is." in page
    assert rows() == before


def test_this_and_following_move_with_the_preview_saying_how_many(client, url, place):
    later = place.group.sessions.get(held_on=FRIDAY + timedelta(weeks=2))
    build.a_record(later, place.people[0].participant, "09:00-12:00")
    sent = placed(THURSDAY, room=place.garden, how_much="following")
    page = words_of(client, url, **{**sent, "act": "preview"})
    assert "4 sessions move." in page
    assert "Thu Nov 26, 9:00 AM to 12:00 PM, and on " in page
    assert "Fri Dec 11: attendance is recorded" in page
    answer = client.post(url, sent)
    page = words_of(client, answer["Location"])
    assert "The series now meets Thursday, 9:00 AM to 12:00 PM." in page
    later.refresh_from_db()
    assert later.held_on == FRIDAY + timedelta(weeks=2)
    moved = place.group.sessions.exclude(pk=later.pk).order_by("held_on")
    assert [each.held_on.weekday() for each in moved[:4]] == [3, 3, 3, 3]
    assert place.group.patterns.count() == 2


def test_the_whole_series_moves_from_the_first_still_to_come(client, place):
    third = place.group.sessions.get(held_on=FRIDAY + timedelta(weeks=2))
    sent = placed(third.held_on, "13:00", "16:00", place.harbor, how_much="series")
    answer = client.post(url_of(third, "move"), sent)
    assert answer.status_code == 302
    starts = {each.starts_at.astimezone(build.CHICAGO).hour for each in place.group.sessions.all()}
    assert starts == {13}


def test_a_series_that_is_over_cannot_move(client, place):
    slot = build.a_pattern(place.group, weekday=0, last_on="2026-11-24")
    moved = build.a_session(place.group, FRIDAY, "15:00", "16:00", pattern=slot, slot_on=MONDAY)
    page = words_of(client, url_of(moved, "move"), **placed(FRIDAY, how_much="series"))
    assert "The series has no session still to come." in page


def test_a_series_moves_within_its_week(client, url):
    sent = placed(NEXT_MONDAY, how_much="following")
    assert "A series moves within its week." in words_of(client, url, **sent)


def test_warnings_want_a_reason_and_land_on_the_list(client, url, place):
    small = build.a_room(place.program.site, name="Closet", capacity=1)
    sent = placed(FRIDAY, room=small)
    page = words_of(client, url, **{**sent, "act": "preview"})
    assert "Process A expects 2 people Fri Nov 27; Closet seats 1." in page
    assert "Why go ahead in spite of the warnings?" in page
    before = rows()
    page = words_of(client, url, **sent)
    assert "Say why this goes ahead in spite of the warnings" in page
    assert "Closet seats 1." in page
    assert rows() == before
    assert client.post(url, {**sent, "override": "One of them is away"}).status_code == 302
    assert ScheduleException.objects.get().reason == "One of them is away"


def test_the_second_of_two_is_told_who_has_the_room(client, client_of, director, place):
    """Both looked at the same free room; the first has saved meanwhile."""
    other = build.a_group(place.program, name="Skills B")
    leader = build.a_colleague(place.program, Role.FACILITATOR, name="Ngozi Okafor")
    second = build.a_session(other, FRIDAY, "13:00", "15:00", facilitators=[leader])
    wanted = placed(THURSDAY, "09:00", "12:00", place.garden)
    look = {**wanted, "act": "preview"}
    for who, session in ((client, place.session), (client_of(director), second)):
        assert "Nothing clashes." in words_of(who, url_of(session, "move"), **look)
    assert client_of(director).post(url_of(second, "move"), wanted).status_code == 302
    before = rows()
    page = words_of(client, url_of(place.session, "move"), **wanted)
    assert "Something is in the way. Nothing is saved." in page
    said = "Garden Room is taken Thu Nov 26, 9:00 AM to 12:00 PM by Skills B (Okafor)."
    assert said in page
    assert rows() == before


def test_of_another_program_one_is_told_that_it_is_busy(client, url, place):
    hidden = build.a_group(build.a_program(place.program.site), name="Secret group")
    build.a_session(hidden, THURSDAY, "09:00", "10:30", room=place.garden)
    page = words_of(client, url, **placed(THURSDAY, room=place.garden))
    assert "Garden Room is busy Thu Nov 26, 9:00 to 10:30 AM." in page
    assert "Secret group" not in page
    assert "In the way" in page


def test_nothing_changes_when_the_trail_cannot_be_written(client, url, place, audit_fails):
    before = rows()
    with pytest.raises(DatabaseError):
        client.post(url, placed(THURSDAY, room=place.garden))
    assert rows() == before


def test_the_week_of_the_clock_change_keeps_wall_time(client, place, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment("2026-10-28", "12:00"))
    session = build.a_session(place.group, "2026-10-30", "17:30", "19:30")
    client.post(
        url_of(session, "move"), placed(session.held_on + timedelta(days=2), "17:30", "19:30")
    )
    session.refresh_from_db()
    assert session.starts_at == moment("2026-11-01", "17:30")
    assert session.starts_at.utcoffset() == timedelta(0)


def test_times_are_those_of_the_site_also_of_what_is_in_the_way(client_of, facilitator):
    """A facilitator who leads at 10 in Chicago is busy at 9 in Denver."""
    program = build.a_program(build.a_site(timezone="America/Denver"))
    clinician = build.a_colleague(program, Role.CLINICIAN)
    session = build.a_session(
        build.a_group(program), FRIDAY, "13:00", "14:00", facilitators=[facilitator]
    )
    build.a_session(build.a_group(), FRIDAY, "10:00", "11:00", facilitators=[facilitator])
    page = words_of(client_of(clinician), url_of(session, "move"), **placed(FRIDAY))
    assert "Fay Marlow is busy Fri Nov 27, 9:00 to 10:00 AM." in page
    answer = client_of(clinician).post(url_of(session, "move"), placed(FRIDAY, "15:00", "16:00"))
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.starts_at == moment(FRIDAY, "16:00")


def test_the_same_queries_with_one_and_with_many(client, url, place):
    sent = placed(THURSDAY, room=place.garden, how_much="following", act="preview")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            words_of(client, url, **sent)
        return len(queries)

    few = cost()
    for number in range(3):
        build.a_membership(place.group, build.an_enrollment(place.program))
        build.a_session(build.a_group(place.program), THURSDAY, room=build.a_room())
        build.a_session(
            place.group, FRIDAY + timedelta(weeks=5 + number), pattern=place.slot, room=place.harbor
        )
    assert cost() == few
