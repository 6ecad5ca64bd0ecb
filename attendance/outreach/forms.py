"""What is asked about an outreach: an attempt, another owner, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attendance.models import AttemptOutcome, ContactWay, Outreach, OutreachOutcome
from groups.editing.break_boxes import ClockInput
from groups.enrolling.date_boxes import DateBoxesField
from groups.forms import AddressForm
from programs.plan.boxes import RecordForm, some_text
from programs.weeks import instant, local_date

LONGEST = 2_000
# An attempt may have been made before the absence was known of, not before it was likely.
BEFORE = timedelta(days=1)


class Whose(StrEnum):
    MINE = "mine"
    ALL = "all"


class ListForm(AddressForm):
    """The address of the list, read."""

    whose = forms.ChoiceField(
        required=False,
        choices=[(Whose.MINE, Whose.MINE), (Whose.ALL, Whose.ALL)],
        error_messages={"invalid_choice": _("There is no such list.")},
    )

    def wanted(self) -> Whose | None:
        """Whose were asked for, if any."""
        asked = self.cleaned_data.get("whose")
        return Whose(asked) if asked else None


def _choose(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class AttemptForm(RecordForm):
    """When somebody tried, how, and what came of it."""

    tried_on = DateBoxesField(label=_("Day"), error_messages={"required": _("Enter the day")})
    tried_time = forms.TimeField(
        label=_("Time"),
        widget=ClockInput(),
        error_messages={
            "required": _("Enter the time"),
            "invalid": _("Enter a time like 13:30"),
        },
    )
    way = _choose(_("How"), ContactWay.choices, _("Choose how you tried"))
    outcome = _choose(_("What came of it"), AttemptOutcome.choices, _("Choose what came of it"))
    note = some_text(_("Note, if there is more to say"), most=LONGEST)

    def __init__(self, data: Any = None, *, outreach: Outreach, now: datetime) -> None:
        self.zone, self.now = outreach.enrollment.program.zone, now
        self.missed_at = outreach.session.starts_at
        here = now.astimezone(self.zone)
        initial = {"tried_on": here.date(), "tried_time": here.time(), "way": ContactWay.PHONE}
        super().__init__(data, initial=initial, prefix="attempt")

    def clean(self) -> dict[str, Any]:
        """Put day and time together, as the clocks of the site say."""
        day, at = self.cleaned_data.get("tried_on"), self.cleaned_data.get("tried_time")
        if day and at:
            self._put_together(day, at)
        return self.cleaned_data

    def _put_together(self, day: Any, at: Any) -> None:
        if day < local_date(self.missed_at - BEFORE, self.zone):
            self.add_error("tried_on", gettext("Enter a day from the day before it was missed on"))
        elif day > local_date(self.now, self.zone):
            self.add_error("tried_on", gettext("Enter today or an earlier day"))
        else:
            self.cleaned_data["tried_at"] = instant(day, at, self.zone)

    def attempt(self) -> dict[str, Any]:
        """What is to be kept."""
        names = ("tried_at", "way", "outcome", "note")
        return {name: self.cleaned_data[name] for name in names}


class HandOverForm(RecordForm):
    """Who takes it from here."""

    def __init__(self, data: Any = None, *, staff: Sequence[User], owner: User) -> None:
        super().__init__(data, prefix="over")
        self.people = {str(each.public_id): each for each in staff}
        offered = [(key, each.display_name) for key, each in self.people.items() if each != owner]
        missing = gettext("Choose who takes it")
        self.fields["to"] = forms.ChoiceField(
            label=gettext("Who takes it"),
            choices=[("", gettext("Choose somebody")), *offered],
            error_messages={"required": missing, "invalid_choice": missing},
        )

    def to(self) -> User:
        """Who was chosen."""
        return self.people[self.cleaned_data["to"]]


class CloseForm(RecordForm):
    """How it ended."""

    outcome = _choose(_("How it ended"), OutreachOutcome.choices, _("Choose how it ended"))
    note = some_text(_("Note, if there is more to say"), most=LONGEST)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="close")
