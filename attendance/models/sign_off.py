"""The facilitator's signature under a session's attendance."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from groups.models import GroupSession


@pghistory.track()
class SignOff(models.Model):
    """A signed session. From here on its records change only by an amendment."""

    public_id = PublicIdField()
    session = models.OneToOneField(GroupSession, on_delete=models.PROTECT, related_name="sign_off")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))
    # Why someone signed in the facilitator's place; blank where the facilitator did.
    reason = EncryptedTextField(_("reason"), blank=True, default="")

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="signature_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            # Whoever is writing a record of the session now is waited for; see refuse_when_signed.
            pgtrigger.Trigger(
                name="signing_waits_for_records",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id
                       FOR NO KEY UPDATE;
                    IF EXISTS (
                        SELECT FROM attendance_safetyalert a
                          JOIN attendance_checkin c ON c.id = a.check_in_id
                         WHERE c.session_id = NEW.session_id AND a.acknowledged_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'A safety answer waits for what was done.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'signed_after_safety_answers';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.signed_at}"


def refuse_when_signed(*, name: str, session: str, participant: str = "") -> pgtrigger.Trigger:
    """Return a trigger that refuses any change to a row of a signed session.

    `session` is the SQL that finds the session's id from a row called {row}. Where `participant`
    finds whose row it is, an amendment of theirs opens it for its own transaction. The session
    stays locked until the change is committed, so that nobody signs it in between.
    """
    before, after = session.format(row="OLD"), session.format(row="NEW")
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM groups_groupsession WHERE id IN ({before}, {after})
              ORDER BY id FOR SHARE;
            IF EXISTS (
                SELECT FROM attendance_signoff o WHERE o.session_id IN ({before}, {after})
                {_unless_amended(participant) if participant else ""}
            ) THEN
                RAISE EXCEPTION 'This session is signed: change it by an amendment.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def _unless_amended(participant: str) -> str:
    whose = ", ".join(participant.format(row=row) for row in ("OLD", "NEW"))
    return f"""
                AND NOT EXISTS (
                    SELECT FROM attendance_amendment a
                     WHERE a.session_id = o.session_id AND a.participant_id IN ({whose})
                       AND a.transaction = txid_current()
                )"""
