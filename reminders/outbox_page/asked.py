"""What may be asked of the outbox: a day, a pile, a kind of message, a page."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm, a_date
from groups.week_switch import query
from reminders.models import ReminderKind


class Pile(models.TextChoices):
    """How messages are grouped, in the order in which somebody looks at them."""

    LOOK = "look", _("Needs a look")
    AHEAD = "ahead", _("To go out")
    GONE = "gone", _("Went out")
    KEPT = "kept", _("Taken back")


class OutboxForm(AddressForm):
    """The outbox's address, read."""

    day = a_date()
    state = forms.ChoiceField(
        required=False,
        choices=Pile.choices,
        error_messages={"invalid_choice": _("Messages are not grouped by that word.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *ReminderKind.choices],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _("There is no message of that kind.")},
    )

    def chosen(self, name: str) -> str:
        """What was picked, as it stands in the address; nothing where it cannot be read."""
        self.is_valid()
        found = self.cleaned_data.get(name) or ""
        return found.isoformat() if isinstance(found, date) else str(found)

    def day_shown(self, today: date) -> date:
        """Return the date asked for; today where none was."""
        self.is_valid()
        return self.cleaned_data.get("day") or today

    def address(self, **change: str) -> str:
        """Return the query of the same outbox with something else picked, on its first page."""
        return query(**({name: self.chosen(name) for name in self.fields} | change))

    @property
    def is_filtered(self) -> bool:
        """Whether something of the day is left out."""
        return bool(self.chosen("state") or self.chosen("kind"))

    @property
    def clear_url(self) -> str:
        """The query of the same day with nothing left out."""
        return self.address(state="", kind="")
