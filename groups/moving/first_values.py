"""What a form is filled in with at first: the session as it is, and what its address suggests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time

from django.http import QueryDict

from groups.models import GroupSession, MeetingPattern, TherapyGroup
from groups.moving.forms import AskedForm, HowMuch
from groups.moving.placement_form import filled, with_length_kept
from groups.schedule.edit import TimeSpan
from groups.schedule.placing import may_lead
from programs.weeks import local_date

USUAL = (time(9), time(12))


def move_data(session: GroupSession, asked: AskedForm) -> QueryDict:
    """Return the form as the session is, with what the address suggests; its length is kept."""
    zone = session.group.program.zone
    starts, ends, *breaks = (
        each.astimezone(zone).time()
        for span in ((session.starts_at, session.ends_at), *session.breaks)
        for each in span
    )
    spans = list(zip(breaks[::2], breaks[1::2], strict=True))
    wanted = asked.values()
    room = wanted.get("room") or (session.room.public_id if session.room else "")
    data = filled(wanted.get("held_on") or session.held_on, starts, ends, spans, room=room)
    data["how_much"] = HowMuch.THIS
    return _starting(data, asked)


def add_data(group: TherapyGroup, asked: AskedForm, now: datetime) -> QueryDict:
    """Return the form as the group’s newest weekly slot is, with what the address suggests."""
    slots = MeetingPattern.objects.in_force().filter(group=group).select_related("room")
    slot = slots.order_by("-first_on", "weekday", "pk").first()
    wanted, today = asked.values(), local_date(now, group.program.zone)
    usual = (slot.room if slot else None) or group.default_room
    room = wanted.get("room") or (usual.public_id if usual else "")
    data = filled(wanted.get("held_on") or today, *_times(slot), room=room)
    data["group"] = str(group.public_id)
    data.setlist("leaders", _leaders(slot, may_lead(group.program)) if slot else [])
    return _starting(data, asked)


def _times(slot: MeetingPattern | None) -> tuple[time, time, Sequence[TimeSpan]]:
    if slot is None:
        return (*USUAL, ())
    return (slot.starts, slot.ends, [(start, end) for start, end in slot.breaks])


def _leaders(slot: MeetingPattern, able: Collection[int]) -> list[str]:
    leading = slot.facilitators.filter(is_former=False, user__in=able)
    return [str(key) for key in leading.values_list("user__public_id", flat=True)]


def _starting(data: QueryDict, asked: AskedForm) -> QueryDict:
    """Return the form with the start that was suggested; end and breaks move along."""
    if start := asked.values().get("starts"):
        data["starts"] = f"{start:%H:%M}"
    return with_length_kept(data)
