"""Somebody's plan out of the database: the latest version, and all there are."""

from __future__ import annotations

import uuid

from django.db.models import Max, Q
from django.http import Http404

from accounts.models import User
from attendance.models import RelapsePlan
from attendance.models.relapse_plan import RelapsePlanQuerySet
from programs.models import Participant


def plans_of(person: Participant) -> RelapsePlanQuerySet:
    """Return every version, the latest first; also those of records that are duplicates."""
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    return RelapsePlan.objects.filter(theirs).order_by("-written_at", "-number", "-pk")


def latest_plan(person: Participant) -> RelapsePlan | None:
    """Return the version that holds now, with its parts; three statements."""
    whole = plans_of(person).select_related("written_by")
    return whole.prefetch_related("situations", "contacts").first()


def plan_of(user: User, person: Participant, plan_id: uuid.UUID) -> RelapsePlan:
    """Return that version of the person's plan with its parts, or raise Http404."""
    whole = plans_of(person).select_related("written_by")
    found = whole.filter(pk__in=RelapsePlan.objects.visible_to(user).values("pk"))
    plan = found.prefetch_related("situations", "contacts").filter(public_id=plan_id).first()
    if plan is None:
        raise Http404
    return plan


def version_before(person: Participant, plan: RelapsePlan) -> RelapsePlan | None:
    """Return the version that held before this one, with its parts; None of the first."""
    same_moment = Q(written_at=plan.written_at, number__lt=plan.number)
    earlier = plans_of(person).filter(Q(written_at__lt=plan.written_at) | same_moment)
    return earlier.prefetch_related("situations", "contacts").first()


def next_number(person: Participant) -> int:
    """Return the number of the version that comes next."""
    return (plans_of(person).aggregate(last=Max("number"))["last"] or 0) + 1
