"""Who reads notices, and how they chose to: their hours, their number, a choice for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from programs.models import Channel
from reminders.models import NoticeChoice, NoticeHours, NoticeKind, Timing
from reminders.notices.timing import when
from reminders.notices.usual import USUAL, Choice
from reminders.reach import is_set_up


@dataclass(frozen=True)
class Reader:
    """One member of staff; who has chosen nothing has the usual hours and choices."""

    hours: NoticeHours = field(default_factory=NoticeHours)
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def choice(self, kind: str) -> Choice:
        """Return what they chose for the kind, else the usual."""
        return self.choices.get(kind) or USUAL[NoticeKind(kind)]

    def channel(self, kind: str) -> Channel:
        """Return where the kind goes: a text only where there is a number and a carrier."""
        can_text = is_set_up(Channel.SMS) and bool(self.hours.mobile)
        return self.choice(kind).channel if can_text else Channel.EMAIL

    def moment(
        self, kind: str, *, since: datetime, now: datetime, zone: ZoneInfo
    ) -> datetime | None:
        """Return when a notice of the kind goes out that is true since then; None: never."""
        timing = self.choice(kind).timing
        return when(NoticeKind(kind), timing, self.hours, since=since, now=now, zone=zone)


def readers_of(users: Iterable[int]) -> dict[int, Reader]:
    """Return how each of these people (primary keys) reads notices; two statements."""
    keys = set(users)
    hours = {each.user_id: each for each in NoticeHours.objects.filter(user__in=keys)}
    choices: dict[int, dict[str, Choice]] = defaultdict(dict)
    for each in NoticeChoice.objects.filter(user__in=keys):
        chosen = Choice(Timing(each.timing), Channel(each.channel))
        choices[each.user_id][each.kind] = chosen
    return {key: Reader(hours.get(key) or NoticeHours(), choices[key]) for key in keys}
