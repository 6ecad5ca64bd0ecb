"""The sections of a plan: how each helps, and an example to begin from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# What each may hold, so that the whole plan goes onto one printed page.
TEXT_LETTERS, TEXT_LINES = 500, 7
SITUATION_LETTERS, ANSWER_LETTERS = 100, 160
NAME_LETTERS, RELATION_LETTERS, PHONE_LETTERS = 60, 40, 40
MOST_SITUATIONS, MOST_CONTACTS = 5, 6
# Rows that stand ready to be filled in, where there is room for them.
EMPTY_ROWS = 2


@dataclass(frozen=True)
class Section:
    """A section by the name of its field: its heading, how it helps, an example."""

    name: str
    title: Any
    helps: Any
    example: Any
    icon: str


SECTIONS = (
    Section(
        "reasons",
        _("My reasons for recovery"),
        _("On a bad day these are what one forgets first. Reading them buys a few minutes."),
        _("What would you lose by going back? Whom do you do this for?"),
        "heart-pulse",
    ),
    Section(
        "outside_triggers",
        _("Triggers around me"),
        _("What one can name, one can see coming: people, places, things and times."),
        _("Payday. The bar at the corner. My brother’s garage."),
        "map-pin",
    ),
    Section(
        "inside_triggers",
        _("Triggers within me"),
        _("Feelings and thoughts that come before the wish to use. They pass, also without it."),
        _("Lonely on Sundays. Angry after a call. “One will not hurt.”"),
        "activity",
    ),
    Section(
        "situations",
        _("High-risk situations"),
        _("A plan made in a calm hour is at hand in a hard one. Two or three are enough."),
        _("A cousin offers me a drink at the wedding."),
        "triangle-alert",
    ),
    Section(
        "warning_signs",
        _("Early warning signs"),
        _("A lapse begins days before. Those close to you can watch for these too."),
        _("I skip breakfast. I stop answering texts. I sleep past noon."),
        "bell-ring",
    ),
    Section(
        "what_worked",
        _("What has worked before"),
        _("It worked once and can again. Also add what was learned in group since."),
        _("Urge surfing for ten minutes. A walk with the dog. Calling Aunt Jo."),
        "circle-check",
    ),
    Section(
        "contacts",
        _("People I can turn to"),
        _("Whoever is alone with it at night needs a number, not a search for one."),
        _("Somebody who knows, somebody who comes, somebody who only listens."),
        "phone-call",
    ),
    Section(
        "emergency",
        _("If I lapse, or am in danger"),
        _("A lapse is not the end of it. The first hour decides: what to do, whom to tell."),
        _("Leave the place. Call Aunt Jo. Come to the next group, whatever happened."),
        "shield-check",
    ),
)
SECTION = {each.name: each for each in SECTIONS}

ANSWER_WORDS = (
    ("cope", _("Cope"), _("What I do when I am in it")),
    ("avoid", _("Avoid"), _("How I keep out of it")),
    ("escape", _("Escape"), _("How I get out of it")),
    ("support", _("Support"), _("Whom I turn to")),
)
