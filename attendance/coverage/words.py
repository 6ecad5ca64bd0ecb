"""What coverage is called on pages and in files, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from attendance.coverage.cells import Cell, State
from groups.wording import short_day


@dataclass(frozen=True)
class Look:
    """A state's word, what it means, its mark on the map, its icon and tone as a chip."""

    word: Any
    means: Any
    css: str
    icon: str
    tone: str


LOOKS = {
    State.RECEIVED: Look(
        pgettext_lazy("a lesson", "received"),
        gettext_lazy("there for enough of it"),
        "r",
        "circle-check",
        "ok",
    ),
    State.COMING: Look(
        pgettext_lazy("a lesson", "coming"),
        gettext_lazy("planned in one of their sessions before they leave"),
        "c",
        "calendar-clock",
        "go",
    ),
    State.MISSED: Look(
        pgettext_lazy("a lesson", "missed"),
        gettext_lazy("taught while they were away, and not coming again"),
        "m",
        "circle-alert",
        "lost",
    ),
    State.NOT_OFFERED: Look(
        pgettext_lazy("a lesson", "never offered"),
        gettext_lazy("neither taught to them nor planned before they leave"),
        "n",
        "circle-dashed",
        "warn",
    ),
    State.WAIVED: Look(
        pgettext_lazy("a lesson", "waived"),
        gettext_lazy("need not be heard"),
        "w",
        "circle-minus",
        "calm",
    ),
}
# Somebody misses a lesson that stands so, and nothing planned will change it.
LACKING = (State.MISSED, State.NOT_OFFERED)


def word_of(state: State) -> str:
    """Return the state in a word."""
    return str(LOOKS[state].word)


def when_words(cell: Cell, until: date | None) -> str:
    """Return when: received or coming on a date, missed before, or until when it is not planned."""
    if cell.received_on:
        return short_day(cell.received_on)
    said = []
    if cell.coming_on:
        said.append(short_day(cell.coming_on))
    if cell.missed_on:
        day = short_day(cell.missed_on)
        said.append(day if cell.state is State.MISSED else _("missed %(day)s") % {"day": day})
    if cell.state is State.NOT_OFFERED and until:
        said.append(_("not before %(day)s") % {"day": short_day(until)})
    return ", ".join(said)


@dataclass(frozen=True)
class Tally:
    """The names of some lessons by what became of them for one person."""

    by_state: dict[State, tuple[str, ...]]
    are_core: bool
    until: date | None

    def count(self, *states: State) -> int:
        return sum(len(self.by_state.get(state, ())) for state in states)

    @property
    def asked(self) -> int:
        """How many there are, the waived ones left out."""
        return self.count(*(state for state in State if state is not State.WAIVED))


def sentence(tally: Tally) -> str:
    """Return where somebody stands: "12 of 18 core lessons received, 4 are coming, …"."""
    if not tally.asked:
        return _("No lesson is asked of them here.")
    found = {"n": tally.count(State.RECEIVED), "m": tally.asked}
    if tally.are_core:
        parts = [
            ngettext(
                "%(n)s of %(m)s core lesson received",
                "%(n)s of %(m)s core lessons received",
                tally.asked,
            )
            % found
        ]
    else:
        parts = [
            ngettext(
                "%(n)s of %(m)s lesson received", "%(n)s of %(m)s lessons received", tally.asked
            )
            % found
        ]
    if coming := tally.count(State.COMING):
        parts.append(ngettext("%(n)s is coming", "%(n)s are coming", coming) % {"n": coming})
    parts += filter(None, (_missed(tally), _never(tally)))
    return f"{', '.join(parts)}."


def _missed(tally: Tally) -> str:
    names = tally.by_state.get(State.MISSED, ())
    if not names:
        return ""
    words = ngettext(
        "%(n)s was missed and is not coming again: %(names)s",
        "%(n)s were missed and are not coming again: %(names)s",
        len(names),
    )
    return words % {"n": len(names), "names": listed(names)}


def _never(tally: Tally) -> str:
    names = tally.by_state.get(State.NOT_OFFERED, ())
    if not names:
        return ""
    facts = {"n": len(names), "names": listed(names)}
    if tally.until is None:
        words = ngettext(
            "%(n)s is not planned yet: %(names)s",
            "%(n)s are not planned yet: %(names)s",
            len(names),
        )
        return words % facts
    words = ngettext(
        "%(n)s is never offered before %(day)s: %(names)s",
        "%(n)s are never offered before %(day)s: %(names)s",
        len(names),
    )
    format_ = pgettext("date format: Nov 23", "M j")
    return words % {**facts, "day": date_format(tally.until, format_)}


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return the names as a list in words, the first few where there are many."""
    if len(names) <= most:
        return get_text_list(list(names), _("and"))
    more = ngettext("%(n)s more", "%(n)s more", len(names) - most) % {"n": len(names) - most}
    return get_text_list([*names[:most], more], _("and"))
