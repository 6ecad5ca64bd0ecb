"""What may be asked of the board: a week, a standing, and whose ledger is open."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.forms import WeekForm
from hours.board_rows import Chosen
from hours.verdict_looks import Standing
from programs.weeks import Week


class BoardForm(WeekForm):
    """The board's address, read. What cannot be read is named, and left out."""

    verdict = forms.ChoiceField(
        required=False,
        choices=[(standing.value, standing.value) for standing in Standing],
        error_messages={"invalid_choice": _("There is no verdict of that name.")},
    )
    why = forms.UUIDField(required=False, error_messages={"invalid": _("This row does not exist.")})

    def chosen(self, week: Week) -> Chosen:
        """What was picked, for the page's own links."""
        return Chosen(
            week=week.first_on.isoformat(),
            verdict=self.cleaned_data.get("verdict", ""),
            why=self.cleaned_data.get("why"),
        )
