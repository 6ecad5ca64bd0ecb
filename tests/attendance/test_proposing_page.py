"""The page of a proposal: who may, both plans, why not everybody, using it or why that fails."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.proposing.reading import situation_of
from groups.models import SessionLesson
from groups.rotation.actions import choose_lessons
from programs.models import Role
from tests import build, build_curriculum
from tests.groups.rotations import NAMES, planned

pytestmark = pytest.mark.django_db
DAYS = ["2026-11-26", "2026-11-30", "2026-12-03", "2026-12-07"]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)


@pytest.fixture
def lessons(program):
    module = build.a_module(program)
    return [
        build.a_lesson(module=module, name=name, minutes=60, is_core=number < 2)
        for number, name in enumerate(NAMES)
    ]


@pytest.fixture
def group(program, lessons):
    """Four sessions to come; the plan gives the first two lessons, core ones, at the end."""
    group = build.a_group(program, name="Skills A")
    sessions = [build.a_session(group, day, "09:00", "10:30") for day in DAYS]
    build_curriculum.a_rotation(group, [lessons[2], lessons[3], lessons[0], lessons[1]])
    for session, lesson in zip(sessions, [lessons[2], lessons[3], *lessons[:2]], strict=True):
        build_curriculum.planned(session, lesson)
    return group


def member(group, first_name: str, last_on: str | None):
    person = build.a_participant(first_name=first_name, last_name="Nolan")
    enrollment = build.an_enrollment(group.program, person, planned_discharge_on=last_on)
    build.a_membership(group, enrollment)
    return enrollment


@pytest.fixture
def ada(group):
    """Leaves after two of the four sessions."""
    return member(group, "Ada", "2026-11-30")


@pytest.fixture
def client(client_of, director) -> Client:
    return client_of(director)


def url_of(group) -> str:
    return reverse("proposal:proposal", args=[group.program.public_id, group.public_id])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent_by(response) -> dict:
    """Return what the page's form sends."""
    found = re.findall(r'name="(seen|teach|fixed)" value="([^"]+)"', response.content.decode())
    fields: dict[str, list[str]] = {}
    for name, value in found:
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 200),
        (Role.FACILITATOR, 403),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, group, ada, role, status):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url_of(group)).status_code == status
    assert client.post(url_of(group)).status_code == (422 if status == 200 else status)


def test_strangers_and_other_groups_find_nothing(client_of, client, stranger, group, program):
    assert client_of(stranger).get(url_of(group)).status_code == 404
    other = build.a_group()
    url = reverse("proposal:proposal", args=[program.public_id, other.public_id])
    assert client.get(url).status_code == 404


def test_it_says_who_finishes_now_and_with_the_proposal(client, group, ada):
    member(group, "Ben", None)
    said = text_of(client.get(url_of(group)))
    assert "2 of 2 people finish every core lesson before they leave" in said
    assert "Finish, as it stands 1 of 2" in said
    assert "1 person has no planned discharge on record" in said
    assert "Triggers moves from Thu Dec 3 to" in said
    assert "1 of them finishes only with it" in said
    assert "Ada" not in said


