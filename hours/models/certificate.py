"""That somebody was given a certificate of completion, and what stood open then."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models import Enrollment, Program
from programs.models.consent import IsFilled


class Criterion(models.TextChoices):
    """What completion can depend on."""

    CORE = "core", _("Core lessons")
    TOPICS = "topics", _("Topics that a jurisdiction demands")
    WEEKS = "weeks", _("Weeks in the program")
    HOURS = "hours", _("Hours attended")
    WEEKS_MET = "weeks_met", _("Weeks whose hours were met")
    PLAN = "plan", _("Relapse prevention plan")
    HOMEWORK = "homework", _("Homework")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> CertificateQuerySet:
        """Those of people in the programs this person works in now."""
        return self.filter(enrollment__program__in=Program.objects.visible_to(user))


class Certificate(models.Model):
    """A certificate of one episode. Given before all criteria are met, it says why."""

    public_id = PublicIdField()
    enrollment = models.OneToOneField(
        Enrollment, on_delete=models.PROTECT, related_name="certificate"
    )
    completed_on = models.DateField(_("completed"))
    open_criteria = ArrayField(
        models.CharField(max_length=9, choices=Criterion), default=list, blank=True
    )
    reason = EncryptedTextField(_("why it is given all the same"), blank=True, default="")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open_criteria__contained_by=Criterion.values),
                name="certificate_criteria_known",
            ),
            models.CheckConstraint(
                condition=Q(open_criteria=[]) | Q(IsFilled(F("reason"))),
                name="certificate_says_why",
                violation_error_message=_(
                    "While a criterion is open, say why the certificate is given all the same."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="certificate_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}"
