"""Reads what a browser sends of the sheet: the same whether one row or all of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from attendance.sheet.states import UNMARKED, Ask, State, state_from
from attendance.sheet.wishes import MOST_GAPS, RowMarks

TIMES = (
    "arrived",
    "left",
    *(f"{way}{n}" for n in range(1, MOST_GAPS + 1) for way in ("out", "back")),
)
BUTTONS = {str(ask) for ask in Ask} - {str(Ask.EXACT)}
# More rows than a room has chairs.
MOST_ROWS = 300


@dataclass(frozen=True)
class Posted:
    """A sheet as it was sent: its rows, and which buttons were pressed."""

    rows: tuple[RowMarks, ...]
    only: uuid.UUID | None
    signs: bool
    reason: str
    opened: frozenset[uuid.UUID]

    @property
    def typed(self) -> dict[uuid.UUID, RowMarks]:
        return {row.participant: row for row in self.rows}


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
    """Return the button pressed in a row, as `left:<id>`, or a state to use, as `<id>=p:…`."""
    act, _colon, who = data.get("act", "").partition(":")
    if act in BUTTONS and (found := _id(who)):
        return {found: Ask(act)}
    who, _equals, text = data.get("use", "").partition("=")
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
    )


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
