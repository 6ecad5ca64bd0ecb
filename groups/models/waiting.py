"""Who waits for a seat in a group, in the order of asking."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models.group import TherapyGroup
from groups.models.membership import GroupMembership
from programs.models import Enrollment


class WaitingPlaceQuerySet(models.QuerySet["WaitingPlace"]):
    def waiting(self) -> WaitingPlaceQuerySet:
        """Those still waiting, first come first."""
        return self.filter(left_at=None).order_by("asked_at", "pk")


@pghistory.track()
class WaitingPlace(models.Model):
    """One enrollment's place in the line for a group, until they are in or step out of it."""

    public_id = PublicIdField()
    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="waiting")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="waiting")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    # The membership that the place became; none for who stepped out.
    membership = models.ForeignKey(
        GroupMembership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WaitingPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "enrollment"],
                condition=Q(left_at=None),
                name="waiting_place_once",
                violation_error_message=_("This participant waits for the group already."),
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("asked_at")),
                name="waiting_place_left_after_asked",
                violation_error_message=_("Nobody leaves the line before they ask."),
            ),
            models.CheckConstraint(
                condition=Q(membership=None) | Q(left_at__isnull=False),
                name="waiting_place_ends_with_membership",
                violation_error_message=_("Who is in the group waits no longer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.enrollment_id}"
