"""What a member of staff is licensed as, and until when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.public_id import PublicIdField
from accounts.models.user import User


class LicenseQuerySet(models.QuerySet["License"]):
    def on_record(self) -> LicenseQuerySet:
        """Those not taken back as entered by mistake."""
        return self.filter(withdrawn_at=None)

    def valid_on(self, day: date) -> LicenseQuerySet:
        """Those in force on that date."""
        return (
            self.on_record()
            .filter(Q(first_on=None) | Q(first_on__lte=day))
            .filter(Q(expires_on=None) | Q(expires_on__gte=day))
        )


class License(models.Model):
    """A credential that a board has given somebody, such as LCSW, from a date until a date."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="licenses")
    credential = models.CharField(_("credential"), max_length=40)
    number = models.CharField(_("license number"), max_length=40, blank=True)
    first_on = models.DateField(_("valid from"), null=True, blank=True)
    expires_on = models.DateField(_("last day valid"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LicenseQuerySet.as_manager()

    class Meta:
        ordering = ["credential", "expires_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("first_on")),
                name="license_expires_after_start",
                violation_error_message=_("A license expires on or after its first day."),
            ),
            models.CheckConstraint(
                condition=~Q(credential=""),
                name="license_names_its_credential",
                violation_error_message=_("Say which credential the license is for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.credential}"
