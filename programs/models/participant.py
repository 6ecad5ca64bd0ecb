"""A participant: who they are, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.encryption import EncryptedTextField
from accounts.models import User
from accounts.models.public_id import PublicIdField
from programs.models.clinic import IsKnownZone, known_zone
from programs.models.sought import FOLD, best_first, dates_in, has_name, has_word, words_in

if TYPE_CHECKING:
    from programs.models.program import Program


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class FoldedNames(Func):
    """All names of a person, folded, in one text: the column one searches."""

    arity = 3
    template = FOLD
    arg_joiner = " || ' ' || "
    output_field = models.TextField()


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> ParticipantQuerySet:
        """Those with an enrollment or a referral, past or present, where this person works.

        A record that is kept is also seen by who may see its duplicate.
        """
        return self.of_programs(user.assignments.filter(ended_at=None).values("program"))

    def of_program(self, program: Program) -> ParticipantQuerySet:
        """Those with an enrollment or a referral, past or present, in the program."""
        return self.of_programs([program])

    def enrolled_in(self, program: Program) -> ParticipantQuerySet:
        """Those with an enrollment, past or present, in the program."""
        return self.filter(self._has("Enrollment", [program]))

    def of_programs(self, programs: Any) -> ParticipantQuerySet:
        """Those with an enrollment or a referral, past or present, in one of the programs."""
        return self.filter(self._has("Enrollment", programs) | self._has("Referral", programs))

    def _has(self, model: str, programs: Any) -> Q:
        """Accept who has such a row, under this record or under a duplicate of it."""
        rows = apps.get_model("programs", model).objects.filter(program__in=programs)
        # Two questions, each with an index of its own; as one they would read every row.
        own = Exists(rows.filter(participant=OuterRef("pk")))
        return own | Exists(rows.filter(participant__merged_into=OuterRef("pk")))

    def kept(self) -> ParticipantQuerySet:
        """Those that are no duplicates of another record."""
        return self.filter(merged_into=None)

    def named_like(self, text: str) -> ParticipantQuerySet:
        """Those in whose names every word of the text is, the best match first.

        A part of a name will do, and one typing error is forgiven.
        """
        words = words_in(text)
        return self._with(has_name(word) for word in words).order_by(*best_first(words))

    def found_by(self, text: str) -> ParticipantQuerySet:
        """Those whom every word of the text finds, the best match first.

        A word is of a name, as in `named_like`, or of the chart number, or a birth date.
        """
        words, dates = words_in(text), dates_in(text)
        if dates and len(words) > 1:
            return self.filter(birth_date__in=dates).order_by("last_name", "first_name", "pk")
        return self._with(has_word(word) for word in words).order_by(*best_first(words))

    def _with(self, conditions: Iterable[Q]) -> ParticipantQuerySet:
        """Those who meet every condition; nobody where there is none."""
        asked = list(conditions)
        return self.filter(*asked) if asked else self.none()


@pghistory.track(exclude=["folded_names"])
class Participant(models.Model):
    """A person in treatment. Their chart number is the clinic's, their public id is ours.

    Two records of one person: the duplicate points at the record that is kept (`merged_into`),
    and nothing moves.
    """

    public_id = PublicIdField()
    chart_number = models.CharField(_("chart number"), max_length=40, unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    preferred_name = models.CharField(_("preferred name"), max_length=80, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    other_phone = PhoneNumberField(_("other phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    # Blank: the site's.
    timezone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_zone])
    emergency_name = EncryptedTextField(_("emergency contact"), blank=True)
    emergency_relationship = EncryptedTextField(_("relationship"), blank=True)
    emergency_phone = PhoneNumberField(_("emergency phone"), blank=True)
    # What may be said to whom, and what must not.
    safe_contact = EncryptedTextField(_("safe contact"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    folded_names = models.GeneratedField(
        expression=FoldedNames("preferred_name", "first_name", "last_name"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="participant_language_known"
            ),
            models.CheckConstraint(
                condition=~Q(chart_number="") & ~Q(first_name="") & ~Q(last_name=""),
                name="participant_has_chart_and_names",
                violation_error_message=_("A participant has a chart number and both names."),
            ),
            models.CheckConstraint(
                condition=Q(timezone="") | Q(IsKnownZone(F("timezone"))),
                name="participant_timezone_known",
                violation_error_message=_("This time zone does not exist."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="participant_merged_at_a_time",
                violation_error_message=_("A merged record says when it was merged."),
            ),
        ]
        indexes = [
            # A part of a name, or one with a typing error in it, is found by its trigrams.
            GinIndex(name="participant_names", fields=["folded_names"], opclasses=["gin_trgm_ops"]),
            models.Index(fields=["birth_date"], name="participant_born"),
            # Whose a reply is, is found by the number it came from.
            models.Index(fields=["phone"], condition=~Q(phone=""), name="participant_phone"),
            models.Index(
                fields=["other_phone"], condition=~Q(other_phone=""), name="participant_other_phone"
            ),
        ]
        triggers = [
            # No chains: what is kept points nowhere, and what points is pointed at by none.
            pgtrigger.Trigger(
                name="participant_merged_once",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                # The record that is kept is locked first: it may be merged itself just now.
                func="""
                    PERFORM FROM programs_participant p WHERE p.id = NEW.merged_into_id FOR SHARE;
                    IF NEW.merged_into_id = NEW.id
                       OR EXISTS (SELECT FROM programs_participant p
                                   WHERE p.merged_into_id = NEW.id)
                       OR EXISTS (SELECT FROM programs_participant p
                                   WHERE p.id = NEW.merged_into_id
                                     AND p.merged_into_id IS NOT NULL) THEN
                        RAISE EXCEPTION 'A merged record points at one that is kept.'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'participant_merged_once';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.chart_number

    @property
    def kept(self) -> Participant:
        """The record that is kept for this person: this one, or the one it points at."""
        return self.merged_into or self
