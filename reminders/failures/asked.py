"""What may be asked of the page of failures: why they did not go out."""

from __future__ import annotations

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm
from groups.week_switch import query
from reminders.failures.which import BARRED
from reminders.models import FAILURES, Reason, ReminderStatus


class Why(models.TextChoices):
    """The two outcomes that have no reason of their own; beside them are the reasons."""

    LATE = "late", _("Too late")
    UNKNOWN = "unknown", _("Outcome unknown")


REASONS = (*FAILURES, *BARRED)


class FailuresForm(AddressForm):
    """The address of the page, read."""

    why = forms.ChoiceField(
        label=_("Why"),
        required=False,
        choices=[
            ("", _("Everything")),
            *Why.choices,
            *((reason.value, reason.label) for reason in REASONS),
        ],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("Messages do not fail for that reason.")},
    )

    def chosen(self) -> str:
        """What was picked, as it stands in the address; nothing where it cannot be read."""
        self.is_valid()
        return self.cleaned_data.get("why") or ""

    def narrowed(self) -> Q:
        """Return the condition on the messages asked for."""
        why = self.chosen()
        if why == Why.LATE:
            return Q(status=ReminderStatus.EXPIRED)
        if why == Why.UNKNOWN:
            return Q(status=ReminderStatus.UNKNOWN)
        return Q(reason=Reason(why)) if why else Q()

    def address(self, **change: str) -> str:
        """Return the query of the same list with something else picked."""
        return query(**({"why": self.chosen()} | change))
