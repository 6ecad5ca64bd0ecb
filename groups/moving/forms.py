"""What moving, adding, cancelling, bringing back and combining ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.forms import a_date
from groups.models import GroupSession, TherapyGroup
from groups.moving.change_form import ChangeForm, reason_box
from groups.moving.placement_form import PlacementForm
from groups.schedule.edit import SlotWish
from groups.schedule.placing import may_lead
from programs.models import Program


class HowMuch(models.TextChoices):
    """How much of a series moves along with one session."""

    THIS = "this", _("This session")
    FOLLOWING = "following", _("This and following")
    SERIES = "series", _("The whole series")


class AskedForm(forms.Form):
    """What an address suggests for a session: a day, a start, a room, a group."""

    held_on = a_date()
    starts = forms.TimeField(
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": _("The start is no time; write it as 13:30.")},
    )
    room = forms.UUIDField(
        required=False, error_messages={"invalid": _("This room does not exist.")}
    )
    group = forms.UUIDField(
        required=False, error_messages={"invalid": _("This group does not exist.")}
    )

    @property
    def suggests(self) -> bool:
        """Whether anything that could be read was suggested."""
        return any(self.values().values())

    def values(self) -> dict[str, Any]:
        """What could be read, by name."""
        self.is_valid()
        return self.cleaned_data

    def chosen(self, name: str) -> str:
        """Return what was suggested, as it stands in an address."""
        value = self.values().get(name) or ""
        return f"{value:%H:%M}" if isinstance(value, time) else str(value)

    def problems(self) -> list[str]:
        """What could not be read, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]


class MoveForm(PlacementForm):
    """Another day, time or room, for one session or for its series."""

    how_much = forms.ChoiceField(
        label=_("What moves"),
        choices=HowMuch.choices,
        initial=HowMuch.THIS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what moves")},
    )

    def __init__(self, data: Any, *, session: GroupSession) -> None:
        super().__init__(data, program=session.group.program, breaks=len(session.breaks))
        self.session = session
        if session.pattern_id is None:
            del self.fields["how_much"]

    @property
    def moves(self) -> HowMuch:
        """How much moves; a session without a slot moves alone."""
        return HowMuch(self.cleaned_data.get("how_much") or HowMuch.THIS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, slot_on = cleaned.get("held_on"), self.session.slot_on
        if day and slot_on and self.moves is not HowMuch.THIS:
            week = self.session.group.program.week_of(slot_on)
            if day not in week.dates:
                words = gettext("A series moves within its week. Choose a day of the same week.")
                self.add_error("held_on", words)
        return cleaned

    def wish(self, leaders: Sequence[int]) -> SlotWish:
        """Return what the weekly slot is to be; as many sessions as before."""
        cleaned, pattern = self.cleaned_data, self.session.pattern
        ahead = cleaned["held_on"] - self.session.slot_on
        return SlotWish(
            weekday=cleaned["held_on"].weekday(),
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            first_on=cleaned["held_on"],
            last_on=pattern.last_on and pattern.last_on + ahead,  # type: ignore[union-attr]
            every_weeks=pattern.every_weeks,  # type: ignore[union-attr]
            breaks=cleaned["breaks"],
            room=cleaned["room"],
            leaders=tuple(leaders),
        )


class AddForm(PlacementForm):
    """One more session of a group chosen before: when, where, and who leads it."""

    group = forms.TypedChoiceField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose a group"),
            "invalid_choice": _("Choose a group of this program"),
        },
    )
    leaders = forms.TypedMultipleChoiceField(
        label=_("Facilitators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose facilitators of this program")},
    )

    def __init__(self, data: Any, *, program: Program, groups: Mapping[str, TherapyGroup]) -> None:
        super().__init__(data, program=program)
        group, leaders = self.fields["group"], self.fields["leaders"]
        group.choices = [(key, each.name) for key, each in groups.items()]  # type: ignore[attr-defined]
        group.coerce = groups.get  # type: ignore[attr-defined]
        staff = User.objects.filter(pk__in=may_lead(program)).order_by("name", "email")
        keys = {str(each.public_id): each.pk for each in staff}
        leaders.choices = [(str(each.public_id), each.display_name) for each in staff]  # type: ignore[attr-defined]
        leaders.coerce = keys.get  # type: ignore[attr-defined]


class CancelForm(ChangeForm):
    """Why a session is not held; the same reason stands for the warnings."""

    override = None  # type: ignore[assignment]
    reason = reason_box(
        _("Reason"), error_messages={"required": _("Say why the session is cancelled")}
    )

    @property
    def can_plan(self) -> bool:
        """What it would do is seen before anything is filled in."""
        return True


class ReinstateForm(ChangeForm):
    """Why a cancelled session is held after all."""

    @property
    def can_plan(self) -> bool:
        """What it would do is seen before anything is filled in."""
        return True


class CombineForm(ChangeForm):
    """Which session of the same day takes the people in."""

    into = forms.TypedChoiceField(
        label=_("Which session takes them in?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the session that takes them in"),
            "invalid_choice": _("Choose a session of the same day"),
        },
    )

    def __init__(self, data: Any, *, others: dict[str, GroupSession], labels: list) -> None:
        super().__init__(data)
        field = self.fields["into"]
        field.choices = labels  # type: ignore[attr-defined]
        field.coerce = others.get  # type: ignore[attr-defined]
