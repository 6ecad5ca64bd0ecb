"""Which topics of a ready-made list a program has already."""

from __future__ import annotations

from curriculum.models import RequiredTopic
from curriculum.requiring.jurisdictions import Jurisdiction
from programs.models import Program


def topics_there(program: Program, jurisdiction: Jurisdiction) -> set[str]:
    """Return the names of the jurisdiction's topics that the program has, also ended ones."""
    found = RequiredTopic.objects.filter(program=program, jurisdiction=jurisdiction.name)
    return set(found.values_list("name", flat=True))
