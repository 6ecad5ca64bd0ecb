"""What waits in the care of everybody enrolled: authorizations, reviews, recertification.

A fixed number of statements, however many programs: their alert rules, the enrollments, the
authorizations, the most that can be used of each, and the dates behind the gauges of those few
that can be low (`hours/fuel/most_used.py`, `reading.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from hours.checking.care import can_be_low, coverage_ends, is_low, is_near
from hours.checking.finding import Finding
from hours.fuel.gauge import Gauge
from hours.fuel.most_used import most_used
from hours.fuel.reading import gauges_for
from hours.models import AlertKind
from programs.models import (
    AlertRule,
    Authorization,
    Certification,
    Enrollment,
    Program,
    alert_rules_on,
)
from programs.models.authorization import IN_FORCE
from programs.weeks import local_date


@dataclass(frozen=True)
class Care:
    """One episode on its program's date, with what was approved for it and when it is due."""

    enrollment: Enrollment
    program: Program
    today: date
    rule: AlertRule
    authorizations: tuple[Authorization, ...]
    recertify_on: date | None

    def goes_on_after(self, day: date) -> bool:
        """Whether the episode is to last longer than the date."""
        discharged_on = self.enrollment.discharged_on
        return discharged_on is None or discharged_on > day

    @property
    def in_force(self) -> list[Authorization]:
        """Those that hold today."""
        return [each for each in self.authorizations if each.first_on <= self.today <= each.last_on]


def care_findings(programs: Sequence[Program], *, now: datetime) -> list[Finding]:
    """Return what holds now; at most one finding per enrollment, week and kind."""
    found: dict[tuple[int, date, AlertKind], Finding] = {}
    cares = _care_of(programs, now)
    gauges = _gauges_in_question(cares, now)
    for care in cares:
        for each in (*_units(care, gauges), *_dates(care)):
            key = (each.enrollment_key, each.week_on, each.kind)
            if key not in found or _urgency(each) < _urgency(found[key]):
                found[key] = each
    return list(found.values())


def _urgency(finding: Finding) -> tuple[int, date]:
    return finding.units_left or 0, finding.due_on or date.max


def _gauges_in_question(cares: Iterable[Care], now: datetime) -> dict[int, Gauge]:
    """Return the gauges of what is in force and can be low, by the authorization's key."""
    in_force = [(each, care) for care in cares for each in care.in_force]
    most = most_used([each for each, _care in in_force])
    few = []
    for each, care in in_force:
        if can_be_low(each, most[each.pk], care.rule):
            each.enrollment, each.enrollment.program = care.enrollment, care.program
            few.append(each)
    return {gauge.authorization.pk: gauge for gauge in gauges_for(few, now=now)}


def _units(care: Care, gauges: Mapping[int, Gauge]) -> Iterator[Finding]:
    """About the authorization's last day, which stays; the day it runs out on moves daily."""
    for each in care.in_force:
        gauge = gauges.get(each.pk)
        if gauge and is_low(gauge, care.rule):
            yield _finding(care, AlertKind.UNITS_LOW, each.last_on, units_left=gauge.left)


def _dates(care: Care) -> Iterator[Finding]:
    today, rule = care.today, care.rule
    ends_on = coverage_ends(care.authorizations, today, rule)
    if ends_on and care.goes_on_after(ends_on):
        yield _finding(care, AlertKind.EXPIRING, ends_on)
    for each in care.in_force:
        if each.next_review_on and is_near(each.next_review_on, today, rule.review_days):
            yield _finding(care, AlertKind.REVIEW_DUE, each.next_review_on)
    due_on = care.recertify_on
    if due_on and care.goes_on_after(due_on) and is_near(due_on, today, rule.recertification_days):
        yield _finding(care, AlertKind.RECERTIFICATION, due_on)


def _finding(care: Care, kind: AlertKind, day: date, units_left: int | None = None) -> Finding:
    return Finding(
        enrollment_key=care.enrollment.pk,
        week_on=care.program.week_of(day).first_on,
        kind=kind,
        units_left=units_left,
        due_on=day,
    )


def _care_of(programs: Sequence[Program], now: datetime) -> list[Care]:
    """Return every episode that is under way on its own program's date."""
    dates = {program.pk: local_date(now, program.zone) for program in programs}
    by_key = {program.pk: program for program in programs}
    rules, enrollments = alert_rules_on(dates), _enrollments(dates)
    approved = _approved(enrollments)
    return [
        Care(
            enrollment=each,
            program=by_key[each.program_id],
            today=dates[each.program_id],
            rule=rules[each.program_id],
            authorizations=tuple(approved[each.pk]),
            recertify_on=each.recertify_on,  # type: ignore[attr-defined]
        )
        for each in enrollments
    ]


def _enrollments(dates: dict[int, date]) -> list[Enrollment]:
    """Return who is enrolled on the program's date, with when they are to be certified again."""
    if not dates:
        return []
    latest = Certification.objects.standing().filter(enrollment=OuterRef("pk"))
    nearby = Enrollment.objects.begun().filter(
        program__in=dates, admitted_on__lte=max(dates.values())
    )
    found = nearby.exclude(discharged_on__lt=min(dates.values())).annotate(
        recertify_on=Subquery(latest.values("due_on")[:1])
    )
    return [each for each in found if _is_under_way(each, dates[each.program_id])]


def _is_under_way(enrollment: Enrollment, day: date) -> bool:
    last_on = enrollment.discharged_on
    return enrollment.admitted_on <= day and (last_on is None or last_on >= day)


def _approved(enrollments: Iterable[Enrollment]) -> dict[int, list[Authorization]]:
    """Return what was approved for each, by its key."""
    found = Authorization.objects.filter(
        enrollment__in=[each.pk for each in enrollments], status__in=IN_FORCE
    )
    listed: dict[int, list[Authorization]] = defaultdict(list)
    for each in found.defer("member_id", "note"):
        listed[each.enrollment_id].append(each)
    return listed
