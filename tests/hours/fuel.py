"""People with authorizations, for the tests of their gauges, page and packet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from groups.models import TherapyGroup
from hours.fuel.gauge import Gauge
from hours.fuel.reading import gauges_for, is_running
from programs.models import Authorization, Enrollment, Program
from programs.weeks import local_date
from tests import build


def at_work(
    program: Program | None = None, **rule: Any
) -> tuple[Program, Enrollment, TherapyGroup]:
    """Return a program with a three-hour day, an enrollment from FIRST_DAY on, and its group."""
    program = program or build.a_program()
    build.a_rule(program, **{"min_minutes_per_day": 180, "count": "scheduled_span", **rule})
    group = build.a_group(program)
    return program, in_group(group), group


def in_group(group: TherapyGroup, first_name: str = "Amara", **fields: Any) -> Enrollment:
    """Return an enrollment of somebody new, a member of the group."""
    person = build.a_participant(first_name=first_name, last_name="Okoye")
    enrollment = build.an_enrollment(group.program, person, **fields)
    build.a_membership(group, enrollment)
    return enrollment


def attend(group: TherapyGroup, enrollment: Enrollment, *days: str, until: str = "12:00") -> None:
    """Record a session of three hours on each of the days, attended until then."""
    for day in days:
        session = build.a_session(group, day)
        build.a_record(session, enrollment.participant, f"09:00-{until}")


def schedule(group: TherapyGroup, *days: str) -> None:
    """Put a session of three hours on each of the days."""
    for day in days:
        build.a_session(group, day)


def gauges_of(programs: Sequence[Program], *, now: datetime) -> list[Gauge]:
    """Return the gauges of everything in force or to begin there, by episode and first date."""
    rows = Authorization.objects.filter(enrollment__program__in=programs)
    rows = rows.select_related("enrollment__program__site").order_by("enrollment", "first_on", "pk")
    return gauges_for([each for each in rows if _counts(each, now)], now=now)


def _counts(row: Authorization, now: datetime) -> bool:
    episode = row.enrollment
    is_called_off = bool(episode.discharged_on and episode.discharged_on < episode.admitted_on)
    return not is_called_off and is_running(row, local_date(now, episode.program.zone))
