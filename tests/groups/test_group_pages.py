"""The list of groups and one group: who may see them, what they say, what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def group(program, facilitator, today):
    group = build.a_group(program, name="Process A", kind="process", capacity=2)
    for weekday in (0, 2):
        build.a_pattern(group, "09:00", "10:30", weekday=weekday, facilitators=[facilitator])
    build.a_session(group, today + timedelta(days=1), facilitators=[facilitator])
    return group


@pytest.fixture
def member(group):
    amara = build.a_participant(first_name="Amara", last_name="Okoye")
    enrollment = build.an_enrollment(group.program, amara, admitted_on="2020-01-06")
    return build.a_membership(group, enrollment)


@pytest.fixture
def read(client_of, program):
    def page(user, path=""):
        answer = client_of(user).get(f"/groups/{program.public_id}/{path}")
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_the_list_says_when_they_meet_and_how_full_they_are(read, director, group, member):
    page = read(director)
    assert "1 group" in page
    assert "Process · Open" in page
    assert "Monday and Wednesday, 9:00 AM to 10:30 AM" in page
    assert "<b>1</b> of 2" in page
    assert "tomorrow, 9:00 AM" in page


def test_a_full_group_and_one_without_plans_say_so(read, director, group, member):
    build.a_membership(group, build.an_enrollment(group.program, admitted_on="2020-01-06"))
    build.a_group(group.program)
    page = read(director)
    for words in ("full", "No weekly slot", "None planned"):
        assert words in page


def test_a_facilitator_sees_the_groups_they_lead(read, client_of, facilitator, group):
    other = build.a_group(group.program, name="Not mine")
    page = read(facilitator)
    assert "Process A" in page
    assert "Not mine" not in page
    url = f"/groups/{group.program.public_id}/{other.public_id}/"
    assert client_of(facilitator).get(url).status_code == 403
    history = f"/today/{group.program.public_id}/history/{other.public_id}/"
    assert client_of(facilitator).get(history).status_code == 403


def test_whoever_leads_none_is_told_what_to_do(read, facilitator):
    assert "You lead none in this program." in read(facilitator)


def test_one_group_names_its_members_and_what_comes(read, director, group, member):
    page = read(director, f"{group.public_id}/")
    assert "Amara O." in page
    assert "Okoye" not in page
    assert "since Jan 6, 2020" in page.replace("Jan. 6", "Jan 6")
    assert "1 of 2 expected" in page
    assert "<title>Group · Prairie Clinic</title>" in page


def test_a_member_of_the_past_is_not_named(read, director, group, member):
    member.last_on = "2020-02-01"
    member.save()
    page = read(director, f"{group.public_id}/")
    assert "Amara O." not in page
    assert "Nobody is in this group." in page


def test_each_weekly_slot_says_when_where_and_who(read, director, group, facilitator, today):
    slot = build.a_pattern(
        group,
        "17:30",
        "20:30",
        weekday=4,
        every_weeks=2,
        room=build.a_room(name="Garden"),
        facilitators=[facilitator],
        first_on=today + timedelta(days=30),
        last_on=today + timedelta(days=90),
    )
    build.a_pattern(group, weekday=5, last_on=today - timedelta(days=1), first_on="2020-01-06")
    build.a_pattern(group, weekday=6, withdrawn_at=timezone.now())
    page = read(director, f"{group.public_id}/")
    first, last = (
        f"{day:%b} {day.day}, {day.year}" for day in (slot.first_on, slot.last_on) if day
    )
    assert "Monday, 9:00 AM to 10:30 AM" in page
    assert "since Nov 2, 2026 · Fay Marlow" in page
    assert "Friday, 5:30 PM to 8:30 PM, every 2 weeks" in page
    assert f"from {first}, until {last} · Garden · Fay Marlow" in page
    main = page.partition("<main")[2]  # beside it the week is told, with today's name
    assert "Monday," in main
    assert "Saturday," not in main
    assert "Sunday," not in main


def test_what_the_group_is_is_told_as_far_as_it_is_known(read, director, group):
    page = read(director, f"{group.public_id}/")
    assert "Held from" not in page
    group.min_to_hold, group.default_room = 2, build.a_room(name="Garden")
    group.video_link, group.teaches = "https://video.example/a", build.a_track(group.program)
    group.save()
    page = read(director, f"{group.public_id}/")
    for words in ("2 people", "Garden", group.teaches.name, 'href="https://video.example/a"'):
        assert words in page


def test_the_rule_of_each_slot_is_there_for_other_calendars(read, director, group):
    page = read(director, f"{group.public_id}/")
    assert "DTSTART;TZID=America/Chicago:20261102T090000" in page
    assert "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE" in page
    assert f"/schedule/{group.program.public_id}/groups/{group.public_id}/recurrence/" in page


@pytest.mark.parametrize(
    ("who", "may"),
    [("clinician", True), ("director", True), ("administrator", False), ("facilitator", False)],
)
def test_only_who_may_edit_is_led_to_it(request, read, group, who, may):
    user, slot = request.getfixturevalue(who), group.patterns.first()
    schedule = f"/schedule/{group.program.public_id}"
    page = read(user, f"{group.public_id}/")
    for url in (
        f"{schedule}/groups/{group.public_id}/",
        f"{schedule}/groups/{group.public_id}/slots/",
        f"{schedule}/slots/{slot.public_id}/",
        f"{schedule}/slots/{slot.public_id}/end/",
    ):
        assert (f'href="{url}"' in page) is may
    assert (f'href="{schedule}/groups/new/"' in read(user)) is may


def test_a_group_without_slots_and_a_program_without_groups_say_what_to_do(
    read, clinician, administrator, program
):
    assert "Make the first with its weekly slots and who leads it." in read(clinician)
    assert "A clinician or a director makes them" in read(administrator)
    group = build.a_group(program)
    page = read(clinician, f"{group.public_id}/")
    assert "No weekly slot." in page
    assert f"/schedule/{program.public_id}/groups/{group.public_id}/slots/" in page


@pytest.mark.parametrize("path", ["groups/{}/{}/", "today/{}/history/{}/"])
def test_who_may_not(client_of, stranger, director, group, path):
    url = "/" + path.format(group.program.public_id, group.public_id)
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(director).post(url).status_code == 405
    elsewhere = build.a_group()
    wrong = "/" + path.format(group.program.public_id, elsewhere.public_id)
    assert client_of(director).get(wrong).status_code == 404


def test_the_last_sessions_say_who_came_and_whether_they_are_signed(
    client_of, director, group, member, today
):
    url = f"/today/{group.program.public_id}/history/{group.public_id}/"
    assert "No session is over yet." in client_of(director).get(url).content.decode()
    signed, unsigned, unrecorded = (
        build.a_session(group, today - timedelta(days=ago)) for ago in (3, 2, 1)
    )
    participant = member.enrollment.participant
    build.a_record(signed, participant, "09:00-10:00", "10:10-12:00")
    build.a_sign_off(signed)
    build.a_record(unsigned, participant, absence="excused")
    page = client_of(director).get(url).content.decode()
    assert "1 came, 0 absent, 1 expected" in page
    assert "0 came, 1 absent, 1 expected" in page
    for words in ("Signed", "Not signed", "Not recorded", f"/{unrecorded.public_id}/"):
        assert words in page


def test_thirteen_queries_at_most_however_many(client_of, director, program, group, member, today):
    client = client_of(director)
    paths = [
        f"/groups/{program.public_id}/",
        f"/groups/{program.public_id}/{group.public_id}/",
        f"/today/{program.public_id}/history/{group.public_id}/",
    ]

    def cost():
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    build.a_session(group, today - timedelta(days=1))
    few = cost()
    for number in range(20):
        build.a_pattern(build.a_group(program), weekday=number % 7)
        build.a_session(group, today + timedelta(days=2 + number))
        build.a_session(group, today - timedelta(days=2 + number))
        build.a_membership(group, build.an_enrollment(program, admitted_on="2020-01-06"))
    assert cost() == few
    assert max(few) <= 13
