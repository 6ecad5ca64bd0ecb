"""What is asked about a record rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.clinic_settings.forms import (
    CredentialsField,
    SettingsForm,
    in_this_century,
    whole_number,
)
from groups.clinic_settings.record_rules.cosigners import cosigners
from groups.enrolling.date_boxes import DateBoxesField
from programs.models import Program, RecordRule
from programs.models.record_rule import MOST_HOURS

MOST_GRACE = 60
MOST_LETTERS = 1000


class CredentialLinesField(CredentialsField):
    """Credentials with a comma or a line between them."""

    def clean(self, value: Any) -> list[str]:
        return super().clean(",".join(str(value or "").splitlines()))


class CosignerField(forms.ModelChoiceField):
    """One of those who may co-sign, by name and credential."""

    def to_python(self, value: Any) -> Any:
        """Return the person; what is no public id at all names nobody either."""
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            words = self.error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice") from refused

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.display_name)


class RecordRuleForm(SettingsForm):
    """A record rule: grace, due times, co-signatures, from a date on."""

    effective_from = DateBoxesField(
        label=_("In effect from"), error_messages={"required": _("Enter the first day")}
    )
    grace_minutes = whole_number(
        _("Minutes before somebody is late"),
        least=0,
        most=MOST_GRACE,
        required=_("Enter the minutes, or 0"),
        hint=_("The same at the end: who leaves earlier than that has left early."),
    )
    notes_due_hours = whole_number(
        _("Hours until notes are due"),
        most=MOST_HOURS,
        required=_("Enter the hours, such as 24"),
        hint=_("Counted from the end of the session."),
    )
    outreach_due_hours = whole_number(
        _("Hours until somebody missed is called"),
        most=MOST_HOURS,
        required=_("Enter the hours, such as 24"),
    )
    cosigned_credentials = CredentialLinesField(
        label=_("Credentials whose notes are co-signed"),
        required=False,
        max_length=MOST_LETTERS,
        help_text=_("One on each line, written as on the license. Blank: nobody’s are."),
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )
    cosigned_by = CosignerField(
        label=_("Who co-signs"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("The directors"),
        help_text=_("Is told when signed notes wait."),
        error_messages={"invalid_choice": _("Choose somebody who may co-sign in this program.")},
    )
    citation = forms.CharField(
        label=_("Citation"),
        max_length=300,
        required=False,
        help_text=_("Where the rule comes from."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, program: Program, rule: RecordRule, effective_from: date
    ) -> None:
        said = {name: getattr(rule, name) for name in self.base_fields}
        said["cosigned_credentials"] = "\n".join(rule.cosigned_credentials)
        said["cosigned_by"] = rule.cosigned_by.public_id if rule.cosigned_by else None
        super().__init__(data, initial={**said, "effective_from": effective_from})
        self.program = program
        staff = self.fields["cosigned_by"]
        staff.queryset = cosigners(program)  # type: ignore[attr-defined]

    def clean_effective_from(self) -> date:
        return in_this_century(self.cleaned_data["effective_from"])

    def rule(self) -> RecordRule:
        """The rule as it is to be."""
        return RecordRule(program=self.program, **self.cleaned_data)
