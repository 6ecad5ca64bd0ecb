"""What there is to teach: tracks of modules of lessons, and which lesson needs which."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Program


class Subject(models.TextChoices):
    """What a track is about; a clinic's own is whatever the clinic says."""

    CBT = "cbt", _("Cognitive behavioral therapy (CBT)")
    DBT = "dbt", _("Dialectical behavior therapy (DBT)")
    PSYCHOEDUCATION = "psychoeducation", _("Psychoeducation")
    EMOTION_REGULATION = "emotion_regulation", _("Emotion regulation")
    MINDFULNESS = "mindfulness", _("Mindfulness and grounding")
    COMMUNICATION = "communication", _("Communication")
    RELAPSE_PREVENTION = "relapse_prevention", _("Relapse prevention")
    OWN = "own", _("The clinic's own")


class TrackQuerySet(models.QuerySet["Track"]):
    def visible_to(self, user: User) -> TrackQuerySet:
        """The tracks of the programs this person works in now."""
        return self.filter(program__in=Program.objects.visible_to(user))


@pghistory.track()
class Track(models.Model):
    """A curriculum of one program, such as DBT skills. `source`: where its titles come from."""

    public_id = PublicIdField()
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="tracks")
    name = models.CharField(_("name"), max_length=120)
    subject = models.CharField(_("subject"), max_length=18, choices=Subject, default=Subject.OWN)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        ordering = ["program", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="track_once_per_program",
                violation_error_message=_("This program has a track of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values), name="track_subject_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ModuleQuerySet(models.QuerySet["Module"]):
    def visible_to(self, user: User) -> ModuleQuerySet:
        """The modules of the programs this person works in now."""
        return self.filter(track__program__in=Program.objects.visible_to(user))


@pghistory.track()
class Module(models.Model):
    """A part of a track that belongs together, such as distress tolerance."""

    public_id = PublicIdField()
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="modules")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        ordering = ["track", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "name"],
                name="module_once_per_track",
                violation_error_message=_("This track has a module of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User) -> LessonQuerySet:
        """The lessons of the programs this person works in now."""
        return self.filter(module__track__program__in=Program.objects.visible_to(user))

    def of_program(self, program: Program) -> LessonQuerySet:
        """All lessons of the program, also the retired ones."""
        return self.filter(module__track__program=program)

    def in_use(self) -> LessonQuerySet:
        """Those not retired."""
        return self.filter(retired_at=None)

    def in_order(self) -> LessonQuerySet:
        """In the order of the library: track, module, lesson."""
        return self.order_by(
            "module__track__position",
            "module__track__name",
            "module__position",
            "module__name",
            "position",
            "name",
        )


@pghistory.track()
class Lesson(models.Model):
    """What is taught in one sitting, in minutes, at its place in the module.

    What it says stands in its versions. `minutes` are those of the latest published one. A core
    lesson is one that everybody is to receive. A retired lesson is planned no more; what was
    taught of it stays.
    """

    public_id = PublicIdField()
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    name = models.CharField(_("name"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    is_core = models.BooleanField(_("core"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["module", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "name"],
                name="lesson_once_per_module",
                violation_error_message=_("This module has a lesson of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1),
                name="lesson_takes_minutes",
                violation_error_message=_("A lesson takes at least one minute."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Prerequisite(models.Model):
    """That a lesson is taught only after another one of its program. Never in a circle."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="prerequisites")
    needs = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "needs"],
                name="prerequisite_once",
                violation_error_message=_("This lesson is a prerequisite already."),
            ),
            models.CheckConstraint(
                condition=~Q(lesson=F("needs")),
                name="prerequisite_is_another",
                violation_error_message=_("A lesson cannot come before itself."),
            ),
        ]
        triggers = [
            # One at a time per program, so that two halves of a circle cannot pass each other.
            pgtrigger.Trigger(
                name="prerequisite_no_circle",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("its_program", "bigint")],
                func="""
                    SELECT t.program_id INTO its_program
                      FROM curriculum_lesson l
                      JOIN curriculum_module m ON m.id = l.module_id
                      JOIN curriculum_track t ON t.id = m.track_id
                     WHERE l.id = NEW.lesson_id;
                    PERFORM pg_advisory_xact_lock(
                        hashtext('curriculum_prerequisite'), its_program::int);
                    IF NOT EXISTS (
                        SELECT FROM curriculum_lesson l
                          JOIN curriculum_module m ON m.id = l.module_id
                          JOIN curriculum_track t ON t.id = m.track_id
                         WHERE l.id = NEW.needs_id AND t.program_id = its_program
                    ) THEN
                        RAISE EXCEPTION 'A lesson needs lessons of its own program.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'prerequisite_of_its_program';
                    END IF;
                    IF EXISTS (
                        WITH RECURSIVE before (id) AS (
                            SELECT NEW.needs_id
                             UNION
                            SELECT p.needs_id FROM curriculum_prerequisite p
                              JOIN before ON before.id = p.lesson_id
                        )
                        SELECT FROM before WHERE id = NEW.lesson_id
                    ) THEN
                        RAISE EXCEPTION 'Prerequisites never lead back to their lesson.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'prerequisite_no_circle';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.needs_id}"
