"""The whole plan on one page: sections, and as many situations and contacts as there is room for.

Two rows of each stand empty, so that it works without JavaScript.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python as read_phone

from attendance.models.relapse_plan import PaperLanguage
from attendance.relapse.content import (
    CONTACT,
    SITUATION,
    TEXTS,
    Contact,
    PlanContent,
    Situation,
)
from attendance.relapse.paper import too_long
from attendance.relapse.sections import (
    ANSWER_LETTERS,
    ANSWER_WORDS,
    EMPTY_ROWS,
    MOST_CONTACTS,
    MOST_SITUATIONS,
    NAME_LETTERS,
    PHONE_LETTERS,
    RELATION_LETTERS,
    SECTION,
    SITUATION_LETTERS,
    TEXT_LETTERS,
    TEXT_LINES,
    Section,
)
from programs.plan.boxes import DateBox, line_of_text, some_text

# What one dials as it is, and what no directory knows as a number.
SHORT_NUMBERS = ("911", "988", "211")
FURTHEST_YEARS = 2
MOST = {"situation": MOST_SITUATIONS, "contact": MOST_CONTACTS}
NAMES = {"situation": SITUATION, "contact": CONTACT}


class PlanForm(forms.Form):
    """A plan as it is written; `rows` says how many situations and contacts are shown."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of the printed page"), choices=PaperLanguage.choices
    )
    review_on = DateBox(
        label=_("To be looked at again"),
        required=False,
        help_text=_("In two to four weeks is usual. It is yours to change at any time."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        today: date,
        rows: Mapping[str, int],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.today, self.shown_rows = today, dict(rows)
        for name in TEXTS:
            self.fields[name] = _section_box(name)
        for number in range(rows["situation"]):
            self.fields |= {_name("situation", number, k): v for k, v in _situation(number)}
        for number in range(rows["contact"]):
            self.fields |= {_name("contact", number, k): v for k, v in _contact(number)}

    def boxes(self, kind: str) -> list[dict[str, forms.BoundField]]:
        """Return the boxes of each row of the kind, by the names of their fields."""
        return [
            {name: self[_name(kind, number, name)] for name in NAMES[kind]}
            for number in range(self.shown_rows[kind])
        ]

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day and day < self.today:
            raise ValidationError(_("Enter today or a later day"))
        if day and day.year > self.today.year + FURTHEST_YEARS:
            raise ValidationError(_("Enter a day within the next two years"))
        return day

    def clean(self) -> dict[str, Any]:
        for name in TEXTS:
            self._keep_to_lines(name)
        for kind, words in (
            ("situation", _("Say which situation it is")),
            ("contact", _("Say who it is")),
        ):
            self._need_heads(kind, words)
        for number in range(self.shown_rows["contact"]):
            self._read_phone(_name("contact", number, "phone"))
        if not self.errors:
            self._fit_the_page()
        return self.cleaned_data

    def content(self) -> PlanContent:
        """Return what is to be saved; rows in which nothing stands are left out."""
        said = self.cleaned_data
        return PlanContent(
            **{name: said[name] for name in TEXTS},
            language=said["language"],
            review_on=said["review_on"],
            situations=tuple(Situation(**row) for row in self._filled("situation")),
            contacts=tuple(Contact(**row) for row in self._filled("contact")),
        )

    def _filled(self, kind: str) -> Iterator[dict[str, str]]:
        for number in range(self.shown_rows[kind]):
            row = {k: self.cleaned_data.get(_name(kind, number, k), "") for k in NAMES[kind]}
            if any(row.values()):
                yield row

    def _keep_to_lines(self, name: str) -> None:
        text = "\n".join(self.cleaned_data.get(name, "").split("\r\n"))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > TEXT_LINES:
            words = gettext("%(section)s: at most %(most)s lines; there are %(count)s")
            said = {"section": SECTION[name].title, "most": TEXT_LINES, "count": len(lines)}
            self.add_error(name, words % said)
        elif name in self.cleaned_data:
            self.cleaned_data[name] = "\n".join(lines)

    def _need_heads(self, kind: str, words: Any) -> None:
        """Refuse a row that is filled in but for what it is about."""
        head = NAMES[kind][0]
        for number in range(self.shown_rows[kind]):
            names = [_name(kind, number, each) for each in NAMES[kind]]
            is_filled = any(self.cleaned_data.get(name) or name in self.errors for name in names)
            if is_filled and not (self.cleaned_data.get(names[0]) or names[0] in self.errors):
                self.add_error(_name(kind, number, head), words)

    def _read_phone(self, name: str) -> None:
        typed = self.cleaned_data.get(name, "")
        if not typed or typed in SHORT_NUMBERS:
            return
        number = read_phone(typed, region="US")
        if number is None or not number.is_valid():
            self.add_error(name, _("Enter a phone number like (402) 555-0100"))
            return
        is_near = number.country_code == 1
        self.cleaned_data[name] = number.as_national if is_near else number.as_international

    def _fit_the_page(self) -> None:
        """Refuse what does not go onto one printed page, at what is longest in it."""
        if sections := too_long(self.content()):
            words = gettext("The printed page is too full. Shorten one of these: %(sections)s")
            self.add_error(None, words % {"sections": ", ".join(sections)})


@dataclass(frozen=True)
class FormBoxes:
    """The rows of boxes as the page shows them, and whether there is room for one more."""

    section: Section
    rows: list[dict[str, forms.BoundField]]
    can_add: bool


def form_boxes(form: PlanForm) -> dict[str, FormBoxes]:
    """Return the rows of the form, by the name of their section."""
    return {
        f"{kind}s": FormBoxes(
            SECTION[f"{kind}s"], form.boxes(kind), can_add=form.shown_rows[kind] < most
        )
        for kind, most in MOST.items()
    }


def rows_of(content: PlanContent) -> dict[str, int]:
    """Return how many rows are shown of a plan: its own, and empty ones where there is room."""
    return {
        "situation": min(len(content.situations) + EMPTY_ROWS, MOST_SITUATIONS),
        "contact": min(len(content.contacts) + EMPTY_ROWS, MOST_CONTACTS),
    }


def rows_in(data: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows were sent, with one more of the kind that was asked for."""
    asked = data.get("add", "")
    return {
        kind: min(_sent(data, kind) + (1 if kind == asked else 0), most)
        for kind, most in MOST.items()
    }


def with_one_more(data: Mapping[str, Any], *, today: date) -> PlanForm:
    """Return the form with what was typed, nothing of it checked yet, and a row more to write in.

    `data` says in `add` of which kind.
    """
    rows, kind = rows_in(data), data.get("add", "")
    typed = {name: data[name] for name in data}
    form = PlanForm(today=today, rows=rows, initial=typed)
    if kind in MOST:
        last = form.fields[_name(kind, rows[kind] - 1, NAMES[kind][0])]
        last.widget.attrs["autofocus"] = True
    return form


def _sent(data: Mapping[str, Any], kind: str) -> int:
    numbers = [n for n in range(MOST[kind]) if _name(kind, n, NAMES[kind][0]) in data]
    return max(numbers, default=EMPTY_ROWS - 1) + 1


def initial_of(content: PlanContent, seen: uuid.UUID | None) -> dict[str, Any]:
    """Return what the boxes say at first."""
    own = ("language", "review_on", *TEXTS)
    initial: dict[str, Any] = {name: getattr(content, name) for name in own} | {"seen": seen}
    for kind, rows in (("situation", content.situations), ("contact", content.contacts)):
        for number, row in enumerate(rows):
            initial |= {_name(kind, number, k): getattr(row, k) for k in NAMES[kind]}
    return initial


def _name(kind: str, number: int, field: str) -> str:
    return f"{kind}-{number}-{field}"


def _section_box(name: str) -> forms.CharField:
    section = SECTION[name]
    hint = gettext("%(helps)s For example: %(example)s")
    said = {"helps": section.helps, "example": section.example}
    box = some_text(section.title, most=TEXT_LETTERS, hint=hint % said)
    box.widget.attrs |= {"rows": 4}
    return _said_in_words(box, section.title)


def _situation(number: int) -> Iterator[tuple[str, forms.CharField]]:
    title = gettext("Situation %(number)s") % {"number": number + 1}
    yield "situation", _line(title, SITUATION_LETTERS)
    for name, word, hint in ANSWER_WORDS:
        box = some_text(word, most=ANSWER_LETTERS, hint=hint)
        box.widget.attrs |= {"rows": 2}
        yield name, _said_in_words(box, f"{title}, {word}")


def _contact(number: int) -> Iterator[tuple[str, forms.CharField]]:
    title = gettext("Person %(number)s") % {"number": number + 1}
    yield "name", _line(title, NAME_LETTERS)
    yield "relation", _line(_("Who they are to me"), RELATION_LETTERS)
    phone = _line(_("Phone"), PHONE_LETTERS)
    phone.widget.attrs |= {"type": "tel"}
    yield "phone", phone


def _line(label: Any, most: int) -> forms.CharField:
    box = line_of_text(label, most=most)
    return _said_in_words(box, label)


def _said_in_words(box: forms.CharField, what: Any) -> forms.CharField:
    """Let the box take all that is pasted, and say how much too long it is."""
    box.widget.attrs.pop("maxlength", None)
    words = gettext("%(what)s: at most %%(limit_value)s letters; there are %%(show_value)s")
    box.error_messages["max_length"] = words % {"what": what}
    return box
