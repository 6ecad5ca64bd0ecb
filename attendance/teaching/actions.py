"""Confirms what a session taught, and puts it right: withdrawn, added to, completed.

Each locks the session first, so that two who confirm at once follow one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from attendance.models import HomeworkAnswer
from attendance.teaching.checking import (
    Taught,
    check_session,
    check_spans,
    latest_versions,
    span_of,
)
from attendance.teaching.refusals import AlreadyConfirmed, AlreadyWithdrawn, CannotConfirm
from curriculum.models import LessonVersion
from groups.models import GroupSession, SessionLesson, Teaching

__all__ = [
    "Taught",
    "add_taught",
    "change_other",
    "complete_taught",
    "confirm_taught",
    "withdraw_taught",
]


@transaction.atomic
def confirm_taught(
    *, session: GroupSession, taught: Sequence[Taught], other: str, by: User, now: datetime
) -> Teaching:
    """Put on record what the session taught: lessons, something else in words, or nothing.

    Planned lessons among `taught` become a record, the others leave the session's plan. Each
    keeps its latest published version. The same said twice is kept once. Raises CannotConfirm,
    and AlreadyConfirmed where something else is on record.
    """
    locked = _lock(session)
    check_session(locked, now)
    if stored := _same_as_stored(locked, taught, other):
        return stored
    check_spans(locked, taught)
    versions = latest_versions(locked, taught)
    dropped = _drop_plan(locked, taught, by)
    for place, each in enumerate(sorted(taught, key=lambda one: one.began_at)):
        _write(locked, each, versions[each.lesson.pk], by=by, now=now, place=place)
    teaching = Teaching.objects.create(
        session=locked, other=other, confirmed_by=by, confirmed_at=now
    )
    _audit("teaching.confirmed", locked, by, lessons=len(taught), dropped=dropped)
    return teaching


@transaction.atomic
def add_taught(*, session: GroupSession, taught: Taught, by: User, now: datetime) -> SessionLesson:
    """Put one more lesson on record, after the session was confirmed. Raises CannotConfirm."""
    locked = _lock(session)
    check_session(locked, now)
    standing = list(locked.lessons.taught().select_related("lesson"))
    if same := _standing(standing, taught):
        return same
    check_spans(locked, [*map(_as_taught, standing), taught])
    version = latest_versions(locked, [taught])[taught.lesson.pk]
    row = _write(locked, taught, version, by=by, now=now, place=len(standing))
    Teaching.objects.get_or_create(
        session=locked, defaults={"confirmed_by": by, "confirmed_at": now}
    )
    _audit("teaching.lesson_added", locked, by, taught=str(row.public_id))
    return row


@transaction.atomic
def withdraw_taught(*, taught: SessionLesson, reason: str, by: User, now: datetime) -> None:
    """Take a lesson off the record of its session. Raises AlreadyWithdrawn, CannotConfirm."""
    if not reason.strip():
        raise CannotConfirm(_("Say why the lesson is withdrawn."))
    session = _lock(taught.session)
    moved = SessionLesson.objects.filter(pk=taught.pk).taught()
    if not moved.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason):
        raise AlreadyWithdrawn
    _audit("teaching.lesson_withdrawn", session, by, taught=str(taught.public_id))


@transaction.atomic
def complete_taught(
    *, taught: SessionLesson, steps_done: Sequence[str], homework: str, by: User
) -> None:
    """Keep the steps ticked and the homework's words; writes nothing where neither differs.

    Homework that somebody has answered about is not taken away. Raises AlreadyWithdrawn and
    CannotConfirm.
    """
    session = _lock(taught.session)
    row = SessionLesson.objects.taught().select_related("version").filter(pk=taught.pk).first()
    if row is None:
        raise AlreadyWithdrawn
    if not homework and HomeworkAnswer.objects.filter(taught=row).exists():
        raise CannotConfirm(_("Somebody has said how this homework went. Keep its words."))
    wanted = {"steps_done": _steps(row.version, steps_done), "homework": homework}
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, wanted[name])
    row.save(update_fields=changed)
    _audit("teaching.completed", session, by, taught=str(row.public_id), fields=changed)


@transaction.atomic
def change_other(*, session: GroupSession, other: str, by: User, now: datetime) -> None:
    """Keep other words for what stands in no library; nothing is written where they are the same.

    Raises CannotConfirm.
    """
    locked = _lock(session)
    check_session(locked, now)
    teaching, is_new = Teaching.objects.get_or_create(
        session=locked, defaults={"other": other, "confirmed_by": by, "confirmed_at": now}
    )
    if not is_new and teaching.other == other:
        return
    teaching.other = other
    teaching.save(update_fields=["other"])
    _audit("teaching.other_changed", locked, by)


def _lock(session: GroupSession) -> GroupSession:
    found = GroupSession.objects.select_related("group__program__site").filter(pk=session.pk)
    return found.select_for_update(of=("self",), no_key=True).get()


def _same_as_stored(session: GroupSession, taught: Sequence[Taught], other: str) -> Teaching | None:
    """Return what is on record where it is the same. Raises AlreadyConfirmed where it is not."""
    teaching = Teaching.objects.select_related("confirmed_by").filter(session=session).first()
    standing = list(session.lessons.taught())
    if teaching is None and not standing:
        return None
    kept = {(row.lesson_id, row.began_at, row.ended_at) for row in standing}
    said = {(each.lesson.pk, each.began_at, each.ended_at) for each in taught}
    if teaching is None or kept != said or teaching.other != other:
        raise AlreadyConfirmed(teaching)
    return teaching


def _drop_plan(session: GroupSession, taught: Sequence[Taught], by: User) -> int:
    """Take what was planned and not taught off the session's plan; return how many that were."""
    planned = session.lessons.planned().exclude(lesson__in=[each.lesson.pk for each in taught])
    dropped = [str(each) for each in planned.values_list("public_id", flat=True)]
    if dropped:
        planned.delete()
        _audit("session_lessons.dropped", session, by, planned=dropped)
    return len(dropped)


def _write(
    session: GroupSession,
    taught: Taught,
    version: LessonVersion,
    *,
    by: User,
    now: datetime,
    place: int,
) -> SessionLesson:
    """Turn the planned row into a record, or write one."""
    planned = session.lessons.planned().filter(lesson=taught.lesson).first()
    row = planned or SessionLesson(session=session, lesson=taught.lesson)
    row.position, row.version, row.taught_by, row.taught_at = place, version, by, now
    row.began_at, row.ended_at = taught.began_at, taught.ended_at
    row.homework, row.steps_done = taught.homework, _steps(version, taught.steps_done)
    row.save()
    return row


def _steps(version: LessonVersion | None, ticked: Sequence[str]) -> list[str]:
    """Return the steps ticked that the version's checklist has, in its order."""
    return [step for step in version.checklist if step in ticked] if version else []


def _standing(standing: Sequence[SessionLesson], taught: Taught) -> SessionLesson | None:
    """Return the record of the lesson where it says the same. Raises CannotConfirm if another."""
    row = next((each for each in standing if each.lesson_id == taught.lesson.pk), None)
    if row and (row.began_at, row.ended_at) != (taught.began_at, taught.ended_at):
        words = _("%(lesson)s is on record already. Withdraw it first, with a reason.")
        raise CannotConfirm(words % {"lesson": row.lesson.name})
    return row


def _as_taught(row: SessionLesson) -> Taught:
    return Taught(row.lesson, *span_of(row))


def _audit(verb: str, session: GroupSession, by: User, **detail: object) -> None:
    write_audit(verb, by=by, subject=session, program_id=session.group.program.public_id, **detail)
