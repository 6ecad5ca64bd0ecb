"""What the page of one's calendar addresses shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from groups.feeds.actions import READ, MadeFeed
from groups.feeds.forms import OWN, MakeFeedForm
from groups.feeds.reading import programs_to_feed
from groups.models import CalendarFeed
from programs.access import Access
from programs.models import Program


@dataclass(frozen=True)
class FeedRow:
    """A calendar and the address one has of it, if any.

    `asks_for` is what a button sends to have one made: nothing where one may not any more.
    """

    title: str
    words: str
    asks_for: str
    feed: CalendarFeed | None
    read_at: datetime | None


@dataclass(frozen=True)
class FeedsPage:
    """One person's calendars. A secret is in it only right after it was made."""

    rows: tuple[FeedRow, ...]
    form: MakeFeedForm
    made_title: str
    address: str


def feeds_page(access: Access, *, form: MakeFeedForm, made: MadeFeed | None = None) -> FeedsPage:
    """Return the page, in two queries."""
    feeds = list(access.user.feeds.filter(revoked_at=None).select_related("program"))
    rows = tuple(_rows(access, {each.program_id: each for each in feeds}, _last_read(feeds)))
    return FeedsPage(
        rows=rows,
        form=form,
        made_title=next((row.title for row in rows if made and row.feed == made.feed), ""),
        address=address_of(made.secret) if made else "",
    )


def address_of(secret: str) -> str:
    """Return the address at which a calendar program reads the feed."""
    return settings.SITE_URL + reverse("feeds:ics", args=[secret])


def _last_read(feeds: Iterable[CalendarFeed]) -> dict[UUID | None, datetime]:
    read = AuditEvent.objects.filter(
        verb=READ,
        by__in={each.user_id for each in feeds},
        subject_id__in=[each.public_id for each in feeds],
    )
    return dict(read.values_list("subject_id").annotate(Max("at")))


def _rows(
    access: Access,
    feeds: dict[int | None, CalendarFeed],
    read_at: dict[UUID | None, datetime],
) -> Iterator[FeedRow]:
    """Yield what may be asked for, then what may not any more but was not revoked."""
    wanted: list[tuple[int | None, str, str, str]] = [
        (None, _("My sessions"), _("Those you lead, in all your programs"), OWN)
    ]
    for each in programs_to_feed(access):
        words = _("All sessions of the program")
        wanted.append((each.pk, each.name, words, str(each.public_id)))
    for key in feeds.keys() - {key for key, *_said in wanted}:
        wanted.append((key, _title_of_lost(access, feeds[key].program), _lost(), ""))
    for key, title, words, asks_for in wanted:
        feed = feeds.get(key)
        yield FeedRow(title, words, asks_for, feed, read_at.get(feed.public_id) if feed else None)


def _title_of_lost(access: Access, program: Program | None) -> str:
    return program.name if program in access.programs else _("A program you worked in")


def _lost() -> str:
    return _("You no longer read all of its groups, so this address answers nothing.")
