"""What is asked about a weekly slot that is there: what it is to be, or when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.editing.break_boxes import PAIRS, BreaksField
from groups.editing.own_slots import overlap_words
from groups.editing.plan_form import PlanForm
from groups.editing.slot_forms import SlotForm
from groups.models import MeetingPattern
from groups.schedule.edit import SlotWish
from groups.schedule.placing import may_lead
from groups.wording import short_day
from programs.models import Weekday

SLOT_FACTS = {"weekday", "starts", "ends", "breaks", "every_weeks", "last_on", "room", "leaders"}


class ChangeSlotForm(SlotForm):
    """What a slot is to be, from one of its dates on."""

    from_on = forms.TypedChoiceField(
        label=_("Change it from"),
        coerce=date.fromisoformat,
        error_messages={
            "required": _("Choose the date from which it changes"),
            "invalid_choice": _("Choose one of the dates still to come"),
        },
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=Weekday.choices,
        coerce=int,
        error_messages={
            "required": _("Choose a weekday"),
            "invalid_choice": _("Choose a weekday from the list"),
        },
    )

    def __init__(
        self, data: Any = None, *, slot: MeetingPattern, coming: Sequence[date], now: datetime
    ) -> None:
        leaders = list(slot.facilitators.filter(is_former=False).values_list("user", flat=True))
        super().__init__(
            data, program=slot.group.program, now=now, initial=_as_asked(slot, leaders)
        )
        self.slot = slot
        self.fields["breaks"] = BreaksField(label=_("Breaks"), pairs=max(PAIRS, len(slot.breaks)))
        self.fields["from_on"].choices = _from_dates(coming)  # type: ignore[attr-defined]
        self.let_lead({*may_lead(self.program), *leaders})

    def clean(self) -> dict[str, Any]:
        """Refuse what changes nothing, and a slot that would lie over another of the group."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not set(self.changed_data) & SLOT_FACTS:
            raise forms.ValidationError(gettext("Change something: it is as the slot is now"))
        wish, _from_on = self.wish_from()
        for words in overlap_words([wish], self.slot.group, instead_of=self.slot):
            self.add_error("weekday", words)
        return cleaned

    def wish_from(self) -> tuple[SlotWish, date]:
        """The slot as it is asked for, and the date of the present slot from which.

        It begins in the week of that date, if need be on an earlier day of it.
        """
        from_on, weekday = self.cleaned_data["from_on"], self.cleaned_data["weekday"]
        week = self.program.week_of(from_on).dates
        first_on = next(day for day in week if day.weekday() == weekday)
        return self.wish(weekday, first_on), from_on


class EndSlotForm(PlanForm):
    """From which of its dates a slot is no longer held."""

    from_on = forms.TypedChoiceField(
        label=_("The first session that falls away"),
        coerce=date.fromisoformat,
        error_messages={
            "required": _("Choose the first session that falls away"),
            "invalid_choice": _("Choose one of the dates still to come"),
        },
    )

    def __init__(
        self, data: Any = None, *, slot: MeetingPattern, coming: Sequence[date], now: datetime
    ) -> None:
        super().__init__(data, program=slot.group.program, now=now)
        days = [(day.isoformat(), short_day(day)) for day in coming]
        self.fields["from_on"].choices = days  # type: ignore[attr-defined]

    def last_on(self) -> date:
        """The slot's last day."""
        return self.cleaned_data["from_on"] - timedelta(days=1)


def _from_dates(coming: Sequence[date]) -> list[tuple[str, str]]:
    """Return the dates from which a slot can change; the next one means all that is to come."""
    following, whole = _("%(day)s and following"), _("%(day)s, the whole series")
    return [
        (day.isoformat(), str(following if place else whole) % {"day": short_day(day)})
        for place, day in enumerate(coming)
    ]


def _as_asked(slot: MeetingPattern, leaders: Sequence[int]) -> dict[str, Any]:
    """Return a stored slot as the form's fields start with it."""
    return {
        "weekday": slot.weekday,
        "starts": slot.starts,
        "ends": slot.ends,
        "breaks": slot.breaks,
        "every_weeks": slot.every_weeks,
        "last_on": slot.last_on,
        "room": slot.room.public_id if slot.room else None,
        "leaders": list(User.objects.filter(pk__in=leaders).values_list("public_id", flat=True)),
    }
