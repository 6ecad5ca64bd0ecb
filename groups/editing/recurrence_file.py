"""A group's weekly slots for other calendars: as lines to read, and as an iCalendar file.

The rules alone: closed days and sessions that were moved are told of by a calendar feed.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from groups.feeds.calendar_file import MAKER, TITLE
from groups.feeds.zone_rules import timezone_of
from groups.models import MeetingPattern, TherapyGroup
from groups.recurrence import first_start, followed_to, left_out, rrule_of
from programs.weeks import local_date


def calendar_file(group: TherapyGroup, *, now: datetime) -> bytes:
    """Return the slots in force or still to come, each as one event that repeats."""
    zone = group.program.zone
    today = local_date(now, zone)
    slots = MeetingPattern.objects.meeting_since(today).filter(group=group).select_related("room")
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    starts = {slot: start for slot in slots.order_by("pk") if (start := first_start(slot, zone))}
    if starts:
        calendar.add_component(timezone_of(zone, min(starts.values())))
    for slot, start in starts.items():
        calendar.add_component(_event(slot, start, zone, now))
    return calendar.to_ical()


def _event(slot: MeetingPattern, start: datetime, zone: ZoneInfo, now: datetime) -> Event:
    """Return the slot as an event on the wall clock of its site."""
    event = Event()
    event.add("uid", str(slot.public_id))
    event.add("summary", TITLE)
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", datetime.combine(start.date(), slot.ends, tzinfo=zone))
    event.add("rrule", vRecur.from_ical(rrule_of(slot, zone)))
    without = left_out(slot, zone, until=followed_to(slot, local_date(now, zone)))
    if without:
        event.add("exdate", without)
    if slot.room:
        event.add("location", slot.room.name)
    return event
