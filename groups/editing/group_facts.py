"""What a group is, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext_lazy as _

from curriculum.models import Track
from groups.models import SessionStatus, TherapyGroup
from programs.models import Room

KIND_STAYS = _("It stays: the hours of sessions that were held count by it.")


@dataclass(frozen=True)
class GroupFacts:
    """A group, its slots and people aside."""

    name: str
    kind: str
    format: str
    capacity: int
    min_to_hold: int
    default_room: Room | None = None
    video_link: str = ""
    teaches: Track | None = None

    def put_on(self, group: TherapyGroup) -> list[str]:
        """Give the group these facts; return the names of those that differ."""
        new = {field.name: getattr(self, field.name) for field in fields(self)}
        changed = [name for name, value in new.items() if getattr(group, name) != value]
        for name in changed:
            setattr(group, name, new[name])
        return changed

    @classmethod
    def of(cls, group: TherapyGroup) -> GroupFacts:
        """Return the facts of a stored group."""
        return cls(**{field.name: getattr(group, field.name) for field in fields(cls)})


def has_met(group: TherapyGroup, *, today: date) -> bool:
    """Return whether the group has met, so that its kind decides about hours already."""
    held = group.sessions.filter(status=SessionStatus.SCHEDULED, held_on__lte=today)
    return held.exists()
