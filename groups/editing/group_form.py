"""What is asked about a group."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curriculum.models import Track
from groups.editing.group_facts import KIND_STAYS, GroupFacts, has_met
from groups.editing.plan_form import PlanForm
from groups.models import Format, TherapyGroup
from programs.models import GroupKind, Program, Room

# Where the words of a constraint over the whole row can be put right.
FIELD_OF = {
    "therapy_group_individual_is_one": "capacity",
    "therapy_group_holds_within_capacity": "min_to_hold",
}
# As they stand on the page, which is the order in which an error summary lists them.
GROUP_FIELDS = (
    "name",
    "kind",
    "format",
    "capacity",
    "min_to_hold",
    "default_room",
    "teaches",
    "video_link",
)
A_LINK = _("Enter a link like https://video.example/room")


class GroupForm(PlanForm):
    """What a group is."""

    reason = None  # type: ignore[assignment]
    field_order: tuple[str, ...] = GROUP_FIELDS

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter a name")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose a kind")), *GroupKind.choices],
        error_messages={"required": _("Choose a kind")},
    )
    format = forms.ChoiceField(
        label=_("Who can join"),
        choices=[
            (Format.OPEN, _("Open: new members and guests at any time")),
            (Format.CLOSED, _("Closed: nobody new once it has begun")),
        ],
        widget=forms.RadioSelect,
        initial=Format.OPEN,
        error_messages={"required": _("Say who can join")},
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the number of seats"),
            "invalid": _("Enter the seats as a number, like 12"),
            "min_value": _("A group has at least one seat."),
            "max_value": _("A group has at most 500 seats"),
        },
    )
    min_to_hold = forms.IntegerField(
        label=_("People to hold it, at least"),
        min_value=0,
        initial=0,
        help_text=_("Fewer are warned about. 0 for no such limit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many people it takes, or 0"),
            "invalid": _("Enter how many people it takes as a number"),
            "min_value": _("It takes 0 people or more"),
        },
    )
    default_room = forms.ModelChoiceField(
        label=_("Usual room"),
        queryset=Room.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No room"),
        error_messages={"invalid_choice": _("Choose a room of this site")},
    )
    video_link = forms.URLField(
        label=_("Video link"),
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=A_LINK)],
        help_text=_("For those who take part from home."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": A_LINK},
    )
    teaches = forms.ModelChoiceField(
        label=_("What it teaches"),
        queryset=Track.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No curriculum"),
        error_messages={"invalid_choice": _("Choose a curriculum of this program")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        program: Program,
        now: datetime,
        group: TherapyGroup | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        known = _known(group) if group else {}
        super().__init__(data, program=program, now=now, initial={**known, **(initial or {})})
        self.group = group
        rooms = Room.objects.filter(site=program.site_id).order_by("name")
        self.fields["default_room"].queryset = rooms  # type: ignore[attr-defined]
        tracks = Track.objects.filter(program=program).order_by("name")
        self.fields["teaches"].queryset = tracks  # type: ignore[attr-defined]
        if group and has_met(group, today=self.today):
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = KIND_STAYS

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        named = TherapyGroup.objects.filter(name__iexact=name)
        if any(each != self.group for each in named):
            raise forms.ValidationError(gettext("Another group of the clinic has this name"))
        return name

    def clean(self) -> dict[str, Any]:
        """Have the table's own constraints say what they would refuse, at a field."""
        super().clean()
        names = ("kind", "capacity", "min_to_hold")
        if set(names) <= set(self.cleaned_data):
            row = TherapyGroup(**{name: self.cleaned_data[name] for name in names})
            for constraint in TherapyGroup._meta.constraints:
                self._ask(constraint, row)
        return self.cleaned_data

    def _ask(self, constraint: models.BaseConstraint, row: TherapyGroup) -> None:
        field = FIELD_OF.get(constraint.name)
        if field is None:
            return
        try:
            constraint.validate(TherapyGroup, row)
        except ValidationError as refused:
            self.add_error(field, refused)

    def facts(self) -> GroupFacts:
        """The group as it is asked for."""
        return GroupFacts(
            **{each.name: self.cleaned_data[each.name] for each in fields(GroupFacts)}
        )


def _known(group: TherapyGroup) -> dict[str, Any]:
    """Return the facts as the form's fields start with them."""
    facts = vars(GroupFacts.of(group))
    return {name: getattr(value, "public_id", value) for name, value in facts.items()}
