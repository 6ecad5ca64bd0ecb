"""Saves the next version of somebody's relapse prevention plan; none is ever changed."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, check, refused_by
from accounts.models import User
from attendance.models import RelapsePlan, RiskSituation, SupportContact
from attendance.relapse.content import TEXTS, PlanContent
from attendance.relapse.reading import latest_plan, next_number
from attendance.relapse.share import filled_of
from programs.models import Participant, Program

ONCE = "relapse_plan_version_once"


class SavedMeanwhile(Exception):
    """Somebody else has saved a version since this one was begun."""


def save_plan(
    *,
    person: Participant,
    program: Program,
    content: PlanContent,
    seen: uuid.UUID | None,
    now: datetime,
    by: User,
) -> RelapsePlan:
    """Save the next version; `seen` is the one it was written from, None where there was none.

    Raises SavedMeanwhile where that is no longer the latest, and NotKept.
    """
    latest = latest_plan(person)
    if seen != (latest.public_id if latest else None):
        raise SavedMeanwhile
    try:
        with transaction.atomic():
            plan = _stored(person, content, now, by)
            _write_audit(plan, program, content, by)
            return plan
    except IntegrityError as refused:
        if refused_by(refused) == ONCE:
            raise SavedMeanwhile from refused
        raise


def _stored(person: Participant, content: PlanContent, now: datetime, by: User) -> RelapsePlan:
    plan = RelapsePlan(
        participant=person,
        number=next_number(person),
        language=content.language,
        review_on=content.review_on,
        written_by=by,
        written_at=now,
        **{name: getattr(content, name).strip() for name in TEXTS},
    )
    if content.is_empty:
        raise NotKept({"reasons": [_("Nothing is filled in yet. Begin with any section.")]})
    # Two at once both pass a check for the number, and the database lets one of them in.
    plan.full_clean(validate_constraints=False)
    plan.save()
    for number, situation in enumerate(content.situations):
        _keep(RiskSituation(plan=plan, position=number, **_stripped(asdict(situation))))
    for number, contact in enumerate(content.contacts):
        _keep(SupportContact(plan=plan, position=number, **_stripped(asdict(contact))))
    return plan


def _stripped(texts: dict[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items()}


def _keep(row: models.Model) -> None:
    check(row)
    row.save()


def _write_audit(plan: RelapsePlan, program: Program, content: PlanContent, by: User) -> None:
    write_audit(
        "relapse_plan.saved",
        by=by,
        subject=plan,
        participant_id=plan.participant.public_id,
        program_id=program.public_id,
        version=plan.number,
        percent=filled_of(content).percent,
    )
