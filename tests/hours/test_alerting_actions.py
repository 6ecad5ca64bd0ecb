"""Alerts are given, put off and woken: what changes, what is refused, and what is on the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from hours.alerting.actions import choose_digest, give_alert, snooze_alert, wake_alert
from hours.models import Alert, Digest
from programs.models import Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.build import NOW
from tests.build_hours import an_alert

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
REASON = "Her sister calls on Friday."


@pytest.fixture
def alert(program) -> Alert:
    return an_alert(build.an_enrollment(program))


def stored(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)


def notices() -> set[tuple[User, str]]:
    return {(each.user, each.status) for each in StaffNotice.objects.select_related("user")}


def refusal(**said) -> dict:
    with pytest.raises(NotKept) as refused:
        snooze_alert(**said)
    return {field: list(words) for field, words in refused.value.words.items()}


class TestGiving:
    def test_whoever_gets_it_is_told_and_nothing_else_changes(self, alert, clinician, director):
        before = give_alert(alert=alert, to=clinician, now=NOW, by=director)
        assert (before, stored(alert).user) == (None, clinician)
        assert stored(alert).updated_at == alert.updated_at
        notice = StaffNotice.objects.get()
        assert (notice.user, notice.kind, notice.about) == (clinician, "alert", alert.public_id)
        assert (notice.due_at, notice.program) == (NOW, alert.enrollment.program)
        line = AuditEvent.objects.get(verb="alert.given")
        assert (line.by, line.subject_id) == (director, alert.public_id)
        assert line.participant_id == alert.enrollment.participant.public_id
        assert line.detail == {
            "kind": "recoverable",
            "week": "2026-11-23",
            "to": str(clinician.public_id),
            "before": "",
        }

    def test_who_takes_it_is_not_told(self, alert, clinician):
        give_alert(alert=alert, to=clinician, now=NOW, by=clinician)
        assert (stored(alert).user, notices()) == (clinician, set())

    def test_the_last_one_wins_and_hears_whose_it_was(self, alert, clinician, director):
        give_alert(alert=alert, to=clinician, now=NOW, by=director)
        before = give_alert(alert=alert, to=director, now=NOW, by=director)
        assert (before, stored(alert).user) == (clinician, director)
        assert notices() == {(clinician, "skipped")}

    def test_back_and_forth_tells_again(self, alert, clinician, director):
        for to in (clinician, None, clinician):
            give_alert(alert=alert, to=to, now=NOW, by=director)
        assert notices() == {(clinician, "planned")}

    def test_nobody(self, alert, clinician, director):
        give_alert(alert=alert, to=clinician, now=NOW, by=director)
        assert give_alert(alert=alert, to=None, now=NOW, by=director) == clinician
        assert stored(alert).user is None

    def test_whose_it_is_already_changes_nothing(self, alert, clinician, director):
        give_alert(alert=alert, to=clinician, now=NOW, by=director)
        assert give_alert(alert=alert, to=clinician, now=NOW, by=director) == clinician
        assert AuditEvent.objects.filter(verb="alert.given").count() == 1

    @pytest.mark.parametrize("why", ["elsewhere", "left", "inactive"])
    def test_only_to_somebody_who_works_here(self, alert, program, director, why):
        person = build.a_colleague(
            build.a_program() if why == "elsewhere" else program, Role.CLINICIAN
        )
        if why == "left":
            person.assignments.update(ended_at=timezone.now() + timedelta(days=400))
        if why == "inactive":
            User.objects.filter(pk=person.pk).update(is_active=False)
        with pytest.raises(NotKept, match="works in this program"):
            give_alert(alert=alert, to=person, now=NOW, by=director)
        assert (stored(alert).user, notices()) == (None, set())

    def test_not_what_is_resolved(self, alert, clinician, director):
        Alert.objects.update(resolved_at=NOW)
        with pytest.raises(NotKept, match="resolved"):
            give_alert(alert=alert, to=clinician, now=NOW, by=director)
        assert stored(alert).user is None


class TestSnoozing:
    @pytest.mark.parametrize("days", [1, 14])
    def test_until_a_date_with_a_reason(self, alert, clinician, days):
        until = TODAY + timedelta(days=days)
        snooze_alert(alert=alert, until=until, reason=f" {REASON} ", today=TODAY, by=clinician)
        row = stored(alert)
        assert (row.snooze_ends_on, row.snoozed_by, row.snooze_reason) == (until, clinician, REASON)
        assert row.is_snoozed(TODAY)
        assert not row.is_snoozed(until)
        line = AuditEvent.objects.get(verb="alert.snoozed")
        assert line.detail == {
            "kind": "recoverable",
            "week": "2026-11-23",
            "until": until.isoformat(),
        }

    @pytest.mark.parametrize("days", [-1, 0, 15])
    def test_not_until_today_and_two_weeks_at_most(self, alert, clinician, days):
        until = TODAY + timedelta(days=days)
        said = refusal(alert=alert, until=until, reason=REASON, today=TODAY, by=clinician)
        assert said == {"until": ["Enter a day after today, until Wed Dec 9 at the latest"]}
        assert stored(alert).snooze_ends_on is None

    def test_not_without_a_reason(self, alert, clinician):
        tomorrow = TODAY + timedelta(days=1)
        said = refusal(alert=alert, until=tomorrow, reason=" ", today=TODAY, by=clinician)
        assert set(said) == {"reason"}

    def test_again_with_another_date_and_reason(self, alert, clinician, director):
        for days, by in ((1, clinician), (3, director)):
            until = TODAY + timedelta(days=days)
            snooze_alert(alert=alert, until=until, reason=f"{days}", today=TODAY, by=by)
        row = stored(alert)
        assert (row.snoozed_by, row.snooze_reason) == (director, "3")

    def test_woken_it_waits_again(self, alert, clinician, director):
        until = TODAY + timedelta(days=1)
        snooze_alert(alert=alert, until=until, reason=REASON, today=TODAY, by=clinician)
        wake_alert(alert=alert, by=director)
        row = stored(alert)
        assert (row.snooze_ends_on, row.snoozed_by, row.snooze_reason) == (None, None, "")
        wake_alert(alert=alert, by=director)
        assert AuditEvent.objects.filter(verb="alert.woken").count() == 1

    def test_not_what_is_resolved(self, alert, clinician):
        Alert.objects.update(resolved_at=NOW)
        until = TODAY + timedelta(days=1)
        with pytest.raises(NotKept, match="resolved"):
            snooze_alert(alert=alert, until=until, reason=REASON, today=TODAY, by=clinician)
        with pytest.raises(NotKept, match="resolved"):
            wake_alert(alert=alert, by=clinician)


class TestDigests:
    def choose(self, program: Program, by: User, weekday: int | None = 4, *, close=False) -> Digest:
        return choose_digest(program=program, weekday=weekday, is_at_close=close, by=by)

    def test_chosen_and_changed_in_one_row(self, program, director):
        self.choose(program, director)
        self.choose(program, director, None, close=True)
        row = Digest.objects.get()
        assert (row.user, row.program, row.weekday, row.is_at_close) == (
            director,
            program,
            None,
            True,
        )
        lines = AuditEvent.objects.filter(verb="digest.chosen").order_by("pk")
        assert [line.detail for line in lines] == [
            {"weekday": 4, "is_at_close": False},
            {"weekday": None, "is_at_close": True},
        ]

    def test_no_such_weekday(self, program, director):
        with pytest.raises(NotKept):
            self.choose(program, director, 9)
        assert not Digest.objects.exists()


@pytest.mark.parametrize("act", ["give", "snooze", "wake", "digest"])
def test_nothing_is_kept_that_is_not_on_the_trail(alert, clinician, director, request, act):
    program, tomorrow = alert.enrollment.program, TODAY + timedelta(days=1)
    put_off = partial(snooze_alert, alert=alert, until=tomorrow, today=TODAY)
    put_off(reason=REASON, by=director)
    acts: dict[str, Callable] = {
        "give": partial(give_alert, alert=alert, to=clinician, now=NOW),
        "snooze": partial(put_off, reason="Other"),
        "wake": partial(wake_alert, alert=alert),
        "digest": partial(choose_digest, program=program, weekday=1, is_at_close=True),
    }
    request.getfixturevalue("audit_fails")
    with pytest.raises(IntegrityError), transaction.atomic():
        acts[act](by=director)
    row = stored(alert)
    assert (row.user, row.snooze_reason, notices()) == (None, REASON, set())
    assert not Digest.objects.exists()
