"""Sessions that are over, were planned to teach something, and of which nobody said what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attendance.owed.reading import LOOK_BACK
from groups.models import GroupSession, SessionLesson, SessionStatus
from groups.wording import clock, day_words
from programs.models import Program
from programs.weeks import local_date

# As many as one can take in at a glance.
A_FEW = 5


@dataclass(frozen=True)
class UnsaidRow:
    """One session; `url` leads to where it is said."""

    title: str
    details: str
    url: str


def unsaid_among(sessions: QuerySet[GroupSession], *, now: datetime) -> QuerySet[GroupSession]:
    """Return those of the sessions whose planned lessons wait to be confirmed, the oldest first.

    What is older than the records one owes is left alone, as is what was imported as closed.
    """
    rows = SessionLesson.objects.filter(session=OuterRef("pk"))
    return (
        sessions.filter(
            Exists(rows.planned()),
            ~Exists(rows.taught()),
            status=SessionStatus.SCHEDULED,
            teaching=None,
            closed_at=None,
            ends_at__gte=now - LOOK_BACK,
        )
        .ended_by(now)  # type: ignore[attr-defined]
        .select_related("group")
        .order_by("ends_at", "pk")
    )


def unsaid_rows(
    sessions: QuerySet[GroupSession], program: Program, *, now: datetime
) -> tuple[UnsaidRow, ...]:
    """Return the first few of them in words; one statement."""
    today = local_date(now, program.zone)
    return tuple(
        UnsaidRow(
            title=_("Say what %(group)s taught") % {"group": each.group.name},
            details=_("%(day)s, ended %(time)s")
            % {
                "day": capfirst(day_words(each.held_on, today)),
                "time": clock(each.ends_at, program.zone),
            },
            url=reverse("teaching:teaching", args=[program.public_id, each.public_id]),
        )
        for each in unsaid_among(sessions, now=now)[:A_FEW]
    )
