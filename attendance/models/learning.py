"""What people did with what was taught: homework, skills used, lessons that need not be heard."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models import Lesson
from groups.models import GroupSession, SessionLesson
from programs.models import Enrollment, Participant, Program
from programs.models.consent import IsFilled


class Practice(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_DONE = "not_done", _("Not done")


class HomeworkAnswerQuerySet(models.QuerySet["HomeworkAnswer"]):
    def visible_to(self, user: User) -> HomeworkAnswerQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class HomeworkAnswer(models.Model):
    """How homework went, asked at a later session. Who has homework: whoever was there."""

    public_id = PublicIdField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="homework_answers"
    )
    taught = models.ForeignKey(
        SessionLesson, on_delete=models.PROTECT, related_name="homework_answers"
    )
    # At whose check-in it was asked.
    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, related_name="homework_answers"
    )
    answer = models.CharField(_("how it went"), max_length=8, choices=Practice)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = HomeworkAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "taught"],
                name="homework_answer_once",
                violation_error_message=_("This homework is answered already."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Practice.values), name="homework_answer_known"
            ),
        ]
        triggers = [pgtrigger.Protect(name="homework_answer_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.taught_id}"


class Helped(models.TextChoices):
    NO = "no", _("Did not help")
    LITTLE = "little", _("Helped a little")
    YES = "yes", _("Helped")


class SkillUseQuerySet(models.QuerySet["SkillUse"]):
    def visible_to(self, user: User) -> SkillUseQuerySet:
        """Those of people in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))

    def on_record(self) -> SkillUseQuerySet:
        """Those not taken off the record."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class SkillUse(models.Model):
    """An entry of the skills diary: which skill somebody used on a date, and whether it helped."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="skill_uses")
    used_on = models.DateField(_("date"))
    skill = models.CharField(_("skill"), max_length=80)
    helped = models.CharField(_("did it help?"), max_length=6, choices=Helped)
    words = EncryptedTextField(_("what happened"), blank=True, default="")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SkillUseQuerySet.as_manager()

    class Meta:
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(helped__in=Helped.values), name="skill_use_helped_known"
            ),
            models.CheckConstraint(
                condition=~Q(skill=""),
                name="skill_use_names_skill",
                violation_error_message=_("Say which skill was used."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="skill_use_withdrawn_by_somebody",
                violation_error_message=_("An entry is taken off the record by somebody."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="skill_use_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.used_on}"


class LessonWaiverQuerySet(models.QuerySet["LessonWaiver"]):
    def visible_to(self, user: User) -> LessonWaiverQuerySet:
        """Those of people in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))

    def in_force(self) -> LessonWaiverQuerySet:
        """Those not taken back."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class LessonWaiver(models.Model):
    """That somebody need not hear a lesson, and why: they had it elsewhere, or one to one."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="waivers")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="waivers")
    reason = EncryptedTextField(_("reason"))
    waived_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LessonWaiverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "lesson"],
                condition=Q(withdrawn_at=None),
                name="lesson_waiver_once",
                violation_error_message=_("This lesson is waived already."),
            ),
            models.CheckConstraint(
                condition=Q(IsFilled(F("reason"))),
                name="lesson_waiver_has_reason",
                violation_error_message=_("Say why the lesson need not be heard."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="lesson_waiver_withdrawn_by_somebody",
                violation_error_message=_("A waiver is taken back by somebody."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="lesson_waiver_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.lesson_id}"
