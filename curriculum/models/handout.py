"""What participants take home from a lesson: a file of the clinic's, or a page we print."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from curriculum.models.track import Lesson
from curriculum.models.version import LessonVersion
from programs.models import Program
from programs.models.document import LARGEST, ContentType


class HandoutKind(models.TextChoices):
    FILE = "file", _("A file")
    PAGE = "page", _("A page that is printed here")


class HandoutQuerySet(models.QuerySet["Handout"]):
    def visible_to(self, user: User) -> HandoutQuerySet:
        """Those of the programs this person works in now."""
        programs = Program.objects.visible_to(user)
        return self.filter(lesson__module__track__program__in=programs)


class Handout(models.Model):
    """One handout of a lesson. It never changes: another one takes its place in a draft.

    A file's bytes lie under a random name, as a document's do. A page is plain text: blank lines
    part its paragraphs, "# " begins a heading, "- " a point, "___" a line to write on.
    """

    public_id = PublicIdField()
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="handouts")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=4, choices=HandoutKind)
    text = models.TextField(_("text"), blank=True)
    stored_name = models.CharField(max_length=40, blank=True, editable=False)
    content_type = models.CharField(max_length=15, choices=ContentType, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HandoutKind.values), name="handout_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["", *ContentType.values]), name="handout_type_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=HandoutKind.FILE, text="", size_bytes__range=(1, LARGEST))
                    & ~Q(stored_name="")
                    & ~Q(content_type="")
                )
                | (
                    Q(kind=HandoutKind.PAGE, stored_name="", content_type="", size_bytes=0)
                    & ~Q(text="")
                ),
                name="handout_is_file_or_page",
                violation_error_message=_(
                    "A handout is a file of at most 10 MB, or a page with words on it."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="handout_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.kind}"


class VersionHandout(models.Model):
    """That a version of a lesson has a handout, at its place."""

    version = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="handouts")
    handout = models.ForeignKey(Handout, on_delete=models.PROTECT, related_name="versions")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "handout"],
                name="version_handout_once",
                violation_error_message=_("The version has this handout already."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_handouts_stay",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("its_version", "bigint")],
                func="""
                    IF TG_OP = 'DELETE' THEN its_version := OLD.version_id;
                    ELSE its_version := NEW.version_id; END IF;
                    IF EXISTS (
                        SELECT FROM curriculum_lessonversion v
                         WHERE v.id = its_version AND v.published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'The handouts of a published version stay.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'published_handouts_stay';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.handout_id}"
