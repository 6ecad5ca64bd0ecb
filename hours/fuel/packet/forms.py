"""What is asked for a packet: from when to when, and about which authorization."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hours.fuel.packet.span import MOST_WEEKS, first_possible
from programs.models import Authorization, Enrollment
from programs.plan.boxes import DateBox
from programs.plan.wording import day_words, span_words


class PacketForm(forms.Form):
    """The dates of a packet, and its authorization where there is any."""

    first_on = DateBox(label=_("From"), error_messages={"required": _("Enter the first day")})
    last_on = DateBox(label=_("To"), error_messages={"required": _("Enter the last day")})
    authorization = forms.ChoiceField(
        label=_("Authorization"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the authorizations of this episode")},
    )

    def __init__(
        self,
        *args: Any,
        enrollment: Enrollment,
        authorizations: Sequence[Authorization],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.enrollment, self.today = enrollment, today
        self.by_id = {str(each.public_id): each for each in authorizations}
        choices = [(key, _label(each)) for key, each in self.by_id.items()]
        self.fields["authorization"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["authorization"]

    def clean_last_on(self) -> date:
        """Refuse days to come, and those before the episode."""
        last_on: date = self.cleaned_data["last_on"]
        if last_on > self.today:
            words = gettext("This day is still to come; choose %(day)s or an earlier one")
            raise forms.ValidationError(words % {"day": day_words(self.today)})
        if last_on < self.enrollment.admitted_on:
            words = gettext("This is before the first day of care; choose %(day)s or a later one")
            raise forms.ValidationError(words % {"day": day_words(self.enrollment.admitted_on)})
        return last_on

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are turned round, and more than a page holds."""
        cleaned = super().clean() or {}
        first_on, last_on = cleaned.get("first_on"), cleaned.get("last_on")
        if first_on and last_on:
            self._check_span(first_on, last_on)
        return cleaned

    def _check_span(self, first_on: date, last_on: date) -> None:
        earliest = first_possible(self.enrollment.program, last_on)
        discharged_on = self.enrollment.discharged_on
        if first_on > last_on:
            self.add_error("first_on", gettext("The first day is on or before the last one"))
        elif discharged_on and first_on > discharged_on:
            words = gettext("This is after the last day of care; choose %(day)s or an earlier one")
            self.add_error("first_on", words % {"day": day_words(discharged_on)})
        elif first_on < earliest:
            words = gettext("A page holds %(weeks)s weeks; choose %(day)s or a later day")
            said = words % {"weeks": MOST_WEEKS, "day": day_words(earliest)}
            self.add_error("first_on", said)

    def chosen(self) -> Authorization | None:
        """Return the authorization that was picked; None where there is none."""
        return self.by_id.get(self.cleaned_data.get("authorization") or "")


def _label(authorization: Authorization) -> str:
    return gettext("%(payer)s, %(number)s: %(dates)s") % {
        "payer": authorization.payer,
        "number": authorization.number,
        "dates": span_words(authorization.first_on, authorization.last_on),
    }
