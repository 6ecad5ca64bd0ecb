"""The page of what did not go out: of whom, what it would have told, why, and what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.translation import ngettext

from groups.week_switch import ProgramLink, program_links
from groups.wording import day_words
from programs.access import Access
from programs.models import Program
from programs.names import roster_names
from programs.weeks import local_date
from reminders.failures.asked import FailuresForm
from reminders.failures.todo import ToDo, to_do
from reminders.failures.which import failures_of
from reminders.looks import State, state_of
from reminders.models import Reminder
from reminders.outbox_page.rows import about, when
from reminders.outbox_page.said import Said, words_of
from reminders.outbox_page.steps import A_PAGE, Steps, steps_of
from reminders.outbox_page.telling import last_day_of, what_they_tell
from reminders.tabs import Counts, counts_of


@dataclass(frozen=True)
class Failure:
    """One message that did not go out."""

    key: str
    name: str
    about: str
    tells: str
    due_on: date
    when: str
    state: State
    said: Said | None
    to_do: ToDo


@dataclass(frozen=True)
class OfDay:
    """The failures about one date."""

    day: date
    sub: str
    rows: tuple[Failure, ...]


@dataclass(frozen=True)
class FailuresPage:
    """Everything the template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    counts: Counts
    form: FailuresForm
    days: tuple[OfDay, ...]
    in_sum: str
    steps: Steps
    is_filtered: bool
    problems: list[str]


def failures_page(
    *, access: Access, program: Program, form: FailuresForm, page: str, now: datetime
) -> FailuresPage:
    """Return the page that the address asks for; `page` is text from the address."""
    asked = failures_of(program, now).filter(form.narrowed())
    in_order = asked.select_related("participant__merged_into").order_by("-for_on", "-due_at", "pk")
    shown = Paginator(in_order, A_PAGE).get_page(page)
    return FailuresPage(
        program=program,
        programs=program_links("reminders:failures", access, program, action="reminders.manage"),
        counts=counts_of(program, access.user, now),
        form=form,
        days=_days(list(shown), program, access, now),
        in_sum=_in_sum(shown),
        steps=steps_of(form.address, shown),
        is_filtered=bool(form.chosen()),
        problems=form.problems(),
    )


def _in_sum(shown: Page[Reminder]) -> str:
    number = shown.paginator.count
    return ngettext("%(n)s message", "%(n)s messages", number) % {"n": number}


def _days(
    found: Sequence[Reminder], program: Program, access: Access, now: datetime
) -> tuple[OfDay, ...]:
    """Group the messages, which come by the date they are for; the last first."""
    drawing = Drawing(
        program=program,
        names=roster_names(each.participant for each in found),
        tells=what_they_tell(found, program),
        today=local_date(now, program.zone),
        may_read=access.scope("participants.read", program) is not None,
    )
    return tuple(
        OfDay(
            day=day,
            sub=_sub(day, drawing.today),
            rows=tuple(drawing.row(each) for each in of_day),
        )
        for day, of_day in groupby(found, key=lambda each: each.for_on)
    )


def _sub(day: date, today: date) -> str:
    return day_words(day, today) if abs((day - today).days) <= 1 else ""


@dataclass(frozen=True)
class Drawing:
    """What every row is drawn with."""

    program: Program
    names: dict[str, str]
    tells: dict[int, str]
    today: date
    may_read: bool

    def row(self, reminder: Reminder) -> Failure:
        is_over = last_day_of(reminder) < self.today
        return Failure(
            key=str(reminder.public_id),
            name=self.names[reminder.participant.chart_number],
            about=about(reminder),
            tells=self.tells.get(reminder.pk, ""),
            due_on=local_date(reminder.due_at, self.program.zone),
            when=when(reminder, self.program),
            state=state_of(reminder, self.program.zone),
            said=words_of(reminder),
            to_do=to_do(reminder, self.program, is_over=is_over, may_read=self.may_read),
        )
