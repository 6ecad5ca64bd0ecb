"""Several amend one record in the same moment: one after the other, and none is lost."""

from __future__ import annotations

import pytest

from attendance.amending.actions import amend_record
from attendance.amending.refusals import ChangedMeanwhile, NotAmended
from attendance.models import Amendment
from attendance.sheet.states import State, absent
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.at_once import at_once
from tests.attendance.amending import WHY, a_signed_session, there
from tests.attendance.sheet import on_sheet
from tests.build import NOW

pytestmark = pytest.mark.django_db(transaction=True)
TARGETS = (there("09:10-12:00"), absent("excused"), there("09:00-10:00", "10:30-12:00"))


def amending(session: GroupSession, person: Participant, target: State, **given):
    by = build.a_user()
    sessions = GroupSession.objects.filter(pk=session.pk)
    return lambda: amend_record(
        session=sessions, participant=person, target=target, reason=WHY, by=by, now=NOW, **given
    )


def test_several_at_once_come_one_after_the_other():
    session, person = a_signed_session()
    acts = [amending(session, person, target) for target in TARGETS]
    results = at_once(*acts, words=(NotAmended,))
    assert all(isinstance(each, Amendment) for each in results)
    made = list(Amendment.objects.order_by("pk"))
    by_before = {each.before: each for each in made}
    state, seen = str(there("09:00-12:00")), []
    while state in by_before:
        seen.append(by_before.pop(state))
        state = seen[-1].after
    assert len(seen) == len(TARGETS)
    assert str(on_sheet(session, person).state) == state


def test_of_two_who_saw_the_same_the_second_is_told():
    session, person = a_signed_session()
    shown = on_sheet(session, person).state
    acts = [amending(session, person, target, seen=shown) for target in TARGETS[:2]]
    results = at_once(*acts, words=(NotAmended,))
    assert {type(each) for each in results} == {Amendment, ChangedMeanwhile}
    assert Amendment.objects.count() == 1


def test_the_same_twice_is_one():
    session, person = a_signed_session()
    acts = [amending(session, person, absent("excused")) for _ in range(2)]
    results = at_once(*acts, words=(NotAmended,))
    assert {type(each) for each in results} == {Amendment, NotAmended}
    assert Amendment.objects.count() == 1


def test_one_minute_of_two_sessions_is_credited_once():
    session, person = a_signed_session("09:00-10:00")
    other = build.a_session(session.group, starts="11:00", ends="13:00")
    build.a_record(other, person, "12:30-13:00")
    build.a_sign_off(other)
    acts = [
        amending(session, person, there("09:00-12:00")),
        amending(other, person, there("11:00-13:00")),
    ]
    results = at_once(*acts, words=(NotAmended,))
    assert {type(each) for each in results} == {Amendment, NotAmended}
