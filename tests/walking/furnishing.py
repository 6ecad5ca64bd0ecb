"""One part of a clinic with a row of every kind that an address can name, in unmistakable words.

Three such parts stand in a world: what one facilitator leads, what a colleague leads in the same
program, and another program. Each has words of its own, so that a page can be searched for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from groups.models import GroupSession, MeetingPattern, TherapyGroup
from programs.models import Enrollment, Participant, Program, Room
from programs.weeks import local_date
from tests import build
from tests import build_curriculum as taught


@dataclass(frozen=True)
class Marks:
    """The words by which a part's secrets are known on a page."""

    word: str

    @property
    def first_name(self) -> str:
        return f"{self.word}ette"

    @property
    def last_name(self) -> str:
        return f"{self.word}worthy"

    @property
    def note(self) -> str:
        return f"{self.word}notewords"

    @property
    def remark(self) -> str:
        """What the office writes down, too: reasons, goals, names of papers."""
        return f"{self.word}officewords"

    @property
    def contact(self) -> str:
        return f"{self.word}contact"

    @property
    def safety(self) -> str:
        return f"{self.word}safetywords"

    @property
    def phone(self) -> str:
        """The last seven digits of every number of the part's people."""
        return f"5550{100 + sum(map(ord, self.word)) % 90}"


class Part:
    """The rows of one part, by name, and what they are made of."""

    def __init__(self, program: Program, leaders: list[User], marks: Marks, now: datetime) -> None:
        self.program, self.leaders, self.marks, self.now = program, leaders, marks, now
        self.today: date = local_date(now, program.zone)
        self.rows: dict[str, Any] = {"program": program}
        self.room: Room = build.a_room(program.site)

    def day(self, days: int) -> date:
        """Return the date so many days from today."""
        return self.today + timedelta(days=days)

    def ago(self, **span: float) -> datetime:
        """Return the moment so long before now."""
        return self.now - timedelta(**span)

    def a_person(self, suffix: str) -> Participant:
        """Return a participant of whom everything is on record, in the part's words."""
        marks = self.marks
        number = f"+1312{marks.phone}"
        return build.a_participant(
            first_name=f"{marks.first_name}{suffix}",
            last_name=f"{marks.last_name}{suffix}",
            birth_date=date(1990, 2, 3),
            phone=number,
            other_phone=number,
            email=f"{marks.contact}.{suffix}@people.example",
            emergency_name=f"{marks.contact} kin",
            emergency_relationship=f"{marks.contact} sister",
            emergency_phone=number,
            safe_contact=f"{marks.contact} never at work",
        )

    def an_episode(self, suffix: str, **fields: Any) -> Enrollment:
        """Return an episode of a new person, three weeks old unless it says otherwise."""
        dates = {"admitted_on": self.day(-21)}
        return build.an_enrollment(self.program, self.a_person(suffix), **{**dates, **fields})

    def a_session(self, group: TherapyGroup, days: int, **fields: Any) -> GroupSession:
        """Return a session so many days from today, led by the part's leaders."""
        return build.a_session(group, self.day(days), facilitators=self.leaders, **fields)


def furnish(part: Part) -> None:
    """Make the groups of a part and everything that hangs on a group or a session."""
    rows, program = part.rows, part.program
    group = build.a_group(program, name=f"Group of {part.marks.word}", format="open")
    rows["group"], rows["room"] = group, part.room
    rows["pattern"] = _a_slot(part, group)
    rows["enrollment"] = rows["episode"] = part.an_episode("a")
    rows["participant"] = rows["enrollment"].participant
    build.a_consent(rows["participant"], channel="email", given_at=part.ago(days=20))
    rows["membership"] = build.a_membership(group, rows["enrollment"])
    _sessions(part, group)
    _curriculum(part)
    _waiting(part)


def _a_slot(part: Part, group: TherapyGroup) -> MeetingPattern:
    """Return a weekly slot tomorrow in the evening, at a time when nothing else meets."""
    weekday = part.day(1).weekday()
    return build.a_pattern(
        group,
        "18:00",
        "20:00",
        weekday=weekday,
        first_on=part.day(-28),
        facilitators=part.leaders,
    )


def _sessions(part: Part, group: TherapyGroup) -> None:
    """One running all day, one to come, one called off, and past ones in each state of signing."""
    rows = part.rows
    rows["session"] = part.a_session(group, 0, starts="00:00", ends="23:30", room=part.room)
    rows["coming"] = part.a_session(group, 3)
    rows["later"] = part.a_session(group, 4)
    rows["called_off"] = part.a_session(
        group, 5, status="cancelled", cancelled_reason="illness", closed_at=part.now
    )
    for name, days in (("unsigned", -2), ("signed", -3), ("noted", -4), ("to_cosign", -5)):
        rows[name] = session = part.a_session(group, days)
        build.a_record(session, rows["participant"], "09:00-12:00")
    elsewhere = build.a_group(part.program, name=f"Guests of {part.marks.word}", format="open")
    rows["elsewhere"] = part.a_session(elsewhere, 2)


def _curriculum(part: Part) -> None:
    rows, program = part.rows, part.program
    rows["track"] = build.a_track(program, name=f"Track of {part.marks.word}")
    rows["module"] = build.a_module(track=rows["track"])
    rows["lesson"] = lesson = build.a_lesson(module=rows["module"], minutes=60)
    rows["needed"] = build.a_lesson(module=rows["module"])
    rows["retired"] = build.a_lesson(module=rows["module"], retired_at=part.now)
    rows["drafted"] = build.a_lesson(module=rows["module"])
    taught.needs(lesson, rows["needed"])
    rows["version"] = lesson.versions.get()
    rows["draft_version"] = taught.a_draft(rows["drafted"], objectives="To draft.", guide="Lead.")
    rows["handout"] = taught.a_page(lesson)
    rows["draft_handout"] = taught.a_page(rows["drafted"])
    rows["draft_version"].handouts.create(handout=rows["draft_handout"])
    rows["topic"] = taught.a_topic(program, lesson, name=f"Topic of {part.marks.word}")
    rows["waiver"] = taught.a_waiver(rows["enrollment"], rows["needed"], reason=part.marks.remark)
    taught.a_rotation(rows["group"], [lesson, rows["needed"]])
    taught.planned(rows["session"], lesson)
    taught.taught(rows["signed"], rows["needed"])


def _waiting(part: Part) -> None:
    episode = part.an_episode("w")
    part.rows["place"] = part.rows["group"].waiting.create(
        enrollment=episode, asked_at=part.ago(days=1)
    )
