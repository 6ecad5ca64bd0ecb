"""The people of a members page as rows: what they are called, since when, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.joining.roster_on import RosterOn
from groups.models import GroupMembership, MakeUpSeat, TherapyGroup, WaitingPlace
from groups.wording import clock, short_day
from programs.models import Participant
from programs.weeks import local_date


class Mark(NamedTuple):
    """A chip behind a name."""

    tone: str
    icon: str
    label: str


class Act(NamedTuple):
    """Something that can be done about a person, with what it is called read aloud."""

    url: str
    icon: str
    label: str
    aloud: str


@dataclass(frozen=True)
class PersonRow:
    """One person in the group, or who was or will be."""

    name: str
    url: str
    words: str
    marks: tuple[Mark, ...] = ()
    acts: tuple[Act, ...] = ()


class Rows(NamedTuple):
    """Everybody on the page but who waits."""

    members: tuple[PersonRow, ...]
    guests: tuple[PersonRow, ...]
    later: tuple[PersonRow, ...]
    left: tuple[PersonRow, ...]


@dataclass(frozen=True)
class WaitingRow:
    """One person in the line."""

    number: int
    person: PersonRow


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one page: by these names, with links and acts where they are allowed.

    `open_from` is the first date whose roster may change; None where this reader changes nothing.
    What can be done is told from today on.
    """

    today: date
    group: TherapyGroup
    names: Mapping[str, str]
    roster: RosterOn
    has_links: bool
    open_from: date | None

    def rows(self) -> Rows:
        """Write everybody but who waits."""
        return Rows(self._members(), self._guests(), self._later(), self._left())

    def _members(self) -> tuple[PersonRow, ...]:
        """Write who is in the group on the date, by name."""
        return self._by_name(
            self._place(each, _since(each), self._marks(each)) for each in self.roster.members
        )

    def _guests(self) -> tuple[PersonRow, ...]:
        """Write who comes on a make-up seat only, by name, each once."""
        inside = {each.enrollment_id for each in self.roster.members}
        seats = {each.enrollment_id: each for each in self.roster.guests}
        return self._by_name(self._guest(each) for key, each in seats.items() if key not in inside)

    def _later(self) -> tuple[PersonRow, ...]:
        """Write who begins after the date, the soonest first."""
        return tuple(
            self._place(each, _from(each), self._marks(each)) for each in self.roster.later
        )

    def _left(self) -> tuple[PersonRow, ...]:
        """Write who left before the date, the latest first."""
        return tuple(
            PersonRow(*self._who(each.enrollment.participant), _stretch(each))
            for each in self.roster.left
        )

    def line(self) -> tuple[WaitingRow, ...]:
        """Write who waits, in order."""
        line = enumerate(self.roster.line, start=1)
        return tuple(WaitingRow(number, self._waits(each)) for number, each in line)

    def _by_name(self, rows: Iterable[PersonRow]) -> tuple[PersonRow, ...]:
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def _who(self, person: Participant) -> tuple[str, str]:
        url = reverse("people:participant", args=[self.group.program.public_id, person.public_id])
        return self.names[person.chart_number], url if self.has_links else ""

    def _place(self, place: GroupMembership, words: str, marks: tuple[Mark, ...]) -> PersonRow:
        name, url = self._who(place.enrollment.participant)
        return PersonRow(name, url, words, marks, tuple(self._acts(place, name)))

    def _marks(self, place: GroupMembership) -> tuple[Mark, ...]:
        marks = []
        if place.enrollment.participant_id in self.roster.away:
            marks.append(Mark("calm", "tree-palm", _("On leave")))
        if place.pk in self.roster.from_line:
            marks.append(Mark("guest", "list-ordered", _("From the waiting list")))
        return tuple(marks)

    def _acts(self, place: GroupMembership, name: str) -> Iterable[Act]:
        """Yield what can still be done about the place."""
        since = self.open_from
        is_over = since is not None and place.last_on is not None and place.last_on < since
        if since is None or is_over or self.roster.day < self.today:
            return
        if place.first_on >= since:
            yield self._act("put_off", place, "calendar-clock", _("Begin later"), name)
        else:
            yield self._act("end", place, "log-out", _("End"), name)
        yield self._act("move", place, "arrow-right-left", _("Move"), name)

    def _act(
        self, page: str, row: GroupMembership | WaitingPlace, icon: str, label: str, name: str
    ) -> Act:
        url = reverse(f"joining:{page}", args=[self.group.program.public_id, row.public_id])
        aloud = _("%(act)s: %(name)s") % {"act": label, "name": name}
        return Act(url, icon, label, aloud)

    def _guest(self, seat: MakeUpSeat) -> PersonRow:
        name, url = self._who(seat.enrollment.participant)
        if seat.combined_from is None:
            words, mark = _("make-up seat"), Mark("guest", "calendar-plus", _("Guest"))
        else:
            group = seat.combined_from.group.name
            words = _("from %(group)s for this date") % {"group": group}
            mark = Mark("guest", "merge", _("Combined"))
        return PersonRow(name, url, words, (mark,))

    def _waits(self, place: WaitingPlace) -> PersonRow:
        name, url = self._who(place.enrollment.participant)
        zone = self.group.program.zone
        since = {
            "day": short_day(local_date(place.asked_at, zone)),
            "time": clock(place.asked_at, zone),
        }
        acts = () if self.open_from is None else (self._out(place, name),)
        return PersonRow(name, url, _("since %(day)s, %(time)s") % since, acts=acts)

    def _out(self, place: WaitingPlace, name: str) -> Act:
        return self._act("stop_waiting", place, "list-x", _("Step out"), name)


def _since(place: GroupMembership) -> str:
    if place.last_on is None:
        return _("since %(day)s") % {"day": date_format(place.first_on)}
    return _("since %(first)s · until %(last)s") % _days(place)


def _from(place: GroupMembership) -> str:
    if place.last_on is None:
        return _("from %(day)s") % {"day": date_format(place.first_on)}
    return _("from %(first)s to %(last)s") % _days(place)


def _stretch(place: GroupMembership) -> str:
    return _("%(first)s to %(last)s") % _days(place)


def _days(place: GroupMembership) -> dict[str, str]:
    last = date_format(place.last_on) if place.last_on else ""
    return {"first": date_format(place.first_on), "last": last}
