"""What the pages ask for: days, reasons, where to, and which groups there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.enrolling.choices import Choice
from groups.enrolling.date_boxes import DateBoxes, DateBoxesField
from groups.episodes.refusals import NO_DESTINATION
from groups.joining.forms import FARTHEST, ChangeForm, group_words
from groups.models import TherapyGroup
from groups.schedule.clash_words import ClashLine
from programs.models import Admission, Destination, DischargeReason, FollowUpOutcome, Program

ONWARD = {
    Admission.DIRECT: _("Transfer, at the same intensity"),
    Admission.STEP_DOWN: _("Step down, to less intensive care"),
    Admission.STEP_UP: _("Step up, to more intensive care"),
}


class EpisodeForm(ChangeForm):
    """Shared by the forms below: dates within a year, and the fields in the order of the page."""

    apart = ("groups", "override")
    # What warned when it was sent, in lines.
    clashes: tuple[ClashLine, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("admitted_on", "planned_discharge_on"):
            day = cleaned.get(name)
            if day and abs(day - self.today) > FARTHEST:
                self.add_error(name, gettext("Enter a date within a year of today"))
        return cleaned

    @property
    def asked(self) -> list[tuple[BoundField, bool]]:
        """The fields of the page and whether each is a date; groups and reasons stand apart."""
        return [
            (each, isinstance(each.field.widget, DateBoxes))
            for each in self
            if each.name not in self.apart
        ]


def _day(label: Any, required: Any, **kwargs: Any) -> DateBoxesField:
    return DateBoxesField(label=label, error_messages={"required": required}, **kwargs)


def _text(label: Any, *, required: Any = None, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required is not None,
        max_length=1000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": required} if required else None,
    )


def _choose(label: Any, choices: Any, missing: Any, **kwargs: Any) -> forms.ChoiceField:
    words = {"required": missing, "invalid_choice": missing}
    nothing = [("", _("Choose one"))]
    return forms.ChoiceField(
        label=label, choices=[*nothing, *choices], error_messages=words, **kwargs
    )


class DischargeForm(EpisodeForm):
    """The last day, why they leave, and where they go on to."""

    last_on = _day(_("Last day"), _("Enter the last day"))
    reason = _choose(
        _("Reason"),
        [each for each in DischargeReason.choices if each[0] != DischargeReason.NEVER_STARTED],
        _("Choose why they leave"),
    )
    destination = _choose(
        _("Goes on to"), Destination.choices, _("Choose where they go on to"), required=False
    )
    note = _text(_("Note, if there is more to say"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        reason = cleaned.get("reason")
        is_missing = reason and reason not in NO_DESTINATION and not cleaned.get("destination")
        if is_missing and "destination" not in self.errors:
            self.add_error("destination", gettext("Choose where they go on to"))
        return cleaned


class ProgramField(forms.ChoiceField):
    """Another program by name and level of care; it gives the program."""

    def __init__(self, programs: Sequence[Program], **kwargs: Any) -> None:
        self.programs = {str(each.public_id): each for each in programs}
        words = gettext("%(program)s · %(level)s")
        offered = [
            (key, words % {"program": each.name, "level": each.get_level_of_care_display()})
            for key, each in self.programs.items()
        ]
        nothing = ("", gettext("Choose a program"))
        super().__init__(choices=[nothing, *offered], label=_("Other program"), **kwargs)
        required = gettext("Choose the program they go on to")
        self.error_messages |= {"required": required, "invalid_choice": required}

    def clean(self, value: Any) -> Program:
        return self.programs[super().clean(value)]


class GroupsField(forms.MultipleChoiceField):
    """Groups of the other program with their times and free seats; it gives the groups."""

    def __init__(self, choices: Sequence[Choice], **kwargs: Any) -> None:
        self.groups = {str(each.group.public_id): each.group for each in choices}
        super().__init__(
            choices=[(str(each.group.public_id), group_words(each)) for each in choices],
            label=_("Groups there"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )
        self.error_messages |= {"invalid_choice": gettext("Choose groups of the other program")}

    def clean(self, value: Any) -> tuple[TherapyGroup, ...]:
        return tuple(self.groups[key] for key in super().clean(value))


class TransferForm(EpisodeForm):
    """Which program, how, from when, in which groups."""

    admission = _choose(_("How they go on"), ONWARD.items(), _("Choose how they go on"))
    first_on = _day(
        _("First day there"),
        _("Enter the first day there"),
        help_text=_("The last day here is the day before it."),
    )
    planned_discharge_on = DateBoxesField(
        label=_("Planned last day there, if it is known"), required=False
    )
    note = _text(_("Note, if there is more to say"))
    override = _text(
        _("Why all the same"), help_text=_("It goes to the director’s list of exceptions.")
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        programs: Sequence[Program],
        choices: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["to_program"] = ProgramField(programs)
        if choices:
            self.fields["groups"] = GroupsField(choices)
        self.order_fields(["to_program"])


class LeaveForm(EpisodeForm):
    """From when to when somebody is away, and why."""

    first_on = _day(_("First day away"), _("Enter the first day away"))
    last_on = DateBoxesField(label=_("Last day away, if it is known"), required=False)
    reason = _text(_("Reason"))


class BackForm(EpisodeForm):
    """The last day away."""

    last_on = _day(
        _("Last day away"),
        _("Enter the last day away"),
        help_text=_("They are expected again from the day after it."),
    )


class LongerForm(EpisodeForm):
    """Another last day away, or none."""

    last_on = DateBoxesField(label=_("Last day away, empty if it is not known"), required=False)


class PutOffForm(EpisodeForm):
    """A later first day."""

    admitted_on = _day(_("New first day"), _("Enter the new first day"))


class CallOffForm(EpisodeForm):
    """Why an enrollment never begins."""

    reason = _text(_("Why, if it is known"))


class NothingForm(EpisodeForm):
    """Asks for nothing: the page only wants to be sure."""


class ReverseForm(EpisodeForm):
    """Why a discharge is taken back."""

    reason = _text(_("Why it is taken back"), required=_("Say why it is taken back"))


class FollowUpForm(EpisodeForm):
    """How it went."""

    outcome = forms.ChoiceField(
        label=_("How it went"),
        choices=FollowUpOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it went"),
            "invalid_choice": _("Choose how it went"),
        },
    )
    note = _text(_("Note"))
