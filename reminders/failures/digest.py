"""Plans the digest of failures: each morning, how many messages did not go out, to who can call.

One notice per reader, program and date, by constraint: planned twice, or by ten workers at once,
there is one row.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Case, Count, F, Max, Q, When
from django.db.models.functions import Coalesce

from accounts.audit import audit_event, write_audits
from accounts.models import User
from programs.models import Program, StaffAssignment
from programs.weeks import instant, local_date
from programs.who_may import WHO_MAY
from reminders.failures.which import BARRED, SHOWN_FOR
from reminders.models import (
    UNKNOWN_AFTER,
    NoticeKind,
    Reminder,
    ReminderKind,
    ReminderStatus,
    StaffNotice,
)
from reminders.notices.telling import tell
from reminders.notices.timing import FIRST_MORNING, LAST_MORNING

# At the program's site, and before anybody's own morning. One on which nothing was planned is left
# to the next one.
MORNING, MORNING_ENDS = FIRST_MORNING, LAST_MORNING
# What is being sent while a digest is planned is settled by then, and in the next one.
SETTLED_AFTER = UNKNOWN_AFTER + timedelta(minutes=5)
# What has passed its time, or was cut off, counts even before a sweep has said so.
COUNTED = {
    ReminderStatus.FAILED: Q(status=ReminderStatus.FAILED),
    ReminderStatus.UNKNOWN: Q(status=ReminderStatus.UNKNOWN, delivered_at=None)
    | Q(status=ReminderStatus.CLAIMED),
    ReminderStatus.EXPIRED: Q(status__in=[ReminderStatus.EXPIRED, ReminderStatus.PLANNED]),
    ReminderStatus.SKIPPED: Q(status=ReminderStatus.SKIPPED, reason__in=BARRED),
}
# When it was settled: nothing is tried, or sent, after that.
SETTLED_AT = Case(
    When(COUNTED[ReminderStatus.EXPIRED], then=F("expires_at")),
    default=Coalesce("claimed_at", "try_at"),
)


@dataclass(frozen=True)
class Due:
    """One program's digest of a morning: what was settled after `since`, up to `until`."""

    program: Program
    about: uuid.UUID
    due_at: datetime
    since: datetime

    @property
    def until(self) -> datetime:
        """What is settled later is in the next digest."""
        return self.due_at - SETTLED_AFTER


@transaction.atomic
def plan_failure_digests(*, now: datetime, by: User | None) -> None:
    """Tell who looks after a program's messages what did not go out since their last digest.

    In the morning at the site; nothing where nothing failed. The same few statements for any
    number of programs, and a line on the trail for each that is told.
    """
    due = list(_due(now))
    counts, readers = _counts(due), _readers(due)
    telling = [each for each in due if counts.get(each.program.pk)]
    notices = [
        StaffNotice(
            user_id=reader,
            program=each.program,
            kind=NoticeKind.FAILURES,
            about=each.about,
            counts=counts[each.program.pk],
            due_at=each.due_at,
        )
        for each in telling
        for reader in readers[each.program.pk]
    ]
    if tell(notices, now=now):
        write_audits(_lines(telling, readers, by))


def _lines(telling: Sequence[Due], readers: dict[int, list[int]], by: User | None) -> Iterator:
    for each in telling:
        program, number = each.program, len(readers[each.program.pk])
        yield audit_event(
            "failures.told", by=by, subject=program, program_id=program.public_id, readers=number
        )


def about_of(program: Program, due_at: datetime) -> uuid.UUID:
    """Return the id of a program's digest of a morning: the same in whichever worker."""
    day = local_date(due_at, program.zone)
    return uuid.uuid5(program.public_id, day.isoformat())


def _due(now: datetime) -> Iterator[Due]:
    """Yield the digests of the programs where it is morning, and of which nobody is told yet."""
    mornings = {}
    for program in Program.objects.select_related("site").order_by("pk"):
        today = local_date(now, program.zone)
        begins, ends = (instant(today, each, program.zone) for each in (MORNING, MORNING_ENDS))
        if begins <= now < ends:
            mornings[program] = begins
    told = StaffNotice.objects.filter(kind=NoticeKind.FAILURES, program__in=list(mornings))
    last = dict(
        told.order_by().values("program").annotate(at=Max("due_at")).values_list("program", "at")
    )
    for program, due_at in mornings.items():
        earliest = due_at - SHOWN_FOR
        before = max(last.get(program.pk, earliest), earliest)
        if before < due_at:
            yield Due(program, about_of(program, due_at), due_at, before - SETTLED_AFTER)


def _counts(due: Sequence[Due]) -> dict[int, dict[str, int]]:
    """Return how many messages of each program failed in which way; what is none is left out."""
    if not due:
        return {}
    windows = (
        Q(program=each.program, settled_at__gt=each.since, settled_at__lte=each.until)
        for each in due
    )
    near = min(each.since for each in due).date() - timedelta(days=1)
    found = (
        Reminder.objects.filter(for_on__gte=near)
        .exclude(kind=ReminderKind.RESPONSE)
        .annotate(settled_at=SETTLED_AT)
        .filter(reduce(or_, windows))
        .order_by()
        .values("program")
        .annotate(**{str(how): Count("pk", filter=which) for how, which in COUNTED.items()})
        .values_list("program", *map(str, COUNTED))
    )
    return {
        program: {str(how): number for how, number in zip(COUNTED, numbers, strict=True) if number}
        for program, *numbers in found
    }


def _readers(due: Sequence[Due]) -> dict[int, list[int]]:
    """Return the primary keys of who looks after each program's messages, by the program's."""
    there = StaffAssignment.objects.current().filter(
        program__in=[each.program for each in due],
        role__in=list(WHO_MAY["reminders.manage"]),
        user__is_active=True,
    )
    found: dict[int, list[int]] = defaultdict(list)
    for program, user in (
        there.order_by("program", "user").values_list("program", "user").distinct()
    ):
        found[program].append(user)
    return found
