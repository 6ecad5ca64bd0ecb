"""What must hold before something is put on record as taught; what fails is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from attendance.teaching.refusals import CannotConfirm
from curriculum.models import Lesson, LessonVersion
from groups.models import GroupSession, SessionLesson, SessionStatus
from groups.wording import clock, times
from programs.weeks import whole_minute


@dataclass(frozen=True)
class Taught:
    """One lesson as it was taught, from `began_at` to `ended_at`, in whole minutes.

    `steps_done` are those of its checklist, in the version's words; `homework` what everybody
    there was given, blank where nothing.
    """

    lesson: Lesson
    began_at: datetime
    ended_at: datetime
    steps_done: Sequence[str] = ()
    homework: str = ""


def span_of(row: SessionLesson) -> tuple[datetime, datetime]:
    """Return when it was taught, of a row on record as taught. Raises ValueError of a plan."""
    if row.began_at is None or row.ended_at is None:
        raise ValueError("A planned lesson was not taught yet.")
    return row.began_at, row.ended_at


def check_session(session: GroupSession, now: datetime) -> None:
    """Refuse a session that was not held, or has not begun. Raises CannotConfirm."""
    if session.status != SessionStatus.SCHEDULED:
        raise CannotConfirm(_("This session was cancelled: nothing was taught in it."))
    if now < session.starts_at:
        at = clock(session.starts_at, session.group.program.zone)
        words = _("The session begins at %(time)s. What was taught is confirmed from then on.")
        raise CannotConfirm(words % {"time": at})


def check_spans(session: GroupSession, taught: Sequence[Taught]) -> None:
    """Refuse times outside the session, or of two lessons at once. Raises CannotConfirm."""
    for each in taught:
        _check_span(session, each)
    in_order = sorted(taught, key=lambda each: each.began_at)
    for before, after in pairwise(in_order):
        if after.began_at < before.ended_at:
            words = _("%(one)s and %(other)s overlap. One lesson is taught after the other.")
            raise CannotConfirm(words % {"one": before.lesson.name, "other": after.lesson.name})


def _check_span(session: GroupSession, taught: Taught) -> None:
    zone, name = session.group.program.zone, taught.lesson.name
    if taught.ended_at <= taught.began_at:
        raise CannotConfirm(_("%(lesson)s: it ends after it begins.") % {"lesson": name})
    if taught.began_at < session.starts_at or taught.ended_at > session.ends_at:
        words = _("%(lesson)s: the session lasts from %(span)s, and its lessons lie inside it.")
        span = times(session.starts_at, session.ends_at, zone)
        raise CannotConfirm(words % {"lesson": name, "span": span})
    if any(at != whole_minute(at) for at in (taught.began_at, taught.ended_at)):
        raise CannotConfirm(_("%(lesson)s: times are whole minutes.") % {"lesson": name})


def latest_versions(session: GroupSession, taught: Sequence[Taught]) -> dict[int, LessonVersion]:
    """Return the version to keep of each lesson, by the lesson's key.

    Raises CannotConfirm for a lesson named twice, of another program, or without a published one.
    """
    lessons = {each.lesson.pk: each.lesson for each in taught}
    if len(lessons) < len(taught):
        raise CannotConfirm(_("A lesson is named twice. Name each lesson once."))
    own = Lesson.objects.of_program(session.group.program).filter(pk__in=lessons)
    if len(own) < len(lessons):
        raise CannotConfirm(_("Choose lessons of this program's library."))
    versions = {each.lesson_id: each for each in LessonVersion.objects.latest_of(lessons)}
    for key, lesson in lessons.items():
        if key not in versions:
            words = _("%(lesson)s has no published version yet. Publish it in the library first.")
            raise CannotConfirm(words % {"lesson": lesson.name})
    return versions
