"""What a planned change would do, before anything is saved: clashes, and whose hours change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from groups.models import ClashKind
from groups.schedule.clashes import Clash, clashes_of
from groups.schedule.edit import Edit
from groups.schedule.offered_change import (
    OfferedChange,
    OfferedDates,
    OfferedReading,
    read_offered,
)
from groups.schedule.proposal import proposals_of
from groups.schedule.staff_facts import ScheduleRules
from programs.models import ScheduleRule


@dataclass(frozen=True)
class Preview:
    """An edit with what it runs into and whose offered weeks it alters."""

    edit: Edit
    clashes: Sequence[Clash]
    offered: Sequence[OfferedChange]

    @property
    def hard(self) -> list[Clash]:
        """What stops it."""
        return [each for each in self.clashes if each.is_hard]

    @property
    def soft(self) -> list[Clash]:
        """What it may do all the same, with a reason."""
        return [each for each in self.clashes if not each.is_hard]


def preview_of(edit: Edit) -> Preview:
    """Return the edit's preview; a warning that stands already, change or not, is left out.

    A fixed number of statements, however many sessions and people.
    """
    rules = ScheduleRules(edit.program)
    offered = read_offered(edit, margin=rules.widest_gap)
    standing = {each.key for each in _standing(edit)}
    fresh = [
        each
        for each in clashes_of(edit.held, program=edit.program, replaced=edit.touched)
        if each.is_hard or each.key not in standing
    ]
    weeks = [clash for person in offered.people for clash in _of_person(person, offered, rules)]
    return Preview(edit, [*fresh, *weeks], offered.changes)


def _standing(edit: Edit) -> list[Clash]:
    """Return what the sessions run into as they stand."""
    held = {each.key for each in edit.held if each.key is not None}
    return clashes_of(proposals_of(held), program=edit.program)


def _of_person(
    person: OfferedDates, offered: OfferedReading, rules: ScheduleRules
) -> Iterator[Clash]:
    """Yield what the change makes of somebody's days and weeks that the rules do not want."""
    yield from _day_lengths(person, rules)
    yield from _gaps(person, rules)
    for change in offered.changes_of(person):
        yield from _week_days(change, rules)
        if change.falls_short:
            yield _about(
                ClashKind.SHORT_WEEK,
                person,
                change.week_on,
                minutes=change.minutes_after,
                required=change.required or 0,
            )


def _about(kind: ClashKind, person: OfferedDates, day: date, **numbers: int | str) -> Clash:
    return Clash(kind, day, person=person.enrollment.participant, numbers=numbers)


def _day_lengths(person: OfferedDates, rules: ScheduleRules) -> Iterator[Clash]:
    for day, minutes in person.after.items():
        rule = rules.on(day)
        is_new = minutes != person.before.get(day)
        if (
            rule
            and is_new
            and _outside(minutes, rule.min_minutes_per_day, rule.max_minutes_per_day)
        ):
            limits = _limits(rule.min_minutes_per_day, rule.max_minutes_per_day)
            yield _about(ClashKind.DAY_MINUTES, person, day, minutes=minutes, **limits)


def _week_days(change: OfferedChange, rules: ScheduleRules) -> Iterator[Clash]:
    rule = rules.on(change.week_on)
    if rule is None:
        return
    before, after = len(change.before), len(change.after)
    limits = (rule.min_days_per_week, rule.max_days_per_week)
    if after != before and after and _outside(after, *limits):
        person = OfferedDates(change.enrollment, change.before, change.after)
        found = _about(ClashKind.WEEK_DAYS, person, change.week_on, days=after, **_limits(*limits))
        yield found


def _gaps(person: OfferedDates, rules: ScheduleRules) -> Iterator[Clash]:
    """Yield the stretches between two offered days that have become too long."""
    known = set(pairwise(person.before))
    for before, after in pairwise(person.after):
        rule: ScheduleRule | None = rules.on(before)
        most = (rule.max_gap_days if rule else None) or 0
        days = (after - before).days
        if most and days > most and (before, after) not in known:
            yield _about(ClashKind.GAP, person, before, days=days, most=most, until=str(after))


def _outside(amount: int, least: int | None, most: int | None) -> bool:
    return (least is not None and amount < least) or (most is not None and amount > most)


def _limits(least: int | None, most: int | None) -> dict[str, int | str]:
    """Return the limits there are, by name."""
    named = {"least": least, "most": most}
    return {name: value for name, value in named.items() if value is not None}
