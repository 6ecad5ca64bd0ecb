"""What people do about alerts: give one to somebody, put it off, wake it; and choose a digest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from groups.wording import short_day
from hours.alerting.notices import tell_holder, withdraw_notices
from hours.alerting.snoozing import can_wait_until, last_day
from hours.alerting.whose import staff_of, with_facts
from hours.models import Alert, Digest
from programs.models import Program, Weekday


@transaction.atomic
def give_alert(*, alert: Alert, to: User | None, now: datetime, by: User) -> User | None:
    """Make it somebody's, who is told, or nobody's; return whose it was. Raises NotKept.

    Of two who give it in the same moment the last one wins, and hears whose it was.
    """
    stored = _open_one(alert)
    before = stored.user
    if to == before:
        return before
    if to is not None and to not in staff_of(stored.enrollment.program):
        _refuse("to", _("Choose somebody who works in this program"))
    stored.user = to
    stored.save(update_fields=["user"])
    withdraw_notices(stored)
    if to is not None and to != by:
        tell_holder(stored, now=now)
    _audit("alert.given", stored, by, to=_id(to), before=_id(before))
    return before


@transaction.atomic
def snooze_alert(*, alert: Alert, until: date, reason: str, today: date, by: User) -> Alert:
    """Put it off until a date, with a reason. Raises NotKept.

    It resolves all the same; and whose it is does not change.
    """
    stored = _open_one(alert)
    if not can_wait_until(until, today):
        words = _("Enter a day after today, until %(last)s at the latest")
        _refuse("until", words % {"last": short_day(last_day(today))})
    if not reason.strip():
        _refuse("reason", _("Write in a few words why it can wait"))
    _put_off(stored, until, by, reason.strip())
    _audit("alert.snoozed", stored, by, until=until.isoformat())
    return stored


@transaction.atomic
def wake_alert(*, alert: Alert, by: User) -> Alert:
    """Let it wait for somebody again, now; nothing changes where it is awake. Raises NotKept."""
    stored = _open_one(alert)
    if stored.snooze_ends_on is not None:
        _put_off(stored, None, None, "")
        _audit("alert.woken", stored, by)
    return stored


@transaction.atomic
def choose_digest(*, program: Program, weekday: int | None, is_at_close: bool, by: User) -> Digest:
    """Keep when this person wants the program's week in numbers. Raises NotKept."""
    # Two of one person's pages at once: the second waits here, and changes the same row.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    digest = Digest.objects.filter(user=by, program=program).first()
    digest = digest or Digest(user=by, program=program)
    if weekday is not None and weekday not in Weekday.values:
        _refuse("weekday", _("Choose a weekday, or none"))
    digest.weekday, digest.is_at_close = weekday, is_at_close
    digest.save()
    write_audit(
        "digest.chosen",
        by=by,
        subject=digest,
        program_id=program.public_id,
        weekday=weekday,
        is_at_close=is_at_close,
    )
    return digest


def _put_off(alert: Alert, until: date | None, by: User | None, reason: str) -> None:
    alert.snooze_ends_on, alert.snoozed_by, alert.snooze_reason = until, by, reason
    alert.save(update_fields=["snooze_ends_on", "snoozed_by", "snooze_reason"])


def _open_one(alert: Alert) -> Alert:
    """Return the row as it is stored now, once it is ours to change. Raises NotKept."""
    # Locked first, and read then: read with the lock, what is joined would still be whose it was
    # before somebody else, who had the lock, gave it away.
    Alert.objects.select_for_update(no_key=True).get(pk=alert.pk)
    stored = with_facts(Alert.objects.all()).get(pk=alert.pk)
    if stored.resolved_at:
        _refuse(NON_FIELD_ERRORS, _("This alert is resolved: there is nothing left to do about it"))
    return stored


def _refuse(field: str, words: str) -> None:
    raise NotKept({field: [words]})


def _id(user: User | None) -> str:
    return str(user.public_id) if user else ""


def _audit(verb: str, alert: Alert, by: User, **detail: Any) -> None:
    write_audit(
        verb,
        by=by,
        subject=alert,
        participant_id=alert.enrollment.participant.public_id,
        program_id=alert.enrollment.program.public_id,
        kind=alert.kind,
        week=alert.week_on.isoformat(),
        **detail,
    )
