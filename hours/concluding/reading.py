"""Reads a closed week: what was concluded, as rows of the board, and the amendments since."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from attendance.models import Amendment
from hours.concluding.concluded import KeptLine, concluded_then
from hours.facts import PersonWeek, ProgramWeek, SessionLine
from hours.models import Conclusion, WeekClose
from hours.sums.asked import week_rule
from hours.week_sessions import Sessions
from hours.weekly_hours import Amounts, Days, WeeklyHours, days_of
from programs.models import Program
from programs.weeks import Week


@dataclass(frozen=True)
class ClosedWeek:
    """A close with its conclusions, each with whose it is."""

    close: WeekClose
    conclusions: tuple[Conclusion, ...]

    def session_ids(self) -> set[uuid.UUID]:
        """The sessions that the conclusions are made of."""
        return {uuid.UUID(line["session"]) for kept in self.conclusions for line in kept.lines}


def closed_week(program: Program, week: Week) -> ClosedWeek | None:
    """Return what was concluded of the week; two statements, one where it is not closed."""
    closes = WeekClose.objects.select_related("rule__verified_by", "closed_by")
    close = closes.filter(program=program, week_on=week.first_on).first()
    if close is None:
        return None
    # By the close itself, which each of them then knows.
    found = close.conclusions.select_related("enrollment__participant__merged_into")
    ordered = found.order_by("enrollment__participant__chart_number", "enrollment__admitted_on")
    return ClosedWeek(close, tuple(ordered))


def as_it_was(closed: ClosedWeek, now: ProgramWeek, sessions: Sessions) -> ProgramWeek:
    """Return the facts of the week as they were concluded, as far as they are kept.

    When somebody came and left is not: of that, each session keeps the minutes.
    """
    today = {person.enrollment_key: person for person in now.people}
    return replace(
        now,
        as_of=closed.close.closed_at,
        rule=week_rule(closed.close.rule),
        people=tuple(_person(kept, today, sessions) for kept in closed.conclusions),
    )


def rows_then(closed: ClosedWeek, facts: ProgramWeek) -> list[WeeklyHours]:
    """Return the rows as they were concluded; `facts` come from `as_it_was`."""
    return [
        _row(kept, person, facts)
        for kept, person in zip(closed.conclusions, facts.people, strict=True)
    ]


def amendments_since(
    closed: ClosedWeek, sessions: Iterable[uuid.UUID]
) -> dict[tuple[uuid.UUID, str], list[Amendment]]:
    """Return the amendments since the close, by session and chart number, in order of time."""
    rows = Amendment.objects.filter(
        session__public_id__in=list(sessions), amended_at__gte=closed.close.closed_at
    )
    found: dict[tuple[uuid.UUID, str], list[Amendment]] = {}
    for each in rows.select_related("session", "participant", "amended_by"):
        key = each.session.public_id, each.participant.chart_number
        found.setdefault(key, []).append(each)
    return found


def _person(kept: Conclusion, today: dict[int, PersonWeek], sessions: Sessions) -> PersonWeek:
    enrollment = kept.enrollment
    record = enrollment.participant
    person = record.kept
    still = today.get(enrollment.pk)
    lines = [_line(line, sessions) for line in concluded_then(kept).lines]
    return PersonWeek(
        enrollment_id=enrollment.public_id,
        enrollment_key=enrollment.pk,
        participant_id=person.public_id,
        chart_number=record.chart_number,
        first_name=person.first_name,
        last_name=person.last_name,
        preferred_name=person.preferred_name,
        admitted_on=enrollment.admitted_on,
        discharged_on=enrollment.discharged_on,
        planned_discharge_on=enrollment.planned_discharge_on,
        ordered=None if kept.required == kept.close.rule.min_minutes_per_week else kept.required,
        leave_dates=still.leave_dates if still else frozenset(),
        lines=tuple(sorted(lines, key=lambda line: (line.starts_at, str(line.session_id)))),
        seats=(),
        busy=(),
    )


def _line(line: KeptLine, sessions: Sessions) -> SessionLine:
    met = sessions[line.session]
    return SessionLine(
        session_id=line.session,
        group=met.group,
        held_on=met.held_on,
        starts_at=met.starts_at,
        ends_at=met.ends_at,
        is_expected=line.is_expected,
        has_record=line.has_record,
        absence=line.absence,
        is_open=False,
        is_signed=True,
        stretches=(),
        net=line.net,
        credited=line.credited,
        net_ahead=0,
    )


def _row(kept: Conclusion, person: PersonWeek, facts: ProgramWeek) -> WeeklyHours:
    said = concluded_then(kept)
    days = days_of(person.lines, facts.rule.min_minutes_per_day, facts.as_of)
    return WeeklyHours(
        person=person,
        program=facts.program_code,
        week=facts.week.first_on,
        tag=said.tag,
        required=said.required,
        amounts=Amounts(said.offered, said.attended, said.unrecorded, 0, 0),
        days=Days(said.qualifying_days, max(said.qualifying_days, days.possible)),
        saving_seats=(),
        verdict=said.verdict,
        flags=said.flags,
    )
