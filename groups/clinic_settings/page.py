"""What the settings page shows: the site, its rooms, the program's rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from groups.clinic_settings.record_rules.words import lines_of as record_lines
from groups.clinic_settings.rule_words import RuleCard, lines_of, rule_cards
from programs.models import AlertRule, HoursRule, Program, RecordRule, Room, ScheduleRule, Site
from programs.weeks import DAYS


@dataclass(frozen=True)
class Rules:
    """The program's rules of one sort: still to come, in force, and before."""

    ahead: tuple[RuleCard, ...]
    in_force: RuleCard | None
    before: tuple[RuleCard, ...]

    @property
    def has_any(self) -> bool:
        """Whether one is in force or to come."""
        return bool(self.ahead or self.in_force)


@dataclass(frozen=True)
class SettingsPage:
    """The settings of one program and its site."""

    program: Program
    site: Site
    rooms: tuple[Room, ...]
    schedule: Rules
    record: Rules


def settings_page(*, program: Program, today: date) -> SettingsPage:
    """Return the page; four queries."""
    rules = ScheduleRule.objects.filter(program=program).prefetch_related("credentials")
    record_rules = RecordRule.objects.filter(program=program).select_related("cosigned_by")
    return SettingsPage(
        program=program,
        site=program.site,
        rooms=tuple(program.site.rooms.order_by("name")),
        schedule=_sorted(rule_cards(rules, lines_of, today=today)),
        record=_sorted(rule_cards(record_rules, record_lines, today=today)),
    )


def _sorted(cards: tuple[RuleCard, ...]) -> Rules:
    return Rules(
        ahead=tuple(card for card in cards if card.is_ahead),
        in_force=next((card for card in cards if card.is_in_force), None),
        before=tuple(card for card in cards if not card.is_ahead and not card.is_in_force),
    )


def rule_before(program: Program) -> ScheduleRule | None:
    """Return the program's latest rule, of which a new one is a change."""
    return ScheduleRule.objects.filter(program=program).order_by("effective_from").last()


def suggested_start(
    program: Program,
    before: ScheduleRule | RecordRule | HoursRule | AlertRule | None,
    today: date,
) -> date:
    """Return when a new rule would begin: today if it is the first, else with a week to come."""
    if before is None:
        return today
    week = program.week_of(max(today, before.effective_from))
    return week.first_on + timedelta(days=DAYS)
