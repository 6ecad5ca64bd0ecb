"""Who comes on a date and when their day begins: the roster of every session of that date at once.

`groups/roster.py` says who is expected at one session; a test holds the two together.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from programs.models import Channel, ContactConsent, Enrollment, Leave


def expected_on(day: date) -> QuerySet[Enrollment]:
    """Return the enrollments expected at a session of the date, each with its participant.

    `starts_at` is when the first session they are expected at begins; `agreed` tells whether they
    may be reminded by email. A cancelled session, as on a closed date, expects nobody.
    """
    away = Leave.objects.on(day).filter(participant=OuterRef("participant"))
    agreed = ContactConsent.objects.filter(
        participant=OuterRef("participant"), channel=Channel.EMAIL, withdrawn_at=None
    )
    return (
        Enrollment.objects.covering(day)
        .annotate(starts_at=_first_start(day), agreed=Exists(agreed))
        .filter(starts_at__isnull=False)
        .exclude(Exists(away))
        .select_related("participant", "program__site")
    )


def _first_start(day: date) -> Subquery:
    """Return, for the enrollment outside, when its first session of the date begins."""
    member = GroupMembership.objects.on(day).filter(
        group=OuterRef("group"), enrollment=OuterRef(OuterRef("pk"))
    )
    seat = MakeUpSeat.objects.held().filter(
        session=OuterRef("pk"), enrollment=OuterRef(OuterRef("pk"))
    )
    held = GroupSession.objects.filter(held_on=day, status=SessionStatus.SCHEDULED)
    theirs = held.filter(Exists(member) | Exists(seat)).order_by("starts_at")
    return Subquery(theirs.values("starts_at")[:1])


def reachable(expected: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Return those who agreed to email and have an address."""
    return expected.filter(Q(agreed=True) & ~Q(participant__email=""))
