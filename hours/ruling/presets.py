"""Starting points for a new rule: what well-known rules ask for. Data to fill a form with.

A clinic checks them against its own license and contracts; nothing is judged by them. What a
source does not speak of is left as it was.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import HoursRule


class Preset(models.TextChoices):
    """One known rule, by its name in the list."""

    ADULT = "adult", _("Adults: 9 to 19 hours on 3 days (ASAM level 2.1)")
    YOUTH = "youth", _("Youth: 6 to 19 hours (ASAM level 2.1)")
    DAY = "day", _("Day program: at least 20 hours (ASAM level 2.5)")
    NC_ADULT = "nc_adult", _("North Carolina, adults: 9 to 19 hours")
    NC_YOUTH = "nc_youth", _("North Carolina, youth: 6 to 19 hours")
    MD_ADULT = "md_adult", _("Maryland, adults: 9 to 20 hours")
    MD_YOUTH = "md_youth", _("Maryland, under 18: 6 to 20 hours")
    DC_ADULT = "dc_adult", _("District of Columbia, adults: 9 to 19 hours")
    DC_YOUTH = "dc_youth", _("District of Columbia, under 21: 6 to 19 hours")
    LA_ADULT = "la_adult", _("Louisiana, adults: 9 to 19 hours on 3 days")
    LA_YOUTH = "la_youth", _("Louisiana, youth: 6 to 19 hours on 3 days")
    TRICARE = "tricare", _("TRICARE: at least 6 hours, days of 2 hours")


@dataclass(frozen=True)
class Asked:
    """What the source asks for, in hours; what is None it does not speak of."""

    citation: str
    least: int
    most: int | None = None
    days: int | None = None
    a_day: int | None = None
    facts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        spoken = {
            "min_minutes_per_week": self.least * 60,
            "max_minutes_per_week": self.most and self.most * 60,
            "min_days_per_week": self.days,
            "min_minutes_per_day": self.a_day and self.a_day * 60,
        }
        known = {name: value for name, value in spoken.items() if value is not None}
        object.__setattr__(self, "facts", known)


ASAM = "ASAM Criteria, 3rd ed., level 2.1 (SAMHSA Advisory on TIP 47)"
NC = "NC Clinical Coverage Policy 8A-12 (SAIOP, 2026-01-01)"
MARYLAND = "COMAR 10.63.03.03"
DC = "22-A DCMR 6329"
LOUISIANA = "La. Admin. Code 48:I.5692"
ASKED: dict[Preset, Asked] = {
    Preset.ADULT: Asked(f"{ASAM}; HCPCS H0015 (days)", least=9, most=19, days=3),
    Preset.YOUTH: Asked(ASAM, least=6, most=19),
    Preset.DAY: Asked("ASAM Criteria, 3rd ed., level 2.5", least=20),
    Preset.NC_ADULT: Asked(NC, least=9, most=19),
    Preset.NC_YOUTH: Asked(NC, least=6, most=19),
    Preset.MD_ADULT: Asked(MARYLAND, least=9, most=20),
    Preset.MD_YOUTH: Asked(MARYLAND, least=6, most=20),
    Preset.DC_ADULT: Asked(DC, least=9, most=19),
    Preset.DC_YOUTH: Asked(DC, least=6, most=19),
    Preset.LA_ADULT: Asked(LOUISIANA, least=9, most=19, days=3),
    Preset.LA_YOUTH: Asked(LOUISIANA, least=6, most=19, days=3),
    Preset.TRICARE: Asked("TRICARE Policy Manual 6010.60-M, ch. 7, sec. 3.16", least=6, a_day=2),
}


def filled_from(preset: Preset, rule: HoursRule) -> HoursRule:
    """Return a copy of the rule that says what the known rule asks for.

    A most that it does not name, and that would now lie under the least, is left open.
    """
    filled, asked = copy(rule), ASKED[preset]
    for name, value in {**asked.facts, "citation": asked.citation}.items():
        setattr(filled, name, value)
    most = filled.max_minutes_per_week
    if most is not None and most < filled.min_minutes_per_week:
        filled.max_minutes_per_week = None  # type: ignore[assignment]
    return filled
