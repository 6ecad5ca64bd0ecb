"""Nothing that is signed is changed by hand, with the database role of the application itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from attendance.models import Amendment, AttendanceRecord, Presence, SignOff
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.attendance.amending import a_signed_session, amend, there
from tests.attendance.sheet import a_member

Signed = tuple[GroupSession, Participant]
# Each is a transaction of its own, as it would be by hand.
pytestmark = pytest.mark.django_db(transaction=True)
RECORD, PRESENCE = "attendance_attendancerecord", "attendance_presence"
SIGNED = "This session is signed"
LATER = "left_at = left_at - interval '5 minutes'"
HISTORY = sorted(
    model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
)
FORGE = """
INSERT INTO attendance_amendment (public_id, session_id, participant_id, before, after, reason,
                                  amended_by_id, amended_at, transaction)
SELECT gen_random_uuid(), %s, %s, '-', %s, reason, amended_by_id, now(), txid_current()
  FROM attendance_amendment LIMIT 1
"""


@pytest.fixture
def signed() -> Signed:
    """A session with somebody there, somebody absent, a signature, and one amendment."""
    session, person = a_signed_session()
    amend(session, person, there("09:10-12:00"))
    return session, person


def everything() -> list[Any]:
    """Return every row of the record and of its history."""
    models = [AttendanceRecord, Presence, SignOff, Amendment]
    histories = [model.pgh_event_model for model in models if hasattr(model, "pgh_event_model")]
    return [list(model.objects.order_by("pk").values()) for model in [*models, *histories]]


def by_hand(*statements: tuple[str, Sequence[Any]] | str) -> None:
    """Carry out the statements in one transaction, as the application's role."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("iop_app",)
        for each in statements:
            statement, values = (each, ()) if isinstance(each, str) else each
            cursor.execute(statement, values)


def nothing_changes(words: str, *statements: tuple[str, Sequence[Any]] | str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=words):
        by_hand(*statements)
    assert everything() == before


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        (SIGNED, f"UPDATE {RECORD} SET absence = 'no_call'"),
        (SIGNED, f"UPDATE {RECORD} SET recorded_by_id = NULL"),
        (SIGNED, f"UPDATE {RECORD} SET recorded_at = now()"),
        (SIGNED, f"DELETE FROM {RECORD}"),
        (SIGNED, f"UPDATE {PRESENCE} SET {LATER}"),
        (SIGNED, f"UPDATE {PRESENCE} SET span = 'empty'"),
        (SIGNED, f"DELETE FROM {PRESENCE}"),
        (
            SIGNED,
            f"INSERT INTO {PRESENCE} (record_id, arrived_at, left_at)"
            f" SELECT record_id, arrived_at, left_at FROM {PRESENCE}",
        ),
        (
            SIGNED,
            f"INSERT INTO {RECORD} (public_id, session_id, participant_id, absence, is_by_video,"
            " reason, recorded_at) SELECT gen_random_uuid(), r.session_id, p.id, '', false, '',"
            f" now() FROM {RECORD} r, programs_participant p WHERE p.id <> r.participant_id",
        ),
        ("Cannot update or delete", "UPDATE attendance_signoff SET signed_at = now()"),
        ("Cannot update or delete", "UPDATE attendance_signoff SET session_id = session_id + 1"),
        ("permission denied", "DELETE FROM attendance_signoff"),
        ("Cannot update or delete", "UPDATE attendance_amendment SET before = 'a:'"),
        ("Cannot update or delete", "UPDATE attendance_amendment SET transaction = txid_current()"),
        ("permission denied", "DELETE FROM attendance_amendment"),
        ("permission denied", f"TRUNCATE {RECORD} CASCADE"),
        ("permission denied", f"TRUNCATE {PRESENCE}"),
        ("must be owner", f"ALTER TABLE {PRESENCE} DISABLE TRIGGER ALL"),
        ("permission denied", "SET session_replication_role = replica"),
        ("permission denied", "CREATE TABLE public.attendance_signed (id int)"),
    ],
)
def test_a_signed_record_stays(signed: Signed, words: str, statement: str):
    build.a_participant()
    nothing_changes(words, statement)


@pytest.mark.parametrize("table", HISTORY)
def test_its_history_stays(signed: Signed, table: str):
    for statement in (
        f"UPDATE {table} SET pgh_label = 'never happened'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        nothing_changes("permission denied", statement)


def test_a_record_without_presence_stays():
    a_signed_session(absence="no_call")
    nothing_changes(SIGNED, f"DELETE FROM {RECORD}")


def test_an_amendment_of_an_earlier_transaction_opens_nothing(signed: Signed):
    nothing_changes(SIGNED, f"UPDATE {PRESENCE} SET {LATER}")


def test_an_amendment_of_somebody_else_opens_nothing(signed: Signed):
    session, _person = signed
    other = a_member(session)
    forged = (FORGE, [session.pk, other.pk, "a:no_call"])
    nothing_changes(SIGNED, forged, f"UPDATE {PRESENCE} SET {LATER}")


def test_an_amendment_of_another_session_opens_nothing(signed: Signed):
    _session, person = signed
    other = build.a_session(day="2026-11-24")
    build.a_sign_off(other)
    forged = (FORGE, [other.pk, person.pk, "a:no_call"])
    nothing_changes(SIGNED, forged, f"UPDATE {PRESENCE} SET {LATER}")


def without_a_trace(signed: Signed) -> list[Any]:
    """Say that the record will be the same, or an absence; then make it something else."""
    return [(FORGE, [signed[0].pk, signed[1].pk, "a:excused"]), f"UPDATE {PRESENCE} SET {LATER}"]


def said_only(signed: Signed) -> list[Any]:
    return [(FORGE, [signed[0].pk, signed[1].pk, "a:excused"])]


@pytest.mark.parametrize("forged", [without_a_trace, said_only])
def test_a_forged_amendment_fails_at_the_commit(signed: Signed, forged: Callable):
    nothing_changes("The record is not what the amendment says", *forged(signed))


def test_a_forged_amendment_that_is_true_tells_what_was(signed: Signed):
    """What the role may write at all is an honest amendment: the database fills in the rest."""
    session, person = signed
    after = str(there("09:10-11:55"))
    by_hand((FORGE, [session.pk, person.pk, after]), f"UPDATE {PRESENCE} SET {LATER}")
    made = Amendment.objects.order_by("pk").last()
    assert made is not None
    assert (made.before, made.after) == (str(there("09:10-12:00")), after)
    nothing_changes(SIGNED, f"UPDATE {PRESENCE} SET {LATER}")


def ignoring_triggers() -> str:
    """Return the setting by which pgtrigger itself lets a statement through."""
    return (
        "SELECT set_config('pgtrigger.ignore', (SELECT array_agg(DISTINCT tgname)::text"
        " FROM pg_trigger WHERE starts_with(tgname, 'pgtrigger')), true)"
    )


def test_triggers_cannot_be_told_to_look_away(signed: Signed):
    nothing_changes(SIGNED, ignoring_triggers(), f"UPDATE {PRESENCE} SET {LATER}")


def test_no_other_table_stands_in_for_the_signatures(signed: Signed):
    nothing_changes(
        "permission denied|This session is signed",
        "CREATE TEMPORARY TABLE attendance_signoff (session_id bigint)",
        f"UPDATE {PRESENCE} SET {LATER}",
    )
