"""What the page of one's notices shows: what is asked about each kind, and what one will get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.access import Access
from programs.models import Channel, Program
from reminders.choosing.forms import ChoosingForm
from reminders.models import NoticeKind, Timing
from reminders.notices.readers import Reader
from reminders.notices.usual import CONCERNS, USUAL

# In one's own words: "an alert was given to them" is what others read.
KINDS: dict[NoticeKind, tuple[Any, Any]] = {
    NoticeKind.SAFETY: (
        gettext_lazy("A safety answer"),
        gettext_lazy("Somebody said yes to the safety question. Always told, at any hour."),
    ),
    NoticeKind.TODAY: (
        gettext_lazy("Today’s sessions"),
        gettext_lazy("How many you lead, and when the first begins. Not on days without any."),
    ),
    NoticeKind.RECORD: (
        gettext_lazy("Attendance not recorded"),
        gettext_lazy("Half an hour after a session you led has ended."),
    ),
    NoticeKind.SIGN: (
        gettext_lazy("Attendance not signed"),
        gettext_lazy("In the evening of the day of the session."),
    ),
    NoticeKind.NOTES: (
        gettext_lazy("Notes overdue"),
        gettext_lazy("When the notes of a session you led are late."),
    ),
    NoticeKind.COSIGN: (
        gettext_lazy("A co-signature waits"),
        gettext_lazy("When notes are signed and wait for you."),
    ),
    NoticeKind.OUTREACH: (
        gettext_lazy("Somebody to get in touch with"),
        gettext_lazy("When somebody was absent without a word and you are to call."),
    ),
    NoticeKind.ALERT: (
        gettext_lazy("An alert was given to me"),
        gettext_lazy("When a colleague gives you an alert."),
    ),
    NoticeKind.DIGEST: (
        gettext_lazy("The week in numbers"),
        gettext_lazy("How the weekly hours stand, on the weekday you chose."),
    ),
    NoticeKind.CLOSED: (
        gettext_lazy("A week was closed"),
        gettext_lazy("What was concluded about the weekly hours."),
    ),
    NoticeKind.FAILURES: (
        gettext_lazy("Reminders that did not go out"),
        gettext_lazy("How many failed, so that somebody can call."),
    ),
    NoticeKind.OPENED: (
        gettext_lazy("A record opened in an emergency"),
        gettext_lazy("Somebody opened a record that is not theirs to read, or handed one out."),
    ),
}


@dataclass(frozen=True)
class KindRow:
    """One kind: what it is, and what is asked; None where there is only one answer."""

    kind: NoticeKind
    label: str
    words: str
    when: BoundField | None
    where: BoundField | None


@dataclass(frozen=True)
class Line:
    """What one gets at one time in one place."""

    icon: str
    head: str
    kinds: str


@dataclass(frozen=True)
class ChoosingPage:
    """The form, row by row, and in words what it comes to."""

    form: ChoosingForm
    rows: tuple[KindRow, ...]
    lines: tuple[Line, ...]
    quiet: str
    is_draft: bool
    weekdays: tuple[Program, ...]


def kinds_for(access: Access) -> tuple[NoticeKind, ...]:
    """Return the kinds that may concern this person anywhere, in the order of the table."""
    return tuple(kind for kind in USUAL if access.programs_for(CONCERNS[kind]))


def choosing_page(access: Access, form: ChoosingForm, *, reader: Reader) -> ChoosingPage:
    """Return the page for what the reader has chosen, or would if the form were kept."""
    is_draft = reader is not form.reader
    return ChoosingPage(
        form=form,
        rows=tuple(_row(form, kind) for kind in form.kinds),
        lines=tuple(_lines(reader, form.kinds)),
        quiet=_quiet(reader),
        is_draft=is_draft,
        weekdays=tuple(access.programs_for(CONCERNS[NoticeKind.DIGEST])),
    )


def _row(form: ChoosingForm, kind: NoticeKind) -> KindRow:
    label, words = KINDS[kind]
    when, where = f"{kind}-timing", f"{kind}-channel"
    return KindRow(
        kind=kind,
        label=str(label),
        words=str(words),
        when=form[when] if when in form.fields else None,
        where=form[where] if where in form.fields else None,
    )


def _lines(reader: Reader, kinds: Sequence[NoticeKind]) -> Iterator[Line]:
    """Yield what comes at once, then in the morning, each by email and by text, then what not."""
    morning = time_format(reader.hours.morning_at)
    heads = {
        (Timing.AT_ONCE, Channel.EMAIL): ("mail", _("At once, by email")),
        (Timing.AT_ONCE, Channel.SMS): ("message-square", _("At once, by text message")),
        (Timing.MORNING, Channel.EMAIL): ("mail", _("At %(time)s, by email") % {"time": morning}),
        (Timing.MORNING, Channel.SMS): (
            "message-square",
            _("At %(time)s, by text message") % {"time": morning},
        ),
    }
    for (timing, channel), (icon, head) in heads.items():
        said = [
            kind
            for kind in kinds
            if reader.choice(kind).timing == timing and reader.channel(kind) == channel
        ]
        if said:
            yield Line(icon, head, _names(said))
    if nothing := [kind for kind in kinds if reader.choice(kind).timing == Timing.NEVER]:
        yield Line("bell-off", _("Not at all"), _names(nothing))


def _names(kinds: Sequence[NoticeKind]) -> str:
    return " · ".join(str(KINDS[kind][0]) for kind in kinds)


def _quiet(reader: Reader) -> str:
    times = {
        "begins": time_format(reader.hours.quiet_from),
        "ends": time_format(reader.hours.quiet_until),
    }
    return (
        _("From %(begins)s to %(ends)s only a safety answer comes; the rest waits until then.")
        % times
    )
