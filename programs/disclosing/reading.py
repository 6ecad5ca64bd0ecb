"""Reads what left: a program's list, one person's, and what each thing was."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.urls import Resolver404, resolve

from accounts.models import User
from programs.models import DisclosedPerson, Disclosure, Participant, Program
from programs.models.disclosure import DisclosureQuerySet


def left_of(program: Program, user: User) -> DisclosureQuerySet:
    """Return what left the program, the latest first; what was only stated has not left."""
    visible = Disclosure.objects.visible_to(user).filter(program=program, taken_at__isnull=False)
    return visible.select_related("by").order_by("-taken_at", "-pk")


def about(disclosures: DisclosureQuerySet, person: Participant) -> DisclosureQuerySet:
    """Return those with the person in them, under this record or a duplicate."""
    theirs = Q(participant=person) | Q(participant__merged_into=person)
    held = DisclosedPerson.objects.filter(theirs, disclosure=OuterRef("pk"))
    return disclosures.filter(Exists(held))


def only_people(disclosures: Iterable[Disclosure]) -> dict[int, Participant]:
    """Return the person of each disclosure that is about one alone."""
    of_one = [each.pk for each in disclosures if each.people == 1]
    held = DisclosedPerson.objects.filter(disclosure__in=of_one)
    return {
        each.disclosure_id: each.participant.kept
        for each in held.select_related("participant__merged_into")
    }


def label_of(disclosure: Disclosure) -> str:
    """Return what left in words, as its page says it; else the page's own name."""
    try:
        return str(resolve(disclosure.path.partition("?")[0]).func.leaves.label)  # type: ignore[attr-defined]
    except (Resolver404, AttributeError):
        return disclosure.what
