"""A check-in is put on record, and what was done about a safety answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.audit import write_audit
from accounts.keeping import refused_by
from accounts.models import User
from attendance.check_ins.answers import QUESTIONS, Answers, answers_of
from attendance.check_ins.practicing import NOTHING_PRACTICED, changed_practice, write_practice
from attendance.check_ins.telling import plan_notices
from attendance.check_ins.whose import on_sheet
from attendance.models import CheckIn, SafetyAlert
from attendance.sheet.session import Phase, phase_of, whole
from groups.models import GroupSession
from programs.models import Participant
from reminders.models import NoticeKind, StaffNotice


class ReadOnlySheet(Exception):
    """Nothing is written in this session: it is signed, cancelled, closed or far ahead."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(phase)
        self.phase = phase


class NotOnSheet(Exception):
    """This person is not on the session's sheet."""


class NewerCheckIn(Exception):
    """Somebody saved other answers since the form was made; `stored` is what stands now."""

    def __init__(self, stored: CheckIn) -> None:
        super().__init__(stored.pk)
        self.stored = stored


class AlreadyAcknowledged(Exception):
    """Somebody was first; `alert` is as it stands now."""

    def __init__(self, alert: SafetyAlert) -> None:
        super().__init__(alert.pk)
        self.alert = alert


def save_check_in(
    *,
    session: GroupSession,
    participant: Participant,
    answers: Answers,
    version: int | None,
    is_by_participant: bool,
    by: User,
    now: datetime,
    practiced: Mapping[int, str] = NOTHING_PRACTICED,
) -> CheckIn:
    """Put the answers on record, and return the row as it is now.

    `practiced` says how homework went, by the key of what was taught; others stay as they are.

    `version` is that of the row the form was made from, None where there was none. The same
    answers again change nothing. Who, when and whether it was the person are of the last save;
    row history keeps those before. A yes to the safety question raises one alert, which stays,
    and plans a notice to each clinician and leader. Raises ReadOnlySheet, NotOnSheet, NewerCheckIn.
    """
    facts = {"is_by_participant": is_by_participant, "entered_by": by, "taken_at": now}
    try:
        with transaction.atomic():
            locked = _locked(session, participant, now)
            found = CheckIn.objects.select_related("entered_by", "safety_alert")
            stored = found.filter(session=locked, participant=participant).first()
            row = stored or CheckIn(version=0)
            row.session, row.participant = locked, participant
            homework = changed_practice(locked, participant, practiced)
            return _write(row, answers, version, facts, homework)
    except IntegrityError as error:
        if refused_by(error) != "signed_check_in_stays":
            raise
        raise ReadOnlySheet(Phase.SIGNED) from error


def acknowledge_alert(
    *, alert: SafetyAlert, what_was_done: str, by: User, now: datetime
) -> SafetyAlert:
    """Write down what was done about a safety answer, once; notices not yet sent stay home.

    `what_was_done` has words. Raises AlreadyAcknowledged, with who was first.
    """
    with transaction.atomic():
        waiting = SafetyAlert.objects.filter(pk=alert.pk, acknowledged_at=None)
        moved = waiting.update(acknowledged_at=now, acknowledged_by=by, what_was_done=what_was_done)
        stored = SafetyAlert.objects.select_related(
            "acknowledged_by",
            "check_in__participant__merged_into",
            "check_in__session__group__program__site",
        ).get(pk=alert.pk)
        if not moved:
            raise AlreadyAcknowledged(stored)
        unsent = StaffNotice.objects.planned().filter(
            kind=NoticeKind.SAFETY, about=stored.public_id
        )
        count = unsent.withdraw()
        _audit("safety_alert.acknowledged", stored.check_in, stored, by, notices_withdrawn=count)
    return stored


def _locked(session: GroupSession, participant: Participant, now: datetime) -> GroupSession:
    """Return the session, once it is ours: two who write in it do it one after the other."""
    found = whole(GroupSession.objects.filter(pk=session.pk))
    locked = found.select_for_update(of=("self",), no_key=True).get()
    phase = phase_of(locked, now)
    if phase is not Phase.OPEN:
        raise ReadOnlySheet(phase)
    if not on_sheet(locked).filter(pk=participant.pk).exists():
        raise NotOnSheet
    return locked


def _write(
    row: CheckIn,
    answers: Answers,
    version: int | None,
    facts: Mapping[str, Any],
    homework: Mapping[int, str],
) -> CheckIn:
    """Write the answers and the facts of this save, if they are new and nobody was before."""
    before = answers_of(row) if row.version else Answers()
    if row.version and answers == before and not homework:
        return row
    if row.version and version != row.version:
        raise NewerCheckIn(row)
    for name, value in {**answers.as_fields(), **facts}.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*QUESTIONS, *facts, "version"] if row.pk else None)
    write_practice(row, homework)
    detail = {"version": row.version, "is_by_participant": row.is_by_participant}
    fields = list(answers.differing(before))
    _audit("check_in.saved", row, row, row.entered_by, fields=fields, **detail)
    if answers.says_yes:
        _raise_alert(row)
    return row


def _raise_alert(check_in: CheckIn) -> None:
    """Raise the alert of a yes, once, and plan that it is told."""
    alert, is_new = SafetyAlert.objects.get_or_create(
        check_in=check_in, defaults={"raised_at": check_in.taken_at}
    )
    if is_new:
        by, now = check_in.entered_by, check_in.taken_at
        knows = None if check_in.is_by_participant else by
        told = plan_notices(alert, check_in.session, knows=knows, now=now)
        _audit("safety_alert.raised", check_in, alert, by, told=told)


def _audit(
    verb: str, check_in: CheckIn, subject: CheckIn | SafetyAlert, by: User, **detail: object
) -> None:
    write_audit(
        verb,
        by=by,
        subject=subject,
        participant_id=check_in.participant.public_id,
        program_id=check_in.session.group.program.public_id,
        session=str(check_in.session.public_id),
        **detail,
    )
