"""Whether somebody says they come on a day: what the roster shows, and the facilitator decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Participant
from reminders.models.reminder import Reminder


class AnswerWord(models.TextChoices):
    COMING = "coming", _("Coming")
    NOT_COMING = "not_coming", _("Cannot come")


class AnswerReason(models.TextChoices):
    """Why somebody cannot come, as they chose from a short list."""

    ILL = "ill", _("Ill")
    WORK = "work", _("Work or school")
    RIDE = "ride", _("No way to get there")
    FAMILY = "family", _("Children or family")
    OTHER_DATE = "other_date", _("Another appointment")
    OTHER = "other", _("Something else")


class CameBy(models.TextChoices):
    REPLY = "reply", _("By a reply")
    LINK = "link", _("By the link")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User) -> AnswerQuerySet:
        """Those of the people this person may know of."""
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def of(self, people: Iterable[int], day: date) -> AnswerQuerySet:
        """Those of these participants (primary keys) about the day, under any of their records."""
        keys = list(people)
        theirs = (
            Q(participant__in=keys)
            | Q(participant__duplicates__in=keys)
            | Q(participant__merged_into__in=keys)
        )
        return self.filter(theirs, for_on=day).distinct()


@pghistory.track()
class Answer(models.Model):
    """The last word somebody gave about a day; what they said before is in its history."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    for_on = models.DateField(_("for the day"))
    word = models.CharField(_("answer"), max_length=10, choices=AnswerWord)
    reason = models.CharField(_("reason"), max_length=10, choices=AnswerReason, blank=True)
    came_by = models.CharField(_("how it came"), max_length=5, choices=CameBy)
    answered_at = models.DateTimeField(_("answered"))
    reminder = models.ForeignKey(
        Reminder, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "for_on"],
                name="answer_once_a_day",
                violation_error_message=_("This participant has answered for that day."),
            ),
            models.CheckConstraint(condition=Q(word__in=AnswerWord.values), name="answer_known"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *AnswerReason.values]), name="answer_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(came_by__in=CameBy.values), name="answer_came_by_known"
            ),
            models.CheckConstraint(
                condition=Q(word="not_coming") | Q(reason=""),
                name="answer_reason_of_not_coming",
                violation_error_message=_("Only who cannot come has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.for_on} {self.word}"
