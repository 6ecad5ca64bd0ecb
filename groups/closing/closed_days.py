"""Sessions on closed days: those a closure would cancel, and those held all the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from groups.models import GroupSession, SessionStatus
from programs.models import Closure, Program


def closure_on(closures: Iterable[Closure], program: Program, day: date) -> Closure | None:
    """Return the first closure that keeps the program from meeting on the date, if any."""
    for closure in closures:
        is_here = closure.site_id == program.site_id
        is_ours = closure.program_id in (None, program.pk)
        if is_here and is_ours and closure.first_on <= day <= closure.last_on:
            return closure
    return None


def sessions_on(closure: Closure) -> QuerySet[GroupSession]:
    """Return the sessions that are held on the closure's dates in its program, or its site's."""
    held = GroupSession.objects.filter(
        status=SessionStatus.SCHEDULED,
        held_on__range=(closure.first_on, closure.last_on),
        group__program__site=closure.site_id,
    )
    return held.filter(group__program=closure.program_id) if closure.program_id else held


def brought_back(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    """Return those that somebody brought back although their date stays closed.

    Their history says that they were cancelled for a closure still in force on their date, and
    they are not cancelled for it now.
    """
    history = GroupSession.pgh_event_model.objects  # type: ignore[attr-defined]
    was_cancelled = history.filter(
        pgh_obj=OuterRef("pk"),
        cancelled_for__removed_at=None,
        cancelled_for__first_on__lte=OuterRef("held_on"),
        cancelled_for__last_on__gte=OuterRef("held_on"),
    ).exclude(cancelled_for=Coalesce(OuterRef("cancelled_for"), 0))
    return sessions.filter(Exists(was_cancelled))
