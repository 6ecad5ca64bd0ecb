"""A lesson is waived for somebody, and a waiver is taken back."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from attendance.models import LessonWaiver
from curriculum.models import Lesson
from programs.models import Enrollment


@transaction.atomic
def waive_lesson(
    *, enrollment: Enrollment, lesson: Lesson, reason: str, now: datetime, by: User
) -> LessonWaiver:
    """Let the person need not hear the lesson in this episode. Raises NotKept with words."""
    Enrollment.objects.select_for_update(no_key=True).get(pk=enrollment.pk)
    if not Lesson.objects.filter(pk=lesson.pk, module__track__program=enrollment.program_id):
        words = _("This lesson belongs to another program. Choose one of theirs.")
        raise NotKept({NON_FIELD_ERRORS: [words]})
    waiver = LessonWaiver(
        enrollment=enrollment, lesson=lesson, reason=reason.strip(), waived_by=by, waived_at=now
    )
    keep(waiver)
    _audit("lesson.waived", waiver, by)
    return waiver


@transaction.atomic
def take_back_waiver(*, waiver: LessonWaiver, now: datetime, by: User) -> LessonWaiver:
    """Ask the lesson of the person again; taken back twice, it is so once."""
    found = LessonWaiver.objects.select_for_update(of=("self",)).get(pk=waiver.pk)
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by = now, by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _audit("lesson.waiver_taken_back", found, by)
    return found


def _audit(verb: str, waiver: LessonWaiver, by: User) -> None:
    enrollment = waiver.enrollment
    write_audit(
        verb,
        by=by,
        subject=waiver,
        participant_id=enrollment.participant.kept.public_id,
        program_id=enrollment.program.public_id,
        lesson=str(waiver.lesson.public_id),
    )
