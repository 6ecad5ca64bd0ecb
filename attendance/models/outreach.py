"""Getting back in touch with somebody who was missed."""

from __future__ import annotations

from datetime import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models import GroupSession
from programs.models import Enrollment, Program
from programs.models.consent import IsFilled


class OutreachKind(models.TextChoices):
    FIRST_ABSENCE = "first_absence", _("First unexplained absence")
    TWO_IN_A_ROW = "two_in_a_row", _("Two unexplained absences in a row")
    AFTER_SAFETY = "after_safety", _("Missed after a safety answer")


class OutreachOutcome(models.TextChoices):
    COMING_BACK = "coming_back", _("Reached, is coming back")
    NEEDS_MORE = "needs_more", _("Reached, needs another plan")
    LEAVING = "leaving", _("Reached, is leaving the program")
    NOT_REACHED = "not_reached", _("Not reached after several attempts")
    EXPLAINED = "explained", _("The absence is explained")


class ContactWay(models.TextChoices):
    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("Email")
    IN_PERSON = "in_person", _("In person")
    CONTACT_PERSON = "contact_person", _("Somebody they named")


class AttemptOutcome(models.TextChoices):
    REACHED = "reached", _("Reached")
    LEFT_MESSAGE = "left_message", _("Left a message")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Number or address does not work")


class OutreachQuerySet(models.QuerySet["Outreach"]):
    def visible_to(self, user: User) -> OutreachQuerySet:
        """Those in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))

    def open(self) -> OutreachQuerySet:
        """Those not closed yet, what is due first on top."""
        return self.filter(closed_at=None).order_by("due_at", "pk")


@pghistory.track()
class Outreach(models.Model):
    """One reason to call somebody: whose it is, until when, and how it ended."""

    public_id = PublicIdField()
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="outreach")
    # The session that was missed.
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="outreach")
    kind = models.CharField(_("why"), max_length=13, choices=OutreachKind)
    owned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="outreach")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    closed_at = models.DateTimeField(null=True, blank=True)
    # Blank where it closed by itself, since the absence was explained on the sheet.
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=11, choices=OutreachOutcome, blank=True)
    note = EncryptedTextField(_("note"), blank=True, default="")

    objects = OutreachQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OutreachKind.values), name="outreach_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *OutreachOutcome.values]),
                name="outreach_outcome_known",
            ),
            models.UniqueConstraint(
                fields=["enrollment", "session", "kind"],
                name="outreach_once_per_session",
                violation_error_message=_("This outreach is open already."),
            ),
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=Q(kind=OutreachKind.FIRST_ABSENCE),
                name="outreach_first_absence_once",
                violation_error_message=_("Only one absence of an episode is the first."),
            ),
            models.UniqueConstraint(
                fields=["enrollment", "kind"],
                condition=Q(closed_at=None),
                name="outreach_open_once",
                violation_error_message=_("This outreach is open already."),
            ),
            models.CheckConstraint(
                condition=(Q(closed_at=None, closed_by=None, outcome="") & ~Q(IsFilled(F("note"))))
                | Q(closed_at__isnull=False, outcome__in=OutreachOutcome.values),
                name="outreach_closed_with_outcome",
                violation_error_message=_("An outreach is closed with its outcome."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("opened_at"))
                & (Q(closed_at=None) | Q(closed_at__gte=F("opened_at"))),
                name="outreach_times_in_order",
                violation_error_message=_("An outreach is due, and closed, after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.kind}"

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been done by now."""
        return self.closed_at is None and self.due_at <= now


class OutreachAttempt(models.Model):
    """One attempt to reach somebody; it stays as it was written."""

    public_id = PublicIdField()
    outreach = models.ForeignKey(Outreach, on_delete=models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField(_("when"))
    way = models.CharField(_("how"), max_length=14, choices=ContactWay)
    outcome = models.CharField(_("outcome"), max_length=12, choices=AttemptOutcome)
    note = EncryptedTextField(_("note"), blank=True, default="")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["tried_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=ContactWay.values) & Q(outcome__in=AttemptOutcome.values),
                name="outreach_attempt_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(tried_at__lte=F("entered_at")),
                name="outreach_attempt_not_ahead",
                violation_error_message=_("An attempt lies in the past."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="attempt_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.outreach_id} {self.tried_at}"
