"""What the database holds an amendment to, and what it opens for the sake of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction

from attendance.models import Amendment, AttendanceRecord, Presence
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.attendance.amending import a_signed_session, there
from tests.attendance.sheet import on_sheet
from tests.build import MONDAY, NOW, moment
from tests.build_records import an_amendment
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db
Signed = tuple[GroupSession, Participant]
EXCUSED = "a:excused"


@pytest.fixture
def signed() -> Signed:
    """A signed session, and somebody who was there from nine to twelve."""
    return a_signed_session()


def excuse(person: Participant) -> None:
    Presence.objects.filter(record__participant=person).delete()
    AttendanceRecord.objects.filter(participant=person).update(absence="excused")


def commit() -> None:
    """Have the database look now at what it puts off to the commit."""
    connection.check_constraints()


def test_the_state_in_the_database_is_the_sheet_s_own(signed: Signed):
    session, person = signed
    video = build.a_participant()
    other = build.a_session()
    record = build.a_record(other, video, "08:50-10:00", "10:20-")
    AttendanceRecord.objects.filter(pk=record.pk).update(is_by_video=True)
    absent = build.a_participant()
    build.a_record(other, absent)
    for where, who in ((session, person), (other, video), (other, absent)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT attendance_state(%s, %s)", [where.pk, who.pk])
            [(said,)] = cursor.fetchall()
        assert said == str(on_sheet(where, who).state)


def test_both_versions_are_kept_and_the_first_is_read_by_the_database(signed: Signed):
    session, person = signed
    made = an_amendment(session, person, after=EXCUSED, before="a:forged", transaction=1)
    excuse(person)
    commit()
    made.refresh_from_db()
    assert made.before == str(there("09:00-12:00"))
    assert str(on_sheet(session, person).state) == made.after == EXCUSED
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        assert cursor.fetchall() == [(made.transaction,)]


def test_only_a_signed_session_is_amended(signed: Signed):
    unsigned = build.a_session()
    with refused("amendment_of_signed_session"):
        an_amendment(unsigned, signed[1], after=EXCUSED)


def test_it_changes_something(signed: Signed):
    session, person = signed
    same = str(there("09:00-12:00"))
    with refused("amendment_changes_something"):
        an_amendment(session, person, after=same)
    row = an_amendment(session, person, after=EXCUSED)
    explains(row, "amendment_changes_something", before=same, after=same)
    excuse(person)


def test_it_says_why(signed: Signed):
    session, person = signed
    with refused("amendment_says_why"):
        an_amendment(session, person, after=EXCUSED, reason="")
    an_amendment(session, person, after=EXCUSED, reason="He phoned.")
    excuse(person)
    commit()


@pytest.mark.parametrize("after", ["a:no_call", "-", "p:1-2", ""])
def test_it_says_what_the_record_says_at_the_commit(signed: Signed, after: str):
    session, person = signed
    with refused("amendment_says_what_is"):
        an_amendment(session, person, after=after)
        excuse(person)
        commit()
    assert not Amendment.objects.exists()
    assert on_sheet(session, person).state == there("09:00-12:00")


def test_an_amendment_that_changes_nothing_of_the_record_is_refused(signed: Signed):
    with refused("amendment_says_what_is"):
        an_amendment(*signed, after=EXCUSED)
        commit()


def test_it_stays(signed: Signed):
    an_amendment(*signed, after=EXCUSED)
    excuse(signed[1])
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        Amendment.objects.update(amended_at=NOW)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Amendment.objects.all()._raw_delete("default")


def changed_absence(record: AttendanceRecord) -> None:
    excuse(record.participant)


def another_stretch(record: AttendanceRecord) -> None:
    build.a_presence(record, "12:00-12:05")


def changed_stretch(record: AttendanceRecord) -> None:
    record.presences.update(left_at=moment(MONDAY, "11:00"))


def no_record(record: AttendanceRecord) -> None:
    record.presences.all().delete()
    AttendanceRecord.objects.filter(pk=record.pk)._raw_delete("default")


CHANGES = [
    ("signed_presence_stays", changed_absence, EXCUSED),
    ("signed_presence_stays", another_stretch, str(there("09:00-12:00", "12:00-12:05"))),
    ("signed_presence_stays", changed_stretch, str(there("09:00-11:00"))),
    ("signed_presence_stays", no_record, "-"),
]


@pytest.mark.parametrize(("trigger", "change", "after"), CHANGES)
def test_it_opens_the_record_of_its_person(
    signed: Signed, trigger: str, change: Callable, after: str
):
    record = AttendanceRecord.objects.get()
    with refused(trigger):
        change(record)
    an_amendment(*signed, after=after)
    change(record)
    commit()


@pytest.mark.parametrize(("trigger", "change", "after"), CHANGES)
def test_it_opens_no_other_record(signed: Signed, trigger: str, change: Callable, after: str):
    session, _person = signed
    other_session, other = a_signed_session()
    an_amendment(other_session, other, after=EXCUSED)
    excuse(other)
    with refused(trigger):
        change(AttendanceRecord.objects.get(session=session))


def test_a_record_comes_for_who_was_left_out(signed: Signed):
    session, _person = signed
    left_out = build.a_participant()
    with refused("signed_record_stays"):
        build.a_record(session, left_out, absence="no_call")
    made = an_amendment(session, left_out, after="a:no_call")
    build.a_record(session, left_out, absence="no_call")
    commit()
    made.refresh_from_db()
    assert made.before == "-"
