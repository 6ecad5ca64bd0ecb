"""How moments, marks and stretches are written on paper, in the clock of the session's site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.marks import MARK_LOOKS, Mark, Stretch
from attendance.sheet.people import Person
from attendance.sheet.states import Moment, State, state_from
from groups.counting import counted
from programs.models.rule import Count
from programs.weeks import local_date


def time_of(at: datetime, zone: ZoneInfo) -> str:
    """Return a local time, such as `5:30 PM`."""
    return date_format(at.astimezone(zone), "TIME_FORMAT")


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment with its zone, such as `Nov 23, 2026, 12:05 PM CST`."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"


def stretches_in_words(stretches: Sequence[Stretch], zone: ZoneInfo) -> str:
    """Return when somebody was there: `9:00 AM – 10:05 AM, since 10:40 AM`."""
    said = []
    for came, left in stretches:
        if left is None:
            said.append(_("since %(time)s") % {"time": time_of(came, zone)})
        else:
            said.append(f"{time_of(came, zone)} – {time_of(left, zone)}")
    return ", ".join(said)


def minutes_of(state: State, moment: Moment) -> str:
    """Return the minutes of presence inside the session, of how many; blank while it runs.

    Who never left was there until the end, once it is over.
    """
    if not state.stretches or (state.is_here and not moment.is_over):
        return ""
    start, end = moment.starts_at, moment.ends_at
    spans = [(max(came, start), min(left or end, end)) for came, left in state.stretches]
    whole = counted([(start, end)], (), Count.SCHEDULED_SPAN)
    return _("%(inside)s of %(whole)s min") % {
        "inside": counted(spans, (), Count.SCHEDULED_SPAN),
        "whole": whole,
    }


def mark_in_words(
    person: Person, moment: Moment, zone: ZoneInfo, *, is_amended: bool = False
) -> str:
    """Return the mark and what else is to be known: `Late · walk-in, by video`.

    A late entry is one of a later day than the session's; an amendment says so itself.
    """
    said = {
        _("make-up"): person.is_guest,
        _("walk-in"): not person.is_guest and not person.is_expected,
        _("by video"): person.state.is_by_video,
        _("amended"): is_amended,
        _("late entry"): not is_amended and _is_late(person, moment, zone),
    }
    tags = [word for word, holds in said.items() if holds]
    label = str(MARK_LOOKS[person.state.mark(moment)].label)
    return f"{label} · {', '.join(tags)}" if tags else label


def _is_late(person: Person, moment: Moment, zone: ZoneInfo) -> bool:
    at = person.recorded_at
    return at is not None and local_date(at, zone) > local_date(moment.starts_at, zone)


def state_in_words(text: str, moment: Moment, zone: ZoneInfo) -> str:
    """Return a written state in words: `Left early, 9:00 AM – 11:45 AM`."""
    state = state_from(text)
    if state is None:
        return text
    mark = state.mark(moment)
    said = [_("No record") if mark is Mark.UNMARKED else str(MARK_LOOKS[mark].label)]
    said += [stretches_in_words(state.stretches, zone)] if state.stretches else []
    said += [_("by video")] if state.is_by_video else []
    return ", ".join(said)
