"""What a calendar address opens: whose it is, whether it still may, which sessions it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models.invitation import digest
from groups.models import CalendarFeed, GroupSession, SessionStatus
from groups.readable import led_by
from programs.access import Access, access_of
from programs.models import Program
from programs.who_may import Scope

LOOK_BACK = timedelta(weeks=4)


@dataclass(frozen=True)
class OpenFeed:
    """A feed that answers now, and what its owner may read."""

    feed: CalendarFeed
    access: Access


def programs_to_feed(access: Access) -> list[Program]:
    """Return the programs of which this person may have an address: those read in whole."""
    return [each for each in access.programs if reads_all(access, each)]


def reads_all(access: Access, program: Program) -> bool:
    """Return whether this person reads all groups of the program."""
    return access.scope("groups.read", program) is Scope.PROGRAM


def open_feed(secret: str) -> OpenFeed | None:
    """Return the feed behind the secret; None for one that never was, or no longer may be read."""
    live = CalendarFeed.objects.live().select_related("user", "program")
    feed = live.filter(secret_hash=digest(secret)).first()
    if feed is None:
        return None
    access = access_of(feed.user)
    return OpenFeed(feed, access) if _still_may(feed, access) else None


def _still_may(feed: CalendarFeed, access: Access) -> bool:
    if feed.program is None:
        return bool(access.programs_for("feeds.own"))
    return reads_all(access, feed.program)


def sessions_to_tell(opened: OpenFeed, now: datetime) -> QuerySet[GroupSession]:
    """Return the sessions that are held, from LOOK_BACK ago to as far as any are planned."""
    user, program = opened.access.user, opened.feed.program
    visible = GroupSession.objects.visible_to(user).filter(
        status=SessionStatus.SCHEDULED, held_on__gte=(now - LOOK_BACK).date()
    )
    chosen = led_by(user, visible) if program is None else visible.filter(group__program=program)
    # Prefetched, not joined: thousands of sessions share a few slots, rooms and sites.
    return chosen.prefetch_related("group__program__site", "pattern__room", "room").order_by(
        "starts_at", "pk"
    )
