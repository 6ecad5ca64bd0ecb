"""What may be asked of the calendar: a view, a week or a day, and which sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.calendar.asked import ALL, View
from groups.forms import AddressForm, a_date
from programs.models import GroupKind, Program


class CalendarForm(AddressForm):
    """The calendar's address. `readable` are the programs that may be asked for."""

    view = forms.ChoiceField(
        required=False,
        choices=View.choices,
        error_messages={"invalid_choice": _("There is no view of that name.")},
    )
    week = a_date()
    day = a_date()
    programs = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("You work in no such program.")},
    )
    site = forms.UUIDField(
        required=False, error_messages={"invalid": _("This site does not exist.")}
    )
    room = forms.UUIDField(
        required=False, error_messages={"invalid": _("This room does not exist.")}
    )
    who = forms.UUIDField(
        required=False, error_messages={"invalid": _("This facilitator does not exist.")}
    )
    group = forms.UUIDField(
        required=False, error_messages={"invalid": _("This group does not exist.")}
    )
    kind = forms.ChoiceField(
        required=False,
        choices=GroupKind.choices,
        error_messages={"invalid_choice": _("There is no kind of group of that name.")},
    )

    def __init__(self, data: Any, *, readable: Iterable[Program]) -> None:
        super().__init__(data)
        choices = [(ALL, ALL), *((str(each.public_id), each.name) for each in readable)]
        self.fields["programs"].choices = choices  # type: ignore[attr-defined]
