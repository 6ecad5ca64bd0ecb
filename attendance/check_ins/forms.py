"""What is asked at a check-in, and what is asked of who acts on a safety answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.models import SCALE, Homework, YesNo

MOST_LETTERS = 2_000
LOWEST, HIGHEST = SCALE
NO_ANSWER = ("", _("No answer"))
POINTS = [NO_ANSWER, *((str(point), str(point)) for point in range(LOWEST, HIGHEST + 1))]


class Words(forms.CharField):
    """A few lines, as somebody typed them; what cannot be kept is said with the question's name."""

    def __init__(self, *, label: Any, rows: int = 2, **options: Any) -> None:
        box = {"class": "form-control", "rows": rows, "autocomplete": "off"}
        widget = forms.Textarea({**box, "maxlength": MOST_LETTERS})
        super().__init__(**{"label": label, "widget": widget, "required": False, **options})
        # What is wrong is said by `clean`, in words that name the question.
        self.validators = []

    def clean(self, value: Any) -> str:
        """Return the text with one kind of line end. Raises ValidationError."""
        words = str(super().clean(value)).replace("\r\n", "\n")
        said = {"question": self.label, "most": f"{MOST_LETTERS:,}", "count": f"{len(words):,}"}
        if "\0" in words:
            unkept = gettext("%(question)s: it holds a character that cannot be kept. Type it anew")
            raise forms.ValidationError(unkept % said, code="null_character")
        if len(words) > MOST_LETTERS:
            long = gettext("%(question)s: at most %(most)s letters; these are %(count)s")
            raise forms.ValidationError(long % said, code="too_long")
        return words


def _scale(label: Any, wrong: Any) -> forms.TypedChoiceField:
    """A number from 0 to 10, each a button; blank where it was not answered."""
    return forms.TypedChoiceField(
        label=label,
        choices=POINTS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": wrong},
    )


def _one_of(label: Any, choices: Any, wrong: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[NO_ANSWER, *choices],
        required=False,
        error_messages={"invalid_choice": wrong},
        **options,
    )


def _yes_or_no(label: Any, wrong: Any) -> forms.ChoiceField:
    return _one_of(label, YesNo.choices, wrong, widget=forms.RadioSelect)


class CheckInForm(forms.Form):
    """The check-in: every question may stay blank.

    Several stand on one sheet, each under its own `prefix`. `owner` is the id of the form that
    the controls belong to where they stand in another one.
    """

    mood = _scale(_("Mood, 0 low to 10 high"), _("Mood: choose a number from 0 to 10"))
    craving = _scale(
        _("Craving, 0 none to 10 strongest"), _("Craving: choose a number from 0 to 10")
    )
    used_since = _yes_or_no(_("Used since last time?"), _("Used since last time: choose yes or no"))
    setback = Words(label=_("One setback"))
    went_well = Words(label=_("One thing that went well"))
    skill = Words(label=_("Skill practised"))
    homework = _one_of(
        _("Homework"),
        Homework.choices,
        _("Homework: choose one of the answers on the list"),
        widget=forms.Select({"class": "form-select"}),
    )
    safety = _yes_or_no(
        _("Are you having thoughts of harming yourself or somebody else?"),
        _("Safety question: choose yes or no"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Answers | None = None,
        prefix: str | None = None,
        owner: str = "",
    ) -> None:
        super().__init__(data, initial=(answers or Answers()).as_fields(), prefix=prefix)
        # The page reads a blank choice as the first of its radios.
        for name in ("mood", "craving"):
            if self.initial[name] is None:
                self.initial[name] = ""
        for field in self.fields.values() if owner else ():
            field.widget.attrs["form"] = owner

    def answers(self) -> Answers:
        """What was answered, of a form that is valid."""
        return Answers(**{name: self.cleaned_data[name] for name in QUESTIONS})


class DoneForm(forms.Form):
    """What was done about a safety answer."""

    what_was_done = Words(
        label=_("What was done"),
        rows=6,
        required=True,
        error_messages={"required": _("Write what was done: what you asked, whom you told")},
    )
