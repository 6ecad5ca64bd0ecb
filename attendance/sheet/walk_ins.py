"""Who may walk in: people enrolled that day where the person who looks for them works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from attendance.models import AttendanceRecord, Presence
from attendance.sheet.people import Person
from attendance.sheet.states import UNMARKED
from groups.models import GroupSession, WaitingPlace
from groups.roster import expected_at
from programs.models import Enrollment, Participant
from programs.names import roster_names

MOST = 12


@dataclass(frozen=True)
class Found:
    """Someone whom the search found."""

    participant: Participant
    name: str
    program: str
    is_busy: bool
    is_on_sheet: bool
    is_waitlisted: bool


def possible_walk_ins(session: GroupSession, by: User) -> QuerySet[Participant]:
    """Return those with an enrollment on the session's date in a program that `by` may see."""
    enrolled = Enrollment.objects.visible_to(by).covering(session.held_on)
    return Participant.objects.filter(pk__in=enrolled.values("participant"))


def search_walk_ins(session: GroupSession, by: User, words: str) -> list[Found]:
    """Return the first dozen whose names or chart number hold every one of the words.

    Whoever waits for a seat in this group comes first.
    """
    found = possible_walk_ins(session, by)
    for word in words.split()[:4]:
        found = found.filter(
            Q(first_name__istartswith=word)
            | Q(last_name__istartswith=word)
            | Q(preferred_name__istartswith=word)
            | Q(chart_number__iexact=word)
        )
    rows = _with_where_they_are(found, session)
    rows = rows.order_by("-is_waitlisted", "first_name", "last_name", "pk")[:MOST]
    names = roster_names(rows)
    return [
        Found(
            each,
            names[each.chart_number],
            each.program,
            each.is_busy,
            each.is_on_sheet,
            each.is_waitlisted,
        )
        for each in rows
    ]


def _with_where_they_are(found: QuerySet[Participant], session: GroupSession) -> QuerySet[Any]:
    """Add where each is that day: on this sheet, in another session, in line for this group."""
    enrolled = Enrollment.objects.covering(session.held_on).filter(participant=OuterRef("pk"))
    elsewhere = Presence.objects.filter(
        participant=OuterRef("pk"), span__overlap=(session.starts_at, session.ends_at)
    ).exclude(session=session)
    here = AttendanceRecord.objects.filter(session=session, participant=OuterRef("pk"))
    waiting = WaitingPlace.objects.waiting().filter(
        group=session.group_id, enrollment__participant=OuterRef("pk")
    )
    return found.annotate(
        program=enrolled.values("program__name")[:1],
        is_busy=Exists(elsewhere),
        is_on_sheet=Exists(expected_at(session).filter(participant=OuterRef("pk"))) | Exists(here),
        is_waitlisted=Exists(waiting),
    )


def as_walk_in(participant: Participant) -> Person:
    """Return someone who is not on the sheet yet, as if they were."""
    return Person(
        participant=participant,
        is_expected=False,
        is_guest=False,
        admitted_on=None,
        record_id=None,
        presence_ids=(),
        recorded_by_id=None,
        recorded_by="",
        recorded_at=None,
        state=UNMARKED,
    )
