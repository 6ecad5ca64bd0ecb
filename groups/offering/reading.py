"""Reads what is to be held: stored sessions, and those that the weekly slots will still make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q

from curriculum.models import Track
from groups.meeting_dates import dates_of, meeting_on
from groups.models import (
    GroupSession,
    MeetingPattern,
    RotationLesson,
    SessionStatus,
    TherapyGroup,
)
from groups.offering.gap import Untaught
from groups.offering.weeks import Offer
from groups.schedule.placing import closed_dates
from programs.models import GroupKind, HoursRule, Program
from programs.weeks import Week, local_date

WEEKS = 16


@dataclass(frozen=True)
class Offered:
    """The weeks, each with its rule and its sessions; and the groups that have any, by key."""

    weeks: tuple[Week, ...]
    rules: tuple[HoursRule | None, ...]
    offers: tuple[tuple[Offer, ...], ...]
    groups: dict[int, TherapyGroup]


def read_offered(program: Program, *, since: date | None, now: datetime) -> Offered:
    """Return sixteen weeks of the program; six statements.

    They begin with the week of `since`, else with the first one from this week on in which
    anything is held.
    """
    today = local_date(now, program.zone)
    groups = {each.pk: each for each in _groups(program)}
    first = program.week_of(since or today).first_on
    until = first + timedelta(weeks=2 * WEEKS)
    found = [*_stored(groups, first, until), *_to_come(program, groups, first, until, today)]
    if since is None and found:
        earliest = min(local_date(each.starts_at, program.zone) for each in found)
        first = program.week_of(earliest).first_on
    weeks = tuple(program.week_of(first + timedelta(weeks=number)) for number in range(WEEKS))
    rules = _rules(program, weeks)
    by_week = _by_week(program, found)
    return Offered(
        weeks=weeks,
        rules=rules,
        offers=tuple(
            tuple(each for each in by_week[week.first_on] if _counts(groups[each.group], rule))
            for week, rule in zip(weeks, rules, strict=True)
        ),
        groups=groups,
    )


def untaught_tracks(program: Program, *, today: date) -> list[Untaught]:
    """Return the tracks of the library that no group with a slot to come teaches; one statement."""
    meeting = MeetingPattern.objects.meeting_since(today)
    taught = TherapyGroup.objects.filter(teaches=OuterRef("pk"), patterns__in=meeting)
    turned = RotationLesson.objects.filter(
        lesson__module__track=OuterRef("pk"), rotation__group__patterns__in=meeting
    )
    in_use = Q(modules__lessons__retired_at=None)
    tracks = (
        Track.objects.filter(in_use, program=program, modules__lessons__isnull=False)
        .exclude(Exists(taught))
        .exclude(Exists(turned))
        .annotate(longest=Max("modules__lessons__minutes", filter=in_use))
        .order_by("position", "name")
    )
    return [Untaught(each.name, each.longest) for each in tracks]


def _groups(program: Program) -> Iterable[TherapyGroup]:
    ours = TherapyGroup.objects.filter(program=program)
    return ours.exclude(kind=GroupKind.INDIVIDUAL).order_by("name")


def _stored(groups: dict[int, TherapyGroup], first: date, until: date) -> list[Offer]:
    held = GroupSession.objects.filter(
        group__in=groups, held_on__gte=first, held_on__lt=until, status=SessionStatus.SCHEDULED
    )
    return [
        Offer(each.group_id, each.starts_at, each.ends_at, tuple(each.breaks))
        for each in held.order_by("starts_at")
    ]


def _to_come(
    program: Program, groups: dict[int, TherapyGroup], first: date, until: date, today: date
) -> list[Offer]:
    """Return the meetings past the horizon, to which no session is made yet."""
    horizon = today + timedelta(weeks=settings.SESSION_HORIZON_WEEKS)
    begins = max(first, horizon + timedelta(days=1))
    slots = MeetingPattern.objects.meeting_since(begins).filter(group__in=groups)
    made = _made(slots, begins)
    closed = closed_dates(program, begins, until)
    meetings = [
        (slot.group_id, meeting_on(slot, day, program.zone))
        for slot in slots
        for day in dates_of(slot, until=min(until, slot.last_on or until))
        if begins <= day < until and day not in closed and (slot.pk, day) not in made
    ]
    return [
        Offer(group, meeting.starts_at, meeting.ends_at, meeting.breaks)
        for group, meeting in meetings
        if meeting.starts_at < meeting.ends_at
    ]


def _made(slots: Iterable[MeetingPattern], begins: date) -> set[tuple[int | None, date | None]]:
    """Return which dates of the slots have a session already, held or not."""
    sessions = GroupSession.objects.filter(pattern__in=slots, slot_on__gte=begins)
    return set(sessions.values_list("pattern", "slot_on"))


def _rules(program: Program, weeks: Sequence[Week]) -> tuple[HoursRule | None, ...]:
    """Return the rule in effect on the first date of each week."""
    rules = list(HoursRule.objects.filter(program=program).order_by("-effective_from"))
    return tuple(
        next((rule for rule in rules if rule.effective_from <= week.first_on), None)
        for week in weeks
    )


def _by_week(program: Program, offers: Iterable[Offer]) -> dict[date, list[Offer]]:
    found: dict[date, list[Offer]] = defaultdict(list)
    for each in offers:
        day = local_date(each.starts_at, program.zone)
        found[program.week_of(day).first_on].append(each)
    return found


def _counts(group: TherapyGroup, rule: HoursRule | None) -> bool:
    return rule is None or rule.counts is None or group.kind in rule.counts
