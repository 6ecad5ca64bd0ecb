"""What the pages of a rotation ask for: an order of lessons, or the lessons of one session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept
from curriculum.models import Lesson, LessonVersion
from groups.models import OnCancel
from programs.models import Program

PREVIEW, SAVE = "preview", "save"


def lessons_to_plan(program: Program) -> list[Lesson]:
    """Return the program's lessons that can be planned, in the order of the library."""
    published = LessonVersion.objects.published().values("lesson")
    found = Lesson.objects.of_program(program).in_use().filter(pk__in=published)
    return list(found.select_related("module__track").in_order())


class PlanForm(forms.Form):
    """A change of the plan; `act` says what is wanted of it, `seen` which plan was looked at."""

    act = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def lesson_box(self, name: str, known: Iterable[Lesson], words: Any) -> None:
        """Add a field of many lessons in the order in which they were sent."""
        by_key = {str(each.public_id): each for each in known}
        self.fields[name] = forms.TypedMultipleChoiceField(
            required=False,
            choices=[(key, each.name) for key, each in by_key.items()],
            coerce=by_key.get,
            error_messages={"invalid_choice": words},
        )

    def add_refusal(self, refused: NotKept) -> None:
        """Put the words of a refusal at the fields they are about."""
        for field, words in refused.words.items():
            self.add_error(field if field in self.fields else None, [str(word) for word in words])


class OrderForm(PlanForm):
    """Which lessons the group goes through, in which order, and what a cancelled session does."""

    on_cancel = forms.ChoiceField(
        label=_("When a session is cancelled"),
        choices=OnCancel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what happens when a session is cancelled"),
            "invalid_choice": _("Choose shift or skip"),
        },
    )
    is_repeating = forms.BooleanField(label=_("Begin again after the last lesson"), required=False)

    def __init__(self, data: Any, *, known: Sequence[Lesson]) -> None:
        super().__init__(data)
        self.known = {str(each.public_id): each for each in known}
        # What the form says, also where something in it cannot be read.
        self.order: list[Lesson] = []
        words = _("One of these lessons cannot be planned any more. Leave it out.")
        for name in ("lessons", "add", "drop"):
            self.lesson_box(name, known, words)

    def _sent(self, name: str) -> list[Lesson]:
        """Return the lessons that were sent in a field, as far as they can be planned."""
        found = (self.known.get(key) for key in self[name].value() or ())
        return [lesson for lesson in dict.fromkeys(found) if lesson is not None]

    def _ordered(self) -> list[Lesson]:
        """Return the lessons in order, those left out gone, those added behind, one moved."""
        kept = [each for each in self._sent("lessons") if each not in self._sent("drop")]
        kept += [each for each in self._sent("add") if each not in kept]
        way, _colon, key = str(self["act"].value() or "").partition(":")
        place = next((i for i, each in enumerate(kept) if str(each.public_id) == key), None)
        if place is not None and way in ("up", "down"):
            lesson = kept.pop(place)
            kept.insert(max(0, place + (-1 if way == "up" else 1)), lesson)
        return kept

    def clean(self) -> dict[str, Any]:
        """Ask for at least one lesson before anything is planned."""
        cleaned = super().clean() or {}
        self.order = self._ordered()
        if cleaned.get("act") in (PREVIEW, SAVE) and not self.order and not self.errors:
            self.add_error("add", gettext("Choose at least one lesson"))
        return cleaned


class LessonsForm(PlanForm):
    """Which lessons one session teaches, whatever the rotation says."""

    came_from = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("This session does not exist.")},
    )
    give_back = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, known: Sequence[Lesson]) -> None:
        super().__init__(data)
        self.lesson_box("lessons", known, _("Choose lessons of this program that are in use"))

    def clean(self) -> dict[str, Any]:
        """Ask for a lesson, unless the session is given back to the rotation."""
        cleaned = super().clean() or {}
        if not cleaned.get("give_back") and cleaned.get("lessons") == []:
            self.add_error("lessons", gettext("Choose at least one lesson"))
        return cleaned

    @property
    def sent_lessons(self) -> list[str]:
        """The lessons' keys as they were sent, also those that cannot be read."""
        return self["lessons"].value() or []

    def chosen(self) -> list[Lesson]:
        """Return the lessons chosen; none gives the session back."""
        return [] if self.cleaned_data["give_back"] else self.cleaned_data["lessons"]


def sent(form: PlanForm, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a preview sends once more to be saved, as pairs of name and value."""
    pairs = [(name, value) for name, value in fields.items() if value not in ("", None, False)]
    return [
        (name, str(each))
        for name, value in pairs
        for each in (value if isinstance(value, list) else [value])
    ]
