"""What changed from one version of a plan to another, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models.relapse_plan import PaperLanguage
from attendance.relapse.content import TEXTS, Contact, PlanContent, Situation
from attendance.relapse.sections import ANSWER_WORDS, SECTION, SECTIONS


@dataclass(frozen=True)
class Change:
    """One section: the points that are new in it, and those that are gone."""

    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def changes(before: PlanContent, after: PlanContent) -> tuple[Change, ...]:
    """Return the sections that differ, in the order of the page; a point moved is no change."""
    old, new = dict(points_of(before)), dict(points_of(after))
    found = (
        Change(title, _without(new[title], old[title]), _without(old[title], new[title]))
        for title in new
    )
    return tuple(each for each in found if each.added or each.removed)


def points_of(plan: PlanContent) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each section's heading with its points."""
    for section in SECTIONS:
        if section.name in TEXTS:
            points: Iterable[str] = getattr(plan, section.name).splitlines()
        elif section.name == "situations":
            points = map(situation_words, plan.situations)
        else:
            points = map(contact_words, plan.contacts)
        yield str(SECTION[section.name].title), tuple(points)
    day = plan.review_on
    yield _("To be looked at again"), (date_format(day, "DATE_FORMAT"),) if day else ()
    yield _("Language of the printed page"), (PaperLanguage(plan.language).label,)


def situation_words(each: Situation) -> str:
    """Return the situation with its answers in one line."""
    answers = ((word, getattr(each, name)) for name, word, _hint in ANSWER_WORDS)
    return " · ".join([each.situation, *(f"{word}: {said}" for word, said in answers if said)])


def contact_words(each: Contact) -> str:
    """Return who it is, who they are to the person, and the number, in one line."""
    who = f"{each.name} ({each.relation})" if each.relation else each.name
    return f"{who}: {each.phone}" if each.phone else who


def _without(points: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return the points that are not among the others, as often as they are more."""
    left = Counter(others)
    kept = []
    for point in points:
        if left[point]:
            left[point] -= 1
        else:
            kept.append(point)
    return tuple(kept)
