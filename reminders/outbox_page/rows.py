"""The outbox's rows: to whom, of what, when, by what, what became of it, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from groups.wording import clock, short_day
from programs.access import Access
from programs.models import Channel, Program
from programs.names import roster_names
from reminders.failures.which import is_failure
from reminders.looks import State, state_of
from reminders.models import Reminder, ReminderKind, ReminderStatus, ResponseWords
from reminders.outbox_page.ahead import Ahead, what_goes_out
from reminders.outbox_page.asked import Pile
from reminders.outbox_page.said import Said, words_of
from reminders.outbox_page.unreached import consents_url

STILL_TO_GO = (ReminderStatus.PLANNED, ReminderStatus.CLAIMED)


@dataclass(frozen=True)
class Row:
    """One message to one person."""

    key: str
    name: str
    about: str
    when: str
    channel: str
    is_text: bool
    state: State
    said: Said | None
    is_ahead: bool
    # Why it will not go out, as things stand.
    warning: str
    consents_url: str


@dataclass(frozen=True)
class Named:
    """A message with the name it is shown under, and where it stands."""

    reminder: Reminder
    name: str
    pile: Pile
    state: State

    @property
    def place(self) -> tuple[int, int, str, datetime]:
        """Where it stands: what needs a look first, then by name."""
        at = list(Pile).index(self.pile)
        return at, self.state.look.order, self.name.casefold(), self.reminder.due_at


def named(found: Iterable[Reminder], program: Program) -> list[Named]:
    """Return the messages in the order of the page."""
    reminders = list(found)
    names = roster_names(each.participant for each in reminders)
    rows = [
        Named(
            reminder=each,
            name=names[each.participant.chart_number],
            pile=pile_of(each),
            state=state_of(each, program.zone),
        )
        for each in reminders
    ]
    return sorted(rows, key=lambda row: row.place)


def pile_of(reminder: Reminder) -> Pile:
    """Return where the message stands."""
    if is_failure(reminder):
        return Pile.LOOK
    if reminder.status in STILL_TO_GO:
        return Pile.AHEAD
    return Pile.KEPT if reminder.status == ReminderStatus.SKIPPED else Pile.GONE


def rows_of(
    shown: Iterable[Named], *, program: Program, access: Access, now: datetime
) -> dict[int, Row]:
    """Return the rows as they are drawn, by the message's key."""
    of_page = list(shown)
    planned = [each.reminder for each in of_page if each.reminder.status == ReminderStatus.PLANNED]
    ahead = what_goes_out(planned, program=program, now=now)
    may_open = access.scope("participants.read", program) is not None
    return {
        each.reminder.pk: _row(each, program, ahead.get(each.reminder.pk), may_open=may_open)
        for each in of_page
    }


def _row(each: Named, program: Program, ahead: Ahead | None, *, may_open: bool) -> Row:
    reminder = each.reminder
    channel = Channel(ahead.channel if ahead else reminder.channel)
    return Row(
        key=str(reminder.public_id),
        name=each.name,
        about=about(reminder),
        when=when(reminder, program),
        channel=str(channel.label),
        is_text=channel == Channel.SMS,
        state=each.state,
        said=ahead.said if ahead else words_of(reminder),
        is_ahead=ahead is not None,
        warning=ahead.why_not if ahead else "",
        consents_url=consents_url(program, reminder.participant.kept) if may_open else "",
    )


def about(reminder: Reminder) -> str:
    """Return what the message is for, such as `Shortly before · for Mon Nov 23`."""
    kind = str(ReminderKind(reminder.kind).label)
    if reminder.kind == ReminderKind.RESPONSE:
        return f"{kind} · {ResponseWords(reminder.response).label}"
    words = _("from %(day)s on") if reminder.kind == ReminderKind.WEEKLY else _("for %(day)s")
    return f"{kind} · {words % {'day': short_day(reminder.for_on)}}"


def when(reminder: Reminder, program: Program) -> str:
    """Return the time at which it was sent, or is or was due."""
    if reminder.sent_at:
        return _("sent %(time)s") % {"time": clock(reminder.sent_at, program.zone)}
    return _("due %(time)s") % {"time": clock(reminder.due_at, program.zone)}
