"""What is asked to set up the Matrix schedule: the first day, and each session's day and time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.editing.break_boxes import ClockInput
from groups.editing.group_facts import GroupFacts
from groups.editing.plan_form import PlanForm
from groups.editing.slot_forms import A_CLOCK
from groups.enrolling.date_boxes import DateBoxesField
from groups.models import Format, TherapyGroup
from groups.offering.matrix_parts import PARTS, Part
from groups.schedule.edit import SlotWish
from groups.schedule.placing import A_YEAR, may_lead
from programs.models import Program, Room, Weekday

LONGEST = 480  # minutes of a session
FIELD_ORDER = ("first_on", "capacity")


class ChoiceField(forms.ModelChoiceField):
    """One of the rows by its public id; what is no id is no choice either."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            words = self.error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice") from refused


class LeaderField(ChoiceField):
    """A person, named as colleagues know them."""

    def label_from_instance(self, obj: User) -> str:
        return obj.display_name


class MatrixForm(PlanForm):
    """Four groups with their weekly sessions; `proposed_id` makes them once."""

    reason = None  # type: ignore[assignment]
    field_order = FIELD_ORDER

    proposed_id = forms.UUIDField(widget=forms.HiddenInput)
    first_on = DateBoxesField(
        label=_("First day"), error_messages={"required": _("Enter the first day")}
    )
    capacity = forms.IntegerField(
        label=_("Seats in each group"),
        min_value=1,
        max_value=500,
        initial=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the number of seats"),
            "invalid": _("Enter the seats as a number, like 12"),
            "min_value": _("A group has at least one seat."),
            "max_value": _("A group has at most 500 seats"),
        },
    )

    def __init__(self, data: Any = None, *, program: Program, now: datetime) -> None:
        super().__init__(data, program=program, now=now, initial={"proposed_id": uuid.uuid4()})
        self.fields["first_on"].initial = self._next_week()
        self.fields["first_on"].help_text = gettext(
            "A %(weekday)s: this program's weeks begin on it."
        ) % {"weekday": Weekday(program.week_starts_on).label}
        for part in PARTS:
            self._ask_about(part)

    def _next_week(self) -> date:
        return self.program.week_of(self.today).moved(1).first_on

    def _ask_about(self, part: Part) -> None:
        leaders = User.objects.filter(pk__in=may_lead(self.program)).order_by("name", "email")
        self.fields[f"{part.slug}_name"] = _name_field(part)
        self.fields[f"{part.slug}_minutes"] = _minutes_field(part)
        self.fields[f"{part.slug}_room"] = ChoiceField(
            label=_("Room"),
            queryset=Room.objects.filter(site=self.program.site_id).order_by("name"),
            to_field_name="public_id",
            required=False,
            empty_label=_("No room"),
            error_messages={"invalid_choice": _("Choose a room of this site")},
        )
        self.fields[f"{part.slug}_leader"] = LeaderField(
            label=_("Who leads it"),
            queryset=leaders,
            to_field_name="public_id",
            required=False,
            empty_label=_("Nobody yet"),
            error_messages={
                "invalid_choice": _("Choose somebody who leads groups in this program")
            },
        )
        for number, weekday in zip(part.slots, part.weekdays, strict=True):
            self.fields[f"{part.slug}_weekday_{number}"] = _weekday_field(weekday)
            self.fields[f"{part.slug}_starts_{number}"] = _starts_field(part)

    def clean_first_on(self) -> date:
        day = self.cleaned_data["first_on"]
        starts_on = self.program.week_starts_on
        if day.weekday() != starts_on:
            words = gettext("Enter a %(weekday)s: this program's weeks begin on it")
            raise forms.ValidationError(words % {"weekday": Weekday(starts_on).label})
        if day <= self.today or day - self.today > A_YEAR:
            raise forms.ValidationError(gettext("Enter a first day in the year to come"))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse names that are taken, and sessions shorter than their lessons."""
        cleaned = super().clean() or self.cleaned_data
        self._refuse_names()
        for part in PARTS:
            self._refuse_times(part)
        return cleaned

    def _refuse_names(self) -> None:
        seen: set[str] = set()
        for part in PARTS:
            name = self.cleaned_data.get(f"{part.slug}_name", "").casefold()
            if name and name in seen:
                self.add_error(f"{part.slug}_name", gettext("Give each group a name of its own"))
            elif name and TherapyGroup.objects.filter(name__iexact=name).exists():
                words = gettext("Another group of the clinic has this name")
                self.add_error(f"{part.slug}_name", words)
            seen.add(name)

    def _refuse_times(self, part: Part) -> None:
        days = [self.cleaned_data.get(f"{part.slug}_weekday_{number}") for number in part.slots]
        if None not in days and len(set(days)) < len(days):
            words = gettext("Choose two different weekdays")
            self.add_error(f"{part.slug}_weekday_{part.slots[-1]}", words)
        minutes = self.cleaned_data.get(f"{part.slug}_minutes")
        for number in part.slots:
            starts = self.cleaned_data.get(f"{part.slug}_starts_{number}")
            if starts and minutes and _ends(starts, minutes) is None:
                words = gettext("Enter an earlier time: a session ends on the day it begins")
                self.add_error(f"{part.slug}_starts_{number}", words)

    def facts(self, part: Part) -> GroupFacts:
        """The group as it is asked for, without what it teaches."""
        return GroupFacts(
            name=self.cleaned_data[f"{part.slug}_name"],
            kind=part.kind,
            format=Format.OPEN,
            capacity=self.cleaned_data["capacity"],
            min_to_hold=0,
            default_room=self.cleaned_data[f"{part.slug}_room"],
        )

    def wishes(self, part: Part) -> list[SlotWish]:
        """The weekly slots of the group."""
        asked, first_day = self.cleaned_data, self.cleaned_data["first_on"]
        room, leader = asked[f"{part.slug}_room"], asked[f"{part.slug}_leader"]
        return [
            SlotWish(
                weekday=asked[f"{part.slug}_weekday_{number}"],
                starts=starts,
                ends=_ends(starts, asked[f"{part.slug}_minutes"]) or starts,
                first_on=part.first_on(first_day),
                last_on=part.last_on(first_day),
                room=room.pk if room else None,
                leaders=(leader.pk,) if leader else (),
            )
            for number in part.slots
            for starts in [asked[f"{part.slug}_starts_{number}"]]
        ]

    def panels(self) -> Iterator[tuple[Part, dict[str, BoundField], list[tuple[Any, Any]]]]:
        """Yield what the page asks about each part: its own boxes, and a pair for each session."""
        for part in PARTS:
            boxes = {
                name: self[f"{part.slug}_{name}"] for name in ("name", "minutes", "room", "leader")
            }
            pairs = [
                (self[f"{part.slug}_weekday_{number}"], self[f"{part.slug}_starts_{number}"])
                for number in part.slots
            ]
            yield part, boxes, pairs


def group_id(proposed_id: uuid.UUID, part: Part) -> uuid.UUID:
    """Return the group's own public id, the same each time a form is sent."""
    return uuid.uuid5(proposed_id, part.slug)


