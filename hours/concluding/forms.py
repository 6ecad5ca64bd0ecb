"""Which week is to be closed, as it stands in the address."""

from __future__ import annotations

from datetime import date

from groups.forms import WeekForm
from programs.models import Program
from programs.weeks import Week


def week_in_address(program: Program, text: str) -> Week | None:
    """Return the program's week that begins on this date; None where none does."""
    form = WeekForm({"week": text})
    first_on: date | None = form.cleaned_data.get("week") if form.is_valid() else None
    if first_on is None or program.week_of(first_on).first_on != first_on:
        return None
    return program.week_of(first_on)
