"""Which weeks a packet tells of: those since the last review, at most twelve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from programs.models import Authorization, Enrollment, Program
from programs.models.authorization import IN_FORCE
from programs.weeks import Week

# What one page holds.
MOST_WEEKS = 12


def approved_of(enrollment: Enrollment) -> list[Authorization]:
    """Return what payers have approved for the episode, by first day."""
    found = enrollment.authorizations.filter(status__in=IN_FORCE).order_by("first_on", "pk")
    authorizations = list(found)
    for each in authorizations:
        each.enrollment = enrollment
    return authorizations


def usual_authorization(
    authorizations: Sequence[Authorization], *, today: date
) -> Authorization | None:
    """Return the one that a review is about: in force today, else the latest, else the next."""
    begun = [each for each in authorizations if each.first_on <= today]
    in_force = [each for each in begun if each.last_on >= today]
    if in_force:
        return min(in_force, key=lambda each: each.last_on)
    return begun[-1] if begun else next(iter(authorizations), None)


def last_review(enrollment: Enrollment, *, today: date) -> date | None:
    """Return the latest date before today on which a review was due, and is no more.

    A review that has taken place leaves its date in the history of the authorization: the next
    one has been put in its place.
    """
    history = Authorization.pgh_event_model.objects  # type: ignore[attr-defined]
    passed = history.filter(enrollment=enrollment, next_review_on__lt=today)
    dates = passed.exclude(next_review_on=F("pgh_obj__next_review_on"))
    found: date | None = (
        dates.order_by("-next_review_on").values_list("next_review_on", flat=True).first()
    )
    return found


def usual_span(
    enrollment: Enrollment, authorization: Authorization | None, *, today: date
) -> tuple[date, date]:
    """Return the first and the last date that a packet tells of where nothing else is asked for."""
    last_on = min(today, enrollment.discharged_on or today)
    reviewed_on = last_review(enrollment, today=today)
    since = reviewed_on or (authorization.first_on if authorization else enrollment.admitted_on)
    earliest = first_possible(enrollment.program, last_on)
    return min(max(since, enrollment.admitted_on, earliest), last_on), last_on


def first_possible(program: Program, last_on: date) -> date:
    """Return the first date from which a packet up to that date is no longer than a page."""
    return program.week_of(last_on).moved(1 - MOST_WEEKS).first_on


def weeks_between(program: Program, first_on: date, last_on: date) -> list[Week]:
    """Return the whole weeks that hold these dates."""
    weeks = [program.week_of(first_on)]
    while weeks[-1].last_on < last_on:
        weeks.append(weeks[-1].moved(1))
    return weeks
