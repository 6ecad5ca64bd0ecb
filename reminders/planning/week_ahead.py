"""Who hears of the week ahead: those who asked for it, where there is something in their week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models.functions import Coalesce

from programs.models import ConsentPurpose, ContactConsent
from programs.weeks import DAYS, Week
from reminders.expected import Start, Starts, first_starts
from reminders.models import Reason, Reminder, ReminderKind
from reminders.planning.clinic import ClinicNow, dates_from
from reminders.planning.days import why_unreached
from reminders.planning.keeping import Key, Wish
from reminders.planning.moments import Moment, weekly_moment
from reminders.planning.telling import kept_key
from reminders.reach import Reach, reach_of

# The rows are there a day before they go out, for staff to see.
PLANNED_BEFORE = timedelta(days=1)
# The recipient's quiet hours bring them forward by less than another day.
LOOKED_AT_BEFORE = timedelta(days=2)

# The weeks that are told about around now, each with the key of its program.
Weeks = tuple[tuple[int, Week], ...]


@dataclass(frozen=True)
class WeekAhead:
    """The rows about these weeks, and what would be right."""

    clinic: ClinicNow
    weeks: Weeks
    known: tuple[Reminder, ...]
    starts: Starts
    reaches: Mapping[int, Reach]

    def wishes(self) -> dict[Key, Wish]:
        """Return what should go out: once to each person, from the program that has them first."""
        first = (next(self._of(each), None) for each in self.reaches.values())
        return dict(each for each in first if each)

    def why_not(self, key: Key) -> Reason | None:
        """Return why a message of those known does not go out; None for one of another week."""
        if all(week.first_on != key.for_on for _program, week in self.weeks):
            return None
        unreached = why_unreached(self.reaches[key.person], ConsentPurpose.WEEKLY)
        is_expected = any((key.person, day) in self.starts for day in dates_from(key.for_on, DAYS))
        return unreached or (Reason.NOT_NEEDED if is_expected else Reason.NOT_EXPECTED)

    def _of(self, reach: Reach) -> Iterator[tuple[Key, Wish]]:
        """Yield what somebody may be sent; of several weeks the one that begins first for them."""
        person, channel = reach.participant_id, reach.channel_for(ConsentPurpose.WEEKLY)
        theirs = [
            (start, week)
            for program, week in self.weeks
            for start in self._of_week(person, program, week)
        ]
        for start, week in sorted(theirs, key=lambda each: each[0]):
            moment = self._moment(start.program_id, week, reach)
            if channel and moment and not self._has_another(person, week):
                key = Key(person, week.first_on, ReminderKind.WEEKLY)
                yield key, Wish(start.program_id, channel, moment.due_at, moment.expires_at)

    def _of_week(self, person: int, program_id: int, week: Week) -> Iterator[Start]:
        """Yield what is still to come of somebody's week in a program."""
        for day in week.dates:
            start = self.starts.get((person, day))
            if start and start.program_id == program_id and start.at > self.clinic.now:
                yield start

    def _moment(self, program_id: int, week: Week, reach: Reach) -> Moment | None:
        """Return when somebody hears of the week; None as long as that is far off."""
        moment = weekly_moment(
            week.first_on,
            site_zone=week.zone,
            zone=self.clinic.zone(reach, program_id),
            rule=self.clinic.rules[program_id],
        )
        is_near = moment is not None and moment.due_at - PLANNED_BEFORE <= self.clinic.now
        return moment if is_near else None

    @cached_property
    def _told_of(self) -> dict[int, list[date]]:
        """The weeks that there is a row about, by person."""
        weeks: dict[int, list[date]] = defaultdict(list)
        for each in self.known:
            weeks[kept_key(each)].append(each.for_on)
        return weeks

    def _has_another(self, person: int, week: Week) -> bool:
        """Return whether they hear of a week of another program that shares a date with it."""
        apart = (abs(each - week.first_on) for each in self._told_of[person])
        return any(timedelta(0) < each < timedelta(days=DAYS) for each in apart)


def read_week_ahead(clinic: ClinicNow) -> WeekAhead:
    """Return what is known and true of the weeks told about around now; four statements at most."""
    weeks = tuple(_weeks(clinic))
    if not weeks:
        return WeekAhead(clinic, (), (), {}, {})
    firsts = [week.first_on for _program, week in weeks]
    nearby = timedelta(days=DAYS - 1)
    rows = Reminder.objects.filter(
        program__in=clinic.programs,
        kind=ReminderKind.WEEKLY,
        for_on__range=(min(firsts) - nearby, max(firsts) + nearby),
    )
    known = tuple(rows.select_related("participant"))
    asked = ContactConsent.objects.filter(purpose=ConsentPurpose.WEEKLY, withdrawn_at=None)
    kept = Coalesce("participant__merged_into", "participant")
    people = set(asked.values_list(kept, flat=True)) | {kept_key(each) for each in known}
    days = {day for _program, week in weeks for day in week.dates}
    return WeekAhead(clinic, weeks, known, first_starts(people, days), reach_of(people))


def _weeks(clinic: ClinicNow) -> Iterator[tuple[int, Week]]:
    """Yield each program's weeks whose message goes out about today."""
    for key, program in clinic.programs.items():
        this = program.week_of(clinic.today(key))
        for week in (this, this.moved(1)):
            moment = weekly_moment(
                week.first_on, site_zone=week.zone, zone=week.zone, rule=clinic.rules[key]
            )
            is_over = moment is None or moment.expires_at + PLANNED_BEFORE < clinic.now
            if moment and not is_over and moment.due_at - LOOKED_AT_BEFORE <= clinic.now:
                yield key, week
