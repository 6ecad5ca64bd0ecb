"""Which disclosures an accounting tells of: two rules, each with its years and its grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from programs.models import Basis, Disclosure
from programs.weeks import local_date


@dataclass(frozen=True)
class Rule:
    """One rule of accounting: its section, how many years back, and on what grounds."""

    citation: str
    years: int
    grounds: frozenset[Basis]
    heading: Any
    words: Any


# 2.25 counts what was made with consent; through an electronic record also for treatment and
# payment. 164.528 leaves out what was authorized, was for treatment, payment or operations, or
# went to the person; an emergency is treatment, but its record (2.51(c)) is theirs to see.
CONSENTED = Rule(
    "42 CFR 2.25",
    3,
    frozenset({Basis.CONSENT}),
    _("Made with your written consent"),
    _("Everything in the three years before today."),
)
OTHERWISE = Rule(
    "45 CFR 164.528",
    6,
    frozenset({Basis.EMERGENCY, Basis.AUDIT, Basis.ORDER}),
    _("Made without it, as the law allows"),
    _(
        "Medical emergencies (42 CFR 2.51), audits and court orders in the six years before today."
        " What stayed in the program for treatment, payment or its own work, and what went to you,"
        " is not counted."
    ),
)
RULES = (CONSENTED, OTHERWISE)


def years_before(day: date, years: int) -> date:
    """Return the same date so many years before; of February 29 the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_accounted(disclosure: Disclosure, rule: Rule, today: date, zone: ZoneInfo) -> bool:
    """Whether the rule has this told."""
    if disclosure.taken_at is None or disclosure.basis not in rule.grounds:
        return False
    return years_before(today, rule.years) <= local_date(disclosure.taken_at, zone) <= today


def accounted(
    disclosures: Iterable[Disclosure], today: date, zone: ZoneInfo
) -> dict[Rule, list[Disclosure]]:
    """Return under each rule what it has told, the latest first."""
    found = sorted(disclosures, key=lambda each: each.taken_at or each.stated_at, reverse=True)
    return {
        rule: [each for each in found if is_accounted(each, rule, today, zone)] for rule in RULES
    }
