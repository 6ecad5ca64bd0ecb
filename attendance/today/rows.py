"""The lines of Today: sessions of the day, people who are missing, small facts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.marks import MARK_LOOKS, Mark, MarkLook
from attendance.today.desk import Desk
from attendance.today.said import Answers, SaidList, in_words, said_list, said_look
from attendance.today.session_marks import SessionMarks
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession
from groups.readable import leaders_of
from groups.session_links import may_mark, session_url, sheet_url
from programs.names import roster_names

MINUTE = 60


@dataclass(frozen=True)
class Chip:
    """Icon and word of one fact."""

    tone: str
    icon: str
    label: str


@dataclass(frozen=True)
class AgendaRow:
    """One session of the day."""

    kind: KindLook
    starts: str
    ends: str
    name: str
    url: str
    details: str
    chips: tuple[Chip, ...]
    said: SaidList
    is_over: bool


@dataclass(frozen=True)
class MissingRow:
    """One person who is missing, or one session in which nobody is marked yet."""

    name: str
    url: str
    tone: str
    icon: str
    details: str
    mark_url: str
    said: MarkLook | None = None


def agenda_row(
    session: GroupSession, marks: SessionMarks, desk: Desk, chips: Sequence[Chip] = ()
) -> AgendaRow:
    """Return the line of one session, for a list by time."""
    answers = answers_to_show(session, marks, desk)
    return AgendaRow(
        kind=kind_look(session.group.kind),
        starts=desk.clock(session.starts_at),
        ends=desk.clock(session.ends_at),
        name=session.group.name,
        url=session_url(session, desk.access, desk.program),
        details=" · ".join(_details(session, answers, desk)),
        chips=tuple(chips),
        said=said_list(answers, desk),
        is_over=session.ends_at <= desk.now,
    )


def _details(session: GroupSession, answers: Answers, desk: Desk) -> list[str]:
    parts = [session.room.name] if session.room else []
    own = str(desk.access.user.public_id) if desk.is_mine else ""
    leaders = ", ".join(each.name for each in leaders_of(session) if each.key != own)
    parts += [leaders] if leaders else []
    seats = {"n": session.expected, "of": session.group.capacity}  # type: ignore[attr-defined]
    parts.append(_("%(n)s of %(of)s expected") % seats)
    return parts + in_words(answers) + teaches(session)


def teaches(session: GroupSession) -> list[str]:
    """Return what the session teaches, in words; it was read `with_lessons`."""
    names: list[str] = session.lesson_names  # type: ignore[attr-defined]
    return [_("teaches %(lessons)s") % {"lessons": ", ".join(names)}] if names else []


def answers_to_show(session: GroupSession, marks: SessionMarks, desk: Desk) -> Answers:
    """Return what was said beforehand, until marks say what was."""
    is_ahead = desk.now < session.starts_at
    is_waiting = desk.is_running(session) and marks.is_untouched
    return marks.answers if is_ahead or is_waiting else Answers()


def mark_chips(marks: SessionMarks) -> tuple[Chip, ...]:
    """Return one chip for each mark that somebody has, and one for those who walked in."""
    chips = [
        Chip(MARK_LOOKS[mark].tone, MARK_LOOKS[mark].icon, f"{count} {_word(mark)}")
        for mark, count in marks.counts
    ]
    if marks.walk_ins:
        words = ngettext("%(n)s walk-in", "%(n)s walk-ins", marks.walk_ins) % {"n": marks.walk_ins}
        chips.append(Chip("guest", "user-plus", words))
    return tuple(chips)


def missing_rows(
    sessions: Sequence[GroupSession], marks: dict[int, SessionMarks], desk: Desk
) -> tuple[MissingRow, ...]:
    """Return who is missing from these sessions; one line for a session nobody is marked in."""
    people = [each.participant for session in sessions for each in marks[session.pk].missing]
    names = roster_names(people)
    rows: list[MissingRow] = []
    for session in sessions:
        if marks[session.pk].is_untouched:
            rows.append(_nobody_marked(session, marks[session.pk], desk))
        else:
            rows += _missing_from(session, marks[session.pk], names, desk)
    return tuple(rows)


def _missing_from(
    session: GroupSession, marks: SessionMarks, names: dict[str, str], desk: Desk
) -> list[MissingRow]:
    return [
        MissingRow(
            name=names[each.participant.chart_number],
            url=desk.participant_url(each.participant),
            tone=MARK_LOOKS[each.mark].tone,
            icon=MARK_LOOKS[each.mark].icon,
            details=" · ".join([session.group.name, *_how_missing(each.mark, session, desk)]),
            mark_url=_mark_url(session, desk) if each.mark is Mark.UNMARKED else "",
            said=said_look(each.said, desk) if each.said else None,
        )
        for each in marks.missing
    ]


def _nobody_marked(session: GroupSession, marks: SessionMarks, desk: Desk) -> MissingRow:
    expected = ngettext("%(n)s expected", "%(n)s expected", marks.expected) % {"n": marks.expected}
    return MissingRow(
        name=_("Nobody is marked yet"),
        url="",
        tone="",
        icon=MARK_LOOKS[Mark.UNMARKED].icon,
        details=" · ".join([session.group.name, expected, *_since(session, desk)]),
        mark_url=_mark_url(session, desk),
    )


def _how_missing(mark: Mark, session: GroupSession, desk: Desk) -> list[str]:
    if mark is not Mark.UNMARKED:
        return [_word(mark)]
    return [_("not marked yet"), *_since(session, desk)]


def _since(session: GroupSession, desk: Desk) -> list[str]:
    if not desk.is_running(session):
        return [_("ended %(time)s") % {"time": desk.clock(session.ends_at)}]
    return [_("%(minutes)s min in") % {"minutes": minutes_between(session.starts_at, desk.now)}]


def _mark_url(session: GroupSession, desk: Desk) -> str:
    if not may_mark(session, desk.access, desk.program):
        return ""
    return sheet_url(session, desk.program)


def _word(mark: Mark) -> str:
    return str(MARK_LOOKS[mark].label).lower()


def minutes_between(start: datetime, end: datetime) -> int:
    """Return the whole minutes from one moment to another."""
    return int((end - start).total_seconds() // MINUTE)
