"""One row of the sheet in words: who, what is known, and what can be done in one tap."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.marks import MARK_LOOKS, Mark, MarkLook
from attendance.sheet.actions import Conflict, Problem
from attendance.sheet.people import Person
from attendance.sheet.states import Ask, State
from attendance.sheet.wishes import Clock, RowMarks, texts_of
from programs.weeks import DAYS

CHOICES = (
    (Ask.PRESENT, "ok", gettext_lazy("Present")),
    (Ask.LATE, "warn", gettext_lazy("Late")),
    (Ask.EXCUSED, "go", gettext_lazy("Excused")),
    (Ask.UNEXCUSED, "lost", gettext_lazy("Absent")),
)


@dataclass(frozen=True)
class Choice:
    """One of the four radios."""

    value: str
    tone: str
    label: str | Promise
    is_checked: bool


@dataclass(frozen=True)
class Tool:
    """The button beside the radios: what it asks for, and how it reads aloud."""

    act: str
    icon: str
    label: str
    says: str


@dataclass(frozen=True)
class TimeField:
    """A field for a time, with what is wrong with it."""

    name: str
    label: str
    value: str
    error: str | Promise = ""


@dataclass(frozen=True)
class Newer:
    """What someone else recorded meanwhile, in words, and the way to put one's own in its place."""

    words: str
    use: str
    label: str


@dataclass(frozen=True)
class Row:
    """Everything the row's template reads."""

    id: uuid.UUID
    name: str
    meta: str
    chips: tuple[MarkLook, ...]
    look: MarkLook
    detail: str
    tone: str
    is_marked: bool
    seen: str
    choices: tuple[Choice, ...]
    tool: Tool | None
    undo: str
    fields: tuple[TimeField, ...]
    problem: str | Promise
    newer: Newer | None
    is_open: bool


@dataclass(frozen=True)
class Said:
    """What the last request had to say of a row."""

    typed: RowMarks | None = None
    problem: Problem | None = None
    conflict: Conflict | None = None
    is_open: bool = False


def row_of(person: Person, name: str, clock: Clock, said: Said) -> Row:
    """Return the row; what was typed and refused stays typed."""
    state, mark = person.state, person.state.mark(clock.moment)
    refused = said.typed if said.problem else None
    choice = refused.choice if refused else state.choice(clock.moment)
    fields = _fields(state, clock, refused, said.problem)
    at_field = said.problem and any(each.error for each in fields)
    return Row(
        id=person.id,
        name=name,
        meta=_meta(person, clock),
        chips=_chips(person),
        look=replace(MARK_LOOKS[mark], label=_label(state, mark, clock)),
        detail=_detail(person, mark, clock),
        tone=_tone(person, mark),
        is_marked=state.has_record,
        seen=str(state),
        choices=tuple(Choice(*each, is_checked=each[0] == choice) for each in CHOICES),
        tool=_tool(state, mark, name, clock),
        undo=_("Undo the mark of %(name)s") % {"name": name} if state.has_record else "",
        fields=fields,
        problem=said.problem.words if said.problem and not at_field else "",
        newer=_newer(said.conflict, person, clock),
        is_open=said.is_open or bool(at_field),
    )


def _tone(person: Person, mark: Mark) -> str:
    is_walk_in = not person.is_expected and bool(person.state.stretches)
    return "guest" if is_walk_in else MARK_LOOKS[mark].tone


def _meta(person: Person, clock: Clock) -> str:
    if person.admitted_on is None:
        return ""
    week = (clock.day - person.admitted_on).days // DAYS + 1
    return _("Week %(number)s") % {"number": week}


def _chips(person: Person) -> tuple[MarkLook, ...]:
    if person.is_guest:
        return (MarkLook("guest", "calendar-plus", _("Make-up")),)
    if not person.is_expected:
        return (MarkLook("guest", "user-plus", _("Walk-in")),)
    return ()


def _label(state: State, mark: Mark, clock: Clock) -> str | Promise:
    if mark is Mark.LATE:
        late = _minutes(state.stretches[0][0] - clock.moment.starts_at)
        return _("Late %(minutes)s min") % {"minutes": late}
    return MARK_LOOKS[mark].label


