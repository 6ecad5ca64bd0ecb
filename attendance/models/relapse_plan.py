"""A relapse prevention plan, version by version: none of them is ever changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Participant, Program
from programs.models.consent import IsFilled

FOR_GOOD = pgtrigger.Update | pgtrigger.Delete


class PaperLanguage(models.TextChoices):
    """The language that the participant takes the plan home in."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español"


class RelapsePlanQuerySet(models.QuerySet["RelapsePlan"]):
    def visible_to(self, user: User) -> RelapsePlanQuerySet:
        """Those of people in the programs this person works in now."""
        programs = Program.objects.visible_to(user)
        return self.filter(participant__enrollments__program__in=programs).distinct()


class RelapsePlan(models.Model):
    """One version of somebody's plan, in their words; each further one has the next number.

    Sections are plain text, a point to a line. What is blank is not filled in yet.
    """

    public_id = PublicIdField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="relapse_plans"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(
        _("language"), max_length=2, choices=PaperLanguage, default=PaperLanguage.ENGLISH
    )
    reasons = EncryptedTextField(_("my reasons for recovery"), blank=True, default="")
    outside_triggers = EncryptedTextField(_("triggers around me"), blank=True, default="")
    inside_triggers = EncryptedTextField(_("triggers within me"), blank=True, default="")
    warning_signs = EncryptedTextField(_("early warning signs"), blank=True, default="")
    what_worked = EncryptedTextField(_("what has worked before"), blank=True, default="")
    emergency = EncryptedTextField(_("if I lapse, or am in danger"), blank=True, default="")
    review_on = models.DateField(_("to be looked at again"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RelapsePlanQuerySet.as_manager()

    class Meta:
        ordering = ["participant", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "number"],
                name="relapse_plan_version_once",
                violation_error_message=_(
                    "Somebody else has saved a version of this plan meanwhile."
                ),
            ),
            models.CheckConstraint(
                condition=Q(language__in=PaperLanguage.values), name="relapse_plan_language_known"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="relapse_plan_counts_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="relapse_plan_stays", operation=FOR_GOOD)]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.number}"


class RiskSituation(models.Model):
    """A high-risk situation, and what to do in it: cope, avoid, escape, whom to turn to."""

    plan = models.ForeignKey(RelapsePlan, on_delete=models.PROTECT, related_name="situations")
    position = models.PositiveSmallIntegerField()
    situation = EncryptedTextField(_("situation"))
    cope = EncryptedTextField(_("cope"), blank=True, default="")
    avoid = EncryptedTextField(_("avoid"), blank=True, default="")
    escape = EncryptedTextField(_("escape"), blank=True, default="")
    support = EncryptedTextField(_("support"), blank=True, default="")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="risk_situation_once_per_place",
                violation_error_message=_("Another situation stands at this place."),
            ),
            models.CheckConstraint(
                condition=Q(IsFilled(F("situation"))),
                name="risk_situation_named",
                violation_error_message=_("Say which situation it is."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="risk_situation_stays", operation=FOR_GOOD)]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"


class SupportContact(models.Model):
    """Somebody to turn to, with a phone number."""

    plan = models.ForeignKey(RelapsePlan, on_delete=models.PROTECT, related_name="contacts")
    position = models.PositiveSmallIntegerField()
    name = EncryptedTextField(_("name"))
    relation = EncryptedTextField(_("who they are to me"), blank=True, default="")
    phone = EncryptedTextField(_("phone"), blank=True, default="")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="support_contact_once_per_place",
                violation_error_message=_("Another contact stands at this place."),
            ),
            models.CheckConstraint(
                condition=Q(IsFilled(F("name"))),
                name="support_contact_named",
                violation_error_message=_("Say who it is."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="support_contact_stays", operation=FOR_GOOD)]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"
