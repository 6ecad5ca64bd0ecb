"""Whose the open alerts of a week are, and until when they wait: a few words for each row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hours.models import Alert
from programs.models import Program
from programs.weeks import Week


def alerts_in_words(program: Program, week: Week, *, today: date) -> dict[int, str]:
    """Return the words by enrollment; nothing where nobody has taken an alert up.

    One statement. Of several alerts, the longest-waiting one that somebody has taken up is told.
    """
    rows = Alert.objects.open().of_week(week.first_on).filter(enrollment__program=program)
    return told(rows.select_related("user").order_by("opened_at", "pk"), today=today)


def told(alerts: Iterable[Alert], *, today: date) -> dict[int, str]:
    """Return the first words that each enrollment's alerts give."""
    found: dict[int, str] = {}
    for alert in alerts:
        if words := _in_words(alert, today):
            found.setdefault(alert.enrollment_id, words)
    return found


def _in_words(alert: Alert, today: date) -> str:
    parts = []
    if alert.user:
        parts.append(_("With %(name)s") % {"name": alert.user.name or alert.user.email})
    if alert.snooze_ends_on and alert.is_snoozed(today):
        day = date_format(alert.snooze_ends_on, pgettext("date format: Nov 16", "M j"))
        parts.append(_("waits until %(day)s") % {"day": day})
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
