"""Builders of what the weekly hours leave behind: alerts and their rules, closed weeks, digests."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from hours.models import Alert, Conclusion, Digest, WeekClose
from programs.models import AlertRule, Enrollment, HoursRule, Program
from tests.build import MONDAY, NOW, a_program, a_rule, a_user, an_enrollment


def an_alert(enrollment: Enrollment | None = None, **fields: Any) -> Alert:
    """An open alert of the week of MONDAY: recoverable, three hours short."""
    defaults = {
        "week_on": MONDAY,
        "kind": "recoverable",
        "minutes_short": 180,
        "opened_at": NOW,
        "updated_at": NOW,
    }
    return Alert.objects.create(enrollment=enrollment or an_enrollment(), **{**defaults, **fields})


def an_alert_rule(program: Program | None = None, **fields: Any) -> AlertRule:
    """A rule with every default, from long before the tests' dates."""
    defaults = {"effective_from": date(2026, 1, 1), "citation": "Example rule 7.8"}
    return AlertRule.objects.create(program=program or a_program(), **{**defaults, **fields})


def a_week_close(
    program: Program | None = None, rule: HoursRule | None = None, **fields: Any
) -> WeekClose:
    """The week before MONDAY, closed by the clock at NOW."""
    program = program or a_program()
    rule = rule or program.rules.order_by("effective_from").last() or a_rule(program)
    defaults = {"week_on": date(2026, 11, 16), "closed_at": NOW}
    return WeekClose.objects.create(program=program, rule=rule, **{**defaults, **fields})


def a_conclusion(
    close: WeekClose | None = None, enrollment: Enrollment | None = None, **fields: Any
) -> Conclusion:
    """Nine hours required, six attended: not met."""
    close = close or a_week_close()
    defaults = {
        "tag": "full",
        "required": 540,
        "offered": 540,
        "attended": 360,
        "unrecorded": 0,
        "qualifying_days": 2,
        "verdict": "not_met",
    }
    return Conclusion.objects.create(
        close=close,
        enrollment=enrollment or an_enrollment(close.program),
        **{**defaults, **fields},
    )


def a_digest(user: User | None = None, program: Program | None = None, **fields: Any) -> Digest:
    """Somebody's choice with every default."""
    return Digest.objects.create(user=user or a_user(), program=program or a_program(), **fields)
