"""Making a group with its first slots: once, all of it or nothing, in words where it may not be."""

from __future__ import annotations

import uuid
from datetime import date, time

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from groups.editing.actions import create_group
from groups.editing.group_facts import GroupFacts
from groups.models import (
    GroupSession,
    MeetingPattern,
    ScheduleChange,
    ScheduleException,
    TherapyGroup,
)
from groups.schedule.edit import CannotSchedule, SlotWish
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db
MONDAYS = SlotWish(0, time(9), time(12), date(2026, 11, 30), date(2026, 12, 14))
FACTS = GroupFacts("Evening skills", "skills", "open", 12, 0)


@pytest.fixture
def make(program, clinician):
    """Return a function that makes the group, with changes."""
    public_id = uuid.uuid4()

    def made(facts=FACTS, wishes=(MONDAYS,), override="Nobody else is free", **change):
        return create_group(
            **{
                "public_id": public_id,
                "program": program,
                "facts": facts,
                "wishes": wishes,
                "override": override,
                "now": NOW,
                "by": clinician,
                **change,
            }
        )

    return made


def nothing_is_left():
    rows = (TherapyGroup, MeetingPattern, GroupSession, ScheduleChange, ScheduleException)
    return not any(model.objects.exists() for model in rows)


def test_the_group_its_slots_and_sessions_are_made(make, program, clinician):
    group = make()
    assert (group.name, group.program) == ("Evening skills", program)
    held = group.sessions.order_by("held_on").values_list("held_on", flat=True)
    assert list(held) == [date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]
    told = AuditEvent.objects.get(verb="group.created")
    assert (told.by, told.subject_id, told.program_id) == (
        clinician,
        group.public_id,
        program.public_id,
    )
    assert told.detail == {"kind": "skills", "capacity": 12, "slots": 1}


def test_the_second_time_it_is_there_already(make):
    assert make() == make()
    assert MeetingPattern.objects.count() == 1
    assert AuditEvent.objects.filter(verb="group.created").count() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (GroupFacts("", "skills", "open", 12, 0), {"name": ["This field cannot be blank."]}),
        (
            GroupFacts("A", "individual", "open", 2, 0),
            {"__all__": ["An individual group has a capacity of 1."]},
        ),
        (
            GroupFacts("A", "skills", "open", 2, 3),
            {"__all__": ["It cannot ask for more people than it has seats."]},
        ),
    ],
)
def test_a_group_that_may_not_be(make, facts, words):
    with pytest.raises(CannotSchedule) as caught:
        make(facts)
    assert caught.value.words == words
    assert nothing_is_left()


def test_a_name_that_is_taken(make):
    build.a_group(name="Evening skills")
    with pytest.raises(CannotSchedule) as caught:
        make()
    assert set(caught.value.words) == {"name"}
    assert TherapyGroup.objects.count() == 1


def test_a_slot_that_may_not_be_leaves_no_group(make):
    with pytest.raises(CannotSchedule) as caught:
        make(wishes=[MONDAYS, SlotWish(1, time(12), time(9), date(2026, 12, 1))])
    assert set(caught.value.words) == {"ends"}
    assert nothing_is_left()
    assert not AuditEvent.objects.filter(verb="group.created").exists()


def test_a_clash_leaves_no_group(make, program):
    room = build.a_room(program.site)
    other = build.a_session(build.a_group(program), "2026-12-07", "11:00", "13:00", room=room)
    wish = SlotWish(0, time(9), time(12), date(2026, 11, 30), room=room.pk)
    with pytest.raises(CannotSchedule) as caught:
        make(wishes=[wish])
    assert not caught.value.needs_reason
    assert list(GroupSession.objects.all()) == [other]
    assert TherapyGroup.objects.count() == 1


def test_a_warning_without_a_reason_leaves_no_group(make):
    with pytest.raises(CannotSchedule) as caught:
        make(override="")
    assert caught.value.needs_reason
    assert nothing_is_left()


def test_nothing_is_made_when_the_audit_fails(make, audit_fails):
    with pytest.raises(IntegrityError):
        make()
    assert nothing_is_left()
