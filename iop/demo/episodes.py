"""What the demo clinic has on record of its people: plans, agreements, authorizations.

Everybody in it is invented, payers and physicians too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import DateTimeField, OuterRef, Subquery
from django.db.models.functions import Cast

from accounts.models import User
from iop.demo.folder import ZONE
from iop.demo.timetable import CLINICIAN
from programs.models import (
    CERTIFIED_DAYS,
    FOLLOW_UP_DAYS,
    Agreement,
    AgreementKind,
    Authorization,
    AuthorizationStatus,
    Certification,
    ConsentPurpose,
    ContactConsent,
    Enrollment,
    EpisodeStep,
    FollowUp,
    Goal,
    HowTaken,
    LevelOfCareDetermination,
    Standing,
)
from programs.weeks import instant, local_date

ADMISSIONS = "admissions@harborstreet.example"
PAYERS = ("Lakeshore Health Plan", "Prairie Mutual", "State Medicaid")
PHYSICIANS = ("Dr. Imani Okonjo", "Dr. Samuel Reyes")
GOALS = (
    "Go to two support meetings a week",
    "Use a coping skill before acting on an urge, and write it down",
    "Sleep at least six hours on five nights a week",
    "Talk with my sister once a week without a fight",
)
# Twelve days at a time, four weeks long: what a payer often approves at once.
APPROVED_DAYS, APPROVED_WEEKS, REVIEW_BEFORE_END = 14, 4, 5
# More than anybody in the demo is scheduled for.
MOST_DAYS_A_WEEK = 5
# Every so many-th person lacks something, so that the census has paperwork to ask for.
NO_AGREEMENT, NO_AUTHORIZATION = 9, 7
# Before the first day begins by the clock of Greenwich: in the morning at the site.
ASKED_BEFORE = timedelta(days=2, hours=8)


def put_episodes_on_record(now: datetime) -> None:
    """Write what a clinic folder cannot say of each episode."""
    today = local_date(now, ZONE)
    admissions, clinician = (User.objects.get(email=each) for each in (ADMISSIONS, CLINICIAN))
    _ask_what_else(admissions)
    enrollments = list(Enrollment.objects.select_related("participant", "program").order_by("pk"))
    for number, enrollment in enumerate(enrollments):
        _plan(enrollment, number, today, clinician)
        _paperwork(enrollment, number, today, now, admissions)
        _steps(enrollment, admissions)


def _ask_what_else(by: User) -> None:
    """Let who agreed to reminders agree to the other purposes too, most of them.

    They were asked on the phone, some days before their first.
    """
    first = Enrollment.objects.filter(participant=OuterRef("participant")).order_by("admitted_on")
    first_day = Cast(Subquery(first.values("admitted_on")[:1]), DateTimeField())
    ContactConsent.objects.update(
        given_at=first_day - ASKED_BEFORE, taken_by=by, taken_how=HowTaken.PHONE
    )
    ContactConsent.objects.bulk_create(
        ContactConsent(
            participant_id=each.participant_id,
            channel=each.channel,
            purpose=purpose,
            given_at=each.given_at,
            taken_by=by,
            taken_how=HowTaken.PHONE,
        )
        for each in list(ContactConsent.objects.order_by("pk"))
        for purpose in (ConsentPurpose.OUTREACH, ConsentPurpose.FOLLOW_UP)
        if each.participant_id % NO_AGREEMENT
    )


def at(day: date, hour: int = 10) -> datetime:
    return instant(day, time(hour), ZONE)


def _plan(enrollment: Enrollment, number: int, today: date, by: User) -> None:
    """Set goals, certify every sixty days so far, and rate the six dimensions."""
    _goals(enrollment, number, by)
    _certifications(enrollment, number, today, by)
    LevelOfCareDetermination.objects.create(
        enrollment=enrollment,
        determined_on=enrollment.admitted_on,
        edition="4",
        level_of_care=enrollment.program.level_of_care,
        **{f"dimension_{each}": (number + each) % 3 for each in range(1, 6)},
        determined_by=by,
    )


def _goals(enrollment: Enrollment, number: int, by: User) -> None:
    began = enrollment.admitted_on
    Goal.objects.bulk_create(
        Goal(
            enrollment=enrollment,
            text=GOALS[(number + each) % len(GOALS)],
            set_on=began,
            target_on=began + timedelta(weeks=8),
            set_by=by,
        )
        for each in range(2)
    )


def _certifications(enrollment: Enrollment, number: int, today: date, by: User) -> None:
    began = enrollment.admitted_on
    for signed_on in _certified_on(began, min(today, enrollment.discharged_on or today)):
        Certification.objects.create(
            enrollment=enrollment,
            signed_on=signed_on,
            due_on=signed_on + timedelta(days=CERTIFIED_DAYS),
            signed_by_name=PHYSICIANS[number % len(PHYSICIANS)],
            entered_by=by,
        )


def _certified_on(began: date, until: date) -> Iterable[date]:
    day = began
    while day <= until:
        yield day
        day += timedelta(days=CERTIFIED_DAYS)


def _paperwork(enrollment: Enrollment, number: int, today: date, now: datetime, by: User) -> None:
    began = enrollment.admitted_on
    if number % NO_AGREEMENT:
        Agreement.objects.create(
            participant=enrollment.participant,
            kind=AgreementKind.PROGRAM,
            given_on=min(began, today),
            taken_by=by,
            taken_how=HowTaken.SIGNED,
        )
    if number % NO_AUTHORIZATION == 0:
        return
    last = enrollment.discharged_on or max(today, began)
    periods = range(0, (last - began).days + 1, 7 * APPROVED_WEEKS)
    Authorization.objects.bulk_create(
        _authorization(enrollment, began + timedelta(days=days), number, now, by)
        for days in periods
    )


def _authorization(
    enrollment: Enrollment, first_on: date, number: int, now: datetime, by: User
) -> Authorization:
    last_on = first_on + timedelta(weeks=APPROVED_WEEKS, days=-1)
    return Authorization(
        enrollment=enrollment,
        payer=PAYERS[number % len(PAYERS)],
        member_id=f"M{4_000_000 + number * 37}",
        number=f"AU-{first_on:%y%m}-{number:03}",
        requested_units=APPROVED_DAYS,
        approved_units=APPROVED_DAYS,
        first_on=first_on,
        last_on=last_on,
        days_per_week=MOST_DAYS_A_WEEK,
        next_review_on=last_on - timedelta(days=REVIEW_BEFORE_END),
        status=AuthorizationStatus.APPROVED,
        entered_at=min(at(first_on), now),
        entered_by=by,
    )


def _steps(enrollment: Enrollment, by: User) -> None:
    """Keep who enrolled and discharged them, and plan the word after a discharge."""
    began, left = enrollment.admitted_on, enrollment.discharged_on
    _step(enrollment, by, "", Standing.SCHEDULED, began, at(began - timedelta(days=3)))
    if left is None:
        return
    _step(enrollment, by, Standing.ACTIVE, Standing.DISCHARGED, left, at(left, hour=16))
    FollowUp.objects.bulk_create(
        FollowUp(enrollment=enrollment, days=days, due_on=left + timedelta(days=days))
        for days in FOLLOW_UP_DAYS
    )


def _step(
    enrollment: Enrollment, by: User, came_from: str, to: Standing, day: date, made_at: datetime
) -> None:
    EpisodeStep.objects.create(
        enrollment=enrollment,
        participant=enrollment.participant,
        program=enrollment.program,
        made_by=by,
        came_from=came_from,
        to=to,
        takes_effect_on=day,
        made_at=made_at,
    )
