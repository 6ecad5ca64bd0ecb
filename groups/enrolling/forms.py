"""What an enrollment asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext

from groups.enrolling.fields import EnrollFields
from groups.enrolling.plan import CannotEnroll, Plan
from groups.enrolling.suggested import YES, suggested
from groups.models import TherapyGroup
from programs.models import (
    Channel,
    Participant,
    Program,
    Referral,
    ReferralSource,
)
from programs.models.enrollment import CARE_BEFORE
from programs.referring.actions import Call
from programs.referring.forms import (
    A_YEAR,
    NEW_PERSON,
    care_before_choices,
    check_birth_date,
    check_care_before,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What is asked of somebody who only waits for the program.
OF_A_CALL = (*NEW_PERSON, "admission", "came_from", "source", "proposed_id")


class EnrollForm(EnrollFields):
    """Who, when, which groups, and how they may be reached."""

    def __init__(
        self,
        data: Any = None,
        *,
        program: Program,
        known: Participant | None,
        today: date,
        call: Referral | None = None,
        chart_number: str = "",
    ) -> None:
        super().__init__(data, initial=suggested(today, known, call, chart_number))
        self.program, self.known, self.today, self.call = program, known, today, call
        for name in ("groups", "waits"):
            self.fields[name].queryset = TherapyGroup.objects.filter(program=program)  # type: ignore[attr-defined]
        self.fields["came_from"].choices = care_before_choices()  # type: ignore[attr-defined]
        if known:
            for name in NEW_PERSON:
                del self.fields[name]

    def clean_birth_date(self) -> date:
        born = self.cleaned_data["birth_date"]
        check_birth_date(born, self.today)
        return born

    def clean_admitted_on(self) -> date:
        day = self.cleaned_data["admitted_on"]
        if abs(day - self.today) > A_YEAR:
            raise forms.ValidationError(gettext("Enter a first day within a year of today"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        first, last = cleaned.get("admitted_on"), cleaned.get("planned_discharge_on")
        if first and last and not first <= last <= first + A_YEAR:
            self.add_error(
                "planned_discharge_on",
                gettext("The planned last day is after the first day, within a year"),
            )
        try:
            check_care_before(cleaned.get("admission"), cleaned.get("came_from"))
        except forms.ValidationError as unfitting:
            self.add_error("came_from", unfitting)
        self._check_order()
        self._check_groups()
        self._check_consents()
        return cleaned

    def _check_order(self) -> None:
        has_hours = self.cleaned_data.get("ordered_hours") or "ordered_hours" in self.errors
        if self.cleaned_data.get("ordered_days") and not has_hours:
            words = gettext("Enter the ordered hours too, or leave the days blank")
            self.add_error("ordered_hours", words)

    def _check_groups(self) -> None:
        for both in set(self.chosen()) & set(self.waited_for()):
            words = gettext("%(group)s: choose a seat or the waiting list, not both")
            self.add_error("waits", words % {"group": both.name})

    def _check_consents(self) -> None:
        reached = self.known or self
        if self.cleaned_data.get("email_consent") == YES and not _contact(reached, "email"):
            self.add_error("email_consent", gettext("No email is on record to send reminders to"))
        if self.cleaned_data.get("sms_consent") == YES and not _contact(reached, "phone"):
            self.add_error("sms_consent", gettext("No phone is on record to send texts to"))

    def add_refusal(self, refused: CannotEnroll) -> None:
        """Put the action's words at their fields; ask why where something only warns."""
        self.add_words(refused.words)
        if refused.clashes:
            words = gettext("Something warns. Say why it is right all the same, or change it.")
            self.add_error("override", words)

    def add_words(self, words: Mapping[str, Iterable[StrOrPromise]]) -> None:
        """Put words at the fields they are about."""
        for field, said in words.items():
            self.add_error(field if field in self.fields else None, [str(each) for each in said])

    def forget_errors(self, *, but: Collection[str] = ()) -> None:
        """Keep what was typed and say nothing about it yet, but of these fields."""
        kept = {name: said for name, said in self.errors.items() if name in but}
        self._errors = ErrorDict(kept)

    def may_wait(self) -> bool:
        """Whether what is asked of a call is filled in; other fields are not asked about."""
        self.forget_errors(but=(*OF_A_CALL, NON_FIELD_ERRORS))
        return not self._errors

    def narrow(self) -> None:
        """Offer only the care that fits how they come in."""
        care = CARE_BEFORE.get(self.says("admission") or "", ())
        nothing = care_before_choices()[0]
        self.fields["came_from"].choices = [  # type: ignore[attr-defined]
            nothing,
            *((each.value, each.label) for each in care),
        ]

    def chosen(self) -> QuerySet[TherapyGroup]:
        """The groups ticked so far."""
        return self.says("groups") or TherapyGroup.objects.none()

    def waited_for(self) -> QuerySet[TherapyGroup]:
        """The groups whose waiting lists are ticked so far."""
        return self.says("waits") or TherapyGroup.objects.none()

    def first_on(self) -> date:
        """The first day as far as it can be read, else the suggested one."""
        return self.says("admitted_on") or self.initial["admitted_on"]

    def last_on(self) -> date:
        """The planned last day, as far as it can be read."""
        last = self.says("planned_discharge_on") or self.initial["planned_discharge_on"]
        return max(last, self.first_on())

    def ordered_minutes(self) -> int | None:
        """The hours ordered, in minutes."""
        ordered = self.says("ordered_hours")
        return round(ordered * 60) if ordered else None

    def answers(self) -> dict[Channel, bool]:
        """What was answered to each way of being reached, so far."""
        given = {
            Channel.EMAIL: self.says("email_consent"),
            Channel.SMS: self.says("sms_consent"),
        }
        return {channel: answer == YES for channel, answer in given.items() if answer}

    def says(self, name: str) -> Any:
        """Return a value as far as it can be read: as sent, or else as suggested."""
        return self.cleaned_data.get(name) if self.is_bound else self.initial.get(name)

    def plan(self) -> Plan:
        """The enrollment to be made."""
        said = self.cleaned_data
        return Plan(
            public_id=said["proposed_id"],
            program=self.program,
            participant=self.person(),
            admitted_on=said["admitted_on"],
            admission=said["admission"],
            came_from=said["came_from"],
            planned_discharge_on=said["planned_discharge_on"],
            ordered_minutes=self.ordered_minutes(),
            ordered_days=said["ordered_days"],
            groups=list(self.chosen()),
            waits_for=list(self.waited_for()),
            consents=self.answers(),
            taken_how=said["taken_how"],
            is_agreement_signed=said["agreement"],
            override=said["override"],
            over_seats=said["over_seats"],
        )

    def first_call(self) -> Call:
        """The call of somebody who is to wait for the program instead."""
        said = self.cleaned_data
        return Call(
            public_id=said["proposed_id"],
            program=self.program,
            participant=self.person(),
            source=said["source"] or ReferralSource.SELF,
            admission=said["admission"],
            came_from=said["came_from"],
            wanted_on=said.get("admitted_on"),
        )

    def person(self) -> Participant:
        """Who it is about: somebody on record, or a new row that is not stored yet."""
        new = {name: self.cleaned_data[name] for name in NEW_PERSON if name in self.cleaned_data}
        return self.known or Participant(**new)


def _contact(source: Participant | EnrollForm, name: str) -> Any:
    if isinstance(source, Participant):
        return getattr(source, name)
    # One that cannot be read has words of its own already.
    return source.cleaned_data.get(name) or name in source.errors
