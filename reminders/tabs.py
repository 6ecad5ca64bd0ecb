"""What stands over the pages of reminders: what waits on each, and the other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from groups.week_switch import ProgramLink, program_links
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date
from reminders.failures.which import failures_of
from reminders.models import Reply


@dataclass(frozen=True)
class Counts:
    """How many failures are of a day that is not over, and how many replies wait."""

    failures: int
    replies: int


@dataclass(frozen=True)
class Head:
    """What stands over a page that has no more of its own to say there."""

    counts: Counts
    programs: tuple[ProgramLink, ...]


def head_of(view: str, *, access: Access, program: Program, now: datetime) -> Head:
    """Return the head of the page that `view` names."""
    programs = program_links(view, access, program, action="reminders.manage")
    return Head(counts_of(program, access.user, now), programs)


def counts_of(program: Program, user: User, now: datetime) -> Counts:
    """Return the numbers on the tabs of the program's pages; two statements."""
    today = local_date(now, program.zone)
    here_or_unknown = Q(program=program) | Q(program=None)
    return Counts(
        failures=failures_of(program, now).filter(for_on__gte=today).count(),
        replies=Reply.objects.visible_to(user).waiting().filter(here_or_unknown).count(),
    )
