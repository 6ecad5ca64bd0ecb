"""What a lesson says: a draft, or a version once published, which then stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models.track import Lesson
from programs.models import Program


class LessonVersionQuerySet(models.QuerySet["LessonVersion"]):
    def visible_to(self, user: User) -> LessonVersionQuerySet:
        """Those of the programs this person works in now."""
        programs = Program.objects.visible_to(user)
        return self.filter(lesson__module__track__program__in=programs)

    def published(self) -> LessonVersionQuerySet:
        """Those that are no drafts."""
        return self.filter(published_at__isnull=False)

    def latest_of(self, lessons: Iterable[int]) -> LessonVersionQuerySet:
        """The version that each lesson (key) is taught by now; none where it is only a draft."""
        return self.filter(lesson__in=list(lessons)).latest_published()

    def latest_published(self) -> LessonVersionQuerySet:
        """The one of each lesson that is taught now."""
        return self.published().order_by("lesson_id", "-number").distinct("lesson_id")


class LessonVersion(models.Model):
    """A lesson's words: what it is for, how it is led, what to practice. A published one stays."""

    public_id = PublicIdField()
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    guide = models.TextField(_("facilitator guide"), blank=True)
    skills = ArrayField(
        models.CharField(max_length=80), verbose_name=_("skills taught"), default=list, blank=True
    )
    homework = models.TextField(_("homework"), blank=True)
    # What a facilitator ticks off after teaching it.
    checklist = ArrayField(
        models.CharField(max_length=160),
        verbose_name=_("fidelity checklist"),
        default=list,
        blank=True,
    )
    # What is new in it, in the words of whoever published it.
    change_note = models.CharField(_("what is new"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LessonVersionQuerySet.as_manager()

    class Meta:
        ordering = ["lesson", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "number"],
                name="lesson_version_once",
                violation_error_message=_("The lesson has a version of that number already."),
            ),
            models.UniqueConstraint(
                fields=["lesson"],
                condition=Q(published_at=None),
                name="lesson_one_draft",
                violation_error_message=_("The lesson has a draft already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1),
                name="lesson_version_takes_minutes",
                violation_error_message=_("A lesson takes at least one minute."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="lesson_version_counts_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="lesson_version_published_at_a_time",
                violation_error_message=_("A version is published at a moment."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.number}"
