"""What the health page shows: messages due, the last hour, the clockwork, and one verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iop.clockwork import CLOCKWORK, Turn
from iop.health.figures import (
    NOTICE,
    REMINDER,
    Waiting,
    broker_answers,
    outcomes,
    sweeps,
    waiting,
)
from iop.health.words import span_words, took_words
from programs.models import Channel, Program
from reminders.models import ReminderStatus, Sweep

LAST = timedelta(hours=1)
# Due a minute or two is the clock's own rhythm.
LATE = timedelta(minutes=3)
# No task may take longer, but an upload.
LONG = timedelta(minutes=31)
SORTS = {
    (REMINDER, Channel.EMAIL): gettext_lazy("Reminders by email"),
    (REMINDER, Channel.SMS): gettext_lazy("Reminders by text message"),
    (NOTICE, Channel.EMAIL): gettext_lazy("Notices to staff by email"),
    (NOTICE, Channel.SMS): gettext_lazy("Notices to staff by text message"),
}
SHOWN = (
    ReminderStatus.SENT,
    ReminderStatus.FAILED,
    ReminderStatus.EXPIRED,
    ReminderStatus.UNKNOWN,
)
WRONG = (ReminderStatus.FAILED, ReminderStatus.EXPIRED, ReminderStatus.UNKNOWN)
SILENT = gettext_lazy(
    "The queue does not answer, so nothing begins. What is due is kept and waits."
)


@dataclass(frozen=True)
class Look:
    """A state as word, icon and color."""

    tone: str
    icon: str
    label: str


@dataclass(frozen=True)
class DueRow:
    """One sort of message on one channel: how many wait, and for how long."""

    label: Any
    due: int
    oldest: str
    being_sent: int
    look: Look


@dataclass(frozen=True)
class ClockRow:
    """One of the clock's tasks: when it last began, how that went, when it begins again."""

    label: Any
    began_at: datetime | None
    took: str
    next_at: datetime | None
    failures: int
    look: Look


@dataclass(frozen=True)
class Tile:
    """One large number."""

    label: str
    icon: str
    count: int
    note: str
    tone: str = "calm"


@dataclass(frozen=True)
class HealthPage:
    """The page as it stood at `now`. `wrong` says what needs somebody, a sentence each."""

    program: Program
    now: datetime
    wrong: tuple[str, ...]
    tiles: tuple[Tile, ...]
    due: tuple[DueRow, ...]
    hour_heads: tuple[Any, ...]
    hour: tuple[tuple[Any, tuple[int, ...]], ...]
    clock: tuple[ClockRow, ...]
    broker: Look


def health_page(program: Program, now: datetime) -> HealthPage:
    """Return how the whole installation stands now; it is opened from one program's pages."""
    lines, counts = waiting(now), outcomes(now - LAST, now)
    known = sweeps(turn.key for turn in CLOCKWORK)
    due = tuple(_due_row(each, now) for each in lines)
    clock = tuple(_clock_row(turn, known.get(turn.key), now) for turn in CLOCKWORK)
    answers = broker_answers()
    return HealthPage(
        program=program,
        now=now,
        wrong=tuple(_wrong(due, clock, answers)),
        tiles=_tiles(lines, counts),
        due=due,
        hour_heads=tuple(status.label for status in SHOWN),
        hour=tuple(_hour_row(what, counts) for what in (REMINDER, NOTICE)),
        clock=clock,
        broker=_broker_look(answers),
    )


def _due_row(line: Waiting, now: datetime) -> DueRow:
    seconds = line.oldest_seconds(now)
    if not line.due:
        look = Look("ok", "circle-check", _("Nothing waits"))
    elif seconds > LATE.total_seconds():
        look = Look("risk", "circle-alert", _("Late"))
    else:
        look = Look("go", "send", _("Going out"))
    oldest = span_words(seconds) if line.due else ""
    label = SORTS[line.what, Channel(line.channel)]
    return DueRow(label, line.due, oldest, line.being_sent, look)


def _clock_row(turn: Turn, sweep: Sweep | None, now: datetime) -> ClockRow:
    began_at = sweep.began_at if sweep else None
    return ClockRow(
        label=turn.label,
        began_at=began_at,
        took=_took(sweep) if sweep else "",
        next_at=turn.after(began_at) if began_at else None,
        failures=sweep.failures if sweep else 0,
        look=_clock_look(turn, sweep, now),
    )


def _took(sweep: Sweep) -> str:
    if sweep.ended_at is None:
        return ""
    return took_words((sweep.ended_at - sweep.began_at).total_seconds())


def _clock_look(turn: Turn, sweep: Sweep | None, now: datetime) -> Look:
    if sweep is None:
        tone = "risk" if turn.is_late(None, now) else "calm"
        return Look(tone, "circle-dashed", _("Has not run yet"))
    if turn.is_late(sweep.began_at, now):
        late = span_words((now - turn.after(sweep.began_at)).total_seconds())
        return Look("risk", "circle-alert", _("%(time)s late") % {"time": late})
    if sweep.ended_at is None and sweep.began_at + LONG < now:
        return Look("risk", "circle-alert", _("Was cut off"))
    if sweep.ended_at is None:
        return Look("go", "loader", _("At work"))
    if sweep.is_failed:
        return Look("lost", "circle-x", _("Failed"))
    return Look("ok", "circle-check", _("Went well"))


def _wrong(due: tuple[DueRow, ...], clock: tuple[ClockRow, ...], answers: bool) -> list[str]:
    said = []
    if not answers:
        said.append(str(SILENT))
    late = [row for row in clock if row.look.tone == "risk"]
    if late:
        said.append(
            ngettext(
                "%(n)d task is late: is the worker running, and beat?",
                "%(n)d tasks are late: is the worker running, and beat?",
                len(late),
            )
            % {"n": len(late)}
        )
    if failed := [row for row in clock if row.look.tone == "lost"]:
        names = ", ".join(str(row.label) for row in failed)
        said.append(_("Failed the last time: %(tasks)s. The log says where.") % {"tasks": names})
    said += [
        _("%(sort)s: the oldest has been due for %(time)s.")
        % {"sort": row.label, "time": row.oldest}
        for row in due
        if row.look.tone == "risk"
    ]
    return said


def _tiles(lines: list[Waiting], counts: dict[tuple[str, str], int]) -> tuple[Tile, ...]:
    sent = sum(counts[what, ReminderStatus.SENT] for what in (REMINDER, NOTICE))
    wrong = sum(counts[what, status] for what in (REMINDER, NOTICE) for status in WRONG)
    hour = _("in the last hour")
    return (
        Tile(_("Due now"), "clock", sum(each.due for each in lines), _("messages")),
        Tile(_("Being sent"), "send", sum(each.being_sent for each in lines), _("messages")),
        Tile(_("Sent"), "circle-check", sent, hour, "ok"),
        Tile(_("Went wrong"), "circle-alert", wrong, hour, "risk" if wrong else "calm"),
    )


def _hour_row(what: str, counts: dict[tuple[str, str], int]) -> tuple[Any, tuple[int, ...]]:
    label = _("Reminders") if what == REMINDER else _("Notices to staff")
    return label, tuple(counts[what, status] for status in SHOWN)


def _broker_look(answers: bool) -> Look:
    if answers:
        return Look("ok", "circle-check", _("The queue answers"))
    return Look("lost", "unplug", _("The queue does not answer"))
