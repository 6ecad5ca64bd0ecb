"""A record in words: its mark, its times, its minutes, as one phrase or as the row's lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from attendance.marks import MARK_LOOKS, Mark
from attendance.sheet.people import Person
from attendance.sheet.states import State
from attendance.sheet.wishes import Clock
from programs.weeks import DAYS, local_date


def in_words(state: State, clock: Clock) -> str:
    """Return a state in one phrase, such as `Late 9:12 AM` or `Present 9:00 AM – 10:05 AM`."""
    mark = state.mark(clock.moment)
    label = str(MARK_LOOKS[mark].label)
    if state.is_by_video:
        label = _("%(mark)s by video") % {"mark": label}
    if not state.stretches or (mark is Mark.PRESENT and state.is_here):
        return label
    return f"{label} {_spans(state.stretches, clock)}"


def week_of(person: Person, clock: Clock) -> str:
    """Return in which week of their stay the person is."""
    if person.admitted_on is None:
        return ""
    week = (clock.day - person.admitted_on).days // DAYS + 1
    return _("Week %(number)s") % {"number": week}


def label_of(state: State, mark: Mark, clock: Clock) -> str | Promise:
    """Return the chip's word, with how late where somebody was."""
    if mark is Mark.LATE:
        late = _minutes(state.stretches[0][0] - clock.moment.starts_at)
        return _("Late %(minutes)s min") % {"minutes": late}
    return MARK_LOOKS[mark].label


def detail_of(person: Person, mark: Mark, clock: Clock) -> str:
    """Return the line beneath the chip: times and minutes, or when it was recorded."""
    state, moment = person.state, clock.moment
    if mark is Mark.UNMARKED:
        minutes = _minutes(moment.now - moment.starts_at)
        if moment.is_running and minutes:
            return _("no mark, %(minutes)s min in") % {"minutes": minutes}
        return _("expected %(time)s") % {"time": time_of(moment.starts_at, clock)}
    if not state.stretches:
        return _absence_detail(person, clock)
    arrived, left = state.stretches[0][0], state.stretches[-1][1]
    if left is None:
        times = time_of(arrived, clock)
    else:
        times = f"{time_of(arrived, clock)} – {time_of(left, clock)}"
    if mark is Mark.PRESENT and left is None:
        return times
    if left is None:
        return times if len(state.stretches) == 1 else f"{times} · {_out(state)}"
    return f"{times} · {_inside(state, clock)}"


def _absence_detail(person: Person, clock: Clock) -> str:
    """Say when notice was given. The reason stays inside: a roster is seen by the whole room."""
    notice, at = person.details.notice_at, person.recorded_at
    if notice is None:
        return _("recorded %(time)s") % {"time": time_of(at, clock)} if at else ""
    is_same_day = local_date(notice, clock.zone) == clock.day
    said = time_of(notice, clock) if is_same_day else moment_of_day(notice, clock)
    return _("notice %(time)s") % {"time": said}


def time_of(at: datetime, clock: Clock) -> str:
    """Return the local time."""
    return date_format(at.astimezone(clock.zone), "TIME_FORMAT")


def moment_of_day(at: datetime, clock: Clock) -> str:
    """Return the local date and time."""
    return date_format(at.astimezone(clock.zone), "M j, g:i A")


def _inside(state: State, clock: Clock) -> str:
    start, end = clock.moment.starts_at, clock.moment.ends_at
    spans = [min(left or end, end) - max(came, start) for came, left in state.stretches]
    inside = sum(max(0, _minutes(span)) for span in spans)
    return _("%(inside)s of %(whole)s min") % {"inside": inside, "whole": _minutes(end - start)}


def _out(state: State) -> str:
    gaps = zip(state.stretches, state.stretches[1:], strict=False)
    away = sum(_minutes(back - out) for (_in, out), (back, _left) in gaps if out)
    return _("%(minutes)s min out") % {"minutes": away}


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def _spans(stretches: Sequence, clock: Clock) -> str:
    said = []
    for arrived, left in stretches:
        said.append(time_of(arrived, clock) + (f" – {time_of(left, clock)}" if left else ""))
    return ", ".join(said)
