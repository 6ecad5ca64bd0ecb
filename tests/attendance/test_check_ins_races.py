"""Two people write in the same moment, on two real connections: nothing is lost unsaid."""

from __future__ import annotations

import pytest

from attendance.check_ins.actions import (
    AlreadyAcknowledged,
    NewerCheckIn,
    ReadOnlySheet,
    acknowledge_alert,
)
from attendance.models import CheckIn, SafetyAlert, SignOff
from attendance.sheet.actions import sign_session
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from programs.models import Role
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.attendance.check_ins import save
from tests.attendance.sheet import AT_THE_END, a_member, record
from tests.build import NOW
from tests.build_records import a_check_in, a_safety_alert
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (NewerCheckIn, ReadOnlySheet, AlreadyAcknowledged)


@pytest.fixture
def session() -> GroupSession:
    return build.a_session(build.a_group())


@pytest.fixture
def two(session):
    return [build.a_colleague(session.group.program, Role.CLINICIAN) for _ in range(2)]


@pytest.mark.parametrize("version", [None, 1])
def test_two_forms_of_one_version(session, two, version):
    person = a_member(session)
    if version:
        save(session, person, two[0], mood=0)
    came = at_once(
        lambda: save(session, person, two[0], version, mood=3, setback="Hers"),
        lambda: save(session, person, two[1], version, mood=7, setback="His"),
        words=WORDS,
    )
    [kept] = [each for each in came if isinstance(each, CheckIn)]
    [refused] = [each for each in came if isinstance(each, NewerCheckIn)]
    row = CheckIn.objects.get()
    assert (row.version, row.setback) == ((version or 0) + 1, kept.setback)
    assert refused.stored.setback == kept.setback


def test_one_form_sent_twice(session, two):
    person = a_member(session)
    twice = [lambda: save(session, person, two[0], mood=3, safety="yes")] * 2
    came = at_once(*twice, words=WORDS)
    assert [each.version for each in came] == [1, 1]
    assert SafetyAlert.objects.count() == StaffNotice.objects.count() == 1


def test_two_people_check_in_beside_each_other(session, two):
    people = [a_member(session) for _ in range(4)]
    acts = [lambda each=each: save(session, each, two[0], mood=3) for each in people]
    assert all(isinstance(each, CheckIn) for each in at_once(*acts, words=WORDS))
    assert CheckIn.objects.count() == 4


def test_two_acknowledge_and_the_second_learns_who_was_first(two):
    alert = a_safety_alert()
    came = at_once(
        *(
            lambda user=user: acknowledge_alert(
                alert=alert, what_was_done=f"By {user.pk}.", by=user, now=NOW
            )
            for user in two
        ),
        words=WORDS,
    )
    [first] = [each for each in came if isinstance(each, SafetyAlert)]
    [second] = [each for each in came if isinstance(each, AlreadyAcknowledged)]
    assert second.alert.acknowledged_by == first.acknowledged_by
    assert SafetyAlert.objects.get().what_was_done == f"By {first.acknowledged_by_id}."


def sign(session: GroupSession, by) -> SignOff:
    sheets = GroupSession.objects.filter(pk=session.pk)
    return sign_session(session=sheets, reason="", is_substitute=False, by=by, now=AT_THE_END)


def test_a_yes_that_comes_while_someone_signs_is_refused_in_words(session, two):
    person, refused = a_member(session), []
    record(session, two[0], RowMarks(person.public_id, act=Ask.PRESENT))

    def answer() -> None:
        try:
            save(session, person, two[1], safety="yes")
        except ReadOnlySheet as read_only:
            refused.append(read_only)

    assert second_is_refused_by(lambda: sign(session, two[0]), answer) is None
    assert len(refused) == 1
    assert not CheckIn.objects.exists()


def test_nobody_signs_while_a_yes_is_being_saved(session, two):
    person = a_member(session)
    refusal = second_is_refused_by(
        lambda: save(session, person, two[0], safety="yes"),
        lambda: build.a_sign_off(session, two[1]),
    )
    assert refusal == "signed_after_safety_answers"


def test_signing_waits_for_what_was_done(session, two):
    alert = a_safety_alert(a_check_in(session, safety="yes"))

    def act() -> None:
        acknowledge_alert(alert=alert, what_was_done="Talked.", by=two[0], now=NOW)

    refusal = second_is_refused_by(act, lambda: build.a_sign_off(session, two[1]))
    # The signer does not wait for the words, and is asked to sign again.
    assert refusal in (None, "signed_after_safety_answers")
    assert SafetyAlert.objects.get().acknowledged_by == two[0]
