"""What should go out about today and tomorrow: to everybody expected who agreed to reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from programs.models import ConsentPurpose
from reminders.expected import Start, Starts, everyones_first_starts
from reminders.models import Reason, Reminder, ReminderKind
from reminders.planning.clinic import ClinicNow, dates_from
from reminders.planning.keeping import Key, Wish
from reminders.planning.telling import kept_key
from reminders.reach import Reach, reach_of

KINDS = (ReminderKind.EVENING, ReminderKind.SOON)
# Today and tomorrow, at each site.
DAYS_AHEAD = 2


@dataclass(frozen=True)
class Days:
    """The rows about these dates, and what would be right."""

    clinic: ClinicNow
    known: tuple[Reminder, ...]
    starts: Starts
    reaches: Mapping[int, Reach]

    def wishes(self) -> dict[Key, Wish]:
        """Return what should go out."""
        return dict(pair for key, start in self.starts.items() for pair in self._of(*key, start))

    def _of(self, person: int, day: date, start: Start) -> Iterable[tuple[Key, Wish]]:
        reach = self.reaches[person]
        channel = reach.channel_for(ConsentPurpose.REMINDERS)
        if channel is None or day not in _dates(self.clinic, start.program_id):
            return ()
        moments = self.clinic.moments(start.program_id, day, start.at, reach)
        return [
            (
                Key(person, day, each.kind),
                Wish(start.program_id, channel, each.due_at, each.expires_at),
            )
            for each in moments
        ]

    def why_not(self, key: Key) -> Reason | None:
        """Return why a message of those known does not go out; None for one of another date."""
        start = self.starts.get((key.person, key.for_on))
        if start is None:
            return Reason.NOT_EXPECTED
        if key.for_on not in _dates(self.clinic, start.program_id):
            return None
        return why_unreached(self.reaches[key.person], ConsentPurpose.REMINDERS) or (
            # Expected and reached: that lead time has joined the other one, or is turned off.
            Reason.NOT_NEEDED
        )


def read_days(clinic: ClinicNow) -> Days:
    """Return what is known and true of today and tomorrow; three statements."""
    dates = {key: _dates(clinic, key) for key in clinic.programs}
    every = {day for days in dates.values() for day in days}
    starts = everyones_first_starts(every)
    rows = Reminder.objects.filter(program__in=dates, for_on__in=every, kind__in=KINDS)
    known = tuple(
        each for each in rows.select_related("participant") if each.for_on in dates[each.program_id]
    )
    people = {person for person, _day in starts} | {kept_key(each) for each in known}
    return Days(clinic, known, starts, reach_of(people))


def why_unreached(reach: Reach, purpose: str) -> Reason | None:
    """Return why somebody cannot be written to for the purpose; None where they can."""
    if reach.channel_for(purpose) is not None:
        return None
    has_agreed = any(agreed_to == purpose for _channel, agreed_to in reach.agreed)
    return Reason.NO_ADDRESS if has_agreed else Reason.NO_CONSENT


def _dates(clinic: ClinicNow, program_id: int) -> Iterable[date]:
    return dates_from(clinic.today(program_id), DAYS_AHEAD)
