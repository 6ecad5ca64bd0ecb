"""What is taught: tracks of modules of lessons, and what a program requires."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField
from programs.models import Program


class Track(models.Model):
    """A curriculum of one program, such as DBT skills."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="tracks")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="track_once_per_program",
                violation_error_message=_("This program has a track of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Module(models.Model):
    """A part of a track that belongs together, such as distress tolerance."""

    public_id = PublicIdField()
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="modules")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "name"],
                name="module_once_per_track",
                violation_error_message=_("This track has a module of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lesson(models.Model):
    """What is taught in one sitting, in minutes, at its place in the module."""

    public_id = PublicIdField()
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    name = models.CharField(_("name"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["module", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "name"],
                name="lesson_once_per_module",
                violation_error_message=_("This module has a lesson of that name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gte=1),
                name="lesson_takes_minutes",
                violation_error_message=_("A lesson takes at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
