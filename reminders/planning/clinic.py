"""What every plan starts from: the programs with their rules and their local dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from programs.models import Program
from programs.weeks import local_date
from reminders.models import ReminderRule
from reminders.planning.moments import Moment, moments_of, zone_of
from reminders.reach import Reach

Moments = tuple[Moment, ...]


@dataclass(frozen=True)
class ClinicNow:
    """All programs with their sites and reminder rules, at one moment."""

    now: datetime
    programs: dict[int, Program]
    rules: dict[int, ReminderRule]
    _moments: dict[tuple[int, date, datetime, str], Moments] = field(default_factory=dict)

    def today(self, program_id: int) -> date:
        """Return the date at the program's site."""
        return local_date(self.now, self.programs[program_id].zone)

    def zone(self, reach: Reach, program_id: int) -> ZoneInfo:
        """Return the zone in which the person lives, as far as is known."""
        return zone_of(reach.timezone, self.programs[program_id].zone)

    def moments(self, program_id: int, day: date, starts_at: datetime, reach: Reach) -> Moments:
        """Return when the person is reminded of a day that begins in this program."""
        key = (program_id, day, starts_at, reach.timezone)
        if key not in self._moments:
            self._moments[key] = moments_of(
                day,
                starts_at,
                site_zone=self.programs[program_id].zone,
                zone=self.zone(reach, program_id),
                rule=self.rules[program_id],
            )
        return self._moments[key]


def clinic_now(now: datetime) -> ClinicNow:
    """Return the clinic at this moment; two statements."""
    programs = list(Program.objects.select_related("site"))
    rules = ReminderRule.objects.by_program(programs)
    return ClinicNow(now, {each.pk: each for each in programs}, rules)


def dates_from(first_on: date, length: int) -> Iterable[date]:
    """Return this many dates, the first one included."""
    return [first_on + timedelta(days=ahead) for ahead in range(length)]
