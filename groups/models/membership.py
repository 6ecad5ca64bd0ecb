"""Who belongs to a group from when to when, and who takes a seat once to make up hours."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models.group import TherapyGroup
from groups.models.session import GroupSession
from programs.models import Enrollment
from programs.models.spans import no_dates_or_more, no_overlap


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def on(self, day: date) -> GroupMembershipQuerySet:
        """Those in force on that date."""
        return self.filter(first_on__lte=day).filter(Q(last_on=None) | Q(last_on__gte=day))

    def with_dates(self) -> GroupMembershipQuerySet:
        """Those of at least one date: without those called off before they began."""
        return self.filter(Q(last_on=None) | Q(last_on__gte=F("first_on")))

    def lasting(self, day: date) -> GroupMembershipQuerySet:
        """Those with a date on or after this one."""
        return self.with_dates().filter(Q(last_on=None) | Q(last_on__gte=day))


@pghistory.track()
class GroupMembership(models.Model):
    """A participant's place in a group for part of an enrollment, never outside it."""

    public_id = PublicIdField()
    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="memberships")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="memberships")
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=no_dates_or_more("first_on", "last_on"),
                name="membership_ends_after_start",
                violation_error_message=_("A membership ends on or after its first day."),
            ),
            no_overlap(
                "group",
                "enrollment",
                first="first_on",
                last="last_on",
                name="membership_one_at_a_time",
                message=_("The participant is in this group during these dates already."),
            ),
        ]
        triggers = [
            # The enrollment is locked, so that it ends before this is written or after it.
            pgtrigger.Trigger(
                name="membership_inside_enrollment",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM programs_enrollment e WHERE e.id = NEW.enrollment_id
                           AND daterange(least(NEW.first_on, NEW.last_on + 1), NEW.last_on + 1)
                            <@ daterange(e.admitted_on, e.discharged_on + 1)
                           FOR SHARE
                    ) THEN
                        RAISE EXCEPTION 'A membership lies inside its enrollment.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'membership_inside_enrollment';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.enrollment_id}"


class MakeUpSeatQuerySet(models.QuerySet["MakeUpSeat"]):
    def held(self) -> MakeUpSeatQuerySet:
        """Those not given back."""
        return self.filter(released_at=None)


@pghistory.track()
class MakeUpSeat(models.Model):
    """A seat in one session of a group the participant does not belong to."""

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="makeup_seats")
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="makeup_seats"
    )
    booked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The session that was missed, where the seat makes up for a certain one.
    makes_up = models.ForeignKey(
        GroupSession,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="made_up_by",
    )
    # The cancelled session whose people sit here for this date.
    combined_from = models.ForeignKey(
        GroupSession,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats_elsewhere",
    )

    objects = MakeUpSeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrollment"],
                condition=Q(released_at=None),
                name="makeup_seat_once",
                violation_error_message=_("This participant has a seat in the session already."),
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("booked_at")),
                name="makeup_seat_released_after_booked",
                violation_error_message=_("A seat is given back after it was booked."),
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(released_at__isnull=False),
                name="makeup_seat_released_by_somebody",
                violation_error_message=_("Who gave a seat back did so at some time."),
            ),
            models.CheckConstraint(
                condition=Q(makes_up=None) | ~Q(makes_up=F("session")),
                name="makeup_seat_for_another_session",
                violation_error_message=_("A session does not make up for itself."),
            ),
        ]
        triggers = [
            # The enrollment is locked, so that it ends before this is written or after it.
            pgtrigger.Trigger(
                name="makeup_seat_inside_enrollment",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM programs_enrollment e, groups_groupsession s
                         WHERE e.id = NEW.enrollment_id AND s.id = NEW.session_id
                           AND s.held_on BETWEEN e.admitted_on
                                             AND coalesce(e.discharged_on, 'infinity')
                           FOR SHARE OF e
                    ) THEN
                        RAISE EXCEPTION 'A seat lies inside its enrollment.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'makeup_seat_inside_enrollment';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrollment_id}"
