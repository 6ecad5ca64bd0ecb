"""What happened in an episode, in order: its steps, and the days that came by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from groups.episodes.case import Case
from groups.episodes.looks import TONES, step_words
from groups.episodes.refusals import long_day
from programs.models import EpisodeStep, Participant, Program, Standing
from programs.weeks import local_date

PUT_OFF = "enrollment.put_off"


@dataclass(frozen=True)
class Line:
    """One thing that happened; `made_at` and `by` are empty where the day came by itself."""

    tone: str
    icon: str
    words: str
    made_at: datetime | None = None
    by: str = ""
    reason: str = ""
    sort: tuple[date, int] = (date.min, 0)


def timeline_of(case: Case) -> tuple[Line, ...]:
    """Return the lines of the episode, the latest first; the referral it came from included."""
    enrollment = case.enrollment
    steps = EpisodeStep.objects.filter(
        Q(enrollment=enrollment) | Q(referral__enrollment=enrollment)
    )
    found = list(steps.select_related("made_by"))
    zone = case.program.zone
    lines = [
        *_steps(found, enrollment.admitted_on, zone),
        *_put_off(case, zone),
        *_by_itself(case, found),
    ]
    return tuple(sorted(lines, key=lambda line: line.sort, reverse=True))


def way_here(person: Participant, program: Program) -> tuple[Line, ...]:
    """Return the lines of somebody who is referred to the program and not enrolled there."""
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    steps = EpisodeStep.objects.filter(theirs, program=program, enrollment=None)
    lines = _steps(steps.select_related("made_by"), None, program.zone)
    return tuple(sorted(lines, key=lambda line: line.sort, reverse=True))


def _steps(
    steps: Iterable[EpisodeStep], admitted_on: date | None, zone: ZoneInfo
) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        tone, icon = TONES[Standing(step.to)]
        yield Line(
            tone=tone,
            icon="undo-2" if step.came_from == Standing.DISCHARGED else icon,
            words=step_words(step, admitted_on),
            made_at=step.made_at,
            by=step.made_by.name if step.made_by else _("the system"),
            reason=step.reason,
            sort=(local_date(step.made_at, zone), number),
        )


def _put_off(case: Case, zone: ZoneInfo) -> Iterator[Line]:
    """Yield when the first day was put off: no step, since it was scheduled before and after."""
    lines = AuditEvent.objects.filter(
        participant_id=case.enrollment.participant.public_id,
        verb=PUT_OFF,
        subject_id=case.enrollment.public_id,
    )
    for line in lines.select_related("by").order_by("at"):
        was, now = (date.fromisoformat(line.detail[name]) for name in ("was", "admitted_on"))
        words = _("First day put off from %(was)s to %(now)s")
        yield Line(
            "go",
            "calendar-clock",
            words % {"was": long_day(was), "now": long_day(now)},
            line.at,
            line.by.name if line.by else _("the system"),
            sort=(local_date(line.at, zone), 99),
        )


def _by_itself(case: Case, steps: Iterable[EpisodeStep]) -> Iterator[Line]:
    """Yield the first day once it has come, and a discharge that no step tells of."""
    enrollment = case.enrollment
    if case.standing not in (Standing.SCHEDULED, Standing.DECLINED):
        words = _("Active since %(day)s") % {"day": long_day(enrollment.admitted_on)}
        yield Line("ok", "circle-check", words, sort=(enrollment.admitted_on, 0))
    told = any(each.to == Standing.DISCHARGED for each in steps)
    if case.standing == Standing.DISCHARGED and enrollment.discharged_on and not told:
        words = _("Discharged, the last day is %(day)s")
        day = enrollment.discharged_on
        yield Line("calm", "log-out", words % {"day": long_day(day)}, sort=(day, 100))
