"""What may be asked of the board: a week, a standing, and whose ledger is open."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from hours.board_rows import Chosen
from hours.verdict_looks import Standing
from programs.weeks import Week

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)


class BoardForm(forms.Form):
    """The board's address, read. What cannot be read is named, and left out."""

    week = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[
            MinValueValidator(FIRST_DATE, _("Weeks begin in 2000 here.")),
            MaxValueValidator(LAST_DATE, _("Weeks end in 2100 here.")),
        ],
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )
    verdict = forms.ChoiceField(
        required=False,
        choices=[(standing.value, standing.value) for standing in Standing],
        error_messages={"invalid_choice": _("There is no verdict of that name.")},
    )
    why = forms.UUIDField(required=False, error_messages={"invalid": _("This row does not exist.")})

    def day(self, *, today: date) -> date:
        """A date of the week asked for; today where none was."""
        return self.cleaned_data.get("week") or today

    def chosen(self, week: Week) -> Chosen:
        """What was picked, for the page's own links."""
        return Chosen(
            week=week.first_on.isoformat(),
            verdict=self.cleaned_data.get("verdict", ""),
            why=self.cleaned_data.get("why"),
        )

    def problems(self) -> list[str]:
        """What could not be read, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]
