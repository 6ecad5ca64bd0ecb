"""Reads what a browser sends of the sheet: the same whether one row or all of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from attendance.sheet.people import NO_DETAILS, Details
from attendance.sheet.states import UNMARKED, Ask, State, state_from
from attendance.sheet.wishes import MOST_GAPS, RowMarks
from programs.weeks import instant

TIMES = (
    "arrived",
    "left",
    *(f"{way}{n}" for n in range(1, MOST_GAPS + 1) for way in ("out", "back")),
)
BUTTONS = {str(ask) for ask in Ask} - {str(Ask.EXACT)}
# More rows than a room has chairs.
MOST_ROWS = 300
LONGEST_AGE = 9  # digits; some thirty years of seconds
LONGEST_REASON = 500
# Nobody gives notice longer ahead; a year typed wrong is the likelier.
LONGEST_NOTICE = timedelta(days=366)


@dataclass(frozen=True)
class Posted:
    """A sheet as it was sent: its rows, and which buttons were pressed."""

    rows: tuple[RowMarks, ...]
    only: uuid.UUID | None
    signs: bool
    reason: str
    opened: frozenset[uuid.UUID]

    @property
    def seen(self) -> dict[uuid.UUID, State]:
        """What each row said that was shown."""
        return {row.participant: row.seen for row in self.rows}

    @property
    def typed(self) -> dict[uuid.UUID, RowMarks]:
        return {row.participant: row for row in self.rows}


@dataclass(frozen=True)
class Shown:
    """What somebody's page shows of a sheet: each row's record and what was said, as texts.

    `known` are all rows that stand on it, also those it does not ask about.
    """

    seen: dict[uuid.UUID, str]
    said: dict[uuid.UUID, str]
    known: frozenset[uuid.UUID]
    todo: str

    @property
    def states(self) -> dict[uuid.UUID, State]:
        return {who: state_from(text) or UNMARKED for who, text in self.seen.items()}


def shown_on(data: QueryDict) -> Shown:
    """Return what was sent; what cannot be read as a row of a sheet is left out."""
    asked, here = data.getlist("row")[:MOST_ROWS], data.getlist("here")[:MOST_ROWS]
    seen = {who: data.get(f"seen-{text}", "-") for text in asked if (who := _id(text))}
    heard = ((_id(text), data.get(f"said-{text}")) for text in asked)
    said = {who: words for who, words in heard if who and words is not None}
    known = {who for text in here if (who := _id(text))}
    return Shown(seen, said, frozenset(known | seen.keys()), data.get("todo", ""))


def posted(data: QueryDict) -> Posted:
    """Return what was sent; what cannot be read as a row of a sheet is left out."""
    only = _id(data.get("only", ""))
    pressed = _pressed(data)
    rest = "rest" in data
    ids = [found for text in data.getlist("row")[:MOST_ROWS] if (found := _id(text))]
    ids += [each for each in pressed if each not in ids]
    rows = [_row(data, each, pressed.get(each), rest) for each in dict.fromkeys(ids)]
    return Posted(
        rows=tuple(row for row in rows if only in (None, row.participant)),
        only=only,
        signs="sign" in data,
        reason=data.get("reason", "")[:500],
        opened=frozenset(found for text in data.getlist("open") if (found := _id(text))),
    )


def _pressed(data: Mapping[str, str]) -> dict[uuid.UUID, Ask | State]:
    """Return the button pressed in a row, as `left:<id>`, or a state to use, as `<id>=p:…`.

    A state without an id is that of the only row.
    """
    act, _colon, who = data.get("act", "").partition(":")
    if act in BUTTONS and (found := _id(who)):
        return {found: Ask(act)}
    who, _equals, text = data.get("use", "").rpartition("=")
    who = who or data.get("only", "")
    state, found = state_from(text), _id(who)
    return {found: state} if state and found else {}


def _row(
    data: Mapping[str, str], who: uuid.UUID, pressed: Ask | State | None, rest: bool
) -> RowMarks:
    seen = state_from(data.get(f"seen-{who}", "-")) or UNMARKED
    choice = data.get(f"mark-{who}", "")
    act = pressed if isinstance(pressed, Ask) else None
    if rest and not seen.has_record and not choice and act is None:
        act = Ask.REST
    return RowMarks(
        participant=who,
        seen=seen,
        act=act,
        choice=choice,
        times={name: data[key] for name in TIMES if (key := f"{name}-{who}") in data},
        use=pressed if isinstance(pressed, State) else None,
        mark_id=_id(data.get("mark_id", "")),
        age=_age(data.get("age", "")),
    )


def _age(text: str) -> timedelta | None:
    """Return how long a tap has waited, sent as whole seconds; none where that is unreadable."""
    if not text:
        return timedelta()
    is_whole = text.isascii() and text.isdigit() and len(text) <= LONGEST_AGE
    return timedelta(seconds=int(text)) if is_whole else None


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class WalkInForm(forms.Form):
    """A posted search: part of a name, or a chart number."""

    words = forms.CharField(
        label=_("First letters of a name, or a chart number"),
        min_length=2,
        max_length=60,
        error_messages={
            "required": _("Type at least two letters."),
            "min_length": _("Type at least two letters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class AbsenceForm(forms.Form):
    """When notice was given, as a date and a time of the site's clock, and the reason."""

    notice_on = forms.DateField(
        label=_("Notice given on"),
        required=False,
        error_messages={"invalid": _("This is not a date. Type it as 11/23/2026.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    notice_time = forms.TimeField(
        label=_("at"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
        error_messages={"invalid": _("This is not a time. Type it as 5:42 PM or 17:42.")},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": _("Say it in at most 500 characters.")},
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        zone: ZoneInfo,
        who: uuid.UUID,
        now: datetime,
        details: Details = NO_DETAILS,
        owner: str = "",
    ) -> None:
        """`owner` is the id of the form that the controls belong to, inside another one."""
        self.zone, self.now = zone, now
        at = details.notice_at.astimezone(zone) if details.notice_at else None
        initial: dict[str, Any] = {"reason": details.reason}
        if at:
            initial |= {"notice_on": at.date(), "notice_time": at.time()}
        super().__init__(data, initial=initial, auto_id=f"%s-{who}")
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control"} | ({"form": owner} if owner else {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, at = cleaned.get("notice_on"), cleaned.get("notice_time")
        if day and at is None and "notice_time" not in self.errors:
            self.add_error("notice_time", _("Add the time at which notice was given."))
        if at is not None and not day and "notice_on" not in self.errors:
            self.add_error("notice_on", _("Add the date on which notice was given."))
        if day and at is not None:
            notice = instant(day, at.replace(second=0), self.zone)
            if notice > self.now:
                self.add_error(
                    "notice_on", _("This is still to come. Notice was given before now.")
                )
            elif notice < self.now - LONGEST_NOTICE:
                self.add_error("notice_on", _("This is more than a year ago. Check the year."))
        return cleaned

    def details(self) -> Details:
        """Return what was typed, once it is valid."""
        day, at = self.cleaned_data["notice_on"], self.cleaned_data["notice_time"]
        notice = instant(day, at.replace(second=0), self.zone) if day else None
        return Details(notice, self.cleaned_data["reason"])
