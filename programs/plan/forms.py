"""What is asked about a plan of care."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.models import (
    Admission,
    AsamEdition,
    CameFrom,
    Enrollment,
    GoalOutcome,
    LevelOfCare,
    LevelOfCareDetermination,
)
from programs.models.plan_of_care import DIMENSIONS
from programs.plan.actions import AdmissionFacts
from programs.plan.boxes import (
    DateBox,
    HoursBox,
    RecordForm,
    day_not_ahead,
    line_of_text,
    some_text,
    whole_number,
)

LONGEST_CERTIFICATION = timedelta(days=366)
NO_CARE = [("", _("No other care, or not known"))]


class AdmissionForm(RecordForm):
    """How they came in, the care before, and the planned last day."""

    admission = forms.ChoiceField(label=_("Comes in"), choices=Admission.choices)
    came_from = forms.ChoiceField(
        label=_("Care before"),
        required=False,
        choices=[*NO_CARE, *CameFrom.choices],
        help_text=_("More intensive care when they step down, outpatient care when they step up."),
    )
    planned_discharge_on = DateBox(
        label=_("Planned last day"),
        required=False,
        help_text=_("8 to 12 weeks are usual. Blank: not planned yet."),
    )

    def __init__(self, data: Any = None, *, enrollment: Enrollment) -> None:
        super().__init__(
            data, initial={name: getattr(enrollment, name) for name in self.base_fields}
        )

    def facts(self) -> AdmissionFacts:
        """What is to be kept."""
        return AdmissionFacts(**self.cleaned_data)


class OrderForm(RecordForm):
    """Hours and days a week, from a date on."""

    effective_from = DateBox(
        label=_("In effect from"),
        error_messages={"required": _("Enter the day from which it holds")},
        help_text=_(
            "A week goes by the order in force on its first day. One of the same date is replaced."
        ),
    )
    minutes_per_week = HoursBox(
        label=_("Hours a week"),
        help_text=_("Hours like 9 or 10.5."),
        error_messages={"required": _("Enter the hours a week, like 9 or 10.5")},
    )
    days_per_week = whole_number(
        _("Days a week"), least=1, most=7, hint=_("Blank: as the program’s rule asks.")
    )

    def __init__(self, data: Any = None, *, enrollment: Enrollment, today: date) -> None:
        start = max(today, enrollment.admitted_on)
        super().__init__(data, initial={"effective_from": start})


class GoalForm(RecordForm):
    """A goal in words, the day it was set, and by when."""

    text = some_text(
        _("Goal"),
        most=2_000,
        required=_("Enter the goal in words"),
        hint=_("In their own words where you can. It is stored encrypted."),
    )
    set_on = DateBox(label=_("Set on"), error_messages={"required": _("Enter the day it was set")})
    target_on = DateBox(label=_("To be reached by"), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"set_on": today})
        self.today = today

    def clean_set_on(self) -> date:
        return day_not_ahead(self.cleaned_data["set_on"], self.today)


class CloseGoalForm(RecordForm):
    """What came of a goal, and since when it is closed."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=GoalOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it")},
    )
    ended_on = DateBox(
        label=_("Closed on"), error_messages={"required": _("Enter the day it was closed")}
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"ended_on": today})
        self.today = today

    def clean_ended_on(self) -> date:
        return day_not_ahead(self.cleaned_data["ended_on"], self.today)


class CertificationForm(RecordForm):
    """When a certification was signed, by whom, and when the next is due."""

    signed_on = DateBox(
        label=_("Signed on"), error_messages={"required": _("Enter the day it was signed")}
    )
    signed_by_name = line_of_text(
        _("Signed by"),
        most=120,
        required=_("Enter who signed it"),
        hint=_("The physician’s name, as under the certification."),
    )
    due_on = DateBox(
        label=_("Next due"),
        required=False,
        help_text=_("Blank: 60 days after the day it was signed."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"signed_on": today})
        self.today = today

    def clean_signed_on(self) -> date:
        return day_not_ahead(self.cleaned_data["signed_on"], self.today)

    def clean(self) -> dict[str, Any]:
        signed_on, due_on = self.cleaned_data.get("signed_on"), self.cleaned_data.get("due_on")
        if signed_on and due_on and due_on - signed_on > LONGEST_CERTIFICATION:
            self.add_error("due_on", gettext("The next is due within a year after this one"))
        return self.cleaned_data


def _rating(number: int) -> forms.IntegerField:
    return whole_number(_("Dimension %(number)s") % {"number": number}, least=0, most=4)


class DeterminationForm(RecordForm):
    """A level of care by an edition, with six ratings of which none has to be given."""

    determined_on = DateBox(
        label=_("Determined on"), error_messages={"required": _("Enter the day it was determined")}
    )
    edition = forms.ChoiceField(
        label=_("ASAM edition"), choices=AsamEdition.choices, widget=forms.RadioSelect
    )
    level_of_care = forms.ChoiceField(label=_("Level of care"), choices=LevelOfCare.choices)

    def __init__(self, data: Any = None, *, level_of_care: str, today: date) -> None:
        initial = {"level_of_care": level_of_care, "edition": AsamEdition.FOURTH}
        super().__init__(data, initial={**initial, "determined_on": today})
        self.fields |= {name: _rating(number) for number, name in enumerate(DIMENSIONS, 1)}
        self.today = today

    @property
    def rating_boxes(self) -> list[forms.BoundField]:
        """The boxes of the six dimensions, in their order."""
        return [self[name] for name in DIMENSIONS]

    def clean_determined_on(self) -> date:
        return day_not_ahead(self.cleaned_data["determined_on"], self.today)

    def determination(self) -> LevelOfCareDetermination:
        """The determination as it is to be."""
        return LevelOfCareDetermination(**self.cleaned_data)
