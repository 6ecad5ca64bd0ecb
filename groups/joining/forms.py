"""What the pages ask for: whom, which group, from when, until when, and why all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.enrolling.choices import Choice
from groups.enrolling.date_boxes import DateBoxes, DateBoxesField
from groups.enrolling.wording import slots_in_words
from groups.joining.people import People
from groups.models import TherapyGroup
from groups.schedule.edit import CannotSchedule
from programs.models import Enrollment

FIRST_DATE, LAST_DATE = date(2000, 1, 1), date(2100, 1, 1)
FARTHEST = timedelta(days=366)


class OnForm(forms.Form):
    """The date whose roster is asked for."""

    on = forms.DateField(
        required=False,
        label=_("Roster on"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is not a date; write it as 2026-11-23.")},
    )

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day and not FIRST_DATE <= day < LAST_DATE:
            raise forms.ValidationError(gettext("Rosters begin in 2000 and end in 2099 here."))
        return day

    def day(self, today: date) -> date:
        """The date asked for; today where none was, or none that can be read."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or today

    def problems(self) -> list[str]:
        """What could not be read, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]


class PersonField(forms.ChoiceField):
    """A participant by name; it gives their enrollment."""

    def __init__(self, people: People, **kwargs: Any) -> None:
        choose = [("", gettext("Choose somebody"))]
        super().__init__(choices=[*choose, *people.offered], label=_("Participant"), **kwargs)
        self.enrolled = people.enrolled
        self.error_messages |= {
            "required": gettext("Choose somebody"),
            "invalid_choice": gettext("Choose somebody who is enrolled in this program"),
        }

    def valid_value(self, value: Any) -> bool:
        return value in self.enrolled

    def clean(self, value: Any) -> Enrollment:
        return self.enrolled[super().clean(value)]


class GroupField(forms.ChoiceField):
    """A group by name, when it meets and its free seats; it gives the group."""

    def __init__(self, choices: Sequence[Choice], here: TherapyGroup, **kwargs: Any) -> None:
        self.groups = {str(each.group.public_id): each.group for each in choices}
        offered = [
            (str(each.group.public_id), group_words(each))
            for each in choices
            if each.group.pk != here.pk
        ]
        choose = [("", gettext("Choose a group"))]
        super().__init__(choices=[*choose, *offered], label=_("Other group"), **kwargs)
        self.error_messages |= {
            "required": gettext("Choose a group"),
            "invalid_choice": gettext("Choose a group of this program"),
        }

    def valid_value(self, value: Any) -> bool:
        return value in self.groups

    def clean(self, value: Any) -> TherapyGroup:
        return self.groups[super().clean(value)]


def group_words(choice: Choice) -> str:
    """Return the group with when it meets and its free seats, as an option to choose."""
    words = gettext("%(group)s · %(slots)s · %(free)s free of %(seats)s")
    return words % {
        "group": choice.group.name,
        "slots": slots_in_words(choice.slots.slots),
        "free": choice.free,
        "seats": choice.group.capacity,
    }


class ChangeForm(forms.Form):
    """Shared by the forms below: what can be read so far, and the words of a refusal."""

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Keep dates within a year, so that a mistyped year is noticed."""
        for name in ("first_on", "last_on"):
            day = self.cleaned_data.get(name)
            if day and abs(day - self.today) > FARTHEST:
                self.add_error(name, gettext("Enter a date within a year of today"))
        return self.cleaned_data

    @property
    def dates(self) -> list[BoundField]:
        """The dates, which stand in boxes side by side."""
        return [each for each in self if isinstance(each.field.widget, DateBoxes)]

    @property
    def choices(self) -> list[BoundField]:
        """What is chosen from a list."""
        return [each for each in self if isinstance(each.field.widget, forms.Select)]

    def read(self, name: str) -> Any:
        """Return a value as far as it can be read: as sent, or else as suggested."""
        if self.is_bound:
            return self.cleaned_data.get(name)
        return self.initial.get(name)

    def forget_errors(self) -> None:
        """Keep what was typed and say nothing about it yet: it is not being sent."""
        self._errors = ErrorDict()

    def add_refusal(self, refused: CannotSchedule) -> None:
        """Put the action's words at the fields they are about; ask why where a reason is needed."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [*map(str, words)])
        if refused.needs_reason:
            words = gettext("Something warns. Say why it is right all the same, or change it.")
            self.add_error("override", words)


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("Why all the same"),
        required=False,
        max_length=500,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It goes to the director’s list of exceptions."),
    )


def _day(label: Any, required: Any) -> DateBoxesField:
    return DateBoxesField(label=label, error_messages={"required": required})


class JoinForm(ChangeForm):
    """Whom to add, from when, until when."""

    first_on = _day(_("First day"), _("Enter the first day"))
    last_on = DateBoxesField(label=_("Last day, if it is known"), required=False)
    override = _why()

    def __init__(self, data: Any = None, *, people: People, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = PersonField(people)
        self.order_fields(["person"])


class MoveForm(ChangeForm):
    """To which group, from when."""

    first_on = _day(_("First day there"), _("Enter the first day there"))
    override = _why()

    def __init__(
        self, data: Any = None, *, groups: Sequence[Choice], here: TherapyGroup, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"] = GroupField(groups, here)
        self.order_fields(["to"])


class EndForm(ChangeForm):
    """The last day in the group."""

    last_on = _day(_("Last day in the group"), _("Enter the last day"))


class PutOffForm(ChangeForm):
    """A later first day."""

    first_on = _day(_("New first day"), _("Enter the new first day"))


class WaitForm(ChangeForm):
    """Who is to wait."""

    def __init__(self, data: Any = None, *, people: People, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = PersonField(people)
