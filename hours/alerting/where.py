"""Where an alert is seen to, as far as its reader may open that page; else the board's row."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hours.alerting.facts import Facts
from hours.alerting.reader import Reader
from hours.models import Alert, AlertKind
from programs.who_may import Scope

OF_AUTHORIZATIONS = (AlertKind.UNITS_LOW, AlertKind.EXPIRING)
# What is found in an episode; the board's week says nothing about it.
OF_A_PERSON = (*OF_AUTHORIZATIONS, AlertKind.REVIEW_DUE, AlertKind.RECERTIFICATION)


@dataclass(frozen=True)
class Where:
    """A page, and what to do there."""

    label: str
    icon: str
    url: str


def where_of(alert: Alert, facts: Facts, reader: Reader) -> Where:
    """Return the page on which what was found is seen to."""
    kind = AlertKind(alert.kind)
    if kind in OF_A_PERSON:
        return _of_a_person(alert, kind, reader)
    if kind == AlertKind.RECOVERABLE and reader.may("makeup.book"):
        address = reverse("rescue:person", args=_ids(reader, alert.enrollment.public_id))
        return Where(_("Book a make-up seat"), "life-buoy", address + _week(alert))
    if kind == AlertKind.UNRECORDED and reader.may("attendance.mark"):
        return _sheet(alert, facts, reader)
    return _board(alert, reader)


def _of_a_person(alert: Alert, kind: AlertKind, reader: Reader) -> Where:
    person = alert.enrollment.participant.kept.public_id
    if kind == AlertKind.REVIEW_DUE and reader.may("authorizations.packet"):
        address = reverse("fuel:packet", args=_ids(reader, alert.enrollment.public_id))
        return Where(_("Review packet"), "file-text", address)
    if kind == AlertKind.RECERTIFICATION:
        if reader.may("orders.read"):
            address = reverse("plan:plan", args=_ids(reader, person))
            return Where(_("Plan of care"), "clipboard-list", address)
    elif reader.may("authorizations.read"):
        address = reverse("authorizations:authorizations", args=_ids(reader, person))
        return Where(_("Authorizations"), "fuel", address)
    address = reverse("people:participant", args=_ids(reader, person))
    return Where(_("Their hours"), "gauge", address)


def _sheet(alert: Alert, facts: Facts, reader: Reader) -> Where:
    session, reader_key = facts.unrecorded.get(alert.pk), reader.access.user.pk
    is_own_only = reader.access.scope("attendance.mark", reader.program) is Scope.OWN
    if session is None or (is_own_only and reader_key not in session.leaders):
        return Where(_("What is owed"), "clipboard-list", reverse("owed:owed", args=_ids(reader)))
    address = reverse("sheet:sheet", args=_ids(reader, session.session_id))
    return Where(_("Attendance sheet"), "clipboard-list", address)


def _board(alert: Alert, reader: Reader) -> Where:
    enrollment = alert.enrollment.public_id
    address = reverse("hours:board", args=_ids(reader))
    query = f"{_week(alert)}&why={enrollment}#row-{enrollment}"
    return Where(_("Why"), "list-tree", address + query)


def _week(alert: Alert) -> str:
    return f"?week={alert.week_on.isoformat()}"


def _ids(reader: Reader, *more: object) -> list[object]:
    return [reader.program.public_id, *more]
