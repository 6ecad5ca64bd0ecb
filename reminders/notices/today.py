"""Plans what each person leads today: how many sessions, and when the first begins.

One notice per person, program and date, by constraint: planned twice, or by ten workers at once,
there is one row. As long as it has not gone out its numbers follow the calendar.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.audit import write_audit
from accounts.models import User
from groups.models import Facilitation, SessionStatus
from programs.models import Program, StaffAssignment
from programs.weeks import instant, local_date
from reminders.models import NoticeKind, Reason, ReminderStatus, StaffNotice
from reminders.notices.counts import AN_HOUR
from reminders.notices.readers import Reader, readers_of
from reminders.notices.telling import tell, tell_again
from reminders.notices.timing import FIRST_MORNING

# By program, then by who it is (primary keys): when each session of theirs today begins.
Led = Mapping[int, Mapping[int, Sequence[datetime]]]
Known = Mapping[int, Mapping[int, StaffNotice]]


@dataclass(frozen=True)
class Day:
    """Today in one program."""

    program: Program
    day: date

    @property
    def begins_at(self) -> datetime:
        """From when on it is told of."""
        return instant(self.day, FIRST_MORNING, self.program.zone)

    def about(self, user: int) -> uuid.UUID:
        """Return the id of one person's day: the same in whichever worker."""
        return uuid.uuid5(self.program.public_id, f"{user} {self.day.isoformat()}")

    def counts(self, starts: Sequence[datetime]) -> dict[str, int]:
        """Return the numbers: how many, and the first in minutes since midnight on the wall."""
        first = min(starts).astimezone(self.program.zone)
        return {"sessions": len(starts), "first": first.hour * AN_HOUR + first.minute}


@dataclass(frozen=True)
class Changes:
    """What one program's notices of today need."""

    fresh: Sequence[StaffNotice]
    recounted: Sequence[StaffNotice]
    again: Sequence[StaffNotice]
    over: Sequence[StaffNotice]

    def __bool__(self) -> bool:
        return bool(self.fresh or self.recounted or self.again or self.over)


@dataclass(frozen=True)
class Planned:
    """How many notices of a program are new, counted anew, on again, or taken back."""

    added: int = 0
    recounted: int = 0
    again: int = 0
    withdrawn: int = 0


def plan_today_notices(*, now: datetime, by: User | None) -> None:
    """Bring the notices of today's sessions up to date; five statements where nothing changes.

    Nobody is told whose first session begins before the notice would go out: it would be no help.
    """
    programs = Program.objects.select_related("site").order_by("pk")
    days = [Day(each, local_date(now, each.zone)) for each in programs]
    begun = [each for each in days if each.begins_at <= now]
    led = _led(begun)
    known = _known(begun, led)
    readers = readers_of(user for people in led.values() for user in people)
    for day in begun:
        here, told = led.get(day.program.pk, {}), known.get(day.program.pk, {})
        if changes := _changes(day, here, told, readers, now):
            keep_changes(day=day, changes=changes, now=now, by=by)


@transaction.atomic
def keep_changes(*, day: Day, changes: Changes, now: datetime, by: User | None) -> None:
    """Write one program's changes, with one line on the trail."""
    not_gone = StaffNotice.objects.filter(claimed_at=None)
    again = not_gone.filter(pk__in=[each.pk for each in changes.again])
    done = Planned(
        added=tell(changes.fresh, now=now),
        recounted=not_gone.bulk_update(changes.recounted, ["counts"]),
        again=tell_again(again, now=now, since=day.begins_at),
        withdrawn=not_gone.filter(pk__in=[each.pk for each in changes.over]).withdraw(),
    )
    if done != Planned():
        program, what = day.program, {"kind": NoticeKind.TODAY, **asdict(done)}
        write_audit("notices.planned", by=by, subject=program, program_id=program.public_id, **what)


def _led(days: Iterable[Day]) -> Led:
    """Return what is led today, by who works there; one statement."""
    today = {each.program.pk: each.day for each in days}
    working = StaffAssignment.objects.current().filter(
        user=OuterRef("user"), program=OuterRef("session__group__program")
    )
    rows = Facilitation.objects.filter(
        Exists(working),
        is_former=False,
        user__is_active=True,
        session__status=SessionStatus.SCHEDULED,
        session__held_on__in=set(today.values()),
    )
    asked = ("session__group__program", "user", "session__held_on", "session__starts_at")
    found: dict[int, dict[int, list[datetime]]] = {key: defaultdict(list) for key in today}
    for program, user, held_on, starts_at in rows.values_list(*asked):
        if today.get(program) == held_on:
            found[program][user].append(starts_at)
    return found


def _known(days: Iterable[Day], led: Led) -> Known:
    """Return the notices of today, whatever became of them; one statement."""
    by_program = {each.program.pk: each for each in days}
    abouts = {by_program[key].about(user) for key, people in led.items() for user in people}
    rows = StaffNotice.objects.filter(
        Q(about__in=abouts) | Q(status=ReminderStatus.PLANNED),
        kind=NoticeKind.TODAY,
        program__in=list(by_program),
    )
    found: dict[int, dict[int, StaffNotice]] = {key: {} for key in by_program}
    for each in rows:
        if each.about == by_program[each.program_id].about(each.user_id):
            found[each.program_id][each.user_id] = each
    return found


def _changes(
    day: Day,
    led: Mapping[int, Sequence[datetime]],
    told: Mapping[int, StaffNotice],
    readers: Mapping[int, Reader],
    now: datetime,
) -> Changes:
    """Return what is to change; a notice that has gone, or is not wanted, stays as it is."""
    ahead = {user: starts for user, starts in led.items() if now < min(starts)}
    open_rows = [each for each in told.values() if _may_change(each)]
    here = [each for each in open_rows if each.user_id in ahead]
    fresh = (
        _notice(day, user, starts)
        for user, starts in sorted(ahead.items())
        if user not in told and _is_in_time(day, readers[user], min(starts), now)
    )
    return Changes(
        fresh=tuple(fresh),
        recounted=tuple(_recounted(here, day, ahead)),
        again=[each for each in here if each.status == ReminderStatus.SKIPPED],
        over=[
            each
            for each in open_rows
            if each.status == ReminderStatus.PLANNED and each.user_id not in led
        ],
    )


def _recounted(
    notices: Iterable[StaffNotice], day: Day, led: Mapping[int, Sequence[datetime]]
) -> Iterator[StaffNotice]:
    """Yield those whose numbers are true no more, with the true ones."""
    for each in notices:
        counts = day.counts(led[each.user_id])
        if each.counts != counts:
            each.counts = counts
            yield each


def _may_change(notice: StaffNotice) -> bool:
    if notice.status == ReminderStatus.SKIPPED:
        return notice.reason == Reason.NOT_NEEDED
    return notice.status == ReminderStatus.PLANNED


def _is_in_time(day: Day, reader: Reader, first: datetime, now: datetime) -> bool:
    """Return whether the reader wants to be told, and that is before the first session begins."""
    kind, zone = NoticeKind.TODAY, day.program.zone
    moment = reader.moment(kind, since=day.begins_at, now=now, zone=zone)
    return moment is not None and moment < first


def _notice(day: Day, user: int, starts: Sequence[datetime]) -> StaffNotice:
    return StaffNotice(
        user_id=user,
        program=day.program,
        kind=NoticeKind.TODAY,
        about=day.about(user),
        counts=day.counts(starts),
        due_at=day.begins_at,
    )
