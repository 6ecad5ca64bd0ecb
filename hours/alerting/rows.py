"""One alert as a line of a list."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.wording import day_words
from hours.alerting.facts import Facts
from hours.alerting.looks import LOOKS, Look
from hours.alerting.reader import Reader
from hours.alerting.where import Where, where_of
from hours.alerting.words import alert_words, since_words, week_words
from hours.models import Alert, AlertKind
from programs.names import roster_names


@dataclass(frozen=True)
class Row:
    """What a line says; `take_url` is blank where there is nothing to take."""

    alert_id: uuid.UUID
    person_key: int
    kind: AlertKind
    look: Look
    name: str
    words: str
    details: str
    snoozed: str
    where: Where
    url: str
    take_url: str


@dataclass(frozen=True)
class Drawing:
    """What every line of a list is drawn with."""

    reader: Reader
    facts: Facts
    names: dict[str, str]

    def row(self, alert: Alert) -> Row:
        reader, program = self.reader, self.reader.program
        ids, is_mine = [program.public_id, alert.public_id], alert.user == reader.access.user
        details = [
            week_words(alert),
            since_words(alert, reader.today, program.zone),
            whose_words(alert, reader),
        ]
        is_taken = is_mine or alert.resolved_at is not None or not reader.may_manage
        return Row(
            alert_id=alert.public_id,
            person_key=alert.enrollment.participant.kept.pk,
            kind=AlertKind(alert.kind),
            look=LOOKS[AlertKind(alert.kind)],
            name=self.names[alert.enrollment.participant.chart_number],
            words=alert_words(alert, self.facts, reader.today),
            details=" · ".join(filter(None, details)),
            snoozed=snoozed_words(alert, reader),
            where=where_of(alert, self.facts, reader),
            url=reverse("alerts:one", args=ids),
            take_url="" if is_taken else reverse("alerts:take", args=ids),
        )


def names_of(alerts: Collection[Alert]) -> dict[str, str]:
    """Return the short name of everybody the alerts are about, by chart number."""
    return roster_names(each.enrollment.participant for each in alerts)


def whose_words(alert: Alert, reader: Reader) -> str:
    """Return whose it is; of one that is resolved, whose it was."""
    if alert.user is None:
        return "" if alert.resolved_at else _("nobody’s yet")
    return _("yours") if alert.user == reader.access.user else alert.user.display_name


def snoozed_words(alert: Alert, reader: Reader) -> str:
    """Return until when it waits and, for those who may put it off, why and by whom."""
    if alert.snooze_ends_on is None or not _is_put_off(alert, reader.today):
        return ""
    day = day_words(alert.snooze_ends_on, reader.today)
    if not reader.may_manage or alert.snoozed_by is None:
        return _("snoozed until %(day)s") % {"day": day}
    return _("snoozed until %(day)s by %(name)s: %(reason)s") % {
        "day": day,
        "name": alert.snoozed_by.display_name,
        "reason": alert.snooze_reason,
    }


def _is_put_off(alert: Alert, today: date) -> bool:
    return alert.resolved_at is None and alert.is_snoozed(today)
