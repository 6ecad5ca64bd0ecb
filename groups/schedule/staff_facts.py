"""Whether somebody may and can lead a session: credential, leave, hours. Read once, asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from accounts.models import License
from groups.models import ClashKind
from programs.models import Availability, Program, RequiredCredential, ScheduleRule, StaffLeave


@dataclass(frozen=True)
class StaffFacts:
    """The licenses, leaves and hours of some users, by user."""

    licenses: dict[int, list[License]]
    leaves: dict[int, list[StaffLeave]]
    hours: dict[int, list[Availability]]
    has_hours: frozenset[int]

    def is_away(self, user: int, day: date) -> bool:
        return any(_covers(each, day) for each in self.leaves.get(user, ()))

    def is_available(
        self, user: int, starts_at: datetime, ends_at: datetime, zone: ZoneInfo
    ) -> bool:
        """Whether hours on record cover the session; who has none can lead at any time."""
        if user not in self.has_hours:
            return True
        start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
        covered = start.time()
        for each in self.hours.get(user, ()):  # by start
            fits = each.weekday == start.weekday() and _covers(each, start.date())
            if fits and each.starts <= covered:
                covered = max(covered, each.ends)
        return covered >= end.time()

    def holds(self, user: int, credentials: Collection[str], day: date) -> bool:
        """Whether one of the credentials is licensed on the date; any person will do for none."""
        return not credentials or any(
            each.credential.casefold() in {name.casefold() for name in credentials}
            and (each.first_on is None or each.first_on <= day)
            and (each.expires_on is None or day <= each.expires_on)
            for each in self.licenses.get(user, ())
        )


def _covers(row: StaffLeave | Availability, day: date) -> bool:
    return row.first_on <= day and (row.last_on is None or day <= row.last_on)


def staff_facts(users: Collection[int], first_on: date, last_on: date) -> StaffFacts:
    """Return what is on record of these users for these dates (both included); three statements."""
    licenses: dict[int, list[License]] = defaultdict(list)
    leaves: dict[int, list[StaffLeave]] = defaultdict(list)
    hours: dict[int, list[Availability]] = defaultdict(list)
    for license_ in License.objects.on_record().filter(user__in=users):
        licenses[license_.user_id].append(license_)
    for leave in StaffLeave.objects.filter(user__in=users).between(first_on, last_on):
        leaves[leave.user_id].append(leave)
    for row in Availability.objects.filter(user__in=users, withdrawn_at=None).order_by("starts"):
        hours[row.user_id].append(row)
    return StaffFacts(licenses, leaves, hours, frozenset(hours))


class ScheduleRules:
    """The schedule rules of one program, asked by date; read in two statements."""

    def __init__(self, program: Program) -> None:
        wanted = Prefetch("credentials", RequiredCredential.objects.order_by("pk"))
        rules = ScheduleRule.objects.filter(program=program).prefetch_related(wanted)
        self._rules: Sequence[ScheduleRule] = list(rules.order_by("-effective_from"))

    def on(self, day: date) -> ScheduleRule | None:
        """Return the rule in effect on the date, if one is."""
        return next((each for each in self._rules if each.effective_from <= day), None)

    @property
    def widest_gap(self) -> int:
        """Return the most days that any rule allows from one offered day to the next."""
        return max((each.max_gap_days or 0 for each in self._rules), default=0)

    def credentials(self, kind: str, day: date) -> tuple[str, ...]:
        """Return the credentials of which one is needed to lead this kind on the date."""
        rule = self.on(day)
        listed = rule.credentials.all() if rule else ()
        return tuple(each.credential for each in listed if each.kind == kind)


@dataclass(frozen=True)
class Leading:
    """One person who is to lead one session of a kind."""

    user: int
    kind: str
    held_on: date
    starts_at: datetime
    ends_at: datetime


def staff_warnings(
    leading: Leading, facts: StaffFacts, rules: ScheduleRules, zone: ZoneInfo
) -> list[ClashKind]:
    """Return what speaks against this person: credential, leave, hours."""
    found = []
    if not facts.holds(
        leading.user, rules.credentials(leading.kind, leading.held_on), leading.held_on
    ):
        found.append(ClashKind.CREDENTIAL)
    if facts.is_away(leading.user, leading.held_on):
        found.append(ClashKind.STAFF_AWAY)
    if not facts.is_available(leading.user, leading.starts_at, leading.ends_at, zone):
        found.append(ClashKind.UNAVAILABLE)
    return found
