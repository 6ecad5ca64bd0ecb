"""Whose offered hours a change of the calendar alters, week by week, and to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from groups.models import TherapyGroup
from groups.schedule.edit import Edit
from groups.schedule.offered_rows import OfferedSession, WeekRules, offered_sessions
from groups.schedule.people import expected_at
from groups.schedule.proposal import Proposal, proposals_of
from programs.models import Enrollment
from programs.weeks import Week

Minutes = dict[date, int]


@dataclass(frozen=True)
class OfferedChange:
    """One enrollment's offered minutes in one week, by date, before and after.

    They are counted as the rule of that week counts. `required` is the order in force, else the
    rule's minimum; None where no rule covers the week.
    """

    enrollment: Enrollment  # with its participant
    week_on: date
    before: Minutes
    after: Minutes
    required: int | None

    @property
    def minutes_before(self) -> int:
        return sum(self.before.values())

    @property
    def minutes_after(self) -> int:
        return sum(self.after.values())

    @property
    def is_short(self) -> bool:
        """Whether the week offers less than required."""
        return self.required is not None and self.minutes_after < self.required

    @property
    def falls_short(self) -> bool:
        """Whether the week offers less than required, and did not before."""
        return self.is_short and self.minutes_before >= (self.required or 0)


@dataclass(frozen=True)
class OfferedDates:
    """What one enrollment is offered by date, before and after, some days around included."""

    enrollment: Enrollment
    before: Minutes
    after: Minutes


@dataclass(frozen=True)
class OfferedReading:
    """What an edit does to the offered hours of those it touches."""

    people: Sequence[OfferedDates] = ()
    weeks: Sequence[Week] = ()
    rules: WeekRules | None = field(default=None)

    @property
    def changes(self) -> list[OfferedChange]:
        """The weeks that differ, by week and name."""
        found = [change for each in self.people for change in self.changes_of(each)]
        return sorted(found, key=_by_week_and_name)

    def changes_of(self, person: OfferedDates) -> Iterable[OfferedChange]:
        """Yield the weeks of one person that differ."""
        for week in self.weeks:
            before, after = (_in_week(each, week) for each in (person.before, person.after))
            if before != after and self.rules is not None:
                enrollment = person.enrollment
                required = self.rules.required(enrollment.pk, enrollment.admitted_on, week)
                yield OfferedChange(enrollment, week.first_on, before, after, required)


def offered_changes(edit: Edit) -> Sequence[OfferedChange]:
    """Return the weeks of people whose offered minutes differ after the edit, by week and name.

    A fixed number of statements, however many people and weeks.
    """
    return read_offered(edit, margin=0).changes


def read_offered(edit: Edit, *, margin: int) -> OfferedReading:
    """Return the offered minutes of everybody whom the edit touches, `margin` days around too."""
    stored, held = proposals_of(edit.touched), edit.held
    here = expected_at([*stored, *held])
    enrollments = _enrollments(edit, here)
    if not enrollments:
        return OfferedReading()
    rules = WeekRules(edit.program, enrollments)
    days = {each.held_on for each in (*stored, *held)}
    weeks = sorted({rules.week_of(day) for day in days}, key=lambda week: week.first_on)
    dates = (weeks[0].first_on - timedelta(margin), weeks[-1].last_on + timedelta(margin))
    sums = _Sums(rules)
    for session in offered_sessions(enrollments, *dates):
        sums.add_stored(session, stays=session.session not in edit.touched)
    sums.add_held(held, here[len(stored) :])
    people = [
        OfferedDates(each, _some(sums.before[key]), _some(sums.after[key]))
        for key, each in enrollments.items()
    ]
    return OfferedReading(people, weeks, rules)


def _enrollments(edit: Edit, here: Sequence[frozenset[int]]) -> dict[int, Enrollment]:
    """Return the enrollments of the edit's program among those expected, by key."""
    touched = frozenset[int]().union(*here)
    found = Enrollment.objects.filter(pk__in=touched, program=edit.program)
    return {each.pk: each for each in found.select_related("participant")}


class _Sums:
    """Offered minutes by enrollment and date, before and after."""

    def __init__(self, rules: WeekRules) -> None:
        self.rules = rules
        self.before: dict[int, Minutes] = defaultdict(lambda: defaultdict(int))
        self.after: dict[int, Minutes] = defaultdict(lambda: defaultdict(int))

    def add_stored(self, session: OfferedSession, *, stays: bool) -> None:
        span = (session.starts_at, session.ends_at)
        minutes = self.rules.minutes(session.held_on, session.kind, span, session.breaks)
        self.before[session.enrollment][session.held_on] += minutes
        if stays:
            self.after[session.enrollment][session.held_on] += minutes

    def add_held(self, held: Sequence[Proposal], here: Sequence[frozenset[int]]) -> None:
        groups = TherapyGroup.objects.filter(pk__in={each.group for each in held})
        kinds = dict(groups.values_list("pk", "kind"))
        for proposal, expected in zip(held, here, strict=True):
            span = (proposal.starts_at, proposal.ends_at)
            kind = kinds[proposal.group]
            minutes = self.rules.minutes(proposal.held_on, kind, span, proposal.breaks)
            for enrollment in expected:
                self.after[enrollment][proposal.held_on] += minutes


def _by_week_and_name(change: OfferedChange) -> tuple[date, str, str, int]:
    person = change.enrollment.participant
    return (change.week_on, person.last_name, person.first_name, person.pk)


def _some(minutes: Minutes) -> Minutes:
    """Return the dates on which anything is offered."""
    return {day: amount for day, amount in sorted(minutes.items()) if amount}


def _in_week(minutes: Minutes, week: Week) -> Minutes:
    return {day: amount for day, amount in minutes.items() if week.first_on <= day <= week.last_on}
