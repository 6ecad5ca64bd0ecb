"""Takes the names of others out of what somebody wrote, for a copy that goes into one chart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from attendance.notes.folding import composed
from attendance.notes.naming import Named, names_in
from programs.models import Participant

# More names than a text has; each round takes one way of writing a name out.
ROUNDS = 200


def without_others(text: str, *, others: Iterable[Named], own: Named) -> str:
    """Return the text with `[somebody else]` for every word that names one of the others."""
    others, text = list(others), composed(text)
    for _round in range(ROUNDS):
        found = names_in(text, of=others, own=own)
        if not found:
            break
        words = "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
        text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", _("[somebody else]"), text)
    return text


def named(person: Participant) -> Named:
    """Return somebody by the names of the record that is kept."""
    kept = person.kept
    return Named(kept.first_name, kept.last_name, kept.preferred_name)
