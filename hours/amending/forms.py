"""What a record is to say instead, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.amending.refusals import NotAmended
from attendance.models import Absence
from attendance.sheet.people import Person
from attendance.sheet.states import UNMARKED, Refused, State, absent
from attendance.sheet.wishes import MOST_GAPS, Clock, RowMarks, texts_of, wish_of

HERE, NOT_RECORDED = "here", "none"
IN_PERSON, BY_VIDEO = "person", "video"
NOT_TIMES = ("mark", "way", "reason")
# An absence that nobody explained, as imports bring it.
UNEXPLAINED = "absent"
MOST_WORDS = 1000


class ClockInput(forms.TextInput):
    """A box for a time of day."""

    input_type = "time"


class AmendForm(forms.Form):
    """There with exact times, absent in one of three ways, or not recorded at all."""

    mark = forms.ChoiceField(
        label=_("What the record is to say"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the record is to say"),
            "invalid_choice": _("Choose what the record is to say"),
        },
    )
    way = forms.ChoiceField(
        label=_("How were they there?"),
        choices=[(IN_PERSON, _("In person")), (BY_VIDEO, _("By video"))],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why is it amended?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays with both versions. It is stored encrypted."),
        error_messages={
            "required": _("Say why the record is amended"),
            "max_length": _("Say it in at most 1,000 characters"),
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, person: Person, clock: Clock
    ) -> None:
        self.person, self.clock = person, clock
        self.target: State | None = None
        texts = texts_of(person.state, clock)
        way = BY_VIDEO if person.state.is_by_video else IN_PERSON
        super().__init__(data, initial={"mark": _mark_of(person.state), "way": way, **texts})
        mark = self.fields["mark"]
        mark.choices = _choices(person)  # type: ignore[attr-defined]
        times = dict(_times({**texts, **dict((data or {}).items())}))
        self.fields |= {name: _time(label) for name, label in times.items()}
        self.order_fields(["mark", *times, "way", "reason"])

    @property
    def times(self) -> list[forms.BoundField]:
        """The boxes for times, in their order."""
        return [self[name] for name in self.fields if name not in NOT_TIMES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.target = self._target(cleaned)
        except (Refused, NotAmended) as refused:
            self.add_refusal(refused)
        return cleaned

    def add_refusal(self, refused: Refused | NotAmended) -> None:
        """Put the words at the field they are about."""
        field = refused.field if refused.field in self.fields else "mark"
        self.add_error(field, str(refused.words))

    def read(self) -> State | None:
        """Return what the record is to say, reason or not; None where it cannot be read."""
        return None if self.problems else self.target

    @property
    def problems(self) -> list[str]:
        """What is wrong with the record that is asked for; why it is asked is another matter."""
        named = [(name, words) for name, words in self.errors.items() if name != "reason"]
        return [str(each) for _name, words in named for each in words]

    def _target(self, cleaned: Mapping[str, Any]) -> State | None:
        """Return what the record is to say; None where it cannot be read."""
        mark = cleaned.get("mark")
        if mark == HERE:
            return self._presence(cleaned)
        if mark == NOT_RECORDED:
            return UNMARKED
        return absent("" if mark == UNEXPLAINED else mark) if mark else None

    def _presence(self, cleaned: Mapping[str, Any]) -> State | None:
        names = [each.name for each in self.times]
        if any(name in self.errors for name in names):
            return None
        state = self._stay({name: cleaned.get(name, "") for name in names})
        return replace(state, is_by_video=cleaned.get("way") == BY_VIDEO)

    def _stay(self, typed: Mapping[str, str]) -> State:
        """Return the typed times as stretches; unchanged ones keep the moments they stand for."""
        shown = texts_of(self.person.state, self.clock)
        if shown and typed == {name: shown.get(name, "") for name in typed}:
            return self.person.state
        row = RowMarks(self.person.id, seen=self.person.state, times=typed)
        wish = wish_of(row, self.clock)
        if wish is None or wish.target is None:
            raise Refused(gettext("Say when they arrived."), field="arrived")
        return wish.target


def _mark_of(state: State) -> str:
    if state.stretches:
        return HERE
    return (state.absence or UNEXPLAINED) if state.has_record else ""


def _choices(person: Person) -> list[tuple[str, Any]]:
    offered = [
        (HERE, _("There, at the times below")),
        (Absence.EXCUSED, _("Absent, excused")),
        (Absence.UNEXCUSED, _("Absent, unexcused")),
        (Absence.NO_CALL, _("Absent, no call")),
    ]
    if _mark_of(person.state) == UNEXPLAINED:
        offered.append((UNEXPLAINED, _("Absent, not explained")))
    if person.state.has_record and not person.is_expected:
        offered.append((NOT_RECORDED, _("Nothing: they were entered by mistake")))
    return offered


def _times(texts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return each box for a time; one pair of out and back more than there are."""
    gaps = [number for number in range(1, MOST_GAPS + 1) if texts.get(f"out{number}")]
    labels: list[tuple[str, Any]] = [("arrived", _("Arrived"))]
    for number in range(1, min(MOST_GAPS, max(gaps, default=0) + 1) + 1):
        labels += [(f"out{number}", _("Went out")), (f"back{number}", _("Came back"))]
    return [*labels, ("left", _("Left"))]


def _time(label: Any) -> forms.CharField:
    words = _("This is not a time. Type it as 5:42 PM or 17:42.")
    return forms.CharField(
        label=label,
        required=False,
        max_length=20,
        widget=ClockInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": words},
    )
