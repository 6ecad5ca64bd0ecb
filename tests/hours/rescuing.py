"""A Wednesday at noon with people who are short, for the tests of the rescue pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from groups.models import GroupSession, TherapyGroup
from programs.models import Enrollment, Program
from tests import build
from tests.build import MONDAY

THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=days) for days in (3, 4, 5))


@dataclass(frozen=True)
class ShortWeek:
    """Nine hours are asked for; the core group meets for three on Monday, Thursday and Friday."""

    program: Program
    core: TherapyGroup
    monday: GroupSession

    def somebody(self, first_name: str = "Amara", **fields: object) -> Enrollment:
        """A member who missed Monday: three hours short."""
        enrollment = build.an_enrollment(
            self.program,
            build.a_participant(first_name=first_name, last_name="Okoye"),
            **{"admitted_on": "2026-11-02", **fields},
        )
        build.a_membership(self.core, enrollment)
        build.a_record(self.monday, enrollment.participant, absence="no_call")
        return enrollment

    def seats(self, day=FRIDAY, starts="13:00", ends="16:00", *, free: int = 1, name="Skills"):
        """An open session with so many free seats, on Friday from one to four."""
        group = build.a_group(self.program, name=name, capacity=free)
        return build.a_session(
            group, day, starts, ends, room=build.a_room(self.program.site, name=f"{name} room")
        )


def a_short_week(program: Program) -> ShortWeek:
    build.a_rule(program, min_days_per_week=0)
    core = build.a_group(program, name="Core", format="closed")
    monday, *_ahead = [build.a_session(core, day) for day in (MONDAY, THURSDAY, FRIDAY)]
    return ShortWeek(program, core, monday)


def words_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def get(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return words_of(answer)