def _detail(person: Person, mark: Mark, clock: Clock) -> str:
    """Return the line beneath the chip: times and minutes, or when it was recorded."""
    state, moment = person.state, clock.moment
    if mark is Mark.UNMARKED:
        minutes = _minutes(moment.now - moment.starts_at)
        if moment.is_running and minutes:
            return _("no mark, %(minutes)s min in") % {"minutes": minutes}
        return _("expected %(time)s") % {"time": _time(moment.starts_at, clock)}
    if not state.stretches:
        at = person.recorded_at
        return _("recorded %(time)s") % {"time": _time(at, clock)} if at else ""
    arrived, left = state.stretches[0][0], state.stretches[-1][1]
    if left is None:
        times = _time(arrived, clock)
    else:
        times = f"{_time(arrived, clock)} – {_time(left, clock)}"
    if mark is Mark.PRESENT and left is None:
        return times
    if left is None:
        return times if len(state.stretches) == 1 else f"{times} · {_out(state)}"
    return f"{times} · {_inside(state, clock)}"


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


def _time(at, clock: Clock) -> str:
    return date_format(at.astimezone(clock.zone), "TIME_FORMAT")


def _tool(state: State, mark: Mark, name: str, clock: Clock) -> Tool | None:
    who = {"name": name}
    if mark is Mark.UNEXCUSED:
        return Tool(Ask.NO_CALL, "phone-missed", _("No call"), _("%(name)s did not call") % who)
    if state.has_record and not state.stretches:
        return Tool(Ask.CLEAR, "undo-2", _("Undo"), _("Undo the mark of %(name)s") % who)
    if state.stretches and not state.is_here:
        if clock.moment.is_over:
            return None
        return Tool(Ask.BACK, "log-in", _("Back"), _("%(name)s is back") % who)
    return Tool(Ask.LEFT, "log-out", _("Left"), _("%(name)s leaves now") % who)


def _fields(
    state: State, clock: Clock, refused: RowMarks | None, problem: Problem | None
) -> tuple[TimeField, ...]:
    """Return the fields for exact times: one pair of out and back more than there are."""
    texts: Mapping[str, str] = {**texts_of(state, clock), **(refused.times if refused else {})}
    gaps = max(1, len(state.stretches), *(int(n[3:]) for n in texts if n.startswith("out")))
    labels = [("arrived", _("Arrived"))]
    for number in range(1, gaps + 1):
        labels += [(f"out{number}", _("Went out")), (f"back{number}", _("Came back"))]
    wrong = {problem.field: problem.words} if problem else {}
    return tuple(
        TimeField(name, label, texts.get(name, ""), wrong.get(name, ""))
        for name, label in [*labels, ("left", _("Left"))]
    )


def _newer(conflict: Conflict | None, person: Person, clock: Clock) -> Newer | None:
    if conflict is None:
        return None
    yours, at = in_words(conflict.wanted, clock), person.recorded_at
    words = _("%(who)s marked %(theirs)s at %(time)s; you said %(yours)s.") % {
        "who": person.recorded_by or _("The import"),
        "theirs": in_words(person.state, clock),
        "time": _time(at, clock) if at else "",
        "yours": yours,
    }
    return Newer(words, str(conflict.wanted), _("Use mine: %(mark)s") % {"mark": yours})


def in_words(state: State, clock: Clock) -> str:
    """Return a state in one phrase, such as `Late 9:12 AM` or `Present 9:00 AM – 10:05 AM`."""
    mark = state.mark(clock.moment)
    label = str(MARK_LOOKS[mark].label)
    if not state.stretches or (mark is Mark.PRESENT and state.is_here):
        return label
    return f"{label} {_spans(state.stretches, clock)}"


def _spans(stretches: Sequence, clock: Clock) -> str:
    said = []
    for arrived, left in stretches:
        said.append(_time(arrived, clock) + (f" – {_time(left, clock)}" if left else ""))
    return ", ".join(said)
