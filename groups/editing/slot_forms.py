"""What is asked about weekly slots: new ones, one that changes, one that ends."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.editing.break_boxes import BreaksField, ClockInput
from groups.editing.group_form import GROUP_FIELDS, GroupForm
from groups.editing.own_slots import overlap_words
from groups.editing.plan_form import PlanForm
from groups.enrolling.date_boxes import DateBoxesField
from groups.meeting_dates import first_date_of
from groups.models import TherapyGroup
from groups.schedule.edit import SlotWish
from groups.schedule.placing import A_YEAR, may_lead
from programs.models import Program, Room, Weekday
from programs.weeks import instant, local_date

A_CLOCK = _("Enter a time like 5:30 PM")
# As they stand on the page, which is the order in which an error summary lists them.
SLOT_FIELDS = (
    "from_on",
    "weekday",
    "weekdays",
    "starts",
    "ends",
    "every_weeks",
    "breaks",
    "first_on",
    "last_on",
    "room",
    "leaders",
)


class LeadersField(forms.ModelMultipleChoiceField):
    """People, named as colleagues know them."""

    def label_from_instance(self, obj: User) -> str:
        return obj.display_name


class SlotForm(PlanForm):
    """When a slot meets, where, and who leads it."""

    field_order: tuple[str, ...] = SLOT_FIELDS

    starts = forms.TimeField(
        label=_("Starts"),
        widget=ClockInput,
        error_messages={"required": _("Enter when it starts"), "invalid": A_CLOCK},
    )
    ends = forms.TimeField(
        label=_("Ends"),
        widget=ClockInput,
        error_messages={"required": _("Enter when it ends"), "invalid": A_CLOCK},
    )
    breaks = BreaksField(label=_("Breaks"))
    every_weeks = forms.IntegerField(
        label=_("Every so many weeks"),
        initial=1,
        help_text=_("1 for each week, 2 for every second one."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how often it meets, like 1 for each week"),
            "invalid": _("Enter the weeks as a number, like 1 or 2"),
        },
    )
    last_on = DateBoxesField(label=_("Last day, if there is one"), required=False)
    room = forms.ModelChoiceField(
        label=_("Room"),
        queryset=Room.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No room"),
        error_messages={"invalid_choice": _("Choose a room of this site")},
    )
    leaders = LeadersField(
        label=_("Who leads it"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose people who lead groups in this program"),
            "invalid_pk_value": _("Choose people who lead groups in this program"),
        },
    )

    def __init__(
        self, data: Any = None, *, program: Program, now: datetime, initial: Any = None
    ) -> None:
        super().__init__(data, program=program, now=now, initial=initial)
        rooms = Room.objects.filter(site=program.site_id).order_by("name")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]
        self.let_lead(may_lead(program))

    def let_lead(self, users: Iterable[int]) -> None:
        """Offer these people (keys) to lead it, by name."""
        known = User.objects.filter(pk__in=list(users)).order_by("name", "email")
        self.fields["leaders"].queryset = known  # type: ignore[attr-defined]

    def wish(self, weekday: int, first_on: date) -> SlotWish:
        """The slot as it is asked for on one weekday."""
        asked = self.cleaned_data
        return SlotWish(
            weekday=weekday,
            starts=asked["starts"],
            ends=asked["ends"],
            first_on=first_on,
            last_on=asked["last_on"],
            every_weeks=asked["every_weeks"],
            breaks=asked["breaks"],
            room=asked["room"].pk if asked["room"] else None,
            leaders=tuple(sorted(user.pk for user in asked["leaders"])),
        )


class NewSlotsForm(SlotForm):
    """Slots to begin: each weekday that is ticked makes one."""

    reason = None  # type: ignore[assignment]
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one weekday"),
            "invalid_choice": _("Choose weekdays from the list"),
        },
    )
    first_on = DateBoxesField(
        label=_("First day"), error_messages={"required": _("Enter the first day")}
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
        room = group.default_room if group else None
        suggested = {
            "first_on": _next_monday(local_date(now, program.zone)),
            "room": room.public_id if room else None,
        }
        super().__init__(data, program=program, now=now, initial={**suggested, **(initial or {})})
        self.group = group

    def clean_first_on(self) -> date:
        day = self.cleaned_data["first_on"]
        if abs(day - self.today) > A_YEAR:
            raise forms.ValidationError(gettext("Enter a first day within a year of today"))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse what would have begun already, and slots over others of the group."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        wishes = self.wishes()
        if any(self._has_begun(wish) for wish in wishes):
            self.add_error("first_on", gettext("It would have begun today. Choose a later day"))
        for words in overlap_words(wishes, self.group) if self.group else ():
            self.add_error("weekdays", words)
        return cleaned

    def _has_begun(self, wish: SlotWish) -> bool:
        is_today = first_date_of(wish) == self.today
        return is_today and instant(self.today, wish.starts, self.program.zone) <= self.now

    def wishes(self) -> list[SlotWish]:
        """The slots as they are asked for."""
        asked = self.cleaned_data
        return [self.wish(weekday, asked["first_on"]) for weekday in sorted(asked["weekdays"])]


class NewGroupForm(GroupForm, NewSlotsForm):
    """A group with its first slots; `proposed_id` is its own, so that it is made once."""

    field_order = (*GROUP_FIELDS, *SLOT_FIELDS)

    proposed_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, program: Program, now: datetime) -> None:
        initial = {"proposed_id": uuid.uuid4()}
        super().__init__(data, program=program, now=now, initial=initial)
        self.fields["room"].empty_label = _("The usual room")  # type: ignore[attr-defined]

    def wish(self, weekday: int, first_on: date) -> SlotWish:
        usual = self.cleaned_data["default_room"]
        asked = super().wish(weekday, first_on)
        return asked if asked.room or not usual else replace(asked, room=usual.pk)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
