"""In which order a group goes through its lessons, and what a cancelled session does to it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models import Lesson
from groups.models.group import TherapyGroup
from programs.models import Program


class OnCancel(models.TextChoices):
    SHIFT = "shift", _("Shift: its lesson moves to the next session, the rest follows")
    SKIP = "skip", _("Skip: its lesson is left out this time, the rest keeps its dates")


class RotationQuerySet(models.QuerySet["Rotation"]):
    def visible_to(self, user: User) -> RotationQuerySet:
        """Those of groups in the programs this person works in now."""
        return self.filter(group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class Rotation(models.Model):
    """The order of a group's lessons. A repeating one begins again after the last."""

    public_id = PublicIdField()
    group = models.OneToOneField(TherapyGroup, on_delete=models.PROTECT, related_name="rotation")
    on_cancel = models.CharField(
        _("when a session is cancelled"), max_length=5, choices=OnCancel, default=OnCancel.SHIFT
    )
    is_repeating = models.BooleanField(_("begin again after the last lesson"), default=True)

    objects = RotationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on_cancel__in=OnCancel.values), name="rotation_on_cancel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}"


@pghistory.track()
class RotationLesson(models.Model):
    """A lesson at its place in a rotation."""

    rotation = models.ForeignKey(Rotation, on_delete=models.PROTECT, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="rotations")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rotation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["rotation", "lesson"],
                name="rotation_lesson_once",
                violation_error_message=_("The rotation has this lesson already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rotation_id} {self.position}"
