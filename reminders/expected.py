"""Who comes on a date and when their day begins: the roster of every session of that date at once.

`groups/roster.py` says who is expected at one session; a test holds the two together.
"""

from __future__ import annotations

from datetime import date

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from groups.models import GroupMembership, GroupSession, MakeUpSeat, SessionStatus
from programs.models import Channel, ConsentPurpose, ContactConsent, Enrollment, Leave, Participant


def expected_on(day: date) -> QuerySet[Enrollment]:
    """Return the enrollments expected at a session of the date, each with its participant.

    `starts_at` is when the first session they are expected at begins; `agreed` tells whether they
    may be reminded by email, and `address` where. Both are the person's, under whichever of their
    records the episode stands. A cancelled session, as on a closed date, expects nobody.
    """
    away = Leave.objects.on(day).filter(participant=OuterRef("participant"))
    return (
        Enrollment.objects.covering(day)
        .annotate(starts_at=_first_start(day), agreed=_last_word(), address=_address())
        .filter(starts_at__isnull=False)
        .exclude(Exists(away))
        .select_related("participant__merged_into", "program__site")
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
    return expected.filter(Q(agreed=True) & ~Q(address=""))


def _address() -> Coalesce:
    """Return the email of the record that is kept: that is the one staff keep up to date."""
    return Coalesce("participant__merged_into__email", "participant__email")


def _last_word() -> Coalesce:
    """Return whether the last that the person said, under any of their records, is a yes."""
    kept = Coalesce(
        OuterRef(OuterRef("participant__merged_into")), OuterRef(OuterRef("participant"))
    )
    records = Participant.objects.filter(Q(pk=kept) | Q(merged_into=kept))
    said = ContactConsent.objects.filter(
        participant__in=records.values("pk"),
        channel=Channel.EMAIL,
        purpose=ConsentPurpose.REMINDERS,
    ).annotate(is_yes=ExpressionWrapper(Q(withdrawn_at=None), output_field=BooleanField()))
    latest = said.order_by(Coalesce("withdrawn_at", "given_at").desc(), "-is_yes")
    return Coalesce(Subquery(latest.values("is_yes")[:1]), Value(False))
