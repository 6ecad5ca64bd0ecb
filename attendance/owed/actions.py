"""Plans the notices to staff about what they owe: one per person, kind and session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.audit import write_audit
from accounts.models import User
from attendance.owed.reading import open_sessions
from attendance.owed.staff import colleagues_in
from attendance.owed.telling import Telling, to_be_told
from attendance.owed.waiting import waiting_among
from programs.models import Program
from reminders.models import NoticeKind, ReminderStatus, StaffNotice, StaffNoticeQuerySet
from reminders.notices.telling import tell, tell_again

# Safety answers and outreach are planned where they arise.
KINDS = (NoticeKind.RECORD, NoticeKind.SIGN, NoticeKind.NOTES, NoticeKind.COSIGN)


class Key(NamedTuple):
    """Who is told of what, about which session: what the database lets be only once."""

    user_id: int
    kind: str
    about: UUID


Wanted = Mapping[Key, Telling]


@dataclass(frozen=True)
class Planned:
    """How many notices of a program are new, taken back, or on again."""

    added: int = 0
    withdrawn: int = 0
    again: int = 0


def plan_notices(*, now: datetime, by: User | None) -> None:
    """Bring every program's notices about what is owed up to date."""
    for program in Program.objects.select_related("site").order_by("pk"):
        plan_for_program(program=program, now=now, by=by)


@transaction.atomic
def plan_for_program(*, program: Program, now: datetime, by: User | None) -> Planned:
    """Plan a notice to each who owes something now, and take back what is done before it went out.

    What began to wait more than three days ago is news to nobody. Running it twice, or in several
    workers at once, changes nothing.
    """
    # One planner per program at a time; a second waits here, then finds everything done.
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    wanted = _wanted(program, now)
    news = {key: each for key, each in wanted.items() if each.is_news(now)}
    of_news = Q(about__in={key.about for key in news})
    known = {
        Key(each.user_id, each.kind, each.about): each
        for each in StaffNotice.objects.filter(
            of_news | Q(status=ReminderStatus.PLANNED), program=program, kind__in=KINDS
        )
    }
    off = [each for key, each in known.items() if key not in wanted]
    on = [each for key, each in known.items() if key in news]
    done = Planned(
        added=_add(program, {key: each for key, each in news.items() if key not in known}, now),
        withdrawn=_these(off, ReminderStatus.PLANNED).withdraw(),
        again=tell_again(_these(on, ReminderStatus.SKIPPED), now=now),
    )
    if done != Planned():
        write_audit(
            "notices.planned", by=by, subject=program, program_id=program.public_id, **asdict(done)
        )
    return done


def _wanted(program: Program, now: datetime) -> Wanted:
    """Return whom of those who work here what should have been told to by now."""
    colleagues = colleagues_in(program)
    return {
        Key(colleagues[ower.key].user_id, telling.kind, each.session.public_id): telling
        for each in waiting_among(open_sessions(program, now=now), program, now=now)
        for telling in to_be_told(each.facts, zone=program.zone, now=now)
        for ower in each.owers
        if ower.key in colleagues
    }


def _add(program: Program, fresh: Wanted, now: datetime) -> int:
    """Write the new ones in one order, and return how many nobody else had written."""
    rows = [
        StaffNotice(program=program, due_at=fresh[key].due_at, **key._asdict())
        for key in sorted(fresh)
    ]
    return tell(rows, now=now)


def _these(notices: Iterable[StaffNotice], status: ReminderStatus) -> StaffNoticeQuerySet:
    ids = [each.pk for each in notices if each.status == status]
    return StaffNotice.objects.filter(pk__in=ids)
