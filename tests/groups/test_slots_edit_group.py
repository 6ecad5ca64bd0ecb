"""What a group is, corrected: who may, what is written, what it warns about, what it refuses."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from groups.editing.actions import change_group
from groups.editing.group_facts import GroupFacts
from groups.models import ScheduleException, TherapyGroup
from groups.schedule.edit import CannotSchedule
from programs.models import Role
from programs.weeks import local_date
from tests import build
from tests.build import NOW
from tests.groups.slot_posts import group_fields, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(program):
    return build.a_group(program, name="Skills A", capacity=12)


@pytest.fixture
def url(program, group):
    return url_of(program, "groups", group.public_id)


@pytest.fixture
def desk(client_of, clinician):
    return client_of(clinician)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CLINICIAN, 200), (Role.DIRECTOR, 200), (Role.ADMISSIONS, 403), (Role.FACILITATOR, 403)],
)
def test_who_may(client_of, program, url, role, status):
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_another_program_is_not_found(client_of, stranger, director, program, url):
    assert client_of(stranger).get(url).status_code == 404
    wrong = url_of(program, "groups", build.a_group().public_id)
    assert client_of(director).get(wrong).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_starts_with_what_is_on_record(desk, program, url, group):
    room = build.a_room(program.site, name="Garden")
    TherapyGroup.objects.filter(pk=group.pk).update(default_room=room, min_to_hold=3)
    page = desk.get(url).content.decode()
    assert "<title>Edit a group · Prairie Clinic</title>" in page
    assert 'value="Skills A"' in page
    assert f'<option value="{room.public_id}" selected>Garden</option>' in page


def test_it_is_corrected_and_audited(desk, program, url, group, clinician):
    room = build.a_room(program.site)
    data = group_fields(
        act="save",
        name="Skills B",
        kind="process",
        format="closed",
        capacity="10",
        min_to_hold="4",
        default_room=str(room.public_id),
        video_link="https://video.example/b",
    )
    answer = desk.post(url, data)
    assert answer["Location"] == f"/groups/{program.public_id}/{group.public_id}/"
    group.refresh_from_db()
    assert (group.name, group.kind, group.format) == ("Skills B", "process", "closed")
    assert (group.capacity, group.min_to_hold, group.default_room) == (10, 4, room)
    told = AuditEvent.objects.get(verb="group.changed")
    assert (told.by, told.subject_id) == (clinician, group.public_id)
    assert told.detail["seats"] == 10
    assert told.detail["seats_before"] == 12
    assert "Skills" not in str(told.detail)
    assert "The group is changed." in desk.get(answer["Location"]).content.decode()


def test_nothing_is_written_where_nothing_differs(desk, url, group):
    assert desk.post(url, group_fields(act="save", name="Skills A")).status_code == 302
    assert not AuditEvent.objects.filter(verb="group.changed").exists()


def test_fewer_seats_than_people_warn_and_want_a_reason(desk, url, group, clinician):
    for _ in range(3):
        build.a_membership(group)
    data = group_fields(act="save", name="Skills A", capacity="2")
    page = desk.post(url, data).content.decode()
    assert "Skills A expects 3 people" in page
    assert "and has 2 seats" in page
    assert "Say why this goes ahead in spite of the warnings" in page
    group.refresh_from_db()
    assert group.capacity == 12
    assert desk.post(url, {**data, "override": "One leaves on Friday"}).status_code == 302
    group.refresh_from_db()
    assert group.capacity == 2
    found = ScheduleException.objects.get()
    assert (found.kind, found.reason) == ("group_capacity", "One leaves on Friday")
    assert (found.made_by, found.detail["expected"]) == (clinician, 3)


def test_people_still_to_come_count(desk, url, group, program):
    today = local_date(timezone.now(), program.zone)
    build.a_membership(group)
    build.a_membership(group, first_on=today + timedelta(days=30))
    page = desk.post(url, group_fields(act="save", name="Skills A", capacity="1")).content.decode()
    assert "Skills A expects 2 people" in page


def test_a_group_over_its_seats_already_may_be_corrected(desk, url, group):
    for _ in range(3):
        build.a_membership(group)
    TherapyGroup.objects.filter(pk=group.pk).update(capacity=2)
    data = group_fields(act="save", name="Skills C", capacity="2")
    assert desk.post(url, data).status_code == 302
    assert not ScheduleException.objects.exists()


def test_the_kind_of_a_group_that_has_met_stays(desk, url, group, program):
    build.a_session(group, local_date(timezone.now(), program.zone) - timedelta(days=1))
    assert "the hours of sessions that were held count by it" in desk.get(url).content.decode()
    assert desk.post(url, group_fields(act="save", kind="process")).status_code == 302
    group.refresh_from_db()
    assert (group.kind, group.name) == ("skills", "Evening skills")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "Process A"}, "Another group of the clinic has this name"),
        ({"capacity": "0"}, "A group has at least one seat."),
        ({"min_to_hold": "13"}, "It cannot ask for more people than it has seats."),
        ({"kind": "individual"}, "An individual group has a capacity of 1."),
        ({"video_link": "ftp://video.example"}, "Enter a link like https://"),
    ],
)
def test_every_refusal_is_in_words_and_keeps_nothing(desk, url, group, change, words):
    build.a_group(name="Process A")
    page = desk.post(url, group_fields(act="save", **change)).content.decode()
    assert words in page
    assert "There is a problem" in page
    group.refresh_from_db()
    assert group.name == "Skills A"


# --- the action -------------------------------------------------------------------------------


def facts(group, **change):
    return dataclasses.replace(GroupFacts.of(group), **change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, {"name": ["This field cannot be blank."]}),
        ({"kind": "yoga"}, {"kind": ["Value 'yoga' is not a valid choice."]}),
        (
            {"kind": "individual"},
            {"__all__": ["An individual group has a capacity of 1."]},
        ),
        (
            {"min_to_hold": 13},
            {"__all__": ["It cannot ask for more people than it has seats."]},
        ),
    ],
)
def test_the_action_refuses_in_words(group, clinician, change, words):
    with pytest.raises(CannotSchedule) as caught:
        change_group(group=group, facts=facts(group, **change), now=NOW, by=clinician)
    assert caught.value.words == words
    group.refresh_from_db()
    assert (group.name, group.kind, group.min_to_hold) == ("Skills A", "skills", 0)


def test_the_action_keeps_the_kind_of_a_group_that_has_met(group, clinician):
    build.a_session(group)
    with pytest.raises(CannotSchedule) as caught:
        change_group(group=group, facts=facts(group, kind="process"), now=NOW, by=clinician)
    assert set(caught.value.words) == {"kind"}


def test_the_action_wants_a_reason_for_too_few_seats(group, clinician):
    for _ in range(2):
        build.a_membership(group)
    with pytest.raises(CannotSchedule) as caught:
        change_group(group=group, facts=facts(group, capacity=1), now=NOW, by=clinician)
    assert caught.value.needs_reason
    assert not ScheduleException.objects.exists()


def test_nothing_is_written_when_the_audit_fails(group, clinician, audit_fails):
    build.a_membership(group)
    build.a_membership(group)
    with pytest.raises(IntegrityError):
        change_group(
            group=group, facts=facts(group, capacity=1), override="Why", now=NOW, by=clinician
        )
    group.refresh_from_db()
    assert group.capacity == 12
    assert not ScheduleException.objects.exists()
