"""How many minutes at the door a program forgives on a session's date.

A session carries its own grace once it is read with it, so that a page asks nothing more for it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from groups.models import GroupSession
from groups.models.session import GroupSessionQuerySet
from programs.models import RecordRule, record_rule_on
from programs.models.record_rule import GRACE_MINUTES


def grace_minutes(session: str = "") -> Coalesce:
    """Return the expression for the minutes forgiven; `session` leads there, as `session__`."""
    rule = RecordRule.objects.filter(
        program=OuterRef(f"{session}group__program"),
        effective_from__lte=OuterRef(f"{session}held_on"),
    ).order_by("-effective_from")
    found = Subquery(rule.values("grace_minutes")[:1], output_field=IntegerField())
    return Coalesce(found, Value(GRACE_MINUTES))


def with_grace(sessions: GroupSessionQuerySet) -> GroupSessionQuerySet:
    """Annotate each session with `grace_minutes`."""
    return sessions.annotate(grace_minutes=grace_minutes())


def grace_of(session: GroupSession) -> timedelta:
    """Return the session's grace; one that was not read with it costs a query."""
    minutes = getattr(session, "grace_minutes", None)
    if minutes is None:
        minutes = record_rule_on(session.group.program, session.held_on).grace_minutes
    return timedelta(minutes=minutes)
