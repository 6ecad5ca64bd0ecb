"""What is asked before a colleague's work ends, or a second factor is taken away."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.ending.reasons import EndReason, LostReason
from programs.models import Role


class EndForm(forms.Form):
    """Why the work ends, and that it is meant."""

    prefix = "end"
    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it ends")},
    )

    def why(self) -> EndReason:
        """The reason that was chosen."""
        return EndReason(self.cleaned_data["reason"])


class FactorForm(forms.Form):
    """Why the second factors are taken away."""

    prefix = "factor"
    reason = forms.ChoiceField(
        label=_("What happened?"),
        choices=LostReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened")},
    )

    def why(self) -> LostReason:
        """The reason that was chosen."""
        return LostReason(self.cleaned_data["reason"])


class BackForm(forms.Form):
    """As what somebody works here again."""

    prefix = "back"
    role = forms.ChoiceField(
        label=_("As what do they come back?"),
        choices=Role.choices,
        error_messages={"required": _("Choose a role")},
    )

    def as_what(self) -> Role:
        """The role that was chosen."""
        return Role(self.cleaned_data["role"])
