"""Who works in which program, and as what."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.program import Program


class Role(models.TextChoices):
    ADMISSIONS = "admissions", _("Admissions")
    CLINICIAN = "clinician", _("Clinician")
    FACILITATOR = "facilitator", _("Facilitator")
    DIRECTOR = "director", _("Program director")
    BILLING = "billing", _("Billing")


class StaffAssignmentQuerySet(models.QuerySet["StaffAssignment"]):
    def current(self) -> StaffAssignmentQuerySet:
        """Those in force."""
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> StaffAssignmentQuerySet:
        """A person's own assignments."""
        return self.current().filter(user=user)


class StaffAssignment(models.Model):
    """One person in one role in one program. An ended one stays on record."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StaffAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program", "role"],
                condition=models.Q(ended_at=None),
                name="staff_assignment_once",
                violation_error_message=_("This person has that role in the program already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="staff_assignment_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("started_at")),
                name="staff_assignment_ends_after_start",
                violation_error_message=_("An assignment ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
