"""Reads the groups one can enroll into: their weekly slots, and who holds their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from groups.enrolling.offered import Counting, GroupSlots
from groups.enrolling.seats import Place, free_again_on, free_seats
from groups.models import GroupMembership, MeetingPattern, TherapyGroup, WaitingPlace
from programs.models import Count, GroupKind, HoursRule, Program


@dataclass(frozen=True)
class Choice:
    """A group, when it meets, and its seats for one stretch of dates.

    `waiting` is how many wait for a seat; what is free is theirs before it is anybody new's.
    """

    group: TherapyGroup
    slots: GroupSlots
    free: int
    free_again_on: date | None
    waiting: int = 0

    @property
    def key(self) -> int:
        return self.group.pk

    @property
    def is_free(self) -> bool:
        """Whether a seat is free that is nobody else's turn."""
        return self.free > self.waiting


def choices_of(program: Program, *, first_on: date, last_on: date | None) -> list[Choice]:
    """Return the program's groups that still meet on or after the first date, by name."""
    meeting = MeetingPattern.objects.meeting_since(first_on)
    groups = (
        TherapyGroup.objects.filter(program=program, patterns__in=meeting)
        .distinct()
        .order_by("name")
        .prefetch_related(Prefetch("patterns", meeting.order_by("weekday", "starts"), "coming"))
    )
    found = list(groups)
    taken = places_of([group.pk for group in found], since=first_on)
    planned = places_of([group.pk for group in found], since=first_on, as_planned=True)
    lines = lines_for([group.pk for group in found], first_on)
    return [
        Choice(
            group=group,
            slots=GroupSlots(group.name, group.kind, tuple(group.coming)),
            free=free_seats(group.capacity, taken[group.pk], first_on=first_on, last_on=last_on),
            free_again_on=free_again_on(
                group.capacity, planned[group.pk], first_on=first_on, last_on=last_on
            ),
            waiting=lines[group.pk],
        )
        for group in found
    ]


def places_of(
    groups: Collection[int], *, since: date, as_planned: bool = False
) -> dict[int, list[Place]]:
    """Return the places taken on or after a date, by group.

    As planned, a place also ends with its holder's planned discharge, which may still move.
    """
    places: dict[int, list[Place]] = {key: [] for key in groups}
    held = (
        GroupMembership.objects.lasting(since)
        .filter(group__in=groups)
        .values_list("group_id", "first_on", "last_on", "enrollment__planned_discharge_on")
    )
    for key, first_on, last_on, planned_on in held:
        ends_on = (last_on or planned_on) if as_planned else last_on
        if ends_on is None or ends_on >= first_on:
            places[key].append(Place(first_on, ends_on))
    return places


def lines_for(groups: Collection[int], day: date) -> Counter[int]:
    """Return how many wait for each group, without those discharged before the date."""
    waiting = WaitingPlace.objects.waiting().filter(group__in=groups)
    still = waiting.exclude(enrollment__discharged_on__lt=day)
    return Counter(still.values_list("group_id", flat=True))


def rule_on(program: Program, day: date) -> HoursRule | None:
    """Return the rule in effect on the date, if one is."""
    return HoursRule.objects.filter(program=program).in_effect_on(day).first()


def counting_of(rule: HoursRule | None) -> Counting:
    """Return how the rule counts; net minutes of every kind where no rule is in effect."""
    if rule is None:
        return Counting(Count.NET_MINUTES, list(GroupKind.values))
    return Counting(rule.count, rule.kinds_that_count)
