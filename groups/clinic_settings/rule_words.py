"""What a rule says, line by line, and whether it is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.wording import hours
from programs.models import AlertRule, GroupKind, HoursRule, RecordRule, ScheduleRule

AnyRule = TypeVar("AnyRule", ScheduleRule, RecordRule, HoursRule, AlertRule)


@dataclass(frozen=True)
class Line:
    """One thing the rule asks for."""

    label: str
    words: str


@dataclass(frozen=True)
class RuleCard:
    """One rule of the program: since when, whether it is in force, and what it says."""

    rule: ScheduleRule | RecordRule | HoursRule | AlertRule
    title: str
    lines: tuple[Line, ...]
    is_ahead: bool
    is_in_force: bool


def rule_cards(
    rules: Iterable[AnyRule], said: Callable[[AnyRule], list[Line]], *, today: date
) -> tuple[RuleCard, ...]:
    """Return the program's rules of one sort, the latest first, with what `said` says of each."""
    cards: list[RuleCard] = []
    next_from: date | None = None
    for rule in sorted(rules, key=lambda rule: rule.effective_from, reverse=True):
        is_ahead = rule.effective_from > today
        is_next_ahead = next_from is None or next_from > today
        cards.append(
            RuleCard(
                rule=rule,
                title=_span(rule.effective_from, next_from),
                lines=tuple(said(rule)),
                is_ahead=is_ahead,
                is_in_force=not is_ahead and is_next_ahead,
            )
        )
        next_from = rule.effective_from
    return tuple(cards)


def lines_of(rule: ScheduleRule) -> list[Line]:
    """Return what a schedule rule asks for, with `no limit` where it asks for nothing."""
    days, minutes = (rule.min_days_per_week, rule.max_days_per_week), _minutes(rule)
    lines = [
        Line(_("Days offered a week"), between(*days, str)),
        Line(_("Hours offered a day"), between(*minutes, hours)),
        Line(_("From one offered day to the next"), between(None, rule.max_gap_days, _days)),
        Line(_("Participants per facilitator"), between(None, rule.max_per_facilitator, str)),
    ]
    return lines + [Line(*each) for each in _credentials(rule)]


def between(least: int | None, most: int | None, said: Callable[[int], str]) -> str:
    """Return `3 to 5`, `at least 3`, `at most 5`, `exactly 3` or `no limit`."""
    if least is None and most is None:
        return _("no limit")
    if most is None:
        return _("at least %(least)s") % {"least": said(least or 0)}
    if least is None:
        return _("at most %(most)s") % {"most": said(most)}
    if least == most:
        return _("exactly %(number)s") % {"number": said(most)}
    return _("%(least)s to %(most)s") % {"least": said(least), "most": said(most)}


def _minutes(rule: ScheduleRule) -> tuple[int | None, int | None]:
    return rule.min_minutes_per_day, rule.max_minutes_per_day


def _days(number: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def _credentials(rule: ScheduleRule) -> list[tuple[str, str]]:
    found: dict[GroupKind, list[str]] = {}
    for each in rule.credentials.all():
        found.setdefault(GroupKind(each.kind), []).append(each.credential)
    if not found:
        return [(_("Credential to lead"), _("none asked for"))]
    return [
        (
            _("%(kind)s led by") % {"kind": kind.label},
            get_text_list(sorted(found[kind], key=str.casefold), _("or")),
        )
        for kind in GroupKind
        if kind in found
    ]


def _span(first_on: date, next_from: date | None) -> str:
    if next_from is None:
        return _("From %(day)s on") % {"day": _long(first_on)}
    last_on = next_from - timedelta(days=1)
    return _("%(first)s to %(last)s") % {"first": _long(first_on), "last": _long(last_on)}


def _long(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
