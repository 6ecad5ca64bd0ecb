"""An agenda as an iCalendar file (RFC 5545), in words that tell nobody anything.

Neither a group, its kind, its program nor a person is named: a phone shows it to whoever looks.
What is cancelled is not told of: a calendar program that reads the address takes the whole file
for what it showed before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vRecur

from groups.feeds.reading import OpenFeed, sessions_to_tell
from groups.feeds.revised import LONG_AGO, Revised, revised
from groups.feeds.series import Agenda, Series, agenda_of
from groups.feeds.zone_rules import timezone_of
from groups.models import GroupSession
from groups.recurrence import rrule_of
from programs.models import Program, Room

# Not translated: a feed is not asked for in a language.
TITLE = "Session"
OWN_NAME, PROGRAM_NAME = "My sessions", "All sessions"
MAKER = "-//IOP//Sessions//EN"
ASK_AGAIN_AFTER = timedelta(hours=1)


def calendar_file(opened: OpenFeed, *, now: datetime) -> bytes:
    """Return what the feed tells at this moment; the same rows give the same bytes."""
    agenda = agenda_of(sessions_to_tell(opened, now))
    events = [*_events(agenda, revised(agenda))]
    return _written(agenda, events, is_own=opened.feed.program is None)


def _written(agenda: Agenda, events: list[Event], *, is_own: bool) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, OWN_NAME if is_own else PROGRAM_NAME)
    for name in ("refresh-interval", "x-published-ttl"):
        calendar.add(name, ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for zone, since in _zones(agenda).items():
        calendar.add_component(timezone_of(zone, since))
    for event in events:
        # One's own sessions make one busy; those of all colleagues do not.
        event.add("transp", "OPAQUE" if is_own else "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def _zones(agenda: Agenda) -> dict[ZoneInfo, datetime]:
    """Return the zones in which the file gives times, and from when on."""
    found: dict[ZoneInfo, datetime] = {}
    for series in agenda.series:
        start = series.start_on(series.slot.first_on)
        found[series.zone] = min(start, found.get(series.zone, start))
    return found


def _events(agenda: Agenda, last: Revised) -> Iterator[Event]:
    for series in agenda.series:
        changed_at = last.of_series(series)
        yield _repeating(series, changed_at)
        for session in series.moved:
            event = _once(session, str(series.pattern.public_id), changed_at)
            event.add("recurrence-id", series.start_on(session.slot_on))  # type: ignore[arg-type]
            yield event
    for session in agenda.alone:
        yield _once(session, str(session.public_id), last.of(session))


def _repeating(series: Series, changed_at: datetime) -> Event:
    """Return the slot as one event, on the wall clock of its site."""
    slot = series.slot
    event = _event(str(series.pattern.public_id), changed_at, series.pattern.room)
    event.add("dtstart", series.start_on(slot.first_on))
    event.add("dtend", series.end_on(slot.first_on))
    event.add("rrule", vRecur.from_ical(rrule_of(slot, series.zone)))
    if series.left_out:
        event.add("exdate", [series.start_on(day) for day in series.left_out])
    event.add("description", _link("groups:calendar", series.program))
    return event


def _once(session: GroupSession, uid: str, changed_at: datetime) -> Event:
    """Return one session as an event, by the instants at which it starts and ends."""
    event = _event(uid, changed_at, session.room)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("description", _link("moving:session", session.group.program, session))
    return event


def _event(uid: str, changed_at: datetime, room: Room | None) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", TITLE)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    # Grows with every change, as programs expect that skip what they have seen.
    event.add("sequence", int((changed_at - LONG_AGO).total_seconds()))
    event.add("status", "CONFIRMED")
    if room:
        event.add("location", room.name)
    return event


def _link(view: str, program: Program, *rows: GroupSession) -> str:
    ids = [program.public_id, *(row.public_id for row in rows)]
    return settings.SITE_URL + reverse(view, args=ids)
