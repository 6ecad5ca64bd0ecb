"""The page of rules: those of the weekly hours, those of alerts, and the minutes of grace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.clinic_settings.rule_words import Line, RuleCard, rule_cards
from groups.week_switch import ProgramLink, program_links
from hours.models import WeekClose
from hours.ruling.alert_rules.words import lines_of as alert_lines
from hours.ruling.applies import applies
from hours.ruling.facts import fingerprint
from hours.ruling.words import begins_within, closed_weeks, judges, lines_of, verified
from programs.access import Access
from programs.models import AlertRule, HoursRule, Program
from programs.models.record_rule import record_rule_on


@dataclass(frozen=True)
class HoursCard:
    """One rule of the weekly hours: what it says, which weeks it judges, and who checked it."""

    card: RuleCard
    judges: str
    begins_within: str
    closed: str
    verified: str
    seen: str


@dataclass(frozen=True)
class RulesPage:
    """Everything the template reads; what is in force first, then what is to come."""

    program: Program
    hours: tuple[HoursCard, ...]
    hours_before: tuple[HoursCard, ...]
    alerts: tuple[RuleCard, ...]
    alerts_before: tuple[RuleCard, ...]
    alert_defaults: tuple[Line, ...]
    grace: str
    may_edit: bool
    may_change_grace: bool
    programs: tuple[ProgramLink, ...]


def rules_page(*, program: Program, access: Access, today: date) -> RulesPage:
    """Return the page; four queries, however many rules there are."""
    alerts = rule_cards(AlertRule.objects.filter(program=program), alert_lines, today=today)
    hours = _hours_cards(program, today)
    return RulesPage(
        program=program,
        hours=tuple(each for each in reversed(hours) if not _is_over(each.card)),
        hours_before=tuple(each for each in hours if _is_over(each.card)),
        alerts=tuple(each for each in reversed(alerts) if not _is_over(each)),
        alerts_before=tuple(each for each in alerts if _is_over(each)),
        alert_defaults=tuple(alert_lines(AlertRule(program=program))),
        grace=_grace(record_rule_on(program, today).grace_minutes),
        may_edit=access.scope("rules.edit", program) is not None,
        may_change_grace=access.scope("programs.edit", program) is not None,
        programs=program_links("rules:rules", access, program, action="hours.read"),
    )


def latest_rule(program: Program) -> HoursRule | None:
    """Return the program's latest rule, of which a new one is a change."""
    return program.rules.order_by("effective_from").last()


def _hours_cards(program: Program, today: date) -> tuple[HoursCard, ...]:
    closes = WeekClose.objects.filter(program=program).values_list("rule")
    closed = dict(closes.annotate(weeks=Count("pk")))
    rules = program.rules.select_related("verified_by")
    cards, next_from = [], None
    for card in rule_cards(rules, lines_of, today=today):
        cards.append(_hours_card(program, card, next_from, closed))
        next_from = card.rule.effective_from
    return tuple(cards)


def _hours_card(
    program: Program, card: RuleCard, next_from: date | None, closed: dict[int, int]
) -> HoursCard:
    rule: HoursRule = card.rule  # type: ignore[assignment]
    span = applies(program, rule.effective_from, next_from)
    return HoursCard(
        card=card,
        judges=judges(span),
        begins_within=begins_within(span),
        closed=closed_weeks(closed.get(rule.pk, 0)),
        verified=verified(rule),
        seen=fingerprint(rule),
    )


def _is_over(card: RuleCard) -> bool:
    return not card.is_ahead and not card.is_in_force


def _grace(minutes: int) -> str:
    if not minutes:
        return _("Nobody has any: who comes after the start is late.")
    words = ngettext(
        "Who comes %(n)s minute after the start is not late yet; the same at the end.",
        "Who comes %(n)s minutes after the start is not late yet; the same at the end.",
        minutes,
    )
    return words % {"n": minutes}
