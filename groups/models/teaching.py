"""What a session is planned to teach, and what it taught: which words, from when to when."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMinute
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models import Lesson, LessonVersion
from groups.models.session import GroupSession
from programs.models import Program
from programs.models.consent import IsFilled


class SessionLessonQuerySet(models.QuerySet["SessionLesson"]):
    def visible_to(self, user: User) -> SessionLessonQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))

    def standing(self) -> SessionLessonQuerySet:
        """Those not withdrawn: planned or taught."""
        return self.filter(withdrawn_at=None)

    def taught(self) -> SessionLessonQuerySet:
        """Those that somebody confirmed, or that came with imported history."""
        return self.standing().filter(taught_at__isnull=False)

    def planned(self) -> SessionLessonQuerySet:
        """Those that are not taught yet; a plan may still change."""
        return self.standing().filter(taught_at=None)


@pghistory.track()
class SessionLesson(models.Model):
    """A lesson that a session is planned to teach; once taught, it stays, or is withdrawn.

    `began_at` to `ended_at` is the part of the session it was taught in: whole minutes, inside
    the session, the end excluded. `is_fixed`: chosen by hand, a re-flow leaves it where it is.
    """

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="taught_in")
    position = models.PositiveSmallIntegerField(default=0)
    is_fixed = models.BooleanField(_("stays in this session"), default=False)
    # Nobody confirmed it where it came with an import.
    taught_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taught_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    version = models.ForeignKey(
        LessonVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="taught_in"
    )
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # What everybody there was given to practice; blank: nothing.
    homework = models.TextField(_("homework given"), blank=True)
    steps_done = ArrayField(
        models.CharField(max_length=160),
        verbose_name=_("steps of the checklist done"),
        default=list,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = EncryptedTextField(_("reason"), blank=True, default="")

    objects = SessionLessonQuerySet.as_manager()

    class Meta:
        ordering = ["session", "position", "pk"]
        indexes = [
            models.Index(
                fields=["lesson"],
                condition=Q(taught_at__isnull=False, withdrawn_at=None),
                name="session_lesson_taught",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "lesson"],
                condition=Q(withdrawn_at=None),
                name="session_lesson_once",
                violation_error_message=_("The session teaches this lesson already."),
            ),
            models.CheckConstraint(
                condition=Q(taught_at=None, began_at=None, ended_at=None)
                | Q(taught_at__isnull=False, began_at__isnull=False, ended_at__isnull=False),
                name="session_lesson_taught_from_to",
                violation_error_message=_("What was taught began and ended."),
            ),
            models.CheckConstraint(
                condition=Q(began_at=None) | Q(ended_at__gt=F("began_at")),
                name="session_lesson_ended_after_it_began",
                violation_error_message=_("A lesson ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(began_at=None)
                | Q(began_at=TruncMinute("began_at"), ended_at=TruncMinute("ended_at")),
                name="session_lesson_in_whole_minutes",
                violation_error_message=_("Times are whole minutes."),
            ),
            models.CheckConstraint(
                condition=Q(taught_at__isnull=False)
                | Q(taught_by=None, version=None, homework="", steps_done=[]),
                name="session_lesson_record_of_taught",
                violation_error_message=_(
                    "Only what was taught has a version, homework and a checklist."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                & ~Q(IsFilled(F("withdrawn_reason")))
                | Q(
                    IsFilled(F("withdrawn_reason")),
                    withdrawn_at__isnull=False,
                    taught_at__isnull=False,
                ),
                name="session_lesson_withdrawn_with_reason",
                violation_error_message=_("What was taught is withdrawn with a reason."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="taught_lesson_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__taught_at__isnull=False),
                func="""
                    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL
                       OR (NEW.session_id, NEW.lesson_id, NEW.taught_at, NEW.began_at, NEW.ended_at)
                          IS DISTINCT FROM
                          (OLD.session_id, OLD.lesson_id, OLD.taught_at, OLD.began_at, OLD.ended_at)
                       OR (NEW.version_id IS DISTINCT FROM OLD.version_id
                           AND OLD.version_id IS NOT NULL)
                    THEN
                        RAISE EXCEPTION 'What was taught stays; it can be withdrawn.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'taught_lesson_stays';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="session_lesson_fits",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "session_id", "lesson_id", "version_id", "began_at", "ended_at"
                ),
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM groups_groupsession s
                          JOIN groups_therapygroup g ON g.id = s.group_id
                          JOIN curriculum_lesson l ON l.id = NEW.lesson_id
                          JOIN curriculum_module m ON m.id = l.module_id
                          JOIN curriculum_track t ON t.id = m.track_id
                         WHERE s.id = NEW.session_id AND t.program_id = g.program_id
                    ) THEN
                        RAISE EXCEPTION 'A session teaches lessons of its own program.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'session_lesson_of_its_program';
                    END IF;
                    IF NEW.version_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM curriculum_lessonversion v
                         WHERE v.id = NEW.version_id AND v.lesson_id = NEW.lesson_id
                           AND v.published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'What is taught is a published version of the lesson.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'session_lesson_version_of_lesson';
                    END IF;
                    IF NEW.began_at IS NOT NULL AND NOT EXISTS (
                        SELECT FROM groups_groupsession s
                         WHERE s.id = NEW.session_id
                           AND NEW.began_at >= s.starts_at AND NEW.ended_at <= s.ends_at
                           FOR SHARE
                    ) THEN
                        RAISE EXCEPTION 'A lesson is taught inside its session.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'session_lesson_inside_session';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.lesson_id}"


class TeachingQuerySet(models.QuerySet["Teaching"]):
    def visible_to(self, user: User) -> TeachingQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class Teaching(models.Model):
    """That somebody confirmed what a session taught; `other` is what stands in no library."""

    public_id = PublicIdField()
    session = models.OneToOneField(GroupSession, on_delete=models.PROTECT, related_name="teaching")
    other = EncryptedTextField(_("something else"), blank=True, default="")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    objects = TeachingQuerySet.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name="teaching_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.session_id}"
