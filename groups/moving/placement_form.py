"""Where one session is to be held: day, start, end, breaks and room of the program’s site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups.editing.break_boxes import PAIRS, BreaksField, ClockInput
from groups.enrolling.date_boxes import DateBoxesField
from groups.moving.change_form import ChangeForm
from groups.schedule.edit import Placement, TimeSpan
from programs.models import Program, Room

A_DAY = 24 * 60  # minutes


def _clock(label: Any, required: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=ClockInput(),
        error_messages={"required": required, "invalid": _("Enter a time like 13:30")},
    )


class PlacementForm(ChangeForm):
    """A day, times and a room. `shown` is what the form held when it was last drawn."""

    held_on = DateBoxesField(label=_("Day"), error_messages={"required": _("Enter the day")})
    starts = _clock(_("Starts"), _("Enter when it starts"))
    ends = _clock(_("Ends"), _("Enter when it ends"))
    breaks = BreaksField(label=_("Breaks"))
    room = forms.TypedChoiceField(
        label=_("Room"),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose a room of this site")},
    )
    shown = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, program: Program, breaks: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if breaks > PAIRS:
            self.fields["breaks"] = BreaksField(label=_("Breaks"), pairs=breaks)
        rooms = list(Room.objects.filter(site=program.site_id).order_by("name"))
        field = self.fields["room"]
        by_key = {str(each.public_id): each.pk for each in rooms}
        labels = [(str(each.public_id), each.name) for each in rooms]
        field.choices = [("", _("No room")), *labels]  # type: ignore[attr-defined]
        field.coerce = by_key.get  # type: ignore[attr-defined]

    @property
    def has_moved_along(self) -> bool:
        """Whether the end is another one than was sent, since only the start was changed."""
        return self.data.get("sent", "") != self.data.get("shown", "")

    def placement(self, *, leaders: tuple[int, ...]) -> Placement:
        """Return where the session is to be held."""
        cleaned = self.cleaned_data
        return Placement(
            held_on=cleaned["held_on"],
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            breaks=cleaned["breaks"],
            room=cleaned["room"],
            leaders=leaders,
        )


def filled(
    held_on: date,
    starts: time,
    ends: time,
    breaks: Sequence[TimeSpan] = (),
    *,
    room: Any = "",
) -> QueryDict:
    """Return the fields of a placement as a browser would send them."""
    data = QueryDict(mutable=True)
    for place, part in enumerate((held_on.month, held_on.day, held_on.year)):
        data[f"held_on_{place}"] = str(part)
    data["room"] = str(room)
    _write(data, starts, ends, breaks)
    return data


def with_length_kept(data: QueryDict) -> QueryDict:
    """Return what was sent; where only the start differs from what was shown, all moves along.

    The end and the breaks keep their distance from the start. What cannot be read, or would end
    after midnight, is left as it is, for the form to speak of.
    """
    shown, sent = _times(data.get("shown", "")), _times(_said(data))
    kept = data.copy()
    kept["sent"] = kept["shown"] = _said(data)
    if not shown or not sent or shown[0] == sent[0] or shown[1:] != sent[1:]:
        return kept
    ahead = _minutes(sent[0]) - _minutes(shown[0])
    minutes = [_minutes(each) + ahead for each in sent[1:]]
    if all(0 <= each < A_DAY for each in minutes):
        ends, *rest = [time(*divmod(each, 60)) for each in minutes]
        _write(kept, sent[0], ends, tuple(zip(rest[::2], rest[1::2], strict=True)))
    return kept


def _write(data: QueryDict, starts: time, ends: time, breaks: Sequence[TimeSpan]) -> None:
    data["starts"], data["ends"] = f"{starts:%H:%M}", f"{ends:%H:%M}"
    times = [each for span in breaks for each in span]
    for place in range(max(2 * PAIRS, len(times))):
        data[f"breaks_{place}"] = f"{times[place]:%H:%M}" if place < len(times) else ""
    data["shown"] = _said(data)


def _said(data: QueryDict) -> str:
    """Return the times as they were sent: `09:00 12:00 10:30 10:45`."""
    breaks = [str(data[name]) for name in sorted(data) if name.startswith("breaks_")]
    return " ".join([data.get("starts", ""), data.get("ends", ""), *filter(None, breaks)])


def _times(said: str) -> list[time]:
    """Return the times of such a text; none where one of them is no time, or half a break."""
    try:
        times = [time.fromisoformat(each) for each in said.split()]
    except ValueError:
        return []
    return times if len(times) >= 2 and len(times) % 2 == 0 else []


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
