"""Whose rows they are: the person's, under this record and under its duplicates."""

from __future__ import annotations

from django.db.models import Q

from programs.models import Participant


def theirs(person: Participant, path: str = "participant") -> Q:
    """Accept rows that lead to the person by this path."""
    return Q(**{path: person}) | Q(**{f"{path}__merged_into": person})
