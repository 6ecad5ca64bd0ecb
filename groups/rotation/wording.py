"""Says what becomes of lessons in a new plan: who moves, repeats, is left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models import Lesson
from groups.rotation.changes import Move
from groups.rotation.flow import Flow, Key, Slot
from groups.rotation.running import FIXED_TOO_EARLY, FIXED_TOO_LONG, NEEDS, TOO_LONG
from groups.wording import clock, short_day
from programs.weeks import local_date

# How many moves a summary names one by one.
NAMED = 1


@dataclass(frozen=True)
class Told:
    """What a plan changes, still in keys: moves, repeats, turns left out, losses, refusals."""

    moved: Sequence[Move] = ()
    repeated: Sequence[tuple[Key, Key]] = ()
    left_out: Sequence[Key] = ()
    lost: Sequence[Key] = ()
    refused: Sequence[tuple[Key, str]] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.moved or self.repeated or self.left_out or self.lost or self.refused)


def news(flowing: Flow, before: Flow | None = None) -> Told:
    """Return what the flow tells, without what the one before told already."""
    passed = [lesson for lessons in flowing.passed.values() for lesson in lessons]
    old = before or Flow()
    old_passed = [lesson for lessons in old.passed.values() for lesson in lessons]
    return Told(
        moved=flowing.moved,
        repeated=[each for each in flowing.repeated if each not in old.repeated],
        left_out=[each for each in dict.fromkeys(passed) if each not in old_passed],
        lost=[each for each in flowing.dropped if each not in passed],
        refused=[each for each in flowing.refused if each not in old.refused],
    )


class Words:
    """Says the parts of a plan of one group; `slots` hold every session that is spoken of."""

    def __init__(
        self, slots: Iterable[Slot], lessons: Mapping[Key, Lesson], zone: ZoneInfo
    ) -> None:
        self.slots = {slot.session: slot for slot in slots}
        self.lessons, self.zone = lessons, zone
        days = [self._day(key) for key in self.slots]
        self.doubled = {day for day in days if days.count(day) > 1}

    def _day(self, session: Key) -> str:
        return short_day(local_date(self.slots[session].starts_at, self.zone))

    def when(self, session: Key) -> str:
        """Return `Thu Dec 3`, with the time where the group meets twice that day."""
        day = self._day(session)
        if day not in self.doubled:
            return day
        start = clock(self.slots[session].starts_at, self.zone)
        return _("%(day)s, %(time)s") % {"day": day, "time": start}

    def moved(self, move: Move) -> str:
        """Return `Triggers moves from Thu Dec 3 to Tue Dec 8.`"""
        lesson, old, new = move
        said = {"lesson": self.lessons[lesson].name, "new": self.when(new)}
        if old is None:
            return _("%(lesson)s is now planned for %(new)s.") % said
        said["old"] = self.when(old)
        return _("%(lesson)s moves from %(old)s to %(new)s.") % said

    def repeated(self, lesson: Key, session: Key) -> str:
        """Return that a lesson comes once more in its round, and when."""
        words = _("%(lesson)s comes once more on %(day)s, in the same round.")
        return words % {"lesson": self.lessons[lesson].name, "day": self.when(session)}

    def left_out(self, lesson: Key) -> str:
        """Return that the turn of a lesson passes with a cancelled session."""
        return _("%(lesson)s is left out this round.") % {"lesson": self.lessons[lesson].name}

    def lost(self, lesson: Key) -> str:
        """Return that a lesson has one session fewer in the calendar as it stands."""
        words = _("%(lesson)s loses a session: no coming session is left for it so far.")
        return words % {"lesson": self.lessons[lesson].name}

    def refused(self, lesson: Key, why: str) -> str:
        """Return why a lesson has no session, or what is wrong with the one it was given."""
        said = {
            TOO_LONG: _("%(lesson)s is not planned: no coming session is long enough (%(n)s min)."),
            NEEDS: _("%(lesson)s is not planned: a lesson that it needs first is not planned."),
            FIXED_TOO_LONG: _("%(lesson)s stays as chosen, but is too long for its session."),
            FIXED_TOO_EARLY: _("%(lesson)s stays as chosen, but comes before what it needs."),
        }[why]
        row = self.lessons[lesson]
        return said % {"lesson": row.name, "n": row.minutes}

    def sentences(self, told: Told) -> list[str]:
        """Return everything that was told, sentence by sentence."""
        return [*(self.moved(each) for each in told.moved), *self._rest(told)]

    def summary(self, told: Told) -> list[str]:
        """Return the same in short: the first move, how many more, and all that is no move."""
        said = [self.moved(each) for each in told.moved[:NAMED]]
        if more := len(told.moved) - NAMED:
            words = ngettext("%(n)s more lesson moves.", "%(n)s more lessons move.", more)
            said += [words % {"n": more}] if more > 0 else []
        return [*said, *self._rest(told)]

    def _rest(self, told: Told) -> Iterable[str]:
        yield from (self.repeated(*each) for each in told.repeated)
        yield from (self.left_out(each) for each in told.left_out)
        yield from (self.lost(each) for each in told.lost)
        yield from (self.refused(*each) for each in told.refused)
