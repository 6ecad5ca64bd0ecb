"""What may be asked of the trends: the last so many weeks, or from one date to another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.forms import AddressForm, a_date
from hours.program_week import current_week
from hours.trends.span import Span, weeks_between
from programs.models import Program
from programs.weeks import DAYS

# A year and the week that it begins or ends in.
MOST_WEEKS = 53


class Last(models.TextChoices):
    FOUR = "4", _("Last 4 weeks")
    TWELVE = "12", _("Last 12 weeks")
    TWENTY_SIX = "26", _("Last 26 weeks")


class TrendsForm(AddressForm):
    """The address of the page, read. What cannot be read is named, and 12 weeks are shown."""

    weeks = forms.ChoiceField(
        required=False,
        choices=Last.choices,
        error_messages={"invalid_choice": _("Choose the last 4, 12 or 26 weeks, or two dates.")},
    )
    first_on = a_date()
    last_on = a_date()

    def clean(self) -> dict[str, object]:
        """Refuse a range that ends before it begins, and one that is too long."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first one: turn them round."))
        if first and last and last - first > timedelta(days=DAYS * MOST_WEEKS):
            raise ValidationError(
                _("These are more than %(most)s weeks; choose a shorter range.")
                % {"most": MOST_WEEKS}
            )
        return cleaned

    @property
    def last(self) -> Last:
        """How many weeks back; what two dates asked for is read by `span`."""
        self.is_valid()
        return Last(self.cleaned_data.get("weeks") or Last.TWELVE)

    @property
    def has_dates(self) -> bool:
        """Whether the address asks for dates, and they can be read."""
        self.is_valid()
        if {"first_on", "last_on", "__all__"} & set(self.errors):
            return False
        return bool(self.cleaned_data.get("first_on") or self.cleaned_data.get("last_on"))

    def span(self, program: Program, *, now: datetime) -> Span:
        """Return the weeks asked for, as far as they are over."""
        over = current_week(program, now).moved(-1)
        if not self.has_dates:
            return Span(program, weeks_between(over.moved(1 - int(self.last)), over))
        first_on, last_on = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        last = program.week_of(last_on) if last_on else over
        first = program.week_of(first_on) if first_on else last.moved(1 - int(self.last))
        # Open at its end, it reaches as far back as can be read at once.
        first = max(first, last.moved(1 - MOST_WEEKS), key=lambda week: week.first_on)
        shown = min(last, over, key=lambda week: week.first_on)
        return Span(program, weeks_between(first, shown), has_more=shown != last)

    def address(self) -> str:
        """Return the query that asks for the same again."""
        if not self.has_dates:
            return last_weeks(self.last)
        asked: dict[str, date | None] = {
            name: self.cleaned_data.get(name) for name in ("first_on", "last_on")
        }
        return "?" + urlencode({name: day.isoformat() for name, day in asked.items() if day})


def last_weeks(count: Last) -> str:
    """Return the query that asks for the last so many weeks."""
    return f"?weeks={count.value}"
