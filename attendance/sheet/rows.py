"""One row of the sheet in words: who, what is known, and what can be done in one tap."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.marks import MARK_LOOKS, Mark, MarkLook
from attendance.sheet.amended import Correction
from attendance.sheet.chips import chips_of, parts_of, said_no
from attendance.sheet.people import NO_DETAILS, Person
from attendance.sheet.refusals import Problem
from attendance.sheet.states import UNMARKED, Ask, State
from attendance.sheet.weighing import Conflict
from attendance.sheet.wishes import Clock, RowMarks, texts_of
from attendance.sheet.wording import detail_of, in_words, label_of, time_of, week_of

CHOICES = (
    (Ask.PRESENT, "ok", gettext_lazy("Present")),
    (Ask.LATE, "warn", gettext_lazy("Late")),
    (Ask.EXCUSED, "go", gettext_lazy("Excused")),
    (Ask.UNEXCUSED, "lost", gettext_lazy("Absent")),
)
KINDS = (
    (Ask.EXCUSED, gettext_lazy("Excused")),
    (Ask.UNEXCUSED, gettext_lazy("Unexcused")),
    (Ask.NO_CALL, gettext_lazy("No call")),
)
WAYS = ((Ask.IN_PERSON, gettext_lazy("In person")), (Ask.VIDEO, gettext_lazy("By video")))


@dataclass(frozen=True)
class Choice:
    """One of the four radios."""

    value: str
    tone: str
    label: str | Promise
    is_checked: bool
    # What the person said beforehand suggests it; only a tap makes it a record.
    is_suggested: bool


@dataclass(frozen=True)
class Switch:
    """One of a few buttons of which one is pressed: the kind of absence, or in which way here."""

    act: str
    label: str | Promise
    is_pressed: bool


@dataclass(frozen=True)
class Tool:
    """The button beside the radios: what it asks for, and how it reads aloud.

    With `use` it brings that state back, instead of asking for `act`.
    """

    act: str
    icon: str
    label: str
    says: str
    use: str = ""


@dataclass(frozen=True)
class TimeField:
    """A field for a time, with what is wrong with it."""

    name: str
    label: str
    value: str
    error: str | Promise = ""


@dataclass(frozen=True)
class Newer:
    """What somebody recorded meanwhile, in words, and the way to put one's own in its place."""

    words: str
    use: str
    label: str


@dataclass(frozen=True)
class Who:
    """Who it is and what is known of them at this session."""

    meta: str
    chips: tuple[MarkLook, ...]
    parts: tuple[MarkLook, ...]
    said_no: MarkLook | None
    alert_id: uuid.UUID | None
    look: MarkLook
    detail: str
    is_unexplained: bool
    saved: str


@dataclass(frozen=True)
class Controls:
    """What can be done with the row, beside its four radios."""

    tool: Tool | None
    kinds: tuple[Switch, ...]
    ways: tuple[Switch, ...]
    clear: str
    undo: str
    undo_says: str


@dataclass(frozen=True)
class Row:
    """Everything the row's template reads."""

    id: uuid.UUID
    name: str
    who: Who
    tone: str
    is_marked: bool
    is_absent: bool
    seen: str
    said: str
    choices: tuple[Choice, ...]
    controls: Controls
    fields: tuple[TimeField, ...]
    problem: str | Promise
    newer: Newer | None
    is_open: bool
    has_new_absence: bool
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Said:
    """What the last request had to say of a row; `before` is what it said until then."""

    typed: RowMarks | None = None
    problem: Problem | None = None
    conflict: Conflict | None = None
    before: State | None = None
    is_saved: bool = False
    is_open: bool = False
    # What the row says on the page that gets this answer.
    shown: State = UNMARKED


