"""Reads who is in a program on a day, and who comes, waits and left: seven statements at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from groups.census.paperwork import Paper, missing_papers
from groups.census.stay import average_stay, length_of_stay
from programs.models import Enrollment, Leave, Program, Referral

SOON = timedelta(days=14)
JUST_NOW = timedelta(days=14)
LONG_AGO = timedelta(days=90)


@dataclass(frozen=True)
class Census:
    """The rows of a census; `waiting` is known only for today, `average` of the last 90 days."""

    program: Program
    day: date
    today: date
    present: tuple[Enrollment, ...]
    soon: tuple[Enrollment, ...]
    left: tuple[Enrollment, ...]
    ended: int
    average: int | None
    leaves: dict[int, Leave]
    missing: dict[int, tuple[Paper, ...]]
    waiting: tuple[Referral, ...] | None

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_ahead(self) -> bool:
        return self.day > self.today


def census_of(program: Program, *, day: date, today: date) -> Census:
    """Return the program's census on the day. What never began is nowhere in it."""
    episodes = _episodes(program, day)
    present = tuple(each for each in episodes if each.admitted_on <= day <= _last_on(each))
    ended = [each for each in episodes if _last_on(each) < day]
    return Census(
        program=program,
        day=day,
        today=today,
        present=present,
        soon=tuple(each for each in episodes if each.admitted_on > day),
        left=_left(ended, since=day - JUST_NOW),
        ended=len(ended),
        average=average_stay([length_of_stay(each) or 0 for each in ended]),
        leaves=_leaves(present, day),
        missing=missing_papers(present, day),
        waiting=_waiting(program) if day == today else None,
    )


def _episodes(program: Program, day: date) -> list[Enrollment]:
    """Return those that begin by in two weeks and had not ended 90 days ago, by first day."""
    found = program.enrollments.begun().filter(
        Q(discharged_on=None) | Q(discharged_on__gte=day - LONG_AGO),
        admitted_on__lte=day + SOON,
    )
    found = found.select_related("participant__merged_into", "program__site")
    return list(found.order_by("admitted_on", "pk"))


def _last_on(enrollment: Enrollment) -> date:
    return enrollment.discharged_on or date.max


def _left(ended: list[Enrollment], *, since: date) -> tuple[Enrollment, ...]:
    """Return those whose last day is `since` or later, the latest first."""
    lately = [each for each in ended if _last_on(each) >= since]
    return tuple(sorted(lately, key=_last_on, reverse=True))


def _leaves(present: tuple[Enrollment, ...], day: date) -> dict[int, Leave]:
    """Return the leave that each participant is on that day, by the participant's key."""
    people = [each.participant_id for each in present]
    return {
        each.participant_id: each for each in Leave.objects.on(day).filter(participant__in=people)
    }


def _waiting(program: Program) -> tuple[Referral, ...]:
    """Return the waiting list, who has waited longest first."""
    return tuple(program.referrals.waiting().select_related("participant__merged_into"))
