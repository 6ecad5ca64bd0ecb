"""What changes on somebody's way to a program: the first call, the waiting list, a decline."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.merging.actions import report_duplicates
from programs.models import (
    DeclineReason,
    Participant,
    Program,
    Referral,
    ReferralStatus,
    Standing,
)
from programs.referring.open_call import cannot_refer, is_enrolled
from programs.referring.steps import Step, may_follow, write_step
from programs.standing import REFERRAL_STANDING
from programs.weeks import local_date

STATUS_OF = {standing: status for status, standing in REFERRAL_STANDING.items()}


class CannotMove(Exception):
    """Why the step cannot be taken, in words."""


@dataclass(frozen=True)
class Call:
    """Everything a first call says; `public_id` is the referral's own, so that it is made once."""

    public_id: uuid.UUID
    program: Program
    participant: Participant
    source: str
    source_name: str = ""
    admission: str = "direct"
    came_from: str = ""
    wanted_on: date | None = None
    note: str = ""


def take_call(*, call: Call, waits: bool = False, now: datetime, by: User | None) -> Referral:
    """Keep who asks to come, with the person where they are new; all of it or nothing.

    With `waits` they go on the program's waiting list at once. The same call sent twice makes one
    referral. Raises NotKept with words by field.
    """
    try:
        with transaction.atomic():
            _one_at_a_time(call.public_id)
            made = Referral.objects.filter(public_id=call.public_id, program=call.program)
            return made.first() or _take(call, waits, now, by)
    except IntegrityError as refused:
        # Somebody else was quicker between our question and our answer.
        words = _("This could not be kept. Look at the page and try again.")
        raise NotKept({NON_FIELD_ERRORS: [words]}) from refused


def move_referral(
    *,
    referral: Referral,
    to: Standing,
    decline_reason: str = "",
    note: str = "",
    now: datetime,
    by: User | None,
) -> None:
    """Take one step of the table: on the waiting list or off it, declined or reopened.

    Where it stands there already nothing is written: two who do the same at once do it once.
    Raises CannotMove with words.
    """
    came_from = _standing(referral)
    if came_from == to:
        return
    if to not in STATUS_OF or not may_follow(came_from, to):
        raise CannotMove(_not_in_the_table(came_from, to))
    if (to == Standing.DECLINED) is not (decline_reason in DeclineReason.values):
        raise CannotMove(_("Who is declined is declined for a reason."))
    program, today = referral.program, local_date(now, referral.program.zone)
    if came_from == Standing.DECLINED and is_enrolled(referral.participant, program, today):
        raise CannotMove(_("They are enrolled in this program."))
    with transaction.atomic():
        if _moved(referral, to, decline_reason, now):
            _write(referral, Step(came_from, to, today, now, by, note))


def _one_at_a_time(public_id: uuid.UUID) -> None:
    """Wait for the same call, sent twice, to be done with the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [str(public_id)])


def _take(call: Call, waits: bool, now: datetime, by: User | None) -> Referral:
    person, is_new = call.participant, call.participant.pk is None
    today = local_date(now, call.program.zone)
    if is_new:
        keep(person)
        report_duplicates(entered=person, now=now, by=by, program=call.program)
    elif words := cannot_refer(person, call.program, today):
        raise NotKept({NON_FIELD_ERRORS: [words]})
    to = Standing.WAITLISTED if waits else Standing.REFERRED
    referral = _referral(call, to, today, now)
    keep(referral)
    _write(referral, Step("", to, today, now, by), "referral.taken", is_new=is_new)
    return referral


def _referral(call: Call, to: Standing, today: date, now: datetime) -> Referral:
    return Referral(
        public_id=call.public_id,
        participant=call.participant,
        program=call.program,
        status=STATUS_OF[to],
        referred_on=today,
        source=call.source,
        source_name=call.source_name,
        admission=call.admission,
        came_from=call.came_from,
        wanted_on=call.wanted_on,
        waitlisted_at=now if to == Standing.WAITLISTED else None,
        note=call.note,
    )


def _standing(referral: Referral) -> str:
    """Return where the referral stands; of one who is enrolled only that it led there."""
    status = ReferralStatus(referral.status)
    return REFERRAL_STANDING.get(status, status.value)


def _not_in_the_table(came_from: str, to: str) -> str:
    labels = dict(ReferralStatus.choices) | dict(Standing.choices)
    words = _("“%(now)s” cannot become “%(then)s”.")
    return words % {"now": labels[came_from], "then": labels.get(to, to)}


def _moved(referral: Referral, to: Standing, decline_reason: str, now: datetime) -> bool:
    """Move it if it still stands where it was read; False where it got there without us."""
    facts: dict[str, Any] = {"status": STATUS_OF[to], "decline_reason": decline_reason}
    if to != Standing.DECLINED:
        facts["waitlisted_at"] = now if to == Standing.WAITLISTED else None
    rows = Referral.objects.filter(pk=referral.pk, status=referral.status)
    try:
        with transaction.atomic():
            moved = rows.update(**facts)
    except IntegrityError as refused:
        raise CannotMove(_("They are referred to this program again already.")) from refused
    referral.refresh_from_db()
    if not moved and referral.status != STATUS_OF[to]:
        words = _("Somebody else was quicker: it says “%(status)s” now.")
        raise CannotMove(words % {"status": referral.get_status_display()})
    return bool(moved)


def _write(referral: Referral, step: Step, verb: str = "referral.moved", **detail: Any) -> None:
    """Keep the step, and put it on the trail."""
    write_step(step, referral=referral)
    write_audit(
        verb,
        by=step.by,
        subject=referral,
        participant_id=referral.participant.public_id,
        program_id=referral.program.public_id,
        came_from=step.came_from,
        to=step.to,
        **detail,
    )
