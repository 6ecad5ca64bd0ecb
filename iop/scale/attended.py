"""Who came: records, presences, signatures, and the seats in which hours are made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from attendance.models import AttendanceRecord, Presence, SignOff
from groups.models import MakeUpSeat
from iop.scale.places import Place
from iop.scale.timetable import CAPACITY, SATURDAY, Meeting, Stay, Track
from programs.models import Role

ABSENCES = ("excused",) * 5 + ("unexcused",) * 3 + ("no_call",) * 2 + ("",)
# As long as a facilitator may still be writing; then nearly everything is on record and signed.
FRESH_DAYS = 3
UNRECORDED, UNRECORDED_LATER = 0.15, 0.01
MISSED_ALONE = 0.03
LATE, EARLY, OUT_A_WHILE, STILL_THERE = 0.06, 0.04, 0.015, 0.02
BY_VIDEO = 0.04
MAKES_UP, GIVES_BACK = 0.15, 0.1
SIGNED, SIGNED_AFTER, GIVEN_BACK_AFTER = 0.97, 90, 45


@dataclass
class Attending:
    """One program's attendance, day by day."""

    place: Place
    drop_in: Track
    # Who missed a whole day since Saturday, with the first session of it.
    missed: dict[int, tuple[Stay, Meeting]] = field(default_factory=dict)

    def write(self, tracks: list[Track]) -> None:
        """Write every day up to yesterday, and the seats of the Saturday ahead."""
        for day in self.place.size.dates:
            for track in tracks:
                if self.place.size.age(day) > 0:
                    self._write_day(track, day)
            if day.weekday() == SATURDAY:
                self._take_seats(day)

    def _write_day(self, track: Track, day: date) -> None:
        meetings = [each for each in track.meetings.get(day, ()) if self._is_recorded(day)]
        if not meetings:
            return
        random = self.place.random
        for stay in track.stays:
            if not stay.expects(day):
                continue
            if random.random() > stay.comes:
                self._write_absent(stay, meetings)
                self.missed.setdefault(stay.enrollment, (stay, meetings[0]))
            else:
                self._write_there(stay, meetings)
        self._sign(meetings)

    def _is_recorded(self, day: date) -> bool:
        is_fresh = self.place.size.age(day) <= FRESH_DAYS
        return self.place.random.random() >= (UNRECORDED if is_fresh else UNRECORDED_LATER)

    def _write_absent(self, stay: Stay, meetings: Iterable[Meeting]) -> None:
        kind = self.place.random.choice(ABSENCES)
        for meeting in meetings:
            self._write_record(stay, meeting, kind)

    def _write_there(self, stay: Stay, meetings: list[Meeting]) -> None:
        random = self.place.random
        is_by_video = random.random() < BY_VIDEO
        for meeting in meetings:
            if random.random() < MISSED_ALONE:
                self._write_record(stay, meeting, random.choice(ABSENCES))
                continue
            record = self._write_record(stay, meeting, "", is_by_video)
            for arrived, left in self._stretches(meeting):
                self._write_presence(stay, meeting, record, arrived, left)

    def _stretches(self, meeting: Meeting) -> Iterator[tuple[int, int | None]]:
        """Yield when somebody came and left: mostly a little early, until the end."""
        random = self.place.random
        arrived, left = meeting.starts - random.choice((0, 0, 0, 3, 5)), meeting.ends
        if random.random() < EARLY:
            left -= random.randint(6, 20)
        if random.random() < LATE:
            arrived = meeting.starts + random.randint(6, 25)
        elif random.random() < OUT_A_WHILE:
            out = meeting.starts + random.randint(5, 12)
            yield arrived, out
            arrived = out + random.randint(2, 8)
        is_fresh = self.place.size.age(meeting.held_on) <= FRESH_DAYS
        yield arrived, None if is_fresh and random.random() < STILL_THERE else left

    def _write_record(
        self, stay: Stay, meeting: Meeting, absence: str, is_by_video: bool = False
    ) -> int:
        recorded_at = self.place.clock.text(meeting.ends)
        return self.place.rows[AttendanceRecord].add(
            meeting.key, stay.participant, absence, is_by_video, meeting.leader, recorded_at
        )

    def _write_presence(
        self, stay: Stay, meeting: Meeting, record: int, arrived: int, left: int | None
    ) -> None:
        """Write a stretch with the columns that its trigger would fill: whose, where, clipped."""
        clock = self.place.clock
        until = meeting.ends if left is None else min(left, meeting.ends)
        self.place.rows[Presence].add(
            record,
            clock.text(arrived),
            None if left is None else clock.text(left),
            stay.participant,
            meeting.key,
            clock.span(max(arrived, meeting.starts), until),
        )

    def _sign(self, meetings: Iterable[Meeting]) -> None:
        for meeting in meetings:
            is_due = self.place.size.age(meeting.held_on) > FRESH_DAYS
            if is_due and self.place.random.random() < SIGNED:
                signed_at = self.place.clock.text(meeting.ends + SIGNED_AFTER)
                self.place.rows[SignOff].add(meeting.key, meeting.leader, signed_at)

    def _take_seats(self, day: date) -> None:
        """Have some of those who missed a day sit in on Saturday, or give the seat back."""
        missed, self.missed = self.missed, {}
        for meeting in self.drop_in.meetings.get(day, ()):
            guests = [
                stay
                for stay, lost in missed.values()
                if stay.expects(day) and self._takes_seat(stay, lost, meeting)
            ]
            if guests and self.place.size.age(day) > 0 and self._is_recorded(day):
                for stay in guests[:CAPACITY]:
                    self._write_there(stay, [meeting])
                self._sign([meeting])

    def _takes_seat(self, stay: Stay, lost: Meeting, meeting: Meeting) -> bool:
        random, clock = self.place.random, self.place.clock
        if random.random() > MAKES_UP:
            return False
        desk = self.place.staff[Role.ADMISSIONS]
        gives_back = random.random() < GIVES_BACK
        released = (clock.text(lost.ends + GIVEN_BACK_AFTER), desk) if gives_back else (None, None)
        self.place.rows[MakeUpSeat].add(
            meeting.key, stay.enrollment, desk, clock.text(lost.ends), *released, lost.key
        )
        return not gives_back
