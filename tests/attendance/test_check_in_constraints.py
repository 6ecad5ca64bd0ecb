"""What the database refuses about check-ins and safety alerts, and what it lets pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import QuerySet

from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from tests import build
from tests.build import NOW
from tests.build_records import a_check_in, a_safety_alert, an_amendment
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def check_in() -> CheckIn:
    return a_check_in()


def asked(name: str, value: Any) -> CheckIn:
    """Return a check-in in which this was answered."""
    answer: dict[str, Any] = {name: value}
    return a_check_in(**answer)


def acknowledged(alert: SafetyAlert, **changes: Any) -> None:
    """Write what was done, as the database would take it but for the changes."""
    words = {"acknowledged_at": NOW, "acknowledged_by": build.a_user(), "what_was_done": "Talked."}
    SafetyAlert.objects.filter(pk=alert.pk).update(**{**words, **changes})


def test_one_check_in_per_person_and_session(check_in: CheckIn):
    a_check_in(check_in.session)
    a_check_in(build.a_session(day="2026-11-24"), check_in.participant)
    with refused("check_in_once"):
        a_check_in(check_in.session, check_in.participant)
    other = a_check_in(check_in.session)
    explains(other, "check_in_once", participant=check_in.participant)


@pytest.mark.parametrize("scale", ["mood", "craving"])
@pytest.mark.parametrize("value", [None, 0, 10])
def test_on_its_scale(scale: str, value: int | None):
    assert getattr(asked(scale, value), scale) == value


@pytest.mark.parametrize("scale", ["mood", "craving"])
def test_beyond_its_scale(check_in: CheckIn, scale: str):
    with refused("check_in_on_its_scale"):
        asked(scale, 11)
    explains(check_in, "check_in_on_its_scale", **{scale: 11})


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("used_since", ["", "no", "yes"]),
        ("safety", ["", "no", "yes"]),
        ("homework", ["", "done", "partly", "not_done", "none_given"]),
    ],
)
def test_answers_are_known(check_in: CheckIn, question: str, known: list[str]):
    for answer in known:
        asked(question, answer)
    with refused("check_in_answers_known"):
        asked(question, "may")
    explains(check_in, "check_in_answers_known", **{question: "may"})


def another(check_in: CheckIn) -> None:
    a_check_in(check_in.session)


def changed(check_in: CheckIn) -> None:
    CheckIn.objects.filter(pk=check_in.pk).update(mood=1)


def changed_in_words(check_in: CheckIn) -> None:
    CheckIn.objects.filter(pk=check_in.pk).update(setback="None")


def moved_away(check_in: CheckIn) -> None:
    elsewhere = build.a_session(day="2026-11-24")
    CheckIn.objects.filter(pk=check_in.pk).update(session=elsewhere)


def moved_here(check_in: CheckIn) -> None:
    elsewhere = a_check_in(build.a_session(day="2026-11-24"))
    CheckIn.objects.filter(pk=elsewhere.pk).update(session=check_in.session)


CHANGES = [another, changed, changed_in_words, moved_away, moved_here]


@pytest.mark.parametrize("change", CHANGES)
def test_unsigned_it_may_change(check_in: CheckIn, change: Callable):
    build.a_sign_off(build.a_session(day="2026-11-25"))
    change(check_in)


@pytest.mark.parametrize("change", CHANGES)
def test_signed_it_stays(check_in: CheckIn, change: Callable):
    build.a_sign_off(check_in.session)
    with refused("signed_check_in_stays"):
        change(check_in)
    assert CheckIn.objects.get(pk=check_in.pk).mood == 6


def test_by_hand_it_stays_too(check_in: CheckIn):
    build.a_sign_off(check_in.session)
    with refused("signed_check_in_stays"), connection.cursor() as cursor:
        cursor.execute("UPDATE attendance_checkin SET craving = 0")


def test_an_amendment_of_the_record_does_not_open_the_check_in(check_in: CheckIn):
    build.a_sign_off(check_in.session)
    an_amendment(check_in.session, check_in.participant, after="a:excused")
    with refused("signed_check_in_stays"):
        changed(check_in)
    # The amendment would have to come true by the commit; this test leaves it before.
    transaction.set_rollback(True)


def delete_as_owner(rows: QuerySet) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    rows._raw_delete("default")


def cannot_be_deleted(row: CheckIn | SafetyAlert) -> None:
    """Neither the application's own role nor the owner of the table may delete the row."""
    found = type(row).objects.filter(pk=row.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        found._raw_delete("default")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        delete_as_owner(found)
    assert found.exists()


def test_it_is_kept(check_in: CheckIn):
    cannot_be_deleted(check_in)


def test_row_history_keeps_each_version(check_in: CheckIn):
    changed(check_in)
    history = CheckIn.pgh_event_models["update"].objects
    moods = history.filter(pgh_obj=check_in).order_by("pgh_id").values_list("mood", flat=True)
    assert list(moods)[-1] == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT setback FROM attendance_checkin")
        assert cursor.fetchall() == [("",)]
        CheckIn.objects.update(setback="A quarrel")
        cursor.execute("SELECT setback FROM attendance_checkin")
        assert "quarrel" not in str(cursor.fetchall())


def test_one_alert_per_check_in():
    alert = a_safety_alert()
    a_safety_alert()
    with refused("attendance_safetyalert_check_in_id_key"):
        a_safety_alert(alert.check_in)


def test_acknowledged_with_who_when_and_words():
    alert = a_safety_alert()
    acknowledged(alert)
    alert.refresh_from_db()
    assert alert.what_was_done == "Talked."


@pytest.mark.parametrize(
    "missing",
    [
        {"acknowledged_at": None},
        {"acknowledged_by": None},
        {"what_was_done": ""},
        {"acknowledged_at": None, "acknowledged_by": None},
        {"acknowledged_at": None, "what_was_done": ""},
        {"acknowledged_by": None, "what_was_done": ""},
    ],
)
def test_acknowledged_by_halves(missing: dict[str, Any]):
    alert = a_safety_alert()
    with refused("safety_alert_acknowledged_with_words"):
        acknowledged(alert, **missing)
    explains(alert, "safety_alert_acknowledged_with_words", acknowledged_at=NOW)


def test_an_alert_that_waits_may_change_and_an_acknowledged_one_stays():
    alert = a_safety_alert()
    SafetyAlert.objects.update(raised_at=NOW)
    acknowledged(alert)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        acknowledged(alert, what_was_done="Nothing.")
    alert.refresh_from_db()
    assert alert.what_was_done == "Talked."


@pytest.mark.parametrize("is_acknowledged", [True, False])
def test_an_alert_is_kept(is_acknowledged: bool):
    alert = a_safety_alert()
    if is_acknowledged:
        acknowledged(alert)
    cannot_be_deleted(alert)


def test_signed_once_every_safety_answer_is_acknowledged():
    session: GroupSession = build.a_session()
    first, second = (a_safety_alert(a_check_in(session, safety="yes")) for _ in range(2))
    a_safety_alert(a_check_in(build.a_session(day="2026-11-24"), safety="yes"))
    for alert in (first, second):
        with refused("signed_after_safety_answers"):
            build.a_sign_off(session)
        acknowledged(alert)
    build.a_sign_off(session)


def test_a_yes_without_an_alert_does_not_hold_a_signature():
    """The alert is what waits: the action raises one with every yes."""
    check_in = a_check_in(safety="yes")
    build.a_sign_off(check_in.session)
    with refused("signed_check_in_stays"):
        changed(check_in)


def test_what_was_done_can_be_written_after_an_answer_was_changed():
    alert = a_safety_alert()
    CheckIn.objects.update(safety="no")
    acknowledged(alert)
    build.a_sign_off(alert.check_in.session)
