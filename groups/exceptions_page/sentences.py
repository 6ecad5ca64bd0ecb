"""What was overridden, in words: what the warning said, as far as its row still knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import ClashKind
from groups.schedule.clash_sentences import Facts, sentence_of

# What these were about is another session, which the row does not keep.
_ABOUT_ANOTHER: Mapping[ClashKind, Callable[[Facts], str]] = {
    ClashKind.PARTICIPANT: lambda facts: facts.filled(
        _("%(who)s is expected in two sessions at one time %(day)s")
    ),
    ClashKind.TURNOVER: lambda facts: facts.filled(
        ngettext(
            "%(minutes)s minute is between two sessions in the room %(day)s, %(needed)s are needed",
            "%(minutes)s minutes are between two sessions in the room %(day)s, %(needed)s are"
            " needed",
            int(facts.numbers["minutes"]),
        )
    ),
}
_ABOUT_A_GROUP = frozenset(
    {
        ClashKind.ROOM_CAPACITY,
        ClashKind.GROUP_CAPACITY,
        ClashKind.TOO_FEW,
        ClashKind.CREDENTIAL,
        ClashKind.NO_FACILITATOR,
        ClashKind.RATIO,
        ClashKind.CLOSED_GROUP,
    }
)


def said(kind: ClashKind, facts: Facts) -> str:
    """Return the sentence; where its numbers or its group are not known, the kind and the day."""
    if kind in _ABOUT_A_GROUP and not facts.group:
        return _in_short(kind, facts)
    try:
        about_another = _ABOUT_ANOTHER.get(kind)
        sentence = about_another(facts) if about_another else sentence_of(kind, facts)
    except (KeyError, ValueError):
        return _in_short(kind, facts)
    return _("%(sentence)s.") % {"sentence": sentence}


def _in_short(kind: ClashKind, facts: Facts) -> str:
    words = _("%(who)s: %(label)s, %(day)s.") if facts.who else _("%(label)s, %(day)s.")
    return words % {"who": facts.who, "label": kind.label, "day": facts.day}
