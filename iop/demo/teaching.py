"""What the demo's sessions taught: confirmed, with checklists, homework and how that went.

The same on every day it is asked: chance is drawn from the lesson taught and the person alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from attendance.models import CheckIn, HomeworkAnswer, Practice, Presence
from attendance.teaching.practice import ASKED_FOR
from curriculum.models import LessonVersion
from groups.models import Facilitation, SessionLesson, Teaching

# How far back sessions are confirmed; what is older came with the clinic's history as it is.
CONFIRMED_DAYS = timedelta(days=42)
HOMEWORK = (
    "Once a day, stop for three breaths before you answer somebody.",
    "Write down one hour that went better than you feared, and why.",
    "Ride out one urge with a timer. Note how long it took to pass.",
    "Ask one person for one small thing, plainly.",
)
OTHER = (
    "The second half went to a goodbye: somebody had their last day.",
    "A fire drill took a quarter of an hour.",
)
# Of those who have homework, how many are asked about it, and how it goes.
ASKED = 0.7
WENT = (Practice.DONE, Practice.DONE, Practice.PARTLY, Practice.NOT_DONE)


def confirm_lessons(now: datetime) -> None:
    """Confirm what was taught lately, and answer about its homework at later check-ins."""
    taught = (
        SessionLesson.objects.taught()
        .filter(
            session__teaching=None,
            session__ends_at__range=(now - CONFIRMED_DAYS, now),
            session__facilitations__is_former=False,
        )
        .select_related("version", "session", "lesson__module__track")
        .distinct()
    )
    rows = list(taught.order_by("pk"))
    leaders = _leaders(rows)
    versions = LessonVersion.objects.latest_of(row.lesson_id for row in rows)
    latest = {each.lesson_id: each for each in versions}
    for row in rows:
        row.version = row.version or latest.get(row.lesson_id)
        _complete(row, leaders[row.session_id])
    _confirm(rows, leaders)
    HomeworkAnswer.objects.bulk_create(_answers(rows), ignore_conflicts=True)


def _chance(about: str) -> Random:
    """Return dice that fall the same whenever they are thrown about the same."""
    return Random(about)  # noqa: S311


def _leaders(rows: list[SessionLesson]) -> dict[int, int]:
    """Return who leads each session: of two, the first."""
    leads = Facilitation.objects.filter(
        is_former=False, session__in=[row.session_id for row in rows]
    )
    return dict(leads.order_by("-pk").values_list("session", "user"))


def _complete(row: SessionLesson, leader: int) -> None:
    chance = _chance(f"taught {row.session.held_on} {row.lesson.name}")
    version = row.version
    written = version.homework if version else ""
    row.homework = written or (chance.choice(HOMEWORK) if chance.random() < 0.8 else "")
    checklist = version.checklist if version else []
    row.steps_done = [step for step in checklist if chance.random() < 0.85]
    row.taught_by_id = leader
    row.save(update_fields=["version", "homework", "steps_done", "taught_by"])


def _confirm(rows: list[SessionLesson], leaders: dict[int, int]) -> None:
    sessions = {row.session_id: row.session for row in rows}
    teachings = []
    for pk, session in sessions.items():
        chance = _chance(f"teaching {session.held_on} {pk}")
        teachings.append(
            Teaching(
                session=session,
                confirmed_by_id=leaders[pk],
                confirmed_at=session.ends_at,
                other=chance.choice(OTHER) if chance.random() < 0.08 else "",
            )
        )
    Teaching.objects.bulk_create(teachings)


def _answers(rows: list[SessionLesson]) -> list[HomeworkAnswer]:
    """Return how homework went for those who checked in again soon after."""
    return [
        HomeworkAnswer(
            participant_id=check_in.participant_id,
            taught=row,
            session_id=check_in.session_id,
            answer=_chance(f"went {row.pk} {check_in.participant_id}").choice(WENT),
            answered_by_id=check_in.entered_by_id,
            answered_at=check_in.taken_at,
        )
        for row in rows
        if row.homework
        for check_in in _asked(row)
    ]


def _asked(row: SessionLesson) -> list[CheckIn]:
    """Return the check-ins at which the homework was asked about, one of each person."""
    there = Presence.objects.filter(session=row.session_id).values("participant")
    later = CheckIn.objects.filter(
        session__starts_at__gt=row.session.starts_at,
        session__starts_at__lte=row.session.starts_at + ASKED_FOR,
        session__group__program=row.lesson.module.track.program_id,
        participant__in=there,
    )
    first = later.order_by("participant", "session__starts_at").distinct("participant")
    return [
        each for each in first if _chance(f"asked {row.pk} {each.participant_id}").random() < ASKED
    ]
