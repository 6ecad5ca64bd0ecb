"""Eight at once: the sweep opens each once, and only one person closes it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from accounts.keeping import NotKept
from accounts.models import AuditEvent, User
from attendance.models import Outreach, OutreachAttempt
from attendance.outreach.actions.sweeping import sweep_program
from attendance.outreach.actions.working import close_outreach, hand_over, log_attempt
from programs.models import Program, Role
from reminders.models import StaffNotice
from tests import build
from tests.at_once import at_once
from tests.attendance.outreach import AFTER_ALL, a_case, sweep

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(8)


def test_eight_workers_open_each_once(program: Program, facilitator: User):
    case = a_case(program, facilitator, "PUU")
    case.answers_yes(0)
    a_case(program, facilitator, "UU")

    def work() -> None:
        sweep_program(program=program, now=AFTER_ALL, by=None)

    assert at_once(*[work for _each in EIGHT], words=(Exception,)) == [None] * 8
    assert Outreach.objects.count() == StaffNotice.objects.count() == 5
    assert AuditEvent.objects.filter(verb="outreach.opened").count() == 5


def test_eight_workers_close_it_once(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U")
    sweep(program)
    case.mark(0, "E")

    def work() -> None:
        sweep_program(program=program, now=AFTER_ALL, by=None)

    assert at_once(*[work for _each in EIGHT], words=(Exception,)) == [None] * 8
    assert AuditEvent.objects.filter(verb="outreach.explained").count() == 1


def test_of_eight_who_close_it_one_does(program: Program, facilitator: User):
    a_case(program, facilitator, "U")
    sweep(program)
    row = Outreach.objects.get()

    def close() -> object:
        return close_outreach(
            outreach=row, outcome="coming_back", note="", now=AFTER_ALL, by=facilitator
        )

    results = at_once(*[close for _each in EIGHT], words=(NotKept,))
    assert sum(isinstance(each, Outreach) for each in results) == 1
    assert AuditEvent.objects.filter(verb="outreach.closed").count() == 1


def test_an_attempt_in_the_moment_it_closes_by_itself(program: Program, facilitator: User):
    case = a_case(program, facilitator, "U")
    sweep(program)
    row = Outreach.objects.get()
    case.mark(0, "E")
    tried: dict[str, Any] = {
        "tried_at": AFTER_ALL,
        "way": "phone",
        "outcome": "reached",
        "note": "",
    }

    def work() -> None:
        sweep_program(program=program, now=AFTER_ALL, by=None)

    def attempt() -> object:
        return log_attempt(outreach=row, **tried, now=AFTER_ALL, by=facilitator)

    at_once(*[work, attempt] * 4, words=(NotKept,))
    row.refresh_from_db()
    assert (row.closed_at is None) is OutreachAttempt.objects.exists()


def test_who_hands_it_over_at_once_hands_over_what_the_other_left(
    program: Program, facilitator: User
):
    a_case(program, facilitator, "U")
    sweep(program)
    row = Outreach.objects.get()
    others = [build.a_colleague(program, Role.CLINICIAN) for _each in range(4)]
    acts = [partial(hand_over, outreach=row, to=to, now=AFTER_ALL, by=to) for to in others]
    results = at_once(*acts, words=(NotKept,))
    assert all(isinstance(each, Outreach) for each in results)
    row.refresh_from_db()
    assert row.owned_by in others