def test_it_says_who_would_not_finish_and_why(client, group, ada, program):
    member(group, "Ben", "2026-11-25")
    build.a_lesson(program, name="Budgeting", is_core=True)
    response = client.get(url_of(group))
    said = text_of(response)
    assert "0 of 2 people finish" in said
    assert "Ada N. Budgeting: This group does not teach it" in said
    assert "Triggers and Cravings: No session is left for them before they leave" in said
    [title] = re.findall(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert "Ada" not in title


def test_using_it_makes_it_the_plan(client, group, ada, director):
    page = client.get(url_of(group))
    assert "Use this plan" in text_of(page)
    response = client.post(url_of(group), sent_by(page))
    assert response.status_code == 302
    assert set(planned(group)[:2]) == {"Triggers", "Cravings"}
    assert SessionLesson.objects.filter(is_fixed=True).count() == len(DAYS)
    assert AuditEvent.objects.get(verb="lessons.planned").by == director
    after = text_of(client.get(url_of(group)))
    assert "Every coming session was chosen by hand." in after
    again = text_of(client.get(url_of(group) + "?fixed=1"))
    assert "1 of 1 person finishes" in again
    assert "Nothing needs to change" in again


def test_a_plan_that_changed_meanwhile_is_refused(client, group, ada, lessons, director):
    page = client.get(url_of(group))
    session = group.sessions.last()
    choose_lessons(session=session, lessons=[lessons[3]], by=director)
    before = planned(group)
    response = client.post(url_of(group), sent_by(page))
    assert response.status_code == 409
    assert "The plan has changed since you looked at it." in text_of(response)
    assert planned(group) == before


@pytest.mark.parametrize(
    ("change", "words", "status"),
    [
        ({"teach": ["nonsense"]}, "That plan could not be read.", 422),
        ({"teach": []}, "That plan could not be read.", 422),
        ({"seen": [""]}, "Look at the proposal again before you use it.", 422),
        ({"seen": ["x" * 200]}, "at most 120 characters", 422),
        ({"seen": ["9e99.abc"]}, "The plan has changed since you looked at it.", 409),
        ({"teach": [f"{build.MONDAY}:x"]}, "That plan could not be read.", 422),
    ],
)
def test_bad_input_is_refused_in_words(client, group, ada, change, words, status):
    before = planned(group)
    response = client.post(url_of(group), sent_by(client.get(url_of(group))) | change)
    assert response.status_code == status
    assert words in text_of(response)
    assert "The plan was not changed." in text_of(response)
    assert planned(group) == before


def test_sessions_and_lessons_of_others_are_refused(client, group, ada, lessons):
    sent = sent_by(client.get(url_of(group)))
    foreign_session, foreign_lesson = build.a_session(day="2026-12-01"), build.a_lesson()
    mine = group.sessions.first()
    for session, lesson in ((foreign_session, lessons[0]), (mine, foreign_lesson)):
        pair = f"{session.public_id}:{lesson.public_id}"
        response = client.post(url_of(group), sent | {"teach": [pair]})
        assert response.status_code == 409
        assert "is not there" in text_of(response)


def test_nothing_to_propose(client, program, lessons):
    empty = build.a_group(program)
    assert "No coming session is free." in text_of(client.get(url_of(empty)))
    build.a_session(empty, "2026-12-01")
    assert "This group has no lessons to teach." in text_of(client.get(url_of(empty)))
    build_curriculum.a_rotation(empty, lessons)
    assert "Nobody is in this group." in text_of(client.get(url_of(empty)))


def test_what_is_cancelled_fixed_or_double_stays(client, group, ada, lessons, director):
    first, second, third, last = group.sessions.order_by("starts_at")
    first.status = "cancelled"
    first.save(update_fields=["status"])
    choose_lessons(session=second, lessons=[lessons[3]], by=director)
    build_curriculum.planned(third, lessons[3], position=1)
    problem = situation_of(group, now=build.NOW).problem
    assert [slot.session for slot in problem.slots] == [last.pk]
    assert problem.given.keys() == {lessons[3].pk, lessons[0].pk}
    free = situation_of(group, now=build.NOW, also_fixed=True).problem.slots
    assert [slot.session for slot in free] == [second.pk, last.pk]


def test_people_are_where_the_roster_expects_them(group, ada, program, lessons):
    """On leave for the first, gone before the last two; another group gives one lesson."""
    build.a_leave(ada.participant, DAYS[0], DAYS[0])
    other = build.a_group(program)
    build.a_membership(other, ada)
    elsewhere = build.a_session(other, "2026-11-27")
    build_curriculum.planned(elsewhere, lessons[0])
    build_curriculum.a_waiver(ada, lessons[1])
    guest = build.an_enrollment(program, planned_discharge_on="2026-12-20")
    build.a_make_up_seat(group.sessions.last(), guest)
    problem = situation_of(group, now=build.NOW).problem
    people = {person.key: person for person in problem.people}
    sessions = list(group.sessions.order_by("starts_at").values_list("pk", flat=True))
    assert people[ada.pk].at == {sessions[1]}
    assert people[ada.pk].missing == {lessons[0].pk}
    assert people[ada.pk].had == {lessons[1].pk}
    assert people[ada.pk].elsewhere == {lessons[0].pk: elsewhere.starts_at}
    assert people[guest.pk].at == {sessions[3]}


@pytest.mark.parametrize("more", [0, 3])
def test_the_same_number_of_queries(
    group, ada, program, lessons, more, django_assert_max_num_queries
):
    for number in range(more):
        enrollment = member(group, f"P{number}", None)
        other = build.a_group(program)
        build.a_membership(other, enrollment)
        build_curriculum.planned(build.a_session(other, "2026-12-08"), lessons[number])
    with django_assert_max_num_queries(12):
        situation_of(group, now=build.NOW)
