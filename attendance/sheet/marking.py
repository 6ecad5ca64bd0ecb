"""What a mark makes of somebody's record, and whether the record says so already."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from attendance.marks import Stretch
from attendance.sheet.states import (
    ABSENCE_OF,
    DOORS_OPEN,
    UNMARKED,
    Ask,
    Moment,
    Refused,
    State,
    absent,
    checked,
    present,
)


def is_answered(current: State, ask: Ask, seen: State, moment: Moment) -> bool:
    """Say whether the record already says what is asked: a repeated mark changes nothing."""
    if ask in ABSENCE_OF:
        return current == absent(ABSENCE_OF[ask])
    if ask in (Ask.PRESENT, Ask.LATE):
        return bool(current.stretches) and current.choice(moment) == ask
    if ask in (Ask.LEFT, Ask.BACK):
        return _has_moved(current, ask, seen)
    if ask in (Ask.VIDEO, Ask.IN_PERSON):
        return bool(current.stretches) and current.is_by_video is (ask == Ask.VIDEO)
    return ask != Ask.EXACT and current.has_record is (ask != Ask.CLEAR)


def _has_moved(current: State, ask: Ask, seen: State) -> bool:
    """Say whether they have left, or are back, since they were seen."""
    if ask == Ask.BACK:
        return current.is_here and current.stretches[:-1] == seen.stretches
    came = [arrived for arrived, _left in current.stretches]
    was = [arrived for arrived, _left in seen.stretches]
    return bool(came) and came == was and not current.is_here


def after(current: State, ask: Ask, moment: Moment) -> State:
    """Return what the mark makes of the record; raises Refused where it cannot be."""
    if ask in ABSENCE_OF:
        return absent(ABSENCE_OF[ask])
    if ask == Ask.CLEAR:
        return UNMARKED
    return checked(_HERE[ask](current, moment), moment)


def _present(current: State, moment: Moment) -> State:
    """From the start on, or from now where they came early; until the end once it is over."""
    if moment.now < moment.starts_at - DOORS_OPEN:
        raise Refused(_("Presence can be marked from an hour before the start."))
    arrived = min(moment.starts_at, moment.now)
    if current.stretches:
        return _staying(current, (arrived, current.stretches[0][1]), *current.stretches[1:])
    return present((arrived, moment.ends_at if moment.is_over else None))


def _walk_in(current: State, moment: Moment) -> State:
    """From now on while it runs, as they come through the door."""
    if not moment.is_running:
        return _present(current, moment)
    return present((moment.now, None))


def _late(current: State, moment: Moment) -> State:
    """From now on; before it would be late, and after the end, the time has to be typed."""
    if moment.is_over or moment.now <= moment.starts_at + moment.grace:
        raise Refused(_("Say when they arrived."), field="arrived")
    if not current.stretches:
        return present((moment.now, None))
    left = current.stretches[0][1]
    if left is not None and left < moment.now:
        raise Refused(_("Say when they arrived."), field="arrived")
    return _staying(current, (moment.now, left), *current.stretches[1:])


def _left(current: State, moment: Moment) -> State:
    """Out of the room now; after the end: at the end."""
    start, end = moment.starts_at, moment.ends_at
    arrived, left = current.stretches[-1] if current.stretches else (start, None)
    if moment.now <= start:
        raise Refused(_("The session has not started: nobody has left it yet."))
    if left is not None:
        raise Refused(_("They have left already."))
    return _staying(current, *current.stretches[:-1], (arrived, max(arrived, min(moment.now, end))))


def _back(current: State, moment: Moment) -> State:
    """In the room again; in the minute in which they left, they never left."""
    if not current.stretches or current.is_here:
        raise Refused(_("Nothing says that they left."))
    if moment.is_over:
        raise Refused(_("The session is over: type when they came back."), field="back1")
    arrived, left = current.stretches[-1]
    if left is not None and left >= moment.now:
        return _staying(current, *current.stretches[:-1], (arrived, None))
    return _staying(current, *current.stretches, (moment.now, None))


def _video(current: State, moment: Moment) -> State:
    """There by video; whoever is not marked yet is present so."""
    return replace(_there(current, moment), is_by_video=True)


def _in_person(current: State, moment: Moment) -> State:
    return replace(_there(current, moment), is_by_video=False)


def _there(current: State, moment: Moment) -> State:
    if current.has_record and not current.stretches:
        raise Refused(_("They are marked absent. Mark them present first."))
    return current if current.stretches else _present(current, moment)


def _staying(current: State, *stretches: Stretch) -> State:
    """Return the same person with other stretches."""
    return present(*stretches, is_by_video=current.is_by_video)


_HERE = {
    Ask.PRESENT: _present,
    Ask.REST: _present,
    Ask.WALK_IN: _walk_in,
    Ask.LATE: _late,
    Ask.LEFT: _left,
    Ask.BACK: _back,
    Ask.VIDEO: _video,
    Ask.IN_PERSON: _in_person,
}
