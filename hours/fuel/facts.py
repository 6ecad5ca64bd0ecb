"""What a program's page of authorizations is made of: four statements, however many people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from hours.fuel.gauge import Gauge
from hours.fuel.reading import days_attended, gauges_for, is_running
from programs.authorizing.coverage import Coverage, coverage_on
from programs.models import Authorization, Enrollment, Program
from programs.models.authorization import IN_FORCE
from programs.weeks import local_date

# How far back attended days are looked at, today included.
DAYS_BACK = 60


@dataclass(frozen=True)
class Missing:
    """An active episode with nothing in force; `since` is its first day without."""

    enrollment: Enrollment
    coverage: Coverage
    since: date


@dataclass(frozen=True)
class Unauthorized:
    """Qualifying days of an episode on which nothing was in force."""

    enrollment: Enrollment
    dates: tuple[date, ...]


@dataclass(frozen=True)
class FuelFacts:
    """The gauges of a program, who has none, and the days that nobody has authorized."""

    today: date
    gauges: tuple[Gauge, ...]
    missing: tuple[Missing, ...]
    unauthorized: tuple[Unauthorized, ...]
    enrollments: tuple[Enrollment, ...]


def fuel_facts(program: Program, *, now: datetime) -> FuelFacts:
    """Return the facts as of a moment, of episodes that are not over for longer than 60 days."""
    today = local_date(now, program.zone)
    since = today - timedelta(days=DAYS_BACK - 1)
    enrollments = _enrollments(program, since)
    by_episode = _authorizations(enrollments)
    running = [each for own in by_episode.values() for each in own if is_running(each, today)]
    attended = days_attended(enrollments, program=program, first_on=since, now=now)
    missing = (_missing(each, by_episode[each.pk], today) for each in enrollments)
    unauthorized = (
        Unauthorized(each, _uncovered(attended.get(each.pk, []), by_episode[each.pk]))
        for each in enrollments
    )
    return FuelFacts(
        today=today,
        gauges=tuple(gauges_for(running, now=now)),
        missing=tuple(each for each in missing if each),
        unauthorized=tuple(each for each in unauthorized if each.dates),
        enrollments=tuple(enrollments),
    )


def _enrollments(program: Program, since: date) -> list[Enrollment]:
    has_been = Q(discharged_on__gte=F("admitted_on")) & Q(discharged_on__gte=since)
    found = Enrollment.objects.filter(Q(discharged_on=None) | has_been, program=program)
    enrollments = list(found.select_related("participant__merged_into"))
    for each in enrollments:
        each.program = program
    return enrollments


def _authorizations(enrollments: list[Enrollment]) -> dict[int, list[Authorization]]:
    """Return each episode's authorizations; what is encrypted of them is left unread."""
    by_key = {each.pk: each for each in enrollments}
    found: dict[int, list[Authorization]] = defaultdict(list)
    rows = Authorization.objects.filter(enrollment__in=by_key).defer("member_id", "note")
    for each in rows.order_by("first_on", "pk"):
        each.enrollment = by_key[each.enrollment_id]
        found[each.enrollment_id].append(each)
    return found


def _missing(enrollment: Enrollment, own: list[Authorization], today: date) -> Missing | None:
    """Return what an episode that is active today lacks; None where one is in force."""
    is_active = enrollment.admitted_on <= today <= (enrollment.discharged_on or today)
    coverage = coverage_on(own, today)
    if not is_active or not coverage.is_missing:
        return None
    ended = [each.last_on for each in own if each.status in IN_FORCE and each.last_on < today]
    since = max(ended) + timedelta(days=1) if ended else enrollment.admitted_on
    return Missing(enrollment, coverage, max(since, enrollment.admitted_on))


def _uncovered(days: list[date], own: list[Authorization]) -> tuple[date, ...]:
    approved = [each for each in own if each.status in IN_FORCE]
    return tuple(
        day for day in days if not any(each.first_on <= day <= each.last_on for each in approved)
    )
