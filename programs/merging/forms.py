"""What is typed about a person who may be on record, and what is asked before a merge."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from accounts.keeping import NotKept
from programs.merging.likeness import Facts
from programs.models import DuplicateOutcome

THIS, OTHER = "this", "other"


def _name() -> forms.CharField:
    return forms.CharField(max_length=80, required=False)


class TypedForm(forms.Form):
    """A person half typed: what cannot be read yet is left aside.

    The birth date comes in three boxes, month, day and year, or as one ISO date.
    """

    first_name, last_name, preferred_name = _name(), _name(), _name()
    birth_date = forms.DateField(required=False)
    phone = PhoneNumberField(required=False, region="US")
    email = forms.EmailField(required=False)

    def facts(self) -> Facts:
        """Return what can be read so far."""
        self.is_valid()
        said = self.cleaned_data
        return Facts(
            first_name=said.get("first_name", ""),
            last_name=said.get("last_name", ""),
            preferred_name=said.get("preferred_name", ""),
            birth_date=said.get("birth_date") or self._in_boxes(),
            phones=frozenset([str(said["phone"])] if said.get("phone") else []),
            email=said.get("email", ""),
        )

    def _in_boxes(self) -> date | None:
        month, day, year = (self.data.get(f"birth_date_{box}", "") for box in range(3))
        with suppress(ValueError, OverflowError):
            return date(int(year), int(month), int(day))
        return None


class FindForm(forms.Form):
    """Looks for the other record of a person."""

    q = forms.CharField(
        label=_("Name, chart number or birth date of the other record"),
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Type a name, a chart number or a birth date")},
    )


class MergeForm(forms.Form):
    """Which of two records is kept."""

    kept = forms.ChoiceField(
        label=_("Which record is kept?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say which record is kept"),
            "invalid_choice": _("Say which record is kept"),
        },
    )

    def __init__(
        self, data: Any = None, *, labels: dict[str, str], initial: str = "", **given: Any
    ) -> None:
        super().__init__(data, initial={"kept": initial}, **given)
        self.fields["kept"].choices = list(labels.items())  # type: ignore[attr-defined]

    def add_refusal(self, refused: NotKept) -> None:
        """Put the action's words over the form."""
        for words in refused.words.values():
            self.add_error(None, [str(word) for word in words])


class SettleForm(MergeForm):
    """What a director says of two records that may be of one person."""

    outcome = forms.ChoiceField(
        choices=DuplicateOutcome.choices,
        error_messages={
            "required": _("Say whether it is one person or two"),
            "invalid_choice": _("Say whether it is one person or two"),
        },
    )
    has_asked = forms.BooleanField(
        label=_("I have asked the director of the other program"), required=False
    )

    def __init__(self, data: Any = None, *, must_ask: bool, **given: Any) -> None:
        super().__init__(data, **given)
        # Two people need no choice between them.
        self.fields["kept"].required = self.data.get("outcome") == DuplicateOutcome.MERGED
        if not must_ask:
            del self.fields["has_asked"]

    def kept_key(self) -> str:
        """The key of the record that is kept; none where it is two people."""
        said = self.cleaned_data
        return said["kept"] if said["outcome"] == DuplicateOutcome.MERGED else ""

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "has_asked" in self.fields and not said.get("has_asked"):
            self.add_error(
                "has_asked",
                gettext("Ask the director of the other program first, and say so here"),
            )
        return said
