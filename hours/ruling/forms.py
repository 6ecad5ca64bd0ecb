"""What is asked about a rule of the weekly hours, and about one that is only tried."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.clinic_settings.forms import SettingsForm, in_this_century, whole_number
from groups.enrolling.date_boxes import DateBoxesField
from groups.forms import AddressForm
from hours.ruling.boxes import A_WEEK, day_hours, week_hours
from hours.ruling.presets import Preset
from programs.models import Count, GroupKind, HoursRule, Weeks
from programs.weeks import DAYS

MOST_GAP = 14
HELD = (
    (Weeks.EXEMPT.value, _("Not held to the least hours")),
    (Weeks.COUNT.value, _("Held to the least hours")),
)
DATE = "effective_from"


@dataclass(frozen=True)
class Option:
    """One entry of the starting points."""

    value: str
    label: str
    is_chosen: bool


class StartForm(AddressForm):
    """The address of a new rule: which known rule fills the form."""

    start = forms.ChoiceField(
        required=False,
        choices=Preset.choices,
        error_messages={"invalid_choice": _("Choose a starting point from the list.")},
    )

    def preset(self) -> Preset | None:
        """The known rule that was picked, if one was."""
        picked = self.cleaned_data.get("start") if self.is_valid() else ""
        return Preset(picked) if picked else None

    def options(self) -> list[Option]:
        """The known rules, with the one that was picked."""
        picked = self.preset()
        return [Option(each.value, str(each.label), each is picked) for each in Preset]


def _one_of(label: Any, choices: Any, hint: Any = "", widget: Any = forms.Select) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        widget=widget,
        error_messages={
            "required": _("Choose one of them"),
            "invalid_choice": _("Choose one of them"),
        },
    )


class HoursRuleForm(SettingsForm):
    """What a program asks for each week, from a date on."""

    effective_from = DateBoxesField(
        label=_("In effect from"), error_messages={"required": _("Enter the first day")}
    )
    citation = forms.CharField(
        label=_("Citation"),
        max_length=300,
        required=False,
        help_text=_("Where the rule comes from. Shown with every week it judges."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    min_minutes_per_week = week_hours(
        _("Hours a week, at least"), required=_("Enter the hours, such as 9")
    )
    max_minutes_per_week = week_hours(_("Hours a week, at most"), hint=_("Blank: no maximum."))
    min_days_per_week = whole_number(
        _("Days a week, at least"),
        least=0,
        most=DAYS,
        required=_("Enter the days, or 0"),
    )
    min_minutes_per_day = day_hours(
        _("Hours for a day to count"), required=_("Enter the hours, such as 3 or 0:30")
    )
    max_gap_days = whole_number(
        _("Days in a row without attendance, at most"),
        most=MOST_GAP,
        hint=_("More than that is an alert. Blank: no alert."),
    )
    count = _one_of(_("How minutes are counted"), Count.choices, widget=forms.RadioSelect)
    counts = forms.MultipleChoiceField(
        label=_("Kinds of group that count"),
        choices=GroupKind.choices,
        required=False,
        help_text=_("All of them where none is chosen."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose kinds from the list")},
    )
    partial_weeks = _one_of(_("First and last weeks"), HELD)
    closures = _one_of(_("Weeks with a closure"), HELD)
    leave = _one_of(_("Weeks with leave"), HELD)

    def __init__(
        self, data: Any = None, *, rule: HoursRule, said: HoursRule, effective_from: date
    ) -> None:
        """Write `rule`; what `said` says is filled in."""
        initial = {name: getattr(said, name) for name in self.base_fields}
        if said.max_minutes_per_week is not None and said.max_minutes_per_week >= A_WEEK:
            initial["max_minutes_per_week"] = None
        initial["count"] = said.count or Count.NET_MINUTES
        super().__init__(data, initial={**initial, DATE: effective_from})
        self.written = rule
        self.start = effective_from

    @property
    def is_trial(self) -> bool:
        """Whether it is tried only, from no date on."""
        return DATE not in self.fields

    def clean_effective_from(self) -> date:
        return in_this_century(self.cleaned_data[DATE])

    def clean_max_minutes_per_week(self) -> int:
        return self.cleaned_data["max_minutes_per_week"] or A_WEEK

    def clean_counts(self) -> list[str] | None:
        return self.cleaned_data["counts"] or None

    def clean(self) -> dict[str, Any]:
        """Refuse a most that lies under the least."""
        least = self.cleaned_data.get("min_minutes_per_week")
        most = self.cleaned_data.get("max_minutes_per_week")
        if least is not None and most is not None and most < least:
            self.add_error(
                "max_minutes_per_week", gettext("The most a week is not under the least.")
            )
        return self.cleaned_data

    def rule(self) -> HoursRule:
        """The rule as it is to be; a copy, of one that is stored."""
        wanted = copy(self.written)
        wanted.effective_from = self.start
        for name, value in self.cleaned_data.items():
            setattr(wanted, name, value)
        return wanted

    def sent(self) -> list[tuple[str, str]]:
        """What was typed, by the names of the boxes, to be sent again."""
        return [
            (name, value)
            for name, values in self.data.lists()  # type: ignore[attr-defined]
            if name in self.fields or name.startswith(f"{DATE}_")
            for value in values
        ]


class TrialForm(HoursRuleForm):
    """A rule that is only tried: it begins on no date."""

    effective_from = None  # type: ignore[assignment]
