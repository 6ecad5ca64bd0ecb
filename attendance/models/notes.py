"""What a session's notes say: one part for every chart, one for each person's own."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from attendance.models.notes_sign_off import refuse_when_notes_signed
from curriculum.models import Lesson
from groups.models import GroupSession
from programs.models import Goal, Participant, Program


class Participation(models.TextChoices):
    ACTIVE = "active", _("Active")
    SOME = "some", _("Some")
    LITTLE = "little", _("Little")
    NONE = "none", _("None")


class GoalProgress(models.TextChoices):
    FORWARD = "forward", _("A step forward")
    SAME = "same", _("No change")
    BACK = "back", _("A step back")


class AbsentContact(models.TextChoices):
    """Whether somebody absent was reached."""

    REACHED = "reached", _("Reached")
    LEFT_MESSAGE = "left_message", _("Left a message")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_TRIED = "not_tried", _("Not tried yet")


class GroupNoteQuerySet(models.QuerySet["GroupNote"]):
    def visible_to(self, user: User) -> GroupNoteQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class GroupNote(models.Model):
    """The part of a session's note that goes into every chart: it names nobody."""

    public_id = PublicIdField()
    session = models.OneToOneField(
        GroupSession, on_delete=models.PROTECT, related_name="group_note"
    )
    topic = EncryptedTextField(_("topic"), blank=True, default="")
    lesson = models.ForeignKey(
        Lesson,
        verbose_name=_("lesson taught"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    intervention = EncryptedTextField(_("intervention"), blank=True, default="")
    # When it really began and ended; blank: as planned.
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = GroupNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(began_at=None) | Q(ended_at=None) | Q(ended_at__gt=F("began_at")),
                name="group_note_ended_after_it_began",
                violation_error_message=_("A session ends after it began."),
            ),
        ]
        triggers = [
            refuse_when_notes_signed(name="signed_group_note_stays"),
            pgtrigger.Protect(name="group_note_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"


class ParticipantNoteQuerySet(models.QuerySet["ParticipantNote"]):
    def visible_to(self, user: User) -> ParticipantNoteQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


@pghistory.track()
class ParticipantNote(models.Model):
    """The part of a session's note that is about one person, there or absent."""

    public_id = PublicIdField()
    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, related_name="participant_notes"
    )
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="notes")
    participation = models.CharField(
        _("participation"), max_length=6, choices=Participation, blank=True
    )
    response = EncryptedTextField(_("response"), blank=True, default="")
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("goal worked on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    goal_progress = models.CharField(
        _("progress on it"), max_length=7, choices=GoalProgress, blank=True
    )
    plan = EncryptedTextField(_("plan"), blank=True, default="")
    contact = models.CharField(
        _("attempted contact"), max_length=12, choices=AbsentContact, blank=True
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ParticipantNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="participant_note_once",
                violation_error_message=_("This person has a note for the session already."),
            ),
            models.CheckConstraint(
                condition=Q(participation__in=["", *Participation.values])
                & Q(goal_progress__in=["", *GoalProgress.values])
                & Q(contact__in=["", *AbsentContact.values]),
                name="participant_note_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(goal_progress="") | Q(goal__isnull=False),
                name="participant_note_progress_on_a_goal",
                violation_error_message=_("Say on which goal."),
            ),
        ]
        triggers = [
            refuse_when_notes_signed(name="signed_participant_note_stays"),
            pgtrigger.Protect(name="participant_note_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id}"
