"""Two people make groups in the same moment, on two real connections."""

from __future__ import annotations

import uuid
from datetime import date, time
from functools import partial

import pytest

from groups.editing.actions import create_group
from groups.editing.group_facts import GroupFacts
from groups.models import ClashKind, GroupSession, MeetingPattern, TherapyGroup
from groups.schedule.edit import CannotSchedule, SlotWish
from tests import build
from tests.at_once import Act
from tests.at_once import at_once as acts_at_once
from tests.build import NOW

pytestmark = pytest.mark.django_db(transaction=True)
at_once = partial(acts_at_once, words=(CannotSchedule,))


def a_making(program, name, room=None, public_id=None) -> Act:
    """Return the making of a group on three Mondays."""
    wish = SlotWish(
        0,
        time(9),
        time(12),
        date(2026, 11, 30),
        date(2026, 12, 14),
        room=room.pk if room else None,
    )
    return lambda: create_group(
        public_id=public_id or uuid.uuid4(),
        program=program,
        facts=GroupFacts(name, "skills", "open", 12, 0),
        wishes=[wish],
        override="Nobody else is free",
        now=NOW,
        by=None,
    )


def test_the_same_form_sent_twice_at_once_makes_one_group():
    program, key = build.a_program(), uuid.uuid4()
    one, other = at_once(*[a_making(program, "Skills", public_id=key)] * 2)
    assert one == other == TherapyGroup.objects.get()
    assert MeetingPattern.objects.count() == 1
    assert GroupSession.objects.count() == 3


def test_of_two_who_want_the_room_one_has_it_and_the_other_leaves_nothing():
    program, room = build.a_program(), build.a_room()
    results = at_once(*(a_making(program, name, room) for name in ("Skills", "Process")))
    (lost,) = [each for each in results if isinstance(each, CannotSchedule)]
    made = TherapyGroup.objects.get()
    hard = [each for each in lost.clashes if each.is_hard]
    assert {each.kind for each in hard} == {ClashKind.ROOM}
    assert {each.other.group for each in hard} == {made.name}
    assert GroupSession.objects.count() == 3


def test_of_two_of_one_name_the_second_is_told():
    program = build.a_program()
    results = at_once(*(a_making(program, "Skills") for _ in range(2)))
    (lost,) = [each for each in results if isinstance(each, CannotSchedule)]
    assert set(lost.words) == {"name"}
    assert TherapyGroup.objects.count() == 1
