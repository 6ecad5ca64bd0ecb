"""What changes in a plan of care: orders, goals, certifications, determinations, what is planned.

Each locks its episode first, so that two people's changes follow one another.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from programs.constraint_words import keep_at
from programs.models import Certification, Enrollment, Goal, LevelOfCareDetermination, Order
from programs.models.plan_of_care import due_after
from programs.plan.wording import day_words


@dataclass(frozen=True)
class AdmissionFacts:
    """How somebody came in, from which care, and until when they are planned to stay."""

    admission: str
    came_from: str
    planned_discharge_on: date | None


@transaction.atomic
def change_admission(*, enrollment: Enrollment, facts: AdmissionFacts, by: User | None) -> None:
    """Keep the facts; writes nothing where none differs. Raises NotKept."""
    stored = _lock(enrollment)
    wanted = asdict(facts)
    changed = sorted(name for name, value in wanted.items() if getattr(stored, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(stored, name, wanted[name])
    places = {
        "enrollment_came_from_fits": "came_from",
        "enrollment_planned_after_admitted": "planned_discharge_on",
    }
    keep_at(stored, places)
    _audit("enrollment.changed", stored, stored, by, fields=changed)


@transaction.atomic
def add_order(
    *,
    enrollment: Enrollment,
    effective_from: date,
    minutes_per_week: int,
    days_per_week: int | None,
    today: date,
    by: User | None,
) -> tuple[Order, int | None]:
    """Add an order from a date on; one of that date that is not past is replaced.

    Return the order, and the minutes it said before where it was replaced. Raises NotKept.
    """
    stored = _lock(enrollment)
    _order_may_begin(stored, effective_from, today)
    order = Order.objects.filter(enrollment=stored, effective_from=effective_from).first()
    before = order.minutes_per_week if order else None
    order = order or Order(enrollment=stored, effective_from=effective_from)
    order.minutes_per_week, order.days_per_week = minutes_per_week, days_per_week
    keep(order, otherwise="days_per_week")
    said = {"minutes_per_week": minutes_per_week, "days_per_week": days_per_week}
    verb = "order.added" if before is None else "order.replaced"
    _audit(verb, stored, order, by, effective_from=effective_from.isoformat(), **said)
    return order, before


def _order_may_begin(enrollment: Enrollment, effective_from: date, today: date) -> None:
    """Refuse a date outside the episode, and one on or before an order that is past."""
    if effective_from < enrollment.admitted_on:
        words = _("An order begins on or after the admission, %(day)s.")
        _refuse("effective_from", words % {"day": day_words(enrollment.admitted_on)})
    if enrollment.discharged_on and effective_from > enrollment.discharged_on:
        words = _("An order begins on or before the last day, %(day)s.")
        _refuse("effective_from", words % {"day": day_words(enrollment.discharged_on)})
    past = enrollment.orders.filter(effective_from__lt=today).order_by("effective_from").last()
    if past and effective_from <= past.effective_from:
        words = _("The order from %(day)s has begun and stays as it is. Enter a later date.")
        _refuse("effective_from", words % {"day": day_words(past.effective_from)})


@transaction.atomic
def add_goal(
    *, enrollment: Enrollment, text: str, set_on: date, target_on: date | None, by: User | None
) -> Goal:
    """Add a goal. Raises NotKept."""
    stored = _lock(enrollment)
    goal = Goal(enrollment=stored, text=text, set_on=set_on, target_on=target_on, set_by=by)
    keep_at(goal, {"goal_has_text": "text", "goal_target_after_set": "target_on"})
    target = target_on.isoformat() if target_on else None
    _audit("goal.added", stored, goal, by, set_on=set_on.isoformat(), target_on=target)
    return goal


@transaction.atomic
def close_goal(*, goal: Goal, outcome: str, ended_on: date, by: User | None) -> None:
    """Close a goal, with what came of it. Raises NotKept."""
    enrollment = _lock(goal.enrollment)
    stored = Goal.objects.get(pk=goal.pk)
    if stored.ended_on:
        _refuse(NON_FIELD_ERRORS, _("Somebody has closed this goal in the meantime."))
    stored.outcome, stored.ended_on = outcome, ended_on
    keep(stored, otherwise="ended_on")
    _audit("goal.closed", enrollment, stored, by, outcome=outcome, ended_on=ended_on.isoformat())


@transaction.atomic
def reopen_goal(*, goal: Goal, by: User | None) -> None:
    """Take back that a goal was closed; one that is open stays so."""
    enrollment = _lock(goal.enrollment)
    stored = Goal.objects.get(pk=goal.pk)
    if not stored.ended_on:
        return
    stored.outcome, stored.ended_on = "", None
    keep(stored)
    _audit("goal.reopened", enrollment, stored, by)


@transaction.atomic
def add_certification(
    *,
    enrollment: Enrollment,
    signed_on: date,
    signed_by_name: str,
    due_on: date | None,
    by: User | None,
) -> Certification:
    """Put a certification on record; without `due_on` the next is due 60 days later.

    Raises NotKept.
    """
    stored = _lock(enrollment)
    row = Certification(
        enrollment=stored,
        signed_on=signed_on,
        due_on=due_on or due_after(signed_on),
        signed_by_name=signed_by_name,
        entered_by=by,
    )
    places = {
        "certification_due_after_signed": "due_on",
        "certification_once_a_day": "signed_on",
    }
    keep_at(row, places)
    days = {"signed_on": signed_on.isoformat(), "due_on": row.due_on.isoformat()}
    _audit("certification.added", stored, row, by, **days)
    return row


@transaction.atomic
def withdraw_certification(*, certification: Certification, now: datetime, by: User | None) -> None:
    """Take a certification that was a mistake off the plan; who and when stay on record."""
    _withdraw("certification.withdrawn", certification, now, by)


@transaction.atomic
def add_determination(
    *, enrollment: Enrollment, determination: LevelOfCareDetermination, by: User | None
) -> None:
    """Put a level-of-care determination on record. Raises NotKept."""
    stored = _lock(enrollment)
    determination.enrollment, determination.determined_by = stored, by
    keep(determination, otherwise="determined_on")
    _audit(
        "determination.added",
        stored,
        determination,
        by,
        determined_on=determination.determined_on.isoformat(),
        edition=determination.edition,
        rated=sum(rating is not None for rating in determination.ratings),
    )


@transaction.atomic
def withdraw_determination(
    *, determination: LevelOfCareDetermination, now: datetime, by: User | None
) -> None:
    """Take a determination that was a mistake off the plan; who and when stay on record."""
    _withdraw("determination.withdrawn", determination, now, by)


def _withdraw(
    verb: str,
    row: Certification | LevelOfCareDetermination,
    now: datetime,
    by: User | None,
) -> None:
    """Mark the row withdrawn; where somebody was first, they stay on record."""
    enrollment = _lock(row.enrollment)
    row.refresh_from_db()
    if row.withdrawn_at:
        return
    row.withdrawn_at, row.withdrawn_by = now, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _audit(verb, enrollment, row, by)


def _lock(enrollment: Enrollment) -> Enrollment:
    """Return the episode as it is stored now, once it is ours to change."""
    locked = Enrollment.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("participant", "program").get(pk=enrollment.pk)


def _refuse(field: str, words: str) -> None:
    raise NotKept({field: [words]})


def _audit(verb: str, enrollment: Enrollment, subject: Any, by: User | None, **detail: Any) -> None:
    write_audit(
        verb,
        by=by,
        subject=subject,
        participant_id=enrollment.participant.public_id,
        program_id=enrollment.program.public_id,
        **detail,
    )
