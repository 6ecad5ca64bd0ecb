"""What is asked at a check-in, and what is asked of who acts on a safety answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.models import SCALE, Homework, Practice, YesNo
from attendance.teaching.practice import Given
from groups.wording import short_day

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


def _practiced(given: Given) -> forms.ChoiceField:
    """How homework of a lesson went; what was answered once is changed, not taken back."""
    label = gettext("%(lesson)s, %(day)s") % {
        "lesson": given.lesson,
        "day": short_day(given.held_on),
    }
    wrong = gettext("Homework of %(lesson)s: choose one of the answers on the list")
    return forms.ChoiceField(
        label=label,
        help_text=given.homework,
        choices=[*([NO_ANSWER] if given.is_open else ()), *Practice.choices],
        required=False,
        initial=given.answer,
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": wrong % {"lesson": given.lesson}},
    )


class CheckInForm(forms.Form):
    """The check-in: every question may stay blank.

    Several stand on one sheet, each under its own `prefix`. `owner` is the id of the form that
    the controls belong to where they stand in another one. Where there is `practice`, homework
    of lessons, each is asked about in place of homework in general.
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
        practice: Sequence[Given] = (),
    ) -> None:
        super().__init__(data, initial=(answers or Answers()).as_fields(), prefix=prefix)
        self.practice = {f"practice-{each.taught_id}": each for each in practice}
        for name, each in self.practice.items():
            self.fields[name] = _practiced(each)
        if practice:
            del self.fields["homework"]
        # The page reads a blank choice as the first of its radios.
        for name in ("mood", "craving"):
            if self.initial[name] is None:
                self.initial[name] = ""
        for field in self.fields.values() if owner else ():
            field.widget.attrs["form"] = owner

    def answers(self) -> Answers:
        """What was answered, of a form that is valid; what was not asked stays as it was."""
        said = {**self.initial, **self.cleaned_data}
        return Answers(**{name: said[name] for name in QUESTIONS})

    def practiced(self) -> dict[int, str]:
        """How homework went, of a form that is valid: by the key of what was taught."""
        said = {each.taught_pk: self.cleaned_data[name] for name, each in self.practice.items()}
        return {taught: answer for taught, answer in said.items() if answer}

    @property
    def is_blank(self) -> bool:
        """Nothing was answered, of a form that is valid."""
        return self.answers().is_blank and not self.practiced()

    def practice_fields(self) -> list[forms.BoundField]:
        """The fields of the homework that is asked about."""
        return [self[name] for name in self.practice]


class DoneForm(forms.Form):
    """What was done about a safety answer."""

    what_was_done = Words(
        label=_("What was done"),
        rows=6,
        required=True,
        error_messages={"required": _("Write what was done: what you asked, whom you told")},
    )
