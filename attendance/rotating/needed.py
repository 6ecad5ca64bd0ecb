"""Who is expected at coming sessions."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery

from groups.models import GroupSession
from groups.roster import expected_at_outer_session


def expected_in(sessions: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return who is expected (episodes' keys) at each session (keys); one query."""
    held = GroupSession.objects.filter(pk__in=list(sessions)).order_by()
    people = ArraySubquery(expected_at_outer_session().values("pk"))
    rows = held.annotate(people=people).values_list("pk", "people")
    return {session: frozenset(found) for session, found in rows}
