"""A session with lessons planned, and what a browser sends of what was taught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from attendance.teaching.actions import Taught, confirm_taught
from curriculum.models import Lesson, LessonVersion
from groups.models import GroupSession, SessionLesson, Teaching
from programs.models import Program
from tests import build
from tests.build import MONDAY, moment
from tests.build_curriculum import planned

AT_TEN, AT_NOON = moment(MONDAY, "10:00"), moment(MONDAY, "12:00")
BEFORE = moment(MONDAY, "08:59")


def a_written_lesson(program: Program, name: str, **fields: Any) -> Lesson:
    """A lesson with a published version that says something in every part."""
    lesson = build.a_lesson(program, name=name, minutes=fields.pop("lesson_minutes", 60))
    words = {
        "objectives": "Notice a craving early.",
        "guide": "# Begin\n\nAsk around.\n\n- One\n- Two",
        "skills": ["Urge surfing"],
        "homework": "Ride out one wave.",
        "checklist": ["Opened with a round", "Practiced once"],
    }
    LessonVersion.objects.create(
        lesson=lesson,
        number=2,
        minutes=lesson.minutes,
        written_at=build.NOW,
        published_at=build.NOW,
        **words | fields,
    )
    return lesson


def a_session_yesterday(program: Program, *leaders: User, **fields: Any) -> GroupSession:
    """Yesterday from 9:00 to 12:15, with a break from 10:30 to 10:45."""
    day = timezone.now().astimezone(program.zone).date() - timedelta(days=1)
    group = fields.pop("group", None) or build.a_group(program, name="Process A")
    return build.a_session(
        group, day, ends="12:15", breaks="10:30-10:45", facilitators=leaders, **fields
    )


def with_plan(session: GroupSession, *lessons: Lesson) -> list[SessionLesson]:
    """Plan the lessons in this order."""
    return [planned(session, each, position=place) for place, each in enumerate(lessons)]


def confirm(
    session: GroupSession,
    by: User,
    *taught: Taught,
    other: str = "",
    now: datetime = AT_NOON,
) -> Teaching:
    return confirm_taught(session=session, taught=taught, other=other, by=by, now=now)


def whole(session: GroupSession, lesson: Lesson, **fields: Any) -> Taught:
    """The lesson as taught in the whole session, or from `starts` to `ends`."""
    day, zone = session.held_on, session.group.program.zone
    starts, ends = fields.pop("starts", ""), fields.pop("ends", "")
    began = moment(day, starts, zone) if starts else session.starts_at
    return Taught(lesson, began, moment(day, ends, zone) if ends else session.ends_at, **fields)


def url_of(session: GroupSession, view: str = "teaching") -> str:
    ids = [session.group.program.public_id, session.public_id]
    return reverse(f"teaching:{view}", args=ids)


def as_planned(client: Client, session: GroupSession, rows: Sequence[SessionLesson]):
    """Tap once."""
    lessons = [str(row.public_id) for row in rows]
    return client.post(url_of(session), {"act": "planned", "lesson": lessons})


def sent(rows: Sequence[SessionLesson] = (), **fields: Any) -> dict[str, Any]:
    """Return what a browser sends of the whole form: the rows ticked, with blank times."""
    data: dict[str, Any] = {"act": "confirm", "other": ""}
    for row in rows:
        name = f"planned-{row.public_id}"
        data |= {name: "on", f"{name}-from": "", f"{name}-to": "", f"{name}-homework": ""}
    for number in (0, 1):
        data |= {f"more-{number}": "", f"more-{number}-from": "", f"more-{number}-to": ""}
        data[f"more-{number}-given"] = "on"
    return data | fields
