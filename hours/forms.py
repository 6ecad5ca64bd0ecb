"""What may be asked of the board: a week, its filters, then or now, and whose ledger is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import WeekForm
from hours.board_rows import Chosen
from hours.verdict_looks import Standing
from programs.weeks import Week


class Only(models.TextChoices):
    """Whom else the board can be narrowed to."""

    DAYS_SHORT = "days_short", _("Days short")
    UNRECORDED = "unrecorded", _("Something unrecorded")


class Seen(models.TextChoices):
    """A closed week as it is worked out now, or as it was concluded."""

    NOW = "now", _("As it is now")
    CLOSED = "closed", _("As it was closed")


class BoardForm(WeekForm):
    """The board's address, read. What cannot be read is named, and left out."""

    verdict = forms.ChoiceField(
        required=False,
        choices=[(standing.value, standing.value) for standing in Standing],
        error_messages={"invalid_choice": _("There is no verdict of that name.")},
    )
    group = forms.UUIDField(
        required=False, error_messages={"invalid": _("Choose a group from the list.")}
    )
    only = forms.ChoiceField(
        required=False,
        choices=Only.choices,
        error_messages={"invalid_choice": _("Choose days short, something unrecorded, or all.")},
    )
    why = forms.UUIDField(required=False, error_messages={"invalid": _("This row does not exist.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # `as` is no name that a class can give.
        self.fields["as"] = forms.ChoiceField(
            required=False,
            choices=Seen.choices,
            error_messages={"invalid_choice": _("A week is shown as now, or as closed.")},
        )

    def chosen(self, week: Week) -> Chosen:
        """What was picked, for the page's own links."""
        seen_as = self.cleaned_data.get("as", "")
        return Chosen(
            week=week.first_on.isoformat(),
            verdict=self.cleaned_data.get("verdict", ""),
            group=self.cleaned_data.get("group"),
            only=self.cleaned_data.get("only", ""),
            seen_as=seen_as if seen_as == Seen.CLOSED else "",
            why=self.cleaned_data.get("why"),
        )
