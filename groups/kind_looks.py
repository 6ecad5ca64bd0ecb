"""How each kind of group is told apart: a color of its own, an icon, and its word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from programs.models import GroupKind


@dataclass(frozen=True)
class KindLook:
    """The stylesheet's class (after `k-`), the icon and the word of one kind."""

    css: str
    icon: str
    label: str | Promise


def _look(kind: GroupKind, css: str, icon: str) -> KindLook:
    return KindLook(css, icon, kind.label)


KIND_LOOKS: dict[GroupKind, KindLook] = {
    kind: _look(kind, css, icon)
    for kind, css, icon in (
        (GroupKind.PROCESS, "process", "message-circle"),
        (GroupKind.SKILLS, "skills", "puzzle"),
        (GroupKind.PSYCHOEDUCATION, "psychoed", "book-open"),
        (GroupKind.RELAPSE_PREVENTION, "relapse", "shield"),
        (GroupKind.FAMILY, "family", "house"),
        (GroupKind.MINDFULNESS, "mindful", "leaf"),
        (GroupKind.INDIVIDUAL, "individual", "user"),
    )
}


def kind_look(kind: str) -> KindLook:
    """Return the look of a stored kind."""
    return KIND_LOOKS[GroupKind(kind)]
