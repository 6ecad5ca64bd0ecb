"""What the pages behind a link show: a day and a time, never whose or what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from programs.models import Channel, ConsentPurpose
from programs.weeks import instant
from reminders.answering.asked import Day, answer_about, day_as_told
from reminders.models import AnswerReason, AnswerWord, Reminder, ReminderKind
from reminders.planning.telling import kept_key
from reminders.public.forms import ReasonForm, WordForm
from reminders.reach import reach_of


@dataclass(frozen=True)
class Phone:
    """The number of the site to call: as people write it, and as a phone dials it."""

    words: str
    dials: str


@dataclass(frozen=True)
class AnswerPage:
    """A day, what was said about it, and what may be said now.

    `reason` is in words; `wrong` is the form that could not be read.
    """

    on: date
    starts_at: datetime | None
    is_coming: bool
    is_not_coming: bool
    reason: str
    reasons: ReasonForm
    wrong: WordForm | ReasonForm | None
    phone: Phone | None
    coming: str = AnswerWord.COMING.value
    not_coming: str = AnswerWord.NOT_COMING.value


@dataclass(frozen=True)
class StopPage:
    """Messages that may be stopped: in words, and whether they are."""

    what: str
    is_stopped: bool
    phone: Phone | None


def is_open(reminder: Reminder, day: Day, now: datetime) -> bool:
    """Whether the day can still be answered: it is to take place, and has not begun."""
    next_day = instant(day.on + timedelta(days=1), time(), reminder.program.zone)
    return not day.is_called_off and now < (day.starts_at or next_day)


def answer_page(
    reminder: Reminder, *, now: datetime, form: WordForm | ReasonForm | None = None
) -> AnswerPage | None:
    """Return the page of the message's day, None where there is nothing to answer any more."""
    day = day_as_told(reminder)
    if not is_open(reminder, day, now):
        return None
    answer = answer_about(reminder)
    word = answer.word if answer else ""
    reason = answer.reason if answer else ""
    return AnswerPage(
        on=day.on,
        starts_at=day.starts_at,
        is_coming=word == AnswerWord.COMING,
        is_not_coming=word == AnswerWord.NOT_COMING,
        reason=str(AnswerReason(reason).label) if reason else "",
        reasons=form if isinstance(form, ReasonForm) else ReasonForm(),
        wrong=form if form and form.errors else None,
        phone=phone_of(reminder),
    )


def purpose_of(reminder: Reminder) -> ConsentPurpose:
    """Return the purpose that messages like this one are agreed to for."""
    is_weekly = reminder.kind == ReminderKind.WEEKLY
    return ConsentPurpose.WEEKLY if is_weekly else ConsentPurpose.REMINDERS


def stop_page(reminder: Reminder) -> StopPage:
    """Return the page on which messages like this one are stopped."""
    person = kept_key(reminder)
    purpose = purpose_of(reminder)
    is_agreed = reach_of([person])[person].has_agreed(reminder.channel, purpose)
    return StopPage(_what(reminder.channel, purpose), not is_agreed, phone_of(reminder))


def phone_of(reminder: Reminder) -> Phone | None:
    """Return the number of the site to call, None where it has none."""
    number = reminder.program.site.callback_phone
    return Phone(number.as_national, number.as_e164) if number else None


def _what(channel: str, purpose: ConsentPurpose) -> str:
    is_email = channel == Channel.EMAIL
    if purpose == ConsentPurpose.WEEKLY:
        weekly = _("Emails with the appointments of the week ahead")
        return weekly if is_email else _("Text messages with the appointments of the week ahead")
    if is_email:
        return _("Emails that remind you of appointments or tell you of changes")
    return _("Text messages that remind you of appointments or tell you of changes")
