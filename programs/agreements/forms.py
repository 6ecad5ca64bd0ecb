"""What is asked when a consent or an agreement is given or taken back, and a document uploaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.agreements.actions import AgreementFacts, Paper
from programs.agreements.form_parts import (
    DocumentField,
    KeyedForm,
    PurposesField,
    RecordForm,
    date_field,
    how_field,
    text_field,
)
from programs.agreements.paper_field import PaperField
from programs.models import (
    AgreementKind,
    ConsentPurpose,
    Document,
    DocumentKind,
    HowTaken,
)

GIVEN = (HowTaken.IN_PERSON, HowTaken.PHONE, HowTaken.SIGNED, HowTaken.ONLINE)
# 42 CFR 2.31 asks for a signature under a release; it may be an electronic one.
GIVEN_RELEASE = (HowTaken.SIGNED, HowTaken.ONLINE)
TAKEN_BACK = (*GIVEN, HowTaken.REPLY)
FIRST_YEAR, LAST_YEAR = 1990, 2099


class ConsentForm(RecordForm):
    """For which purposes a channel may be used from now on, or may not, and how they said so."""

    purposes = PurposesField(
        label=_("What for"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one purpose"),
            "invalid_choice": _("Choose among the purposes listed"),
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        open_to: Collection[ConsentPurpose],
        purpose: str,
        ways: Iterable[HowTaken],
    ) -> None:
        super().__init__(data, initial={"purposes": [purpose]})
        choices = [(each.value, each.label) for each in ConsentPurpose if each in open_to]
        self.fields["purposes"].choices = choices  # type: ignore[attr-defined]
        self.fields["how"] = how_field(_("How did they say so?"), ways)


class RevokeForm(RecordForm):
    """How an agreement was revoked."""

    how = how_field(_("How did they revoke it?"), TAKEN_BACK)


class WithdrawForm(RecordForm):
    """Why a document is taken off the record."""

    reason = text_field(
        _("Why"),
        most=500,
        asked=_("Enter why it is taken off the record"),
        hint=_("Such as: belongs to somebody else, uploaded twice, scan cannot be read."),
        rows=2,
    )


class AgreementForm(KeyedForm):
    """An agreement, with the paper it stands on."""

    kind = AgreementKind.PROGRAM
    given_on = date_field(_("Given on"), asked=_("Enter the day it was given"))
    taken_how = how_field(_("How was it given?"), GIVEN)
    expires_on = date_field(_("Expires on"), hint=_("Blank: it holds until it is revoked."))
    document = DocumentField(
        label=_("A document on record"),
        queryset=Document.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose one of the documents listed")},
    )
    paper = PaperField(label=_("Or a new scan"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        today: date,
        documents: Any,
        too_large: Collection[str],
    ) -> None:
        super().__init__(data, files, given_on=today)
        self.today = today
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["paper"].is_too_large = "paper" in too_large  # type: ignore[attr-defined]

    def clean_given_on(self) -> date:
        day = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("Enter today or a day before: it was given by now"))
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(gettext("Enter a day after 1989"))
        return day

    def clean_expires_on(self) -> date | None:
        day = self.cleaned_data["expires_on"]
        if day and day.year > LAST_YEAR:
            raise forms.ValidationError(gettext("Enter a day before 2100"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given, expires = cleaned.get("given_on"), cleaned.get("expires_on")
        if given and expires and expires < given:
            self.add_error("expires_on", gettext("Enter the day it was given, or one after it"))
        if cleaned.get("document") and cleaned.get("paper"):
            self.add_error("paper", gettext("Choose a document on record or a new scan, not both"))
        return cleaned

    def facts(self) -> AgreementFacts:
        """What the agreement says."""
        named = ("given_on", "taken_how", "recipient", "purpose", "scope")
        said = {name: self.cleaned_data[name] for name in named if name in self.fields}
        said |= {name: self.cleaned_data.get(name) or "" for name in ("expires_when",)}
        return AgreementFacts(kind=self.kind, expires_on=self.cleaned_data["expires_on"], **said)

    def the_paper(self) -> Paper | Document | None:
        """The document it stands on, the new scan, or nothing."""
        if scan := self.cleaned_data["paper"]:
            return Paper(scan.content, scan.content_type, scan.name, DocumentKind.AGREEMENT)
        return self.cleaned_data["document"]


class ProgramAgreementForm(AgreementForm):
    """The program's own agreement."""


class TelehealthForm(AgreementForm):
    """Agreement to take part by video."""

    kind = AgreementKind.TELEHEALTH


class ReleaseForm(AgreementForm):
    """A release of information: all that 42 CFR 2.31 asks of it."""

    kind = AgreementKind.RELEASE
    taken_how = how_field(_("How was it given?"), GIVEN_RELEASE)
    recipient = text_field(
        _("To whom"),
        most=300,
        asked=_("Enter to whom something may be told"),
        hint=_("The person or the organization, by name."),
    )
    purpose = text_field(_("What for"), most=500, asked=_("Enter what it is told for"))
    scope = text_field(
        _("What may be told"),
        most=1_000,
        asked=_("Enter what may be told"),
        hint=_("How much and what kind; as little as the purpose needs."),
        rows=3,
    )
    expires_on = date_field(_("Expires on"))
    expires_when = text_field(
        _("Or expires when"),
        most=300,
        asked=None,
        hint=_("An event, such as: when the court case is closed."),
    )
    field_order = ("recipient", "purpose", "scope", "given_on", "taken_how", "expires_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_open = not (cleaned.get("expires_on") or cleaned.get("expires_when"))
        if is_open and not {"expires_on", "expires_when"} & set(self.errors):
            words = gettext("Enter a day or an event: a release has to expire")
            self.add_error("expires_on", words)
        return cleaned


FORMS = {
    AgreementKind.PROGRAM: ProgramAgreementForm,
    AgreementKind.TELEHEALTH: TelehealthForm,
    AgreementKind.RELEASE: ReleaseForm,
}


class DocumentForm(KeyedForm):
    """A file for the record, what it is, and a name for it."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("", _("Choose")), *DocumentKind.choices],
        error_messages={
            "required": _("Choose what the document is"),
            "invalid_choice": _("Choose one of the kinds listed"),
        },
    )
    name = text_field(_("Name"), most=120, asked=None, hint=_("Blank: the file’s own name."))
    paper = PaperField(label=_("File"))

    def __init__(
        self, data: Any = None, files: Any = None, *, too_large: Collection[str] = ()
    ) -> None:
        super().__init__(data, files)
        self.fields["paper"].is_too_large = "paper" in too_large  # type: ignore[attr-defined]

    def the_paper(self) -> Paper:
        """What is to be kept."""
        scan, name = self.cleaned_data["paper"], self.cleaned_data["name"]
        return Paper(scan.content, scan.content_type, name or scan.name, self.cleaned_data["kind"])