def _name_field(part: Part) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        initial=part.name,
        error_messages={"required": _("Enter a name")},
    )


def _minutes_field(part: Part) -> forms.IntegerField:
    least = _("A session takes at least %(minutes)d minutes, as its lessons do.")
    return forms.IntegerField(
        label=_("Minutes"),
        min_value=part.minutes,
        max_value=LONGEST,
        initial=part.minutes,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the minutes of a session"),
            "invalid": _("Enter the minutes as a number, like 90"),
            "min_value": least % {"minutes": part.minutes},
            "max_value": _("A session takes at most 8 hours"),
        },
    )


def _weekday_field(weekday: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Weekday"),
        choices=Weekday.choices,
        coerce=int,
        initial=weekday,
        error_messages={
            "required": _("Choose a weekday"),
            "invalid_choice": _("Choose a weekday from the list"),
        },
    )


def _starts_field(part: Part) -> forms.TimeField:
    return forms.TimeField(
        label=_("Starts"),
        widget=ClockInput,
        initial=time.fromisoformat(part.starts),
        error_messages={"required": _("Enter when it starts"), "invalid": A_CLOCK},
    )


def _ends(starts: time, minutes: int) -> time | None:
    """Return when a session ends; None where that is on another day."""
    begins = datetime.combine(date.min, starts)
    ends = begins + timedelta(minutes=minutes)
    return ends.time() if ends.date() == begins.date() else None
