"""What the calendar marks as a clash: people in two sessions, too many, too few, nobody to lead."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.calendar.twice import InTwo, people_in_two
from groups.roster import expected_at
from programs.models import Role
from tests import build

WEEK = "?week=2026-11-23"


@pytest.fixture(autouse=True)
def early_on_monday(monkeypatch):
    """What lies ahead of a clinician who opens the week."""
    monkeypatch.setattr(timezone, "now", lambda: build.moment(build.MONDAY, "08:00"))


@pytest.fixture
def read(client_of, program):
    def page(user, query=WEEK):
        return client_of(user).get(f"/calendar/{program.public_id}/{query}").content.decode()

    return page


@pytest.fixture
def sessions(program, facilitator, clinician):
    """Two sessions that overlap, each with somebody to lead it."""
    return [
        build.a_session(build.a_group(program, name=name), starts=starts, facilitators=[who])
        for name, starts, who in (
            ("Process A", "09:00", facilitator),
            ("Skills B", "10:00", clinician),
        )
    ]


@pytest.mark.django_db
def test_nothing_clashes_where_nothing_is_wrong(read, director, sessions):
    for session in sessions:
        build.a_membership(session.group)
    page = read(director)
    assert "clash" not in page.replace("clash-", "")
    assert "What clashes" not in page


@pytest.mark.django_db
def test_people_in_two_sessions_are_one_clash_marked_at_both(read, director, sessions):
    for _ in range(2):
        enrollment = build.an_enrollment(sessions[0].group.program)
        build.a_membership(sessions[0].group, enrollment)
        build.a_make_up_seat(sessions[1], enrollment)
    page = read(director)
    assert f'<a href="#session-{sessions[0].public_id}">1 clash on Monday</a>' in page
    assert page.count(' clash" id=') == 2
    assert 'Clash<span class="clash-more">: 2 people in both this and Skills B</span>' in page
    assert 'Clash<span class="clash-more">: 2 people in both this and Process A</span>' in page
    assert "9:00 to 12:00 PM · Clash: 2 people in both this and Skills B" in page


@pytest.mark.django_db
def test_elsewhere_is_named_only_to_who_may_know(read, director, facilitator, sessions):
    other = build.a_program(name="Day PHP")
    person = build.a_participant()
    inside = build.an_enrollment(
        sessions[0].group.program,
        person,
        discharged_on=build.MONDAY,
        discharge_reason="transferred",
    )
    build.a_membership(sessions[0].group, inside)
    build.a_make_up_seat(sessions[1], inside)
    assert "1 person in both this and Skills B" in read(director)
    assert "1 person busy elsewhere" in read(facilitator)
    assert "Skills B" not in read(facilitator)
    sessions[1].group.program = other
    sessions[1].group.save()
    assert "1 person busy elsewhere" in read(director)
    build.an_assignment(director, other, Role.BILLING)
    assert "1 person in both this and Skills B" in read(director)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seats", "least", "room", "words"),
    [
        (2, 2, 2, ""),
        (1, 0, 2, 'Over capacity<span class="clash-more">: 2 people, 1 seat</span>'),
        (2, 2, 1, 'Room too small<span class="clash-more">: 2 people, 1 seat</span>'),
        (3, 3, 2, 'Too few<span class="clash-more">: 2 of at least 3</span>'),
    ],
)
def test_two_people_where_they_do_not_fit(read, director, sessions, seats, least, room, words):
    session, group = sessions[0], sessions[0].group
    for _ in range(2):
        build.a_membership(group)
    group.capacity, group.min_to_hold = seats, least
    group.save()
    session.room = build.a_room(group.program.site, capacity=room)
    session.save()
    page = read(director)
    assert words in page
    assert ("1 clash on Monday" in page) is bool(words)


@pytest.mark.django_db
def test_a_session_nobody_leads_is_marked(read, director, sessions):
    sessions[0].facilitations.update(is_former=True)
    page = read(director)
    assert "Nobody leads it" in page
    assert "1 clash on Monday" in page


@pytest.mark.django_db
def test_clashes_of_several_days_are_counted_without_a_day(read, director, program):
    for day in (0, 1):
        build.a_session(build.a_group(program), build.MONDAY + timedelta(days=day))
    assert "2 clashes</a>" in read(director)
    assert "1 clash</a>" in read(director, "?view=day&day=2026-11-24")
    assert "1 clash</a>" in read(director, "?view=rooms&day=2026-11-24")


@pytest.mark.django_db
def test_what_is_over_or_cancelled_is_not_marked(read, director, program, monkeypatch):
    session = build.a_session(build.a_group(program))
    build.a_session(build.a_group(program), "2026-11-24", status="cancelled")
    assert "1 clash" in read(director)
    monkeypatch.setattr(timezone, "now", lambda: session.ends_at)
    assert "Nobody leads it" not in read(director)


@pytest.mark.django_db
def test_nothing_is_asked_where_nothing_is_held(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert people_in_two([]) == ()


STARTS = ("09:00", "10:00", "11:30")
person = st.fixed_dictionaries(
    {
        "groups": st.sets(st.integers(0, 2)),
        "seats": st.sets(st.integers(0, 2)),
        "released": st.booleans(),
        "left": st.booleans(),
        "away": st.booleans(),
        "moved": st.booleans(),
    }
)


class TheStatementAndTheRosterAgree(TestCase):
    """Who is in two sessions is who the rosters of both expect; for random people."""

    @settings(max_examples=40)
    @given(st.lists(person, max_size=4), st.integers(0, 2))
    def test_agree(self, people, cancelled):
        programs = [build.a_program(), build.a_program()]
        sessions = [
            build.a_session(build.a_group(programs[index == 2]), starts=start, ends="12:30")
            for index, start in enumerate(STARTS)
        ]
        for each in people:
            self.add(each, programs, sessions)
        if cancelled < 2:
            sessions[cancelled].status = "cancelled"
            sessions[cancelled].save()
        held = [each for each in sessions if each.status == "scheduled"]
        expected = {each.pk: {one.participant_id for one in expected_at(each)} for each in sessions}
        found = {(each.session, each.other): each for each in people_in_two(held)}
        for one, other in itertools.permutations(held, 2):
            both = expected[one.pk] & expected[other.pk]
            same = found.pop((one.pk, other.pk), None)
            assert same == (
                InTwo(one.pk, other.pk, other.group.name, other.group.program_id, len(both))
                if both
                else None
            )
        assert found == {}

    def add(self, each, programs, sessions):
        """Store a person; one who moved is enrolled in the second program from that day on."""
        participant = build.a_participant()
        ends = {"discharged_on": "2026-11-22", "discharge_reason": "moved"} if each["left"] else {}
        first = build.an_enrollment(programs[0], participant, **ends)
        episodes = [first]
        if each["left"] and each["moved"]:
            episodes.append(build.an_enrollment(programs[1], participant, admitted_on=build.MONDAY))
        for enrollment in episodes:
            for index in each["groups"]:
                build.a_membership(sessions[index].group, enrollment)
        released = {"released_at": build.NOW} if each["released"] else {}
        for index in each["seats"] if episodes[-1].discharged_on is None else ():
            build.a_make_up_seat(sessions[index], episodes[-1], **released)
        if each["away"]:
            build.a_leave(participant, build.MONDAY, build.MONDAY)
