"""A correction of a signed record: what it said, what it says now, and why."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models import GroupSession
from programs.models import Participant, Program
from programs.models.consent import IsFilled


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, user: User) -> AmendmentQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


class Amendment(models.Model):
    """One correction of one person's record in a signed session.

    While its transaction lasts, and only then, the signed rows of that person may change. Both
    versions are kept here as the sheet writes a state (`attendance/sheet/states.py`); the
    database reads the first one itself, and at the end holds the rows to the second.
    """

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="amendments")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="amendments"
    )
    before = models.TextField(_("before"), editable=False, default="")
    after = models.TextField(_("after"))
    reason = EncryptedTextField(_("why"))
    amended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    amended_at = models.DateTimeField()
    # The transaction that may change the signed rows, set by the database.
    transaction = models.BigIntegerField(editable=False, default=0)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["amended_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(after=F("before")),
                name="amendment_changes_something",
                violation_error_message=_("That is what the record says already."),
            ),
            models.CheckConstraint(
                condition=Q(IsFilled(F("reason"))),
                name="amendment_says_why",
                violation_error_message=_("Say why the record is amended."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="amendment_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="amendment_keeps_what_was",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id
                       FOR NO KEY UPDATE;
                    IF NOT EXISTS (
                        SELECT FROM attendance_signoff WHERE session_id = NEW.session_id
                    ) THEN
                        RAISE EXCEPTION 'This session is not signed: mark it on its sheet.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'amendment_of_signed_session';
                    END IF;
                    NEW.before = attendance_state(NEW.session_id, NEW.participant_id);
                    NEW.transaction = txid_current();
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="amendment_says_what_is",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF attendance_state(NEW.session_id, NEW.participant_id) <> NEW.after THEN
                        RAISE EXCEPTION 'The record is not what the amendment says.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'amendment_says_what_is';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.participant_id} {self.amended_at}"
