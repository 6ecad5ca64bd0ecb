"""Reads where groups stand in their rotations: order, what was taught, what is planned."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from curriculum.models import Lesson, Prerequisite
from groups.counting import Span, counted
from groups.models import (
    GroupSession,
    OnCancel,
    Rotation,
    RotationLesson,
    SessionLesson,
    SessionStatus,
    TherapyGroup,
)
from groups.rotation.flow import Key, Slot
from groups.rotation.plan import GroupPlan, Heard
from programs.models.rule import Count

Row = Mapping[str, Any]


def plans_of(groups: Collection[Key], now: datetime) -> dict[Key, GroupPlan]:
    """Return the plan of each group (keys); six queries, however many groups."""
    rotations = {each.group_id: each for each in Rotation.objects.filter(group__in=groups)}
    orders, sessions, rows = _orders(rotations.values()), _coming(groups, now), _rows(groups)
    spoken = {key for keys in orders.values() for key in keys}
    spoken |= {row["lesson"] for found in rows.values() for row in found}
    lessons, needs = Lesson.objects.in_bulk(spoken), needs_of(spoken)
    plans = {}
    for group in groups:
        rotation = rotations.get(group)
        order = orders.get(rotation.pk, ()) if rotation else ()
        plan = _plan(rotation, order, sessions.get(group, ()), rows.get(group, ()))
        plans[group] = plan.knowing(lessons.values(), needs)
    return plans


def plan_of(group: TherapyGroup, now: datetime) -> GroupPlan:
    """Return the group's plan."""
    return plans_of([group.pk], now)[group.pk]


def plan_seen(group: TherapyGroup, now: datetime) -> str:
    """Return what tells this plan from any other one, with the moment it was seen at."""
    return seen_of(plan_of(group, now), now)


def seen_of(plan: GroupPlan, now: datetime) -> str:
    """Return what `plan_seen` does, of a plan that was read already."""
    said = repr((plan.order, plan.on_cancel, plan.is_repeating, plan.slots, plan.past))
    return f"{int(now.timestamp())}.{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def needs_of(lessons: Collection[Key]) -> dict[Key, frozenset[Key]]:
    """Return the prerequisites of each lesson (keys) that has some; one query."""
    found: dict[Key, set[Key]] = defaultdict(set)
    rows = Prerequisite.objects.filter(lesson__in=lessons)
    for lesson, needed in rows.values_list("lesson", "needs"):
        found[lesson].add(needed)
    return {lesson: frozenset(needed) for lesson, needed in found.items()}


def net_minutes(starts_at: datetime, ends_at: datetime, breaks: Iterable[Span]) -> int:
    """Return how long a session is without its breaks."""
    return counted([(starts_at, ends_at)], breaks, Count.NET_MINUTES)


def _orders(rotations: Iterable[Rotation]) -> dict[Key, tuple[Key, ...]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    rows = RotationLesson.objects.filter(rotation__in=[each.pk for each in rotations])
    for rotation, lesson in rows.order_by("position", "pk").values_list("rotation", "lesson"):
        found[rotation].append(lesson)
    return {rotation: tuple(lessons) for rotation, lessons in found.items()}


def _coming(groups: Collection[Key], now: datetime) -> dict[Key, list[GroupSession]]:
    held = GroupSession.objects.in_calendar().filter(group__in=groups, starts_at__gt=now)
    found: dict[Key, list[GroupSession]] = defaultdict(list)
    for each in held.order_by("starts_at", "pk"):
        found[each.group_id].append(each)
    return found


def _rows(groups: Collection[Key]) -> dict[Key, list[Row]]:
    """Return what stands in each group's sessions, planned or taught, the earliest first."""
    standing = SessionLesson.objects.standing().filter(session__group__in=groups)
    held = standing.exclude(session__status=SessionStatus.WITHDRAWN)
    named = held.order_by("session__starts_at", "session", "position", "pk").values(
        *("session", "lesson", "is_fixed", "taught_at", "session__group"),
        *("session__starts_at", "session__status", "session__teaching"),
    )
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in named:
        found[row["session__group"]].append(row)
    return found


def _plan(
    rotation: Rotation | None,
    order: tuple[Key, ...],
    sessions: Iterable[GroupSession],
    rows: Sequence[Row],
) -> GroupPlan:
    taught = {row["session"] for row in rows if row["taught_at"]}
    coming = {each.pk: each for each in sessions if each.pk not in taught}
    mine: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        mine[row["session"]].append(row)
    return GroupPlan(
        rotation=rotation,
        order=order,
        on_cancel=rotation.on_cancel if rotation else OnCancel.SHIFT,
        is_repeating=rotation.is_repeating if rotation else True,
        sessions=coming,
        slots=tuple(_slot(each, mine[each.pk]) for each in coming.values()),
        past=tuple(_past(rows, coming)),
    )


def _slot(session: GroupSession, rows: Sequence[Row]) -> Slot:
    return Slot(
        session=session.pk,
        starts_at=session.starts_at,
        minutes=net_minutes(session.starts_at, session.ends_at, session.breaks),
        is_cancelled=session.status == SessionStatus.CANCELLED,
        planned=tuple(row["lesson"] for row in rows),
        fixed=tuple(row["lesson"] for row in rows if row["is_fixed"]),
    )


def _past(rows: Iterable[Row], coming: Collection[Key]) -> Iterable[Heard]:
    """Yield what had its turn: taught; planned, until somebody says what was taught; passed."""
    for row in rows:
        was_cancelled = row["session__status"] == SessionStatus.CANCELLED
        is_answered = not row["taught_at"] and row["session__teaching"] is not None
        if row["session"] in coming or is_answered:
            continue
        yield Heard(
            session=row["session"],
            lesson=row["lesson"],
            starts_at=row["session__starts_at"],
            is_taught=bool(row["taught_at"]) or not was_cancelled,
            is_by_hand=row["is_fixed"],
        )
