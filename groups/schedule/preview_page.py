"""A preview of a change as a page tells it: what moves, what stays, what clashes, whose hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.wording import hours
from groups.models import ChangeKind, SessionStatus
from groups.rotation.lessons_after import GroupLessons
from groups.schedule.clash_words import (
    ClashLine,
    and_more_days,
    clash_lines,
    names_for,
    people_words,
    when_words,
)
from groups.schedule.edit import Edit, Kept
from groups.schedule.offered_change import OfferedChange
from groups.schedule.preview import Preview
from groups.wording import short_day
from programs.access import Access
from programs.models import Program

# The changes of which one wants to read when the sessions are then held.
PLACED = frozenset({ChangeKind.MOVED, ChangeKind.SERIES, ChangeKind.ADDED})


@dataclass(frozen=True)
class OfferedLine:
    """Some people's offered hours in some weeks: before, after, and against what is required."""

    who: str
    words: str
    tone: str
    icon: str
    label: str


@dataclass(frozen=True)
class PreviewPage:
    """Everything `components/schedule_preview.html` reads."""

    facts: tuple[str, ...]
    kept: tuple[str, ...]
    stops: tuple[ClashLine, ...]
    warnings: tuple[ClashLine, ...]
    offered: tuple[OfferedLine, ...]
    lessons: tuple[GroupLessons, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether it can be saved once somebody says why."""
        return bool(self.warnings) and not self.stops

    @property
    def is_clear(self) -> bool:
        return not self.warnings and not self.stops


def preview_page(preview: Preview, *, access: Access, program: Program) -> PreviewPage:
    """Return the preview as this person may read it."""
    lines = clash_lines(preview.clashes, access, program)
    return PreviewPage(
        facts=tuple(_facts(preview.edit)),
        kept=tuple(_kept(preview.edit.kept)),
        stops=tuple(line for line in lines if line.stops),
        warnings=tuple(line for line in lines if not line.stops),
        offered=tuple(offered_lines(preview.offered, access, program)),
    )


def _facts(edit: Edit) -> Iterable[str]:
    """Say how many sessions the change does what to, and when they are to be held."""
    stored = [each for each in edit.sessions if each.proposal.key is not None]
    held = sum(each.status == SessionStatus.SCHEDULED for each in stored)
    counts: list[tuple[int, Callable[[int], str]]] = [
        (sum(each.status == SessionStatus.WITHDRAWN for each in stored), _withdrawn),
        (sum(each.status == SessionStatus.CANCELLED for each in stored), _cancelled),
        (held, _HELD[edit.kind]),
        (len(edit.sessions) - len(stored), _added),
    ]
    yield from (said(count) % {"n": count} for count, said in counts if count)
    if edit.kind in PLACED and edit.held:
        yield _when(edit)


def _when(edit: Edit) -> str:
    """Say when the sessions are held: the first, and how many more."""
    first, *rest = sorted(edit.held, key=lambda each: each.starts_at)
    when = when_words(first.starts_at, first.ends_at, edit.program.zone)
    more = and_more_days([first.held_on, *(each.held_on for each in rest)])
    words = _("%(when)s, %(more)s.") if more else _("%(when)s.")
    return words % {"when": when, "more": more}


def _moves(count: int) -> str:
    return ngettext("%(n)s session moves.", "%(n)s sessions move.", count)


def _comes_back(count: int) -> str:
    return ngettext("%(n)s session comes back.", "%(n)s sessions come back.", count)


def _is_led(count: int) -> str:
    return ngettext(
        "%(n)s session is led by somebody else.",
        "%(n)s sessions are led by somebody else.",
        count,
    )


def _takes_in(count: int) -> str:
    return ngettext(
        "Its people are expected in the other one.",
        "Its people are expected in %(n)s others.",
        count,
    )


def _added(count: int) -> str:
    return ngettext("%(n)s session is added.", "%(n)s sessions are added.", count)


def _cancelled(count: int) -> str:
    return ngettext("%(n)s session is cancelled.", "%(n)s sessions are cancelled.", count)


def _withdrawn(count: int) -> str:
    return ngettext(
        "%(n)s session leaves the calendar.", "%(n)s sessions leave the calendar.", count
    )


_HELD: Mapping[ChangeKind, Callable[[int], str]] = {
    ChangeKind.MOVED: _moves,
    ChangeKind.SERIES: _moves,
    ChangeKind.ADDED: _moves,
    ChangeKind.CANCELLED: _moves,
    ChangeKind.REINSTATED: _comes_back,
    ChangeKind.COMBINED: _takes_in,
    ChangeKind.SUBSTITUTED: _is_led,
}


def _kept(kept: Iterable[Kept]) -> Iterable[str]:
    """Say which sessions stay as they are, those of one reason together."""
    by_why: dict[str, list[date]] = defaultdict(list)
    for each in kept:
        by_why[str(each.why.label)].append(each.held_on)
    for why, days in by_why.items():
        said = " ".join(filter(None, (short_day(min(days)), and_more_days(days))))
        yield _("%(days)s: %(why)s") % {"days": said, "why": why}


def offered_lines(
    changes: Sequence[OfferedChange], access: Access, program: Program
) -> Iterable[OfferedLine]:
    """Yield whose hours change: weeks of one person together, then people of the same weeks."""
    people = [each.enrollment.participant for each in changes]
    names = names_for(people, access, program)
    for alike in _folded(changes):
        yield OfferedLine(
            who=people_words((each.enrollment.participant for each in alike), names),
            words=_offered_words(alike),
            **_look(alike[0]),
        )


def _folded(changes: Iterable[OfferedChange]) -> list[list[OfferedChange]]:
    by_person: dict[Hashable, list[OfferedChange]] = defaultdict(list)
    for each in changes:
        amounts = (each.minutes_before, each.minutes_after, each.required)
        by_person[(each.enrollment.pk, amounts)].append(each)
    alike: dict[Hashable, list[OfferedChange]] = defaultdict(list)
    for (_person, amounts), found in by_person.items():  # type: ignore[misc]
        weeks = tuple(each.week_on for each in found)
        alike[(amounts, weeks, _moved_days(found[0]))] += found
    return sorted(alike.values(), key=lambda found: (not found[0].is_short, found[0].week_on))


def _offered_words(alike: Sequence[OfferedChange]) -> str:
    first = alike[0]
    if first.minutes_before == first.minutes_after:
        amounts = _("%(hours)s as before") % {"hours": hours(first.minutes_after)}
    else:
        amounts = _("%(before)s before, %(after)s after") % {
            "before": hours(first.minutes_before),
            "after": hours(first.minutes_after),
        }
    week = _("Week of %(day)s") % {"day": short_day(first.week_on)}
    parts = [amounts, _moved_days(first), _required(first)]
    return _("%(week)s: %(changes)s") % {
        "week": " ".join(filter(None, (week, and_more_days([each.week_on for each in alike])))),
        "changes": ", ".join(filter(None, parts)),
    }


def _moved_days(change: OfferedChange) -> str:
    """Return `on Tue Dec 1 instead of Mon Nov 30` where a day is gained for one that is lost."""
    gained = sorted(day for day in change.after if not change.before.get(day))
    lost = sorted(day for day in change.before if not change.after.get(day))
    if not gained or not lost:
        return ""
    return _("on %(gained)s instead of %(lost)s") % {
        "gained": get_text_list([short_day(day) for day in gained], _("and")),
        "lost": get_text_list([short_day(day) for day in lost], _("and")),
    }


def _required(change: OfferedChange) -> str:
    if change.required is None:
        return ""
    return _("%(hours)s required") % {"hours": hours(change.required)}


def _look(change: OfferedChange) -> dict[str, str]:
    if change.required is None:
        return {"tone": "calm", "icon": "circle-slash", "label": _("No rule")}
    if change.falls_short:
        return {"tone": "risk", "icon": "trending-down", "label": _("Falls below")}
    if change.is_short:
        return {"tone": "warn", "icon": "triangle-alert", "label": _("Below, as before")}
    return {"tone": "ok", "icon": "circle-check", "label": _("Enough")}
