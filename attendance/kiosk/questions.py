"""The check-in in the words in which it is asked of the person themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attendance.kiosk.forms import KioskForm

SCALES, WORDS = ("mood", "craving"), ("setback", "went_well", "skill")
ASKED: dict[str, tuple[str | Promise, str | Promise]] = {
    "mood": (_("How is your mood right now?"), _("0 is very low, 10 is very good.")),
    "craving": (_("How strong is your craving?"), _("0 is none, 10 is the strongest.")),
    "used_since": (_("Have you used since last time?"), ""),
    "setback": (_("What was hard since last time?"), _("One thing, in a few words.")),
    "went_well": (_("What went well?"), _("One thing, in a few words.")),
    "skill": (_("Which skill did you practice?"), ""),
    "homework": (_("How did the homework go?"), ""),
    "safety": (
        _("Are you having thoughts of harming yourself or somebody else?"),
        _("If you say yes, your facilitator is told right away, so that somebody is with you."),
    ),
}


@dataclass(frozen=True)
class Question:
    """One question: its words, its buttons or its box. `nothing` is the button of no answer."""

    name: str
    words: str
    hint: str
    field: BoundField
    is_scale: bool
    is_words: bool
    buttons: tuple[Any, ...] = ()
    nothing: Any = None


def questions_of(form: KioskForm) -> tuple[Question, ...]:
    """Return the questions in the order in which they are asked.

    Homework of lessons is asked about where homework in general would be.
    """
    questions = []
    for name, (words, hint) in ASKED.items():
        if name == "homework" and form.practice:
            questions += [_practice(form, each) for each in form.practice]
        else:
            questions.append(_question(form[name], words, hint))
    return tuple(questions)


def _practice(form: KioskForm, name: str) -> Question:
    given = form.practice[name]
    words = gettext("%(lesson)s: how did the homework go?") % {"lesson": given.lesson}
    return _question(form[name], words, given.homework)


def _question(field: BoundField, words: str | Promise, hint: str | Promise) -> Question:
    is_words = field.name in WORDS
    # The first of the buttons is that of no answer.
    nothing, *buttons = [None] if is_words else list(field)
    return Question(
        name=field.name,
        words=str(words),
        hint=str(hint),
        field=field,
        is_scale=field.name in SCALES,
        is_words=is_words,
        buttons=tuple(buttons),
        nothing=nothing,
    )
