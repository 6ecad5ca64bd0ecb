"""The groups to tick: what each is, when it meets, its seats, and who waits for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling import checks
from groups.enrolling.choices import Choice
from groups.enrolling.live_plan import LivePlan, Ticks
from groups.enrolling.wording import hours, slots_in_words
from groups.kind_looks import kind_look
from groups.wording import short_day


@dataclass(frozen=True)
class Seats:
    """Free seats as a chip, and when a full group should have one."""

    tone: str
    icon: str
    label: str
    hint: str


@dataclass(frozen=True)
class GroupOption:
    """One group to tick: its kind, its slots and hours in words, its seats, its clash.

    A full one also offers its waiting list.
    """

    public_id: str
    name: str
    kind_css: str
    icon: str
    kind: str
    when: str
    hours: str
    seats: Seats
    clash: str
    is_chosen: bool
    is_full: bool
    is_waited_for: bool


def group_option(
    choice: Choice, ticks: Ticks, plan: LivePlan, waited_for: Collection[int]
) -> GroupOption:
    """Return the group as the page shows it."""
    look = kind_look(choice.group.kind)
    clash = [each for each in plan.clashes if choice.slots.name in each.names]
    return GroupOption(
        public_id=str(choice.group.public_id),
        name=choice.slots.name,
        kind_css=f"k-{look.css}",
        icon=look.icon,
        kind=str(look.label),
        when=slots_in_words(choice.slots.slots),
        hours=hours(ticks.offered([choice.slots]).minutes),
        seats=_seats(choice),
        clash="; ".join(checks.clash_words(ticks.program, each) for each in clash),
        is_chosen=choice.key in ticks.chosen,
        is_full=not choice.is_free,
        is_waited_for=choice.key in waited_for,
    )


def _seats(choice: Choice) -> Seats:
    free = choice.free - choice.waiting
    if free > 0:
        words = ngettext("%(count)s seat", "%(count)s seats", free)
        return Seats("ok" if free > 1 else "warn", "user", words % {"count": free}, "")
    hints = []
    if choice.waiting:
        words = ngettext("%(n)s person waits", "%(n)s people wait", choice.waiting)
        hints.append(words % {"n": choice.waiting})
    if choice.free:
        hints.append(_("what is free is theirs"))
    elif choice.free_again_on:
        words = _("a seat is planned to be free from %(day)s")
        hints.append(words % {"day": short_day(choice.free_again_on)})
    return Seats("calm", "circle-slash", _("Full"), "; ".join(hints))
