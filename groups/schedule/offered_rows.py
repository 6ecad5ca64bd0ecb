"""The sessions at which people are expected, counted as their week's rule counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from groups.counting import Span, counted
from groups.models.spans import spans
from groups.schedule.people import AWAY, ENROLLED, MEMBER, rows_of
from programs.models import HoursRule, Order, Program
from programs.weeks import Week

# An enrollment's hours are those of its own program. From the places of a few people to their
# sessions, so that what the rest of the clinic holds is never read.
OFFERED = f"""
WITH place AS (
    SELECT m.enrollment_id, s.id AS session_id
      FROM groups_groupmembership m
      JOIN groups_groupsession s ON s.group_id = m.group_id AND s.held_on {MEMBER}
     WHERE m.enrollment_id = ANY(%(enrollments)s)
       AND s.held_on BETWEEN %(first_on)s AND %(last_on)s
    UNION
    SELECT seat.enrollment_id, seat.session_id
      FROM groups_makeupseat seat
     WHERE seat.enrollment_id = ANY(%(enrollments)s) AND seat.released_at IS NULL
)
SELECT e.id, s.id, s.held_on, s.starts_at, s.ends_at, s.breaks, g.kind
  FROM place
  JOIN programs_enrollment e ON e.id = place.enrollment_id
  JOIN groups_groupsession s ON s.id = place.session_id
  JOIN groups_therapygroup g ON g.id = s.group_id AND g.program_id = e.program_id
 WHERE s.status = 'scheduled' AND s.held_on {ENROLLED}
   AND s.held_on BETWEEN %(first_on)s AND %(last_on)s
   AND NOT EXISTS (SELECT FROM programs_leave l
                    WHERE l.participant_id = e.participant_id AND s.held_on {AWAY})
"""


@dataclass(frozen=True)
class OfferedSession:
    """One session at which one enrollment is expected; both are keys."""

    enrollment: int
    session: int
    held_on: date
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...]
    kind: str


def offered_sessions(
    enrollments: Collection[int], first_on: date, last_on: date
) -> list[OfferedSession]:
    """Return where these enrollments are expected in their program on these dates."""
    values = {"enrollments": list(enrollments), "first_on": first_on, "last_on": last_on}
    return [
        OfferedSession(
            enrollment=row[0],
            session=row[1],
            held_on=row[2],
            starts_at=row[3],
            ends_at=row[4],
            breaks=spans(row[5]),
            kind=row[6],
        )
        for row in rows_of(OFFERED, values)
    ]


class WeekRules:
    """The hours rules of one program and the orders of some enrollments, asked by week."""

    def __init__(self, program: Program, enrollments: Collection[int]) -> None:
        self._program = program
        rules = HoursRule.objects.filter(program=program).order_by("-effective_from")
        self._rules: Sequence[HoursRule] = list(rules)
        orders = Order.objects.filter(enrollment__in=enrollments).order_by("-effective_from")
        self._orders: Sequence[Order] = list(orders)
        # Twelve people share most of their sessions: each is counted once.
        self._minutes: dict[tuple, int] = {}

    def week_of(self, day: date) -> Week:
        return self._program.week_of(day)

    def of_week(self, week: Week) -> HoursRule | None:
        """Return the rule in effect on the week's first date, if one is."""
        return next((each for each in self._rules if each.effective_from <= week.first_on), None)

    def required(self, enrollment: int, admitted_on: date, week: Week) -> int | None:
        """Return the minutes asked for: the order in force, else the rule's minimum, if any."""
        rule, since = self.of_week(week), max(admitted_on, week.first_on)
        ordered = next(
            (
                each.minutes_per_week
                for each in self._orders
                if each.enrollment_id == enrollment and each.effective_from <= since
            ),
            None,
        )
        return None if rule is None else ordered or rule.min_minutes_per_week

    def minutes(self, day: date, kind: str, span: Span, breaks: Sequence[Span]) -> int:
        """Return a session's counted minutes; nothing where its kind does not count."""
        session = (day, kind, span, tuple(breaks))
        if session not in self._minutes:
            self._minutes[session] = self._count(*session)
        return self._minutes[session]

    def _count(self, day: date, kind: str, span: Span, breaks: Sequence[Span]) -> int:
        rule = self.of_week(self.week_of(day))
        if rule is None or kind not in rule.kinds_that_count:
            return 0
        return counted([span], breaks, rule.count)
