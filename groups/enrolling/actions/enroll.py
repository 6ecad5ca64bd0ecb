"""What changes when somebody is enrolled: the person, the episode, its groups and consents."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from groups.enrolling.entering import enter_groups, wait_for_groups
from groups.enrolling.plan import CannotEnroll, Plan
from groups.enrolling.program_seats import lock_program, seats_in
from groups.joining.locking import lock_groups
from groups.schedule.edit import CannotSchedule
from groups.wording import short_day
from programs.admitting import keep_episode
from programs.agreements.actions import (
    AgreementFacts,
    add_agreement,
    give_consent,
    withdraw_consent,
)
from programs.agreements.papers import agreements_of
from programs.merging.actions import report_duplicates
from programs.models import (
    AgreementKind,
    Channel,
    Enrollment,
    EnrollmentDraft,
    HowTaken,
    Order,
    Standing,
)
from programs.referring.open_call import lead_here
from programs.referring.steps import Step, write_step
from programs.weeks import local_date


def enroll_participant(*, plan: Plan, now: datetime, by: User | None) -> Enrollment:
    """Enroll somebody new or known: episode, order, groups, consents; all of it or nothing.

    The open call that led here becomes enrolled. The same plan sent twice makes one enrollment:
    the second call returns the first one's. Raises CannotEnroll with words where the database
    would refuse or no seat is free, with clashes where a warning has no reason (`override`).
    """
    try:
        with transaction.atomic():
            _one_at_a_time(plan)
            made = Enrollment.objects.filter(public_id=plan.public_id, program=plan.program)
            return made.first() or _enroll(plan, now, by)
    except NotKept as refused:
        raise CannotEnroll(refused.words) from refused
    except CannotSchedule as refused:
        raise CannotEnroll({"waits": [*_flat(refused.words)]}) from refused
    except IntegrityError as refused:
        # Somebody else was quicker between our question and our answer.
        raise CannotEnroll(
            {NON_FIELD_ERRORS: [_("This could not be kept. Look at the page and try again.")]}
        ) from refused


def _flat(words: Mapping[str, Iterable[object]]) -> list[str]:
    return [str(each) for said in words.values() for each in said]


def _one_at_a_time(plan: Plan) -> None:
    """Wait for the same plan, sent twice, to be done with the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [str(plan.public_id)])


def _enroll(plan: Plan, now: datetime, by: User | None) -> Enrollment:
    groups = lock_groups(*plan.groups, *plan.waits_for)
    is_over_seats = _take_seat(plan)
    is_new = _keep_person(plan, now, by)
    enrollment = _admit(plan)
    joined, waited_for = groups[: len(plan.groups)], groups[len(plan.groups) :]
    overridden = enter_groups(enrollment, joined, reason=plan.override, now=now, by=by)
    wait_for_groups(enrollment, waited_for, now=now, by=by)
    _keep_papers(plan, now, by)
    _take_step(enrollment, plan, now, by)
    EnrollmentDraft.objects.filter(public_id=plan.public_id, kept_by=by).delete()
    write_audit(
        "participant.enrolled",
        by=by,
        subject=enrollment,
        participant_id=plan.participant.public_id,
        program_id=plan.program.public_id,
        groups=len(joined),
        waits=len(waited_for),
        is_new=is_new,
        is_over_seats=is_over_seats,
        overridden=overridden,
    )
    return enrollment


def _keep_person(plan: Plan, now: datetime, by: User | None) -> bool:
    """Keep somebody new, and say whether they are; who may be the same goes to a director."""
    if plan.participant.pk is not None:
        return False
    keep(plan.participant)
    report_duplicates(entered=plan.participant, now=now, by=by, program=plan.program)
    return True


def _take_seat(plan: Plan) -> bool:
    """Lock the program while a seat of it is counted; return whether a reason goes over them."""
    program = lock_program(plan.program)
    if seats_in([program], first_on=plan.admitted_on)[program.pk]:
        return False
    if plan.over_seats.strip():
        return True
    words = ngettext(
        "The one seat of the program is taken from %(day)s. Put them on the waiting list, or say"
        " why one more may come in.",
        "All %(seats)s seats of the program are taken from %(day)s. Put them on the waiting list,"
        " or say why one more may come in.",
        program.seats,
    )
    said = words % {"seats": program.seats, "day": short_day(plan.admitted_on)}
    raise CannotEnroll({"over_seats": [said]})


def _admit(plan: Plan) -> Enrollment:
    enrollment = Enrollment(
        public_id=plan.public_id,
        participant=plan.participant,
        program=plan.program,
        admitted_on=plan.admitted_on,
        admission=plan.admission,
        came_from=plan.came_from,
        planned_discharge_on=plan.planned_discharge_on,
    )
    keep_episode(enrollment, otherwise="admitted_on")
    if plan.ordered_minutes:
        order = Order(
            enrollment=enrollment,
            effective_from=enrollment.admitted_on,
            minutes_per_week=plan.ordered_minutes,
            days_per_week=plan.ordered_days,
        )
        keep(order, otherwise="ordered_hours")
    return enrollment


def _keep_papers(plan: Plan, now: datetime, by: User | None) -> None:
    """Keep each answer: yes gives a consent that is not on record, no withdraws one that is."""
    whose: dict[str, Any] = {
        "person": plan.participant,
        "program": plan.program,
        "now": now,
        "by": by,
    }
    for channel, agrees in plan.consents.items():
        if not agrees:
            withdraw_consent(channel=channel, how=plan.taken_how, **whose)
            continue
        try:
            give_consent(channel=channel, taken_how=plan.taken_how, taken_by=by, **whose)
        except NotKept as refused:
            raise CannotEnroll({CONSENT_FIELDS[channel]: _flat(refused.words)}) from refused
    if plan.is_agreement_signed:
        _keep_agreement(plan, now, by)


def _keep_agreement(plan: Plan, now: datetime, by: User | None) -> None:
    """Keep the program agreement as signed on paper today, unless one is in force."""
    today = local_date(now, plan.program.zone)
    signed = agreements_of(plan.participant).in_force(today).filter(kind=AgreementKind.PROGRAM)
    if not signed.exists():
        add_agreement(
            person=plan.participant,
            facts=AgreementFacts(AgreementKind.PROGRAM, today, HowTaken.SIGNED),
            paper=None,
            public_id=uuid.uuid4(),
            program=plan.program,
            now=now,
            by=by,
        )


def _take_step(enrollment: Enrollment, plan: Plan, now: datetime, by: User | None) -> None:
    """Let the open call have led here, and keep the step."""
    call, came_from = lead_here(enrollment)
    is_begun = enrollment.admitted_on <= local_date(now, plan.program.zone)
    to = Standing.ACTIVE if is_begun else Standing.SCHEDULED
    step = Step(came_from, to, enrollment.admitted_on, now, by, plan.over_seats)
    write_step(step, referral=call, enrollment=enrollment)


CONSENT_FIELDS = {Channel.EMAIL: "email_consent", Channel.SMS: "sms_consent"}
