"""The signature under a session's notes, its co-signature, and what is added later."""

from __future__ import annotations

import pghistory
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

FOR_GOOD = pgtrigger.Update | pgtrigger.Delete


def refuse_when_notes_signed(*, name: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses any change to a note of a session whose notes are signed.

    The session stays locked until the change is committed, so that nobody signs in between.
    """
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            PERFORM FROM groups_groupsession WHERE id IN (OLD.session_id, NEW.session_id)
              ORDER BY id FOR SHARE;
            IF EXISTS (
                SELECT FROM attendance_notessignoff
                 WHERE session_id IN (OLD.session_id, NEW.session_id)
            ) THEN
                RAISE EXCEPTION 'These notes are signed: add to them by an addendum.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


class NotesSignOffQuerySet(models.QuerySet["NotesSignOff"]):
    def visible_to(self, user: User) -> NotesSignOffQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))

    def waiting(self) -> NotesSignOffQuerySet:
        """Those that still need a co-signature, the oldest first."""
        return self.filter(is_cosignature_needed=True, cosignature=None).order_by("signed_at", "pk")


@pghistory.track()
class NotesSignOff(models.Model):
    """Signed notes. From here on they are only added to."""

    public_id = PublicIdField()
    session = models.OneToOneField(
        GroupSession, on_delete=models.PROTECT, related_name="notes_sign_off"
    )
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))
    # When they were due under the rule of the day: later is a late entry.
    due_at = models.DateTimeField()
    is_cosignature_needed = models.BooleanField(default=False)
    # Why somebody signed in the facilitator's place, or in spite of a warning.
    reason = EncryptedTextField(_("reason"), blank=True, default="")

    objects = NotesSignOffQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="notes_signature_stays", operation=FOR_GOOD),
            # Whoever writes a note of the session now is waited for.
            pgtrigger.Trigger(
                name="notes_are_signed_after_attendance",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    PERFORM FROM groups_groupsession WHERE id = NEW.session_id
                       FOR NO KEY UPDATE;
                    IF NOT EXISTS (
                        SELECT FROM attendance_signoff WHERE session_id = NEW.session_id
                    ) THEN
                        RAISE EXCEPTION 'Attendance is signed before the notes.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'notes_are_signed_after_attendance';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.signed_at}"

    @property
    def is_late(self) -> bool:
        """Signed after the notes were due."""
        return self.signed_at > self.due_at


@pghistory.track()
class Cosignature(models.Model):
    """A second signature under the notes of somebody whose credential needs one."""

    public_id = PublicIdField()
    notes = models.OneToOneField(NotesSignOff, on_delete=models.PROTECT, related_name="cosignature")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("co-signed"))

    class Meta:
        triggers = [
            pgtrigger.Protect(name="cosignature_stays", operation=FOR_GOOD),
            pgtrigger.Trigger(
                name="cosigned_by_somebody_else",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        SELECT FROM attendance_notessignoff
                         WHERE id = NEW.notes_id AND signed_by_id = NEW.signed_by_id
                    ) THEN
                        RAISE EXCEPTION 'Nobody co-signs their own notes.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'cosigned_by_somebody_else';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notes_id} {self.signed_at}"


class NoteAddendumQuerySet(models.QuerySet["NoteAddendum"]):
    def visible_to(self, user: User) -> NoteAddendumQuerySet:
        """Those of sessions in the programs this person works in now."""
        return self.filter(session__group__program__in=Program.objects.visible_to(user))


class NoteAddendum(models.Model):
    """Words added to signed notes: to somebody's own part, or to the part for every chart."""

    public_id = PublicIdField()
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="addenda")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="addenda"
    )
    text = EncryptedTextField(_("what is added"))
    reason = EncryptedTextField(_("why"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = NoteAddendumQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(IsFilled(F("text"))) & Q(IsFilled(F("reason"))),
                name="note_addendum_has_words",
                violation_error_message=_("Say what is added, and why."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="addendum_stays", operation=FOR_GOOD),
            pgtrigger.Trigger(
                name="addendum_to_signed_notes",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM attendance_notessignoff WHERE session_id = NEW.session_id
                    ) THEN
                        RAISE EXCEPTION 'These notes are not signed: write in them.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'addendum_to_signed_notes';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.written_at}"
