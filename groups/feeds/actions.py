"""What changes about calendar addresses: made, made anew, revoked; and that one was read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from accounts.audit import write_audit
from accounts.models import AuditEvent, User
from accounts.models.invitation import digest
from groups.models import CalendarFeed
from programs.models import Program

SECRET_BYTES = 32
READ = "feed.read"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MadeFeed:
    """A fresh address with its secret, which is shown once and not kept."""

    feed: CalendarFeed
    secret: str


@transaction.atomic
def make_feed(*, program: Program | None, now: datetime, by: User) -> MadeFeed:
    """Make this person's address of their own sessions, or of all of a program's.

    An address they have of the same is revoked with it. Of two made at once one stays: the second
    waits for the first, and revokes it.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    for old in by.feeds.filter(program=program, revoked_at=None):
        revoke_feed(feed=old, now=now, by=by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        user=by, program=program, secret_hash=digest(secret), made_at=now
    )
    write_audit("feed.made", by=by, subject=feed, program_id=_program_id(feed))
    return MadeFeed(feed, secret)


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, now: datetime, by: User) -> None:
    """End an address for good; one that has ended already stays as it is."""
    live = CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None)
    # Whoever waited for another's address to be made has looked at the clock before it was.
    if live.update(revoked_at=Greatest(F("made_at"), Value(now))):
        write_audit("feed.revoked", by=by, subject=feed, program_id=_program_id(feed))


@transaction.atomic
def note_reading(*, feed: CalendarFeed, now: datetime, by: User) -> None:
    """Write that the address is read, once in a day: calendar programs ask every hour."""
    if _is_noted(feed, now, by):
        return
    CalendarFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    if not _is_noted(feed, now, by):
        write_audit(READ, by=by, subject=feed, program_id=_program_id(feed))


def _is_noted(feed: CalendarFeed, now: datetime, by: User) -> bool:
    recent = AuditEvent.objects.filter(by=by, at__gt=now - A_DAY)
    return recent.filter(verb=READ, subject_id=feed.public_id).exists()


def _program_id(feed: CalendarFeed) -> UUID | None:
    return feed.program.public_id if feed.program else None
