"""Several people and workers act on the same alerts and digests at once, on real connections."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from hours.alerting.actions import choose_digest, give_alert, snooze_alert, wake_alert
from hours.alerting.digests import plan_close_digests, plan_digests
from hours.models import Alert, Digest
from programs.models import Role
from programs.weeks import local_date
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.build import NOW
from tests.build_hours import a_conclusion, a_week_close, an_alert

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_give_it_the_last_wins_and_says_whose_it_was(program, clinician, director):
    alert = an_alert(build.an_enrollment(program))
    results = at_once(
        partial(give_alert, alert=alert, to=clinician, now=NOW, by=clinician),
        partial(give_alert, alert=alert, to=director, now=NOW, by=director),
        words=(NotKept,),
    )
    last = Alert.objects.get().user
    assert last is not None
    # The one who came first found it nobody's, and the other found it theirs.
    first = director if last == clinician else clinician
    assert sorted(results, key=str) == sorted([None, first], key=str)
    given = AuditEvent.objects.filter(verb="alert.given").order_by("pk")
    assert [line.detail["to"] for line in given] == [str(first.public_id), str(last.public_id)]


def test_giving_and_snoozing_and_waking_lose_nothing_of_each_other(program, clinician, director):
    alert = an_alert(build.an_enrollment(program))
    today = local_date(NOW, program.zone)
    until = today + timedelta(days=2)
    put_off = partial(snooze_alert, alert=alert, until=until, reason="Later", today=today)
    at_once(
        partial(give_alert, alert=alert, to=clinician, now=NOW, by=director),
        partial(put_off, by=director),
        words=(NotKept,),
    )
    row = Alert.objects.get()
    assert (row.user, row.snoozed_by, row.snooze_reason) == (clinician, director, "Later")
    at_once(
        partial(wake_alert, alert=alert, by=director),
        partial(give_alert, alert=alert, to=None, now=NOW, by=director),
        words=(NotKept,),
    )
    row = Alert.objects.get()
    assert (row.user, row.snooze_ends_on) == (None, None)


def test_a_digest_chosen_twice_at_once_is_one_row(program, director):
    choose = partial(choose_digest, program=program, is_at_close=True, by=director)
    results = at_once(*(partial(choose, weekday=day) for day in range(4)), words=(NotKept,))
    assert len({each.pk for each in results}) == 1
    assert Digest.objects.count() == 1


def test_ten_workers_plan_a_digest_once(program, director):
    other = build.a_colleague(program, Role.DIRECTOR)
    close = a_week_close(program)
    a_conclusion(close)
    at_once(
        *(partial(plan_digests, now=NOW, by=None) for _ in range(6)),
        *(partial(plan_close_digests, close=close, now=NOW, by=None) for _ in range(4)),
        words=(),
    )
    told = StaffNotice.objects.order_by("kind", "user").values_list("kind", "user")
    both = sorted([director.pk, other.pk])
    assert list(told) == [(kind, user) for kind in ("closed", "digest") for user in both]
    lines = AuditEvent.objects.filter(verb="digests.planned")
    assert sum(line.detail["added"] for line in lines) == 4
