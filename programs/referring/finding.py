"""Finds somebody on record, so that nobody is entered twice."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from programs.matches import Match, first_matches
from programs.models import Participant
from programs.referring.forms import FindForm
from programs.whose import readable_by

FOUND_AT_MOST = 20


@dataclass(frozen=True)
class Found:
    """What a search for somebody on record brought; None before a search."""

    people: tuple[Match, ...]
    is_cut: bool


def search(user: User, form: FindForm) -> Found | None:
    """Return the people on record that were asked for, of those this person may read.

    The best match comes first; a duplicate leads to the record that is kept.
    """
    if not form.is_valid():
        return None
    people = readable_by(user).found_by(form.cleaned_data["q"])
    found, is_cut = first_matches(people, at_most=FOUND_AT_MOST)
    return Found(tuple(found), is_cut)


def chosen_person(user: User, chosen: str) -> Participant | None:
    """Return who was chosen; None where nobody was. Raises Http404 for somebody not readable."""
    if not chosen:
        return None
    try:
        public_id = uuid.UUID(chosen)
    except ValueError as unreadable:
        raise Http404 from unreadable
    people = readable_by(user).select_related("merged_into")
    person = people.filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person.kept
