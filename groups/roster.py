"""Who is expected at a session: its members that day and its make-up guests, none of them on leave.

The weekly hours say the same in SQL (`hours/week_sql.py`), together with what counts under a rule;
a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from groups.models import GroupMembership, GroupSession, MakeUpSeat
from programs.models import Enrollment, Leave


def expected_at(session: GroupSession) -> QuerySet[Enrollment]:
    """Return the enrollments expected at the session, each with its participant.

    `is_guest` tells those who come on a make-up seat. A cancelled session expects nobody.
    """
    if session.status != "scheduled":
        return Enrollment.objects.none()
    member = GroupMembership.objects.on(session.held_on).filter(
        group=session.group_id, enrollment=OuterRef("pk")
    )
    seat = MakeUpSeat.objects.held().filter(session=session.pk, enrollment=OuterRef("pk"))
    away = Leave.objects.on(session.held_on).filter(participant=OuterRef("participant"))
    return (
        Enrollment.objects.covering(session.held_on)
        .annotate(is_member=Exists(member), is_guest=Exists(seat))
        .filter(Q(is_member=True) | Q(is_guest=True))
        .exclude(Exists(away))
        .select_related("participant__merged_into")
    )


def with_expected_count(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Annotate each session with `expected`: how many people hold a seat in it."""
    return sessions.annotate(expected=people_in(expected_at_outer_session()))


def expected_at_outer_session() -> QuerySet[Enrollment]:
    """Return who holds a seat in the session that the query around this one reads."""
    return (
        Enrollment.objects.filter(_includes(OuterRef("held_on"), "admitted_on", "discharged_on"))
        .filter(Exists(_members_of_outer_session()) | Exists(_guests_of_outer_session()))
        .exclude(Exists(_leaves_on_outer_day()))
    )


def expected_in(sessions: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return who is expected (episodes' keys) at each session (keys); one query."""
    held = GroupSession.objects.filter(pk__in=list(sessions)).order_by()
    people = ArraySubquery(expected_at_outer_session().values("pk"))
    rows = held.annotate(people=people).values_list("pk", "people")
    return {session: frozenset(found) for session, found in rows}


def people_in(enrollments: QuerySet[Enrollment]) -> Coalesce:
    """Return how many participants these enrollments are of, for a query around them."""
    people = (
        enrollments.order_by()
        .values(each_one=Value(1))
        .annotate(people=Count("participant", distinct=True))
        .values("people")
    )
    return Coalesce(Subquery(people, output_field=IntegerField()), 0)


# Inside the count, one OuterRef means the enrollment and two mean the session.
OUTER_DAY = OuterRef(OuterRef("held_on"))


def _includes(day: OuterRef, first: str, last: str) -> Q:
    return Q(**{f"{first}__lte": day}) & (Q(**{last: None}) | Q(**{f"{last}__gte": day}))


def _members_of_outer_session() -> QuerySet[GroupMembership]:
    return GroupMembership.objects.filter(
        _includes(OUTER_DAY, "first_on", "last_on"),
        group=OuterRef(OuterRef("group")),
        enrollment=OuterRef("pk"),
    )


def _guests_of_outer_session() -> QuerySet[MakeUpSeat]:
    return MakeUpSeat.objects.held().filter(
        session=OuterRef(OuterRef("pk")), enrollment=OuterRef("pk")
    )


def _leaves_on_outer_day() -> QuerySet[Leave]:
    return Leave.objects.filter(
        _includes(OUTER_DAY, "first_on", "last_on"), participant=OuterRef("participant")
    )
