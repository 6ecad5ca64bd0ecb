"""What a curriculum rule says, line by line in words, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models import CurriculumRule


@dataclass(frozen=True)
class Line:
    """One thing the rule speaks of, in sentences."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class RuleCard:
    """One rule of the program: since when, whether it is in force, and what it says."""

    rule: CurriculumRule
    title: str
    lines: tuple[Line, ...]
    is_ahead: bool
    is_in_force: bool


def rule_cards(rules: Iterable[CurriculumRule], *, today: date) -> tuple[RuleCard, ...]:
    """Return the program's rules, the latest first."""
    cards: list[RuleCard] = []
    next_from: date | None = None
    for rule in sorted(rules, key=lambda rule: rule.effective_from, reverse=True):
        is_ahead = rule.effective_from > today
        is_last_begun = next_from is None or next_from > today
        cards.append(
            RuleCard(
                rule=rule,
                title=_span(rule.effective_from, next_from),
                lines=lines_of(rule),
                is_ahead=is_ahead,
                is_in_force=not is_ahead and is_last_begun,
            )
        )
        next_from = rule.effective_from
    return tuple(cards)


def lines_of(rule: CurriculumRule) -> tuple[Line, ...]:
    """Return what the rule says: when a lesson counts, and each criterion that it asks for."""
    asked = criteria_in_words(rule)
    if not asked:
        asked = [_("Nothing is asked for: whoever stays to the end completes the program.")]
    return (
        Line(_("Received"), (received_in_words(rule),)),
        Line(_("To complete the program"), tuple(asked)),
    )


def received_in_words(rule: CurriculumRule) -> str:
    """Return when a lesson counts as received."""
    if rule.received_percent == 100:
        return _("A lesson counts as received by whoever was there for all of its minutes.")
    words = _("A lesson counts as received from %(percent)s of its minutes.")
    return words % {"percent": share(rule.received_percent)}


def criteria_in_words(rule: CurriculumRule) -> list[str]:
    """Return each criterion that the rule asks for, as a sentence."""
    said = (
        _core(rule.min_core_percent),
        _("Every topic that a jurisdiction demands.") if rule.has_all_topics else "",
        _weeks(rule.min_weeks),
        _hours(rule.min_hours),
        _shared(rule.min_weeks_met_percent, _("The hours met in %(share)s of the weeks.")),
        _shared(rule.min_plan_percent, _("%(share)s of the relapse prevention plan filled in.")),
        _shared(rule.min_homework_percent, _("%(share)s of the homework done or partly done.")),
    )
    return [words for words in said if words]


def share(percent: int) -> str:
    """Return a share of a hundred as it is written, such as `75 %`."""
    return f"{percent}\N{NO-BREAK SPACE}%"


def _core(percent: int | None) -> str:
    if percent == 100:
        return _("Every core lesson received, or waived.")
    return _shared(percent, _("%(share)s of the core lessons received, or waived."))


def _weeks(count: int | None) -> str:
    if count is None:
        return ""
    words = ngettext("%(count)s week in the program.", "%(count)s weeks in the program.", count)
    return words % {"count": count}


def _hours(count: int | None) -> str:
    if count is None:
        return ""
    words = ngettext("%(count)s hour attended.", "%(count)s hours attended.", count)
    return words % {"count": count}


def _shared(percent: int | None, words: str) -> str:
    return words % {"share": share(percent)} if percent is not None else ""


def _span(first_on: date, next_from: date | None) -> str:
    if next_from is None:
        return _("From %(day)s on") % {"day": _long(first_on)}
    last_on = next_from - timedelta(days=1)
    return _("%(first)s to %(last)s") % {"first": _long(first_on), "last": _long(last_on)}


def _long(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
