"""The outbox of one program: its reminders of tomorrow and today, and its notices to staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import Enrollment, Language, Program
from programs.names import roster_names
from programs.weeks import instant, local_date
from reminders.evening_before import GOES_OUT, day_reminded_of, due_at, is_too_late
from reminders.expected import expected_on
from reminders.looks import LOOKS, UNKNOWN, UNKNOWN_LABEL, Look
from reminders.models import Failure, Reminder, ReminderStatus
from reminders.notices.section import NoticeSection, notice_section
from reminders.wording import Letter, letter_for


@dataclass(frozen=True)
class Line:
    """One person's reminder."""

    name: str
    label: str
    note: str
    comes_at: datetime | None
    moment: datetime | None
    look: Look


@dataclass(frozen=True)
class Evening:
    """The reminders about one date, those that need a look first."""

    day: date
    due_at: datetime
    lines: tuple[Line, ...]
    sent: int
    planned: int
    trouble: int
    is_past: bool


@dataclass(frozen=True)
class ProgramLink:
    """One of the programs whose reminders this person looks after."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Unreached:
    """Somebody who is expected tomorrow and gets no reminder, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class OutboxPage:
    """Everything the outbox's template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    tomorrow: Evening
    today: Evening
    unreached: tuple[Unreached, ...]
    previews: tuple[Letter, ...]
    notices: NoticeSection
    is_over: bool

    @property
    def trouble(self) -> int:
        """How many reminders failed, or may have."""
        return self.tomorrow.trouble + self.today.trouble


def outbox_page(*, program: Program, now: datetime, programs: Sequence[Program] = ()) -> OutboxPage:
    """Return the program's outbox at this moment."""
    tomorrow = day_reminded_of(now, program.zone)
    days = (tomorrow, tomorrow - timedelta(days=1))
    reminders = list(
        Reminder.objects.filter(program=program, for_on__in=days).select_related("participant")
    )
    expected = list(expected_on(tomorrow).filter(program=program))
    names = roster_names(
        [each.participant for each in reminders] + [each.participant for each in expected]
    )
    reminded = {each.participant_id for each in reminders if each.for_on == tomorrow}
    shown = Shown(program, names, _starts(expected), now)
    evenings = [
        _evening(day, [each for each in reminders if each.for_on == day], shown) for day in days
    ]
    return OutboxPage(
        program=program,
        programs=_links(programs, program),
        tomorrow=evenings[0],
        today=evenings[1],
        unreached=_unreached(expected, reminded, names),
        previews=_previews(expected, program, tomorrow),
        notices=notice_section(program=program, now=now),
        is_over=is_too_late(tomorrow, now, program.zone),
    )


@dataclass(frozen=True)
class Shown:
    """What every line is written with: names, and when people come tomorrow."""

    program: Program
    names: dict[str, str]
    starts: dict[tuple[int, date], datetime]
    now: datetime


def _starts(expected: list[Enrollment]) -> dict[tuple[int, date], datetime]:
    found: dict[tuple[int, date], datetime] = {}
    for each in expected:
        starts_at: datetime = each.starts_at  # type: ignore[attr-defined]
        found[each.participant_id, local_date(starts_at, each.program.zone)] = starts_at
    return found


def _links(programs: Sequence[Program], current: Program) -> tuple[ProgramLink, ...]:
    return tuple(
        ProgramLink(each.name, reverse("reminders:outbox", args=[each.public_id]), each == current)
        for each in programs
    )


def _evening(day: date, found: list[Reminder], shown: Shown) -> Evening:
    lines = [_line(each, shown) for each in found]
    counted = [each.status for each in found]
    out_at = due_at(day, shown.program.zone)
    return Evening(
        day=day,
        due_at=out_at,
        lines=tuple(sorted(lines, key=lambda line: (line.look.order, line.name.casefold()))),
        sent=counted.count(ReminderStatus.SENT),
        planned=counted.count(ReminderStatus.PLANNED),
        trouble=sum(line.look.order <= UNKNOWN.order for line in lines),
        is_past=out_at <= shown.now,
    )


def _line(reminder: Reminder, shown: Shown) -> Line:
    status = ReminderStatus(reminder.status)
    is_unknown = reminder.is_outcome_unknown(shown.now)
    cut_off = _("Sending began and was cut off. It may have arrived; it is not sent again.")
    return Line(
        name=shown.names[reminder.participant.chart_number],
        label=str(UNKNOWN_LABEL if is_unknown else status.label),
        note=cut_off if is_unknown else _note(reminder),
        comes_at=shown.starts.get((reminder.participant_id, reminder.for_on)),
        moment=reminder.claimed_at if is_unknown else reminder.sent_at,
        look=UNKNOWN if is_unknown else LOOKS[status],
    )


def _note(reminder: Reminder) -> str:
    if reminder.failure:
        return str(Failure(reminder.failure).label)
    if reminder.status == ReminderStatus.WITHDRAWN:
        return _("No longer expected, or no longer agreed")
    return ""


def _unreached(
    expected: Iterable[Enrollment], reminded: set[int], names: dict[str, str]
) -> tuple[Unreached, ...]:
    found = [
        Unreached(names[each.participant.chart_number], _why_not(each))
        for each in expected
        if each.participant_id not in reminded and not _can_be_reached(each)
    ]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def _can_be_reached(enrollment: Enrollment) -> bool:
    has_agreed: bool = enrollment.agreed  # type: ignore[attr-defined]
    return has_agreed and bool(enrollment.participant.kept.email)


def _why_not(enrollment: Enrollment) -> str:
    if not enrollment.agreed:  # type: ignore[attr-defined]
        return _("Has not agreed to reminders by email")
    return _("No email address on record")


def _previews(expected: list[Enrollment], program: Program, day: date) -> tuple[Letter, ...]:
    """Return the reminder in each language, with the first time of tomorrow (else an example)."""
    starts = [each.starts_at for each in expected]  # type: ignore[attr-defined]
    first = min(starts, default=instant(day, GOES_OUT, program.zone))
    site = program.site
    return tuple(letter_for(first, site=site, language=language) for language in Language.values)
