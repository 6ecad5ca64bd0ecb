"""What is asked of the map, and why a lesson is waived."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.models import Track
from programs.models import Program
from programs.plan.boxes import RecordForm, some_text

ORDERS = [("missing", _("Most missing first")), ("name", _("By name"))]
SHOWN = [("map", _("Map")), ("table", _("Table"))]


class PublicChoice(forms.ModelChoiceField):
    """One of some rows by its public id; what is no id is a row that there is not."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, required=False, to_field_name="public_id", **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            words = self.error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice") from refused


class MapForm(forms.Form):
    """Which people by which lessons, in which order, as what."""

    group = PublicChoice(
        label=_("Group"),
        empty_label=_("All groups"),
        error_messages={"invalid_choice": _("There is no such group. All groups are shown.")},
    )
    track = PublicChoice(
        label=_("Track"),
        empty_label=_("All tracks"),
        error_messages={"invalid_choice": _("There is no such track. All tracks are shown.")},
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=ORDERS,
        error_messages={
            "invalid_choice": _("There is no such order. Who misses most comes first.")
        },
    )
    core = forms.BooleanField(label=_("Core lessons only"), required=False)
    lacking = forms.BooleanField(label=_("Only people who miss something"), required=False)
    shown = forms.ChoiceField(
        label=_("Shown as"),
        required=False,
        choices=SHOWN,
        error_messages={"invalid_choice": _("There is a map and a table. The map is shown.")},
    )

    def __init__(self, data: Any, *, program: Program, groups: Any) -> None:
        super().__init__(data)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["track"].queryset = Track.objects.filter(program=program)  # type: ignore[attr-defined]
        for name in ("group", "track", "order"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("core", "lacking"):
            self.fields[name].widget.attrs["class"] = "form-check-input"
        self.full_clean()

    def problems(self) -> list[str]:
        """Return what could not be read of the address."""
        return [str(words) for errors in self.errors.values() for words in errors]

    def asked(self, name: str) -> Any:
        """Return what is asked for; None or blank where nothing is, or nothing that there is."""
        return self.cleaned_data.get(name)


class WaiveForm(RecordForm):
    """Why somebody need not hear a lesson."""

    reason = some_text(
        _("Reason"),
        most=500,
        required=_("Say why the lesson need not be heard"),
        hint=_("They heard it elsewhere, or one to one; who says so, and when it was."),
    )
