"""The Matrix schedule set up as published, and the page of what the calendar then offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from curriculum.models import Lesson
from curriculum.starter.adding import add_starters
from curriculum.starter.shelf import starter
from groups.models import GroupSession, MeetingPattern, Rotation, SessionLesson, TherapyGroup
from groups.offering.reading import read_offered
from groups.offering.weeks import offered_minutes
from programs.models import Program, Role
from tests import build
from tests.groups.matrix import A_DAY, day_boxes, matrix_post, next_week

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def offered_of(program: Program) -> str:
    return f"/offered/{program.public_id}/"


def matrix_of(program: Program) -> str:
    return f"{offered_of(program)}matrix/"


def set_up(client: Client, program: Program, **changes):
    """Look, then save what was shown."""
    leader = build.a_colleague(program, Role.FACILITATOR)
    sent = matrix_post(next_week(program), leader, **changes)
    looked = client.post(matrix_of(program), {**sent, "act": "preview"})
    shown = looked.context["outlook"].mark
    return client.post(matrix_of(program), {**sent, "shown": shown, "act": "save"})


def plain(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def test_the_schedule_as_published_offers_370_and_then_270_minutes(
    program: Program, director: User, client_of: ClientOf
):
    build.a_rule(program)
    client = client_of(director)
    assert set_up(client, program).status_code == 302
    read = read_offered(program, since=None, now=timezone.now())
    minutes = [offered_minutes(each, "net_minutes") for each in read.offers]
    assert minutes == [370] * 4 + [270] * 12
    page = plain(client.get(offered_of(program)))
    assert "Weeks 1 to 4 offer 6 h 10 min a week, weeks 5 to 16 offer 4 h 30 min." in page
    assert (
        "The program asks for 9 h: 2 h 50 min are missing in weeks 1 to 4, "
        "4 h 30 min in weeks 5 to 16." in page
    )


def test_groups_slots_and_the_order_of_lessons(
    program: Program, director: User, client_of: ClientOf
):
    set_up(client_of(director), program)
    first = next_week(program)
    groups = {each.name: each for each in TherapyGroup.objects.all()}
    kinds = {name: (group.kind, group.format) for name, group in groups.items()}
    assert kinds == {
        "Early recovery skills": ("skills", "open"),
        "Relapse prevention": ("relapse_prevention", "open"),
        "Family education": ("family", "open"),
        "Social support": ("process", "open"),
    }
    spans = MeetingPattern.objects.values_list("group__name", "first_on", "last_on")
    assert set(spans) == {
        ("Early recovery skills", first, first + timedelta(days=27)),
        ("Relapse prevention", first, first + timedelta(days=111)),
        ("Family education", first, first + timedelta(days=83)),
        ("Social support", first + timedelta(weeks=12), None),
    }
    rotation = Rotation.objects.get(group=groups["Relapse prevention"])
    names = [each.lesson.name for each in rotation.lessons.select_related("lesson")]
    assert (len(names), names[0], names[-1]) == (32, "Alcohol", "One Day at a Time")
    early = GroupSession.objects.filter(group=groups["Early recovery skills"])
    planned = SessionLesson.objects.planned().filter(session__in=early)
    assert [each.lesson.name for each in planned.order_by("session__starts_at")] == [
        each.lesson for each in starter("matrix").entries[:8]
    ]
    assert AuditEvent.objects.filter(verb="matrix.set_up", by=director).count() == 1


def test_nothing_is_made_where_one_slot_is_in_the_way(
    program: Program, director: User, client_of: ClientOf
):
    room, other = build.a_room(program.site), build.a_group(program)
    day = next_week(program)
    build.a_session(other, day, "18:00", "20:00", room=room)
    sent = matrix_post(day, relapse_room=str(room.public_id))
    looked = client_of(director).post(matrix_of(program), {**sent, "act": "preview"})
    outlook = looked.context["outlook"]
    assert outlook.preview.stops
    sent |= {"shown": outlook.mark, "act": "save"}
    answer = client_of(director).post(matrix_of(program), sent)
    assert "in the way" in answer.content.decode()
    assert set(TherapyGroup.objects.all()) == {other}
    assert not Lesson.objects.exists()


def test_its_own_slots_clash_too(program: Program, director: User, client_of: ClientOf):
    room = build.a_room(program.site)
    both: dict[str, Any] = {"early_room": str(room.public_id), "relapse_room": str(room.public_id)}
    sent = matrix_post(next_week(program), **both, early_starts_1="17:30")
    looked = client_of(director).post(matrix_of(program), {**sent, "act": "preview"})
    assert looked.context["outlook"].preview.stops


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"early_minutes": 40}, "A session takes at least 50 minutes"),
        ({"relapse_minutes": "ninety"}, "Enter the minutes as a number"),
        ({"relapse_weekday_2": 0}, "Choose two different weekdays"),
        ({"family_weekday_1": 9}, "Choose a weekday from the list"),
        ({"family_starts_1": "23:30"}, "Enter an earlier time"),
        ({"family_starts_1": "at six"}, "Enter a time like 5:30 PM"),
        ({"social_name": "Family education"}, "Give each group a name of its own"),
        ({"social_name": ""}, "Enter a name"),
        ({"capacity": 0}, "A group has at least one seat."),
        ({"first_on_1": 31, "first_on_0": 2}, "Enter a real date"),
        ({"early_leader": "nobody"}, "Choose somebody who leads groups"),
    ],
)
def test_bad_input_is_refused_in_words(
    changes: dict, words: str, program: Program, director: User, client_of: ClientOf
):
    answer = client_of(director).post(
        matrix_of(program), {**matrix_post(next_week(program), **changes), "act": "save"}
    )
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not TherapyGroup.objects.exists()


@pytest.mark.parametrize(
    ("days", "words"), [(1, "Enter a Monday"), (-7, "in the year to come"), (700, "year to come")]
)
def test_the_first_day_begins_a_week_to_come(
    days: int, words: str, program: Program, director: User, client_of: ClientOf
):
    day = next_week(program) + days * A_DAY
    sent = {**matrix_post(day), **day_boxes(day), "act": "save"}
    assert words in client_of(director).post(matrix_of(program), sent).content.decode()


def test_a_lesson_made_longer_than_its_session_is_refused(
    program: Program, director: User, client_of: ClientOf
):
    add_starters(program=program, starters=[starter("matrix")], now=build.NOW, by=None)
    Lesson.objects.filter(name="Stop the Cycle").update(minutes=75)
    page = plain(set_up(client_of(director), program))
    assert "“Stop the Cycle” takes 75 minutes. Enter at least as many." in page
    assert not TherapyGroup.objects.exists()


def test_sent_twice_it_is_made_once(program: Program, director: User, client_of: ClientOf):
    client = client_of(director)
    sent = matrix_post(next_week(program), build.a_colleague(program, Role.FACILITATOR))
    looked = client.post(matrix_of(program), {**sent, "act": "preview"})
    sent |= {"shown": looked.context["outlook"].mark, "act": "save"}
    assert [client.post(matrix_of(program), sent).status_code for _twice in range(2)] == [302, 302]
    assert TherapyGroup.objects.count() == 4


def test_what_would_fill_the_gap_comes_from_the_library(
    program: Program, director: User, client_of: ClientOf
):
    build.a_rule(program)
    add_starters(program=program, starters=[starter("cbt")], now=build.NOW, by=None)
    client = client_of(director)
    set_up(client, program)
    page = plain(client.get(offered_of(program)))
    assert "Two sessions a week of 90 minutes of CBT skills would bring 3 h a week: enough." in page
    assert "of Matrix would bring" not in page


def test_kinds_that_do_not_count_are_left_out_and_closed_groups_are_not(
    program: Program, director: User, client_of: ClientOf
):
    build.a_rule(program, counts=["skills"])
    day = next_week(program)
    for name, kind, form in [
        ("A", "skills", "open"),
        ("B", "family", "open"),
        ("C", "skills", "closed"),
    ]:
        group = build.a_group(program, name=name, kind=kind, format=form)
        starts, ends = ("11:00", "12:00") if form == "closed" else ("09:00", "10:00")
        build.a_session(group, day, starts, ends)
    page = plain(client_of(director).get(f"{offered_of(program)}?from={day}"))
    assert "Week 1 offers 2 h, weeks 2 to 16 offer 0 h." in page


def test_hours_of_fifty_minutes(program: Program, director: User, client_of: ClientOf):
    build.a_rule(program, count="clinical_hours")
    build.a_session(build.a_group(program), next_week(program), "09:00", "10:30")
    page = plain(client_of(director).get(offered_of(program)))
    assert "Week 1 offers 1 h 48 min" in page


def test_a_program_without_groups_says_so(program: Program, director: User, client_of: ClientOf):
    page = plain(client_of(director).get(f"{offered_of(program)}?from=soon"))
    assert "No group meets in these weeks." in page
    assert "is a date like" in page


@pytest.mark.parametrize(
    ("role", "read", "edit"),
    [
        (Role.DIRECTOR, 200, 200),
        (Role.CLINICIAN, 200, 200),
        (Role.FACILITATOR, 200, 403),
        (Role.BILLING, 200, 403),
    ],
)
def test_who_may(role: Role, read: int, edit: int, program: Program, client_of: ClientOf):
    client = client_of(build.a_colleague(program, role))
    assert client.get(offered_of(program)).status_code == read
    assert client.get(matrix_of(program)).status_code == edit


def test_a_stranger_finds_nothing(program: Program, stranger: User, client_of: ClientOf):
    assert client_of(stranger).get(offered_of(program)).status_code == 404


def test_the_page_takes_as_many_statements_for_one_group_as_for_four(
    program: Program, director: User, client_of: ClientOf
):
    client = client_of(director)
    day = next_week(program)
    build.a_rule(program)
    build.a_session(build.a_group(program), day, "09:00", "10:30")
    client.get(offered_of(program))
    with CaptureQueriesContext(connection) as one:
        client.get(offered_of(program))
    set_up(client, program)
    with CaptureQueriesContext(connection) as many:
        client.get(offered_of(program))
    assert len(many) == len(one)
