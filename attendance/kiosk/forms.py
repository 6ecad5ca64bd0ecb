"""What the kiosk asks: who is here, how they are, and the password of who opened it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attendance.check_ins.forms import CheckInForm
from attendance.teaching.practice import Given
from programs.models import Language

LONGEST_NAME, LONGEST_PASSWORD = 160, 4096
DAYS = range(1, 32)


def _number(label: Any, choices: list, missing: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Choose")), *choices],
        coerce=int,
        widget=forms.Select({"autocomplete": "off"}),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class HereForm(forms.Form):
    """A name and a birthday, which only the person themselves would put together."""

    name = forms.CharField(
        label=_("Your first name"),
        help_text=_("Or the name you like to be called by."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Type your first name"),
            "max_length": _("Type your first name only"),
        },
    )
    month = _number(_("Month"), list(MONTHS.items()), _("Choose the month you were born in"))
    day = _number(_("Day"), [(day, str(day)) for day in DAYS], _("Choose the day you were born on"))


class LanguageForm(forms.Form):
    """In which language the kiosk asks who is here."""

    language = forms.ChoiceField(choices=Language.choices, required=False)

    def wanted(self) -> str:
        """The language asked for; blank where none was, or one that there is not."""
        return self.cleaned_data.get("language", "") if self.is_valid() else ""


class KioskForm(CheckInForm):
    """The check-in as somebody answers it by themselves: every choice is a button."""

    def __init__(self, data: Any = None, *, practice: Sequence[Given] = ()) -> None:
        # What somebody answered for them already is not shown on a screen that many use.
        super().__init__(data, practice=[each for each in practice if each.is_open])
        for name in ("homework", *self.practice):
            if field := self.fields.get(name):
                field.widget = forms.RadioSelect(choices=field.choices)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The password of who opened the kiosk; whether it is right is found out only on asking."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        error_messages={
            "required": _("Enter your password"),
            "max_length": _("This is not your password"),
        },
    )

    def is_right(self, user: User) -> bool:
        """Say whether it is the person's password; says so at the field where it is not."""
        if user.check_password(self.cleaned_data["password"]):
            return True
        self.add_error("password", _("This is not your password"))
        return False