def row_of(
    person: Person, name: str, clock: Clock, said: Said, corrections: tuple[Correction, ...] = ()
) -> Row:
    """Return the row; what was typed and refused stays typed."""
    state, mark = person.state, person.state.mark(clock.moment)
    refused = said.typed if said.problem else None
    fields = _fields(state, clock, refused, said.problem)
    at_field = any(each.error for each in fields)
    return Row(
        id=person.id,
        name=name,
        who=_who(person, mark, clock, said, is_amended=bool(corrections)),
        tone=_tone(person, mark),
        is_marked=state.has_record,
        is_absent=bool(state.absence),
        seen=str(state),
        said=str(person.said or ""),
        choices=_choices(person, clock, refused),
        controls=_controls(state, mark, name, clock, said.before),
        fields=fields,
        problem=said.problem.words if said.problem and not at_field else "",
        newer=_newer(said.conflict, person, clock),
        is_open=said.is_open or at_field,
        has_new_absence=bool(state.absence) and not said.shown.absence,
        corrections=corrections,
    )


def _who(person: Person, mark: Mark, clock: Clock, said: Said, *, is_amended: bool) -> Who:
    label = label_of(person.state, mark, clock)
    return Who(
        meta=week_of(person, clock),
        chips=chips_of(person, clock, is_amended=is_amended),
        parts=parts_of(person),
        said_no=said_no(person),
        alert_id=person.alert_id,
        look=replace(MARK_LOOKS[mark], label=label),
        detail=detail_of(person, mark, clock),
        is_unexplained=mark is Mark.EXCUSED and person.details == NO_DETAILS,
        saved=_saved(person, clock) if said.is_saved else "",
    )


def _controls(state: State, mark: Mark, name: str, clock: Clock, before: State | None) -> Controls:
    undo = str(before) if before is not None and before != state else ""
    tool = _tool(state, mark, name, clock, undo)
    return Controls(
        tool=tool,
        kinds=_kinds(state),
        ways=_ways(state),
        clear=_("Undo the mark of %(name)s") % {"name": name} if state.has_record else "",
        undo="" if tool and tool.use else undo,
        undo_says=_("Undo the last change of %(name)s") % {"name": name},
    )


def _choices(person: Person, clock: Clock, refused: RowMarks | None) -> tuple[Choice, ...]:
    choice = refused.choice if refused else person.state.choice(clock.moment)
    suggested = Ask.EXCUSED if person.no and not person.state.has_record else ""
    return tuple(
        Choice(*each, is_checked=each[0] == choice, is_suggested=each[0] == suggested)
        for each in CHOICES
    )


def _tone(person: Person, mark: Mark) -> str:
    is_walk_in = not person.is_expected and bool(person.state.stretches)
    return "guest" if is_walk_in else MARK_LOOKS[mark].tone


def _saved(person: Person, clock: Clock) -> str:
    at = person.recorded_at
    return _("Saved %(time)s") % {"time": time_of(at, clock)} if at else ""


def _kinds(state: State) -> tuple[Switch, ...]:
    if not state.has_record or state.stretches:
        return ()
    return tuple(Switch(ask, label, state.absence == ask) for ask, label in KINDS)


def _ways(state: State) -> tuple[Switch, ...]:
    if not state.stretches:
        return ()
    here = Ask.VIDEO if state.is_by_video else Ask.IN_PERSON
    return tuple(Switch(ask, label, ask == here) for ask, label in WAYS)


def _tool(state: State, mark: Mark, name: str, clock: Clock, undo: str) -> Tool | None:
    who = {"name": name}
    if mark is Mark.UNEXCUSED:
        return Tool(Ask.NO_CALL, "phone-missed", _("No call"), _("%(name)s did not call") % who)
    if state.has_record and not state.stretches:
        says = _("Undo the mark of %(name)s") % who
        return Tool(Ask.CLEAR, "undo-2", _("Undo"), says, use=undo)
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
    if not person.state.has_record:
        words = _("This mark was undone meanwhile; you said %(yours)s.") % {"yours": yours}
    else:
        words = _("%(who)s marked %(theirs)s at %(time)s; you said %(yours)s.") % {
            "who": person.recorded_by or _("The import"),
            "theirs": in_words(person.state, clock),
            "time": time_of(at, clock) if at else "",
            "yours": yours,
        }
    return Newer(words, str(conflict.wanted), _("Use mine: %(mark)s") % {"mark": yours})
