"""The outbox of one program on one day: what goes out on it, and who hears nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from groups.week_switch import ProgramLink, program_links
from programs.access import Access
from programs.models import Program
from programs.weeks import instant, local_date
from reminders.models import Reminder, ReminderRule
from reminders.notices.section import NoticeSection, notice_section
from reminders.outbox_page.asked import OutboxForm, Pile
from reminders.outbox_page.rows import Named, Row, named, rows_of
from reminders.outbox_page.steps import A_PAGE, Steps, steps_of
from reminders.outbox_page.unreached import Unreached, unreached_on
from reminders.tabs import Counts, counts_of

A_DAY = timedelta(days=1)
# A week ahead is told up to a week before it begins, and a change of it as long.
TOLD_AHEAD = timedelta(days=15)
# Of a participant's record, what the page does not show; most of it would have to be decrypted.
UNREAD = (
    "birth_date",
    "emergency_name",
    "emergency_phone",
    "emergency_relationship",
    "folded_names",
    "other_phone",
    "phone",
    "safe_contact",
)
UNREAD_OF_BOTH = tuple(
    f"{record}__{name}" for record in ("participant", "participant__merged_into") for name in UNREAD
)
LOOKS = {
    Pile.LOOK: ("risk", "circle-alert"),
    Pile.AHEAD: ("calm", "clock"),
    Pile.GONE: ("ok", "circle-check"),
    Pile.KEPT: ("calm", "circle-minus"),
}


@dataclass(frozen=True)
class Tile:
    """How many messages stand in a pile, as a link to them alone."""

    label: str
    count: int
    note: str
    url: str
    tone: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """The messages of one pile that are on this page."""

    key: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DayLink:
    """A link to the outbox of a day near today."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class OutboxPage:
    """Everything the outbox's template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    counts: Counts
    form: OutboxForm
    day: date
    days: tuple[DayLink, ...]
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    steps: Steps
    unreached: tuple[Unreached, ...]
    expected_on: date
    notices: NoticeSection
    is_demo: bool


def outbox_page(
    *, access: Access, program: Program, form: OutboxForm, page: str, now: datetime
) -> OutboxPage:
    """Return the outbox of the day that the address asks for; `page` is text from the address."""
    day = form.day_shown(local_date(now, program.zone))
    of_kind, asked_for = _found(form, day, program)
    shown = Paginator(asked_for, A_PAGE).get_page(page)
    rows = rows_of(shown, program=program, access=access, now=now)
    expected_on = _day_told_of(day, program)
    return OutboxPage(
        program=program,
        programs=program_links(
            "reminders:outbox", access, program, action="reminders.manage", day=form.chosen("day")
        ),
        counts=counts_of(program, access.user, now),
        form=form,
        day=day,
        days=_days(form, day, local_date(now, program.zone)),
        tiles=_tiles(form, of_kind),
        sections=_sections(list(shown), rows),
        steps=steps_of(form.address, shown),
        unreached=unreached_on(expected_on, program, access),
        expected_on=expected_on,
        notices=notice_section(program=program, now=now),
        is_demo=settings.IOP_DEMO,
    )


def _found(form: OutboxForm, day: date, program: Program) -> tuple[list[Named], list[Named]]:
    """Return the day's messages of the kind asked for, and those of them in the pile asked for."""
    kind, pile = form.chosen("kind"), form.chosen("state")
    everything = named(going_out_on(day, program), program)
    of_kind = [each for each in everything if not kind or each.reminder.kind == kind]
    return of_kind, [each for each in of_kind if not pile or each.pile == pile]


def going_out_on(day: date, program: Program) -> QuerySet[Reminder]:
    """Return the program's messages that are due on the local date."""
    begins, ends = (instant(each, time(), program.zone) for each in (day, day + A_DAY))
    # The dates they are for are what the index knows.
    near = Reminder.objects.filter(
        program=program, for_on__range=(day - TOLD_AHEAD, day + TOLD_AHEAD)
    )
    due = near.filter(due_at__gte=begins, due_at__lt=ends)
    return due.select_related("participant__merged_into").defer(*UNREAD_OF_BOTH)


def _day_told_of(day: date, program: Program) -> date:
    """Return the date of which people hear on this one: the next, or where nothing goes out on
    the evening before the same.
    """
    rule = ReminderRule.objects.by_program([program])[program.pk]
    return day + A_DAY if rule.evening_at else day


def _days(form: OutboxForm, day: date, today: date) -> tuple[DayLink, ...]:
    near = ((_("Yesterday"), -1), (_("Today"), 0), (_("Tomorrow"), 1))
    links = []
    for label, days in near:
        other = today + timedelta(days=days)
        address = form.address(day=other.isoformat() if days else "")
        links.append(DayLink(label, address, other == day))
    return tuple(links)


def _tiles(form: OutboxForm, rows: Sequence[Named]) -> tuple[Tile, ...]:
    counts, wanted = Counter(each.pile for each in rows), form.chosen("state")
    notes = {
        Pile.LOOK: _("failed, too late, or not known"),
        Pile.AHEAD: _("planned, or being tried again"),
        Pile.GONE: _("sent, or delivered"),
        Pile.KEPT: _("not expected, or not agreed"),
    }
    return tuple(
        Tile(
            label=str(pile.label),
            count=counts[pile],
            note=notes[pile],
            url=form.address(state="" if wanted == pile else pile),
            tone=LOOKS[pile][0],
            icon=LOOKS[pile][1],
            is_current=wanted == pile,
        )
        for pile in Pile
    )


def _sections(shown: Sequence[Named], rows: dict[int, Row]) -> tuple[Section, ...]:
    found = []
    for pile in Pile:
        of_pile = tuple(rows[each.reminder.pk] for each in shown if each.pile == pile)
        if of_pile:
            found.append(Section(pile.value, str(pile.label), of_pile))
    return tuple(found)
