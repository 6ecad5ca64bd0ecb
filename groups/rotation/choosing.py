"""Says whether an order, or a choice by hand, can be planned as things stand; else why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from curriculum.models import Lesson
from groups.models import GroupSession, SessionLesson, SessionStatus, TherapyGroup
from groups.rotation.flow import Key
from groups.rotation.reading import needs_of, net_minutes, plan_seen
from groups.rotation.refusals import (
    has_changed,
    refuse,
    refuse_order,
    refuse_too_early,
    refuse_too_long,
    refuse_unteachable,
)


def refuse_unseen(group: TherapyGroup, seen: str) -> datetime:
    """Return the moment at which the plan was seen. Raises PlanHasChanged if it is another now."""
    try:
        at = datetime.fromtimestamp(int(seen.partition(".")[0]), UTC)
    except (ValueError, OverflowError, OSError):
        raise has_changed() from None
    if plan_seen(group, at) != seen:
        raise has_changed()
    return at


def refuse_overtaken(group: TherapyGroup, seen_at: datetime, now: datetime) -> None:
    """Raise PlanHasChanged where a session that was still to come when it was seen has begun."""
    if group.sessions.in_calendar().filter(starts_at__gt=seen_at, starts_at__lte=now).exists():
        raise has_changed()


def refuse_begun(sessions: Iterable[GroupSession], now: datetime) -> None:
    """Raise NotKept where one of the sessions has begun: what it teaches is confirmed by now."""
    if any(each.starts_at <= now for each in sessions):
        refuse(_("The session has begun. Choose a session that is still to come."))


def refuse_rotation(group: TherapyGroup, lessons: Sequence[Lesson]) -> None:
    """Raise NotKept where the group cannot go through these lessons in this order."""
    refuse_unteachable(lessons, group.program)
    refuse_order(lessons, needs_of([each.pk for each in lessons]))


def refuse_choice(session: GroupSession, lessons: Sequence[Lesson]) -> None:
    """Raise NotKept where the session cannot teach these lessons."""
    refuse_unteachable(lessons, session.group.program)
    _refuse_taught(session)
    minutes = net_minutes(session.starts_at, session.ends_at, session.breaks)
    refuse_too_long(lessons, minutes)
    earlier = _before(session)
    refuse_too_early(lessons, needs_of([each.pk for each in lessons]), earlier)


def _refuse_taught(session: GroupSession) -> None:
    stored = GroupSession.objects.get(pk=session.pk)
    if stored.status != SessionStatus.SCHEDULED:
        refuse(_("The session is cancelled. Choose one that is held."))
    if SessionLesson.objects.taught().filter(session=session).exists():
        refuse(_("What this session taught is confirmed. Choose a session that is still to come."))


def _before(session: GroupSession) -> set[Key]:
    """Return the lessons (keys) that the group is taught, or planned to be, before the session."""
    rows = SessionLesson.objects.standing().filter(
        session__group=session.group_id,
        session__starts_at__lt=session.starts_at,
        session__status=SessionStatus.SCHEDULED,
    )
    return set(rows.values_list("lesson", flat=True))
