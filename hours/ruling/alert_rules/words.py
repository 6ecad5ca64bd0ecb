"""What an alert rule says, line by line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.clinic_settings.rule_words import Line
from programs.models import AlertRule


def lines_of(rule: AlertRule) -> list[Line]:
    """Return what the rule asks for."""
    return [
        Line(_("A missing record is an alert"), _after_hours(rule.unrecorded_hours)),
        Line(_("A week is closed"), _after_days(rule.close_days)),
        Line(_("An authorization is nearly used up"), _units(rule.units_left)),
        Line(_("An authorization ends soon"), _days_before(rule.days_left)),
        Line(_("A utilization review is due"), _days_before(rule.review_days)),
        Line(_("Recertification is due"), _days_before(rule.recertification_days)),
    ]


def _after_hours(number: int) -> str:
    return ngettext("after %(n)s hour", "after %(n)s hours", number) % {"n": number}


def _after_days(number: int) -> str:
    if not number:
        return _("as soon as it is over")
    words = ngettext("%(n)s day after it is over", "%(n)s days after it is over", number)
    return words % {"n": number}


def _units(number: int) -> str:
    return ngettext("at %(n)s unit left", "at %(n)s units left", number) % {"n": number}


def _days_before(number: int) -> str:
    if not number:
        return _("on the day itself")
    return ngettext("%(n)s day before", "%(n)s days before", number) % {"n": number}
