"""What each kind of clash says: one plain sentence, with numbers, who and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.enrolling.wording import hours
from groups.models import ClashKind
from groups.wording import short_day

ICONS: Mapping[ClashKind, str] = {
    ClashKind.ROOM: "door-closed",
    ClashKind.FACILITATOR: "user-x",
    ClashKind.SAME_TIME: "copy",
    ClashKind.PARTICIPANT: "users-round",
    ClashKind.TURNOVER: "timer",
    ClashKind.ROOM_CAPACITY: "armchair",
    ClashKind.GROUP_CAPACITY: "armchair",
    ClashKind.TOO_FEW: "user-minus",
    ClashKind.CREDENTIAL: "badge-alert",
    ClashKind.STAFF_AWAY: "tree-palm",
    ClashKind.UNAVAILABLE: "clock-alert",
    ClashKind.NO_FACILITATOR: "user-round-search",
    ClashKind.RATIO: "scale",
    ClashKind.GAP: "calendar-range",
    ClashKind.WEEK_DAYS: "calendar-range",
    ClashKind.DAY_MINUTES: "hourglass",
    ClashKind.SHORT_WEEK: "gauge",
    ClashKind.CLOSED_GROUP: "lock",
}


@dataclass(frozen=True)
class Facts:
    """What a sentence is made of. `who` stands for `people` many; `when` is of the other session.

    `other` is empty where the other session is not the reader's to know of. `numbers` are those
    of the clash (`clashes.Clash.numbers`).
    """

    day: str
    who: str = ""
    people: int = 1
    group: str = ""
    room: str = ""
    other: str = ""
    when: str = ""
    numbers: Mapping[str, int | str] = field(default_factory=dict)

    def filled(self, sentence: str, **more: object) -> str:
        """Return the sentence with its placeholders filled in."""
        return sentence % {**self.numbers, **vars(self), **more}


def sentence_of(kind: ClashKind, facts: Facts) -> str:
    """Return the sentence, without a full stop: the dates that it holds for too may follow."""
    return SENTENCES[kind](facts)


def _room(facts: Facts) -> str:
    if facts.other:
        return facts.filled(_("%(room)s is taken %(when)s by %(other)s"))
    return facts.filled(_("%(room)s is busy %(when)s"))


def _facilitator(facts: Facts) -> str:
    if facts.other:
        return facts.filled(_("%(who)s leads %(other)s %(when)s"))
    return facts.filled(_("%(who)s is busy %(when)s"))


def _same_time(facts: Facts) -> str:
    return facts.filled(_("%(group)s meets %(when)s already"))


def _participant(facts: Facts) -> str:
    if facts.other:
        return facts.filled(
            ngettext(
                "%(who)s is expected in %(other)s %(when)s",
                "%(who)s are expected in %(other)s %(when)s",
                facts.people,
            )
        )
    return facts.filled(
        ngettext("%(who)s is busy %(when)s", "%(who)s are busy %(when)s", facts.people)
    )


def _turnover(facts: Facts) -> str:
    apart = facts.filled(
        ngettext(
            "%(minutes)s minute is between them, %(needed)s are needed",
            "%(minutes)s minutes are between them, %(needed)s are needed",
            int(facts.numbers["minutes"]),
        )
    )
    if facts.other:
        return facts.filled(_("%(room)s holds %(other)s %(when)s: %(apart)s"), apart=apart)
    return facts.filled(_("%(room)s is busy %(when)s: %(apart)s"), apart=apart)


def _room_capacity(facts: Facts) -> str:
    return facts.filled(
        _("%(group)s expects %(expected)s people %(day)s; %(room)s seats %(capacity)s")
    )


def _group_capacity(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(group)s expects %(expected)s people %(day)s and has %(capacity)s seat",
            "%(group)s expects %(expected)s people %(day)s and has %(capacity)s seats",
            int(facts.numbers["capacity"]),
        )
    )


def _too_few(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(group)s expects %(expected)s person %(day)s; to hold it takes %(least)s",
            "%(group)s expects %(expected)s people %(day)s; to hold it takes %(least)s",
            int(facts.numbers["expected"]),
        )
    )


def _credential(facts: Facts) -> str:
    return facts.filled(
        _("%(who)s has no %(needs)s license in force %(day)s, as leading %(group)s takes")
    )


def _staff_away(facts: Facts) -> str:
    return facts.filled(_("%(who)s is on leave %(day)s"))


def _unavailable(facts: Facts) -> str:
    return facts.filled(_("%(who)s does not work at this time %(day)s"))


def _no_facilitator(facts: Facts) -> str:
    return facts.filled(_("Nobody leads %(group)s %(day)s"))


def _ratio(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(group)s expects %(expected)s people %(day)s with %(leaders)s facilitator;"
            " at most %(most)s",
            "%(group)s expects %(expected)s people %(day)s with %(leaders)s facilitators;"
            " at most %(most)s",
            int(facts.numbers["leaders"]),
        )
    )


def _gap(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(who)s has %(days)s days from %(day)s to the next offered day, %(until)s;"
            " at most %(most)s",
            "%(who)s have %(days)s days from %(day)s to the next offered day, %(until)s;"
            " at most %(most)s",
            facts.people,
        ),
        until=short_day(date.fromisoformat(str(facts.numbers["until"]))),
    )


def _week_days(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(who)s is offered %(days)s days in the week of %(day)s; %(limit)s",
            "%(who)s are offered %(days)s days in the week of %(day)s; %(limit)s",
            facts.people,
        ),
        limit=_limit(facts, int(facts.numbers["days"]), str),
    )


def _day_minutes(facts: Facts) -> str:
    minutes = int(facts.numbers["minutes"])
    return facts.filled(
        ngettext(
            "%(who)s is offered %(hours)s %(day)s; %(limit)s",
            "%(who)s are offered %(hours)s %(day)s; %(limit)s",
            facts.people,
        ),
        hours=hours(minutes),
        limit=_limit(facts, minutes, hours),
    )


def _limit(facts: Facts, found: int, said: Callable[[int], str]) -> str:
    """Return the limit that is not kept to: the most where it is passed, else the least."""
    most = facts.numbers.get("most")
    if most is not None and found > int(most):
        return _("at most %(most)s") % {"most": said(int(most))}
    return _("at least %(least)s") % {"least": said(int(facts.numbers["least"]))}


def _short_week(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(who)s is offered %(hours)s in the week of %(day)s; %(asked)s required",
            "%(who)s are offered %(hours)s in the week of %(day)s; %(asked)s required",
            facts.people,
        ),
        hours=hours(int(facts.numbers["minutes"])),
        asked=hours(int(facts.numbers["required"])),
    )


def _closed_group(facts: Facts) -> str:
    return facts.filled(
        ngettext(
            "%(who)s joins %(group)s %(day)s; it is closed and has begun",
            "%(who)s join %(group)s %(day)s; it is closed and has begun",
            facts.people,
        )
    )


SENTENCES: Mapping[ClashKind, Callable[[Facts], str]] = {
    ClashKind.ROOM: _room,
    ClashKind.FACILITATOR: _facilitator,
    ClashKind.SAME_TIME: _same_time,
    ClashKind.PARTICIPANT: _participant,
    ClashKind.TURNOVER: _turnover,
    ClashKind.ROOM_CAPACITY: _room_capacity,
    ClashKind.GROUP_CAPACITY: _group_capacity,
    ClashKind.TOO_FEW: _too_few,
    ClashKind.CREDENTIAL: _credential,
    ClashKind.STAFF_AWAY: _staff_away,
    ClashKind.UNAVAILABLE: _unavailable,
    ClashKind.NO_FACILITATOR: _no_facilitator,
    ClashKind.RATIO: _ratio,
    ClashKind.GAP: _gap,
    ClashKind.WEEK_DAYS: _week_days,
    ClashKind.DAY_MINUTES: _day_minutes,
    ClashKind.SHORT_WEEK: _short_week,
    ClashKind.CLOSED_GROUP: _closed_group,
}
