"""What a session taught is a lesson of its program's curriculum, and only one of that name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, amendment_page
from attendance.clinic_folder.check_attendance import find_session
from attendance.clinic_folder.problems import Problem, Problems
from attendance.clinic_folder.rows import Key, TaughtRow
from attendance.clinic_folder.sessions import OnPlan, Session, SessionKey
from programs.weeks import instant

TaughtKey = tuple[SessionKey, str]


@dataclass(frozen=True)
class Wanted:
    """A lesson of a session as a line has it. `taught`: from when to when; None: still to come.

    `confirmed_at` is the end of its session. `homework`: None where the file does not say.
    """

    lesson: Key
    confirmed_at: datetime
    taught: tuple[datetime, datetime] | None = None
    says_when: bool = False
    homework: str | None = None

    def is_met_by(self, stored: OnPlan) -> bool:
        """Whether an import would change nothing."""
        says_homework = self.taught is not None and self.homework is not None
        return self.keeps(stored) and (not says_homework or self.homework == stored.homework)

    def keeps(self, stored: OnPlan) -> bool:
        """Whether what is stored is the same lesson, taught at the same time or not yet."""
        when = (stored.began_at, stored.ended_at) if stored.is_taught else None
        is_when = when == self.taught if self.says_when else stored.is_taught
        return stored.lesson == self.lesson and (self.taught is None or is_when)


@dataclass
class Taught:
    """Lessons by the session that taught them and their name, and what is wrong with the lines."""

    lessons: dict[TaughtKey, Wanted] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def settle_lessons(
    after: After, calendar: Calendar, on_record: dict[TaughtKey, OnPlan], now: datetime
) -> Taught:
    """Find each line's session and lesson; those of sessions over by `now` are taught."""
    taught = Taught()
    by_name: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for program, track, module, lesson in after.lessons:
        by_name[program, lesson].append((program, track, module, lesson))
    for row in after.folder.lessons.rows.values():
        session, program_row = find_session(row, after, calendar), after.program_of(row.group)
        if isinstance(session, Problem):
            taught.problems.append(session)
        elif session is not None and program_row is not None:
            code, zone = program_row.code, after.zone_of(row.group)
            lesson = _lesson(row, by_name[code, row.lesson], after, code)
            _settle(row, session, _wanted(row, session, lesson, zone, now), taught)
            _check_signed(row, session, on_record, taught)
    return taught


def _settle(
    row: TaughtRow, session: Session, wanted: Wanted | Problem | None, taught: Taught
) -> None:
    if isinstance(wanted, Problem):
        taught.problems.append(wanted)
    elif wanted is not None:
        taught.lessons[session.key, row.lesson] = wanted


def _wanted(
    row: TaughtRow,
    session: Session,
    lesson: Key | Problem | None,
    zone: ZoneInfo | None,
    now: datetime,
) -> Wanted | Problem | None:
    if lesson is None or zone is None or isinstance(lesson, Problem):
        return lesson if isinstance(lesson, Problem) else None
    if session.ends_at > now:
        for column in ("began", "ended", "homework"):
            if getattr(row, column):
                return row.problem(column, _("blank, since this session is not over yet"))
        return Wanted(lesson, session.ends_at)
    if row.began is None or row.ended is None:
        whole = (session.starts_at, session.ends_at)
        return Wanted(lesson, session.ends_at, whole, homework=row.homework)
    began, ended = (instant(row.date, each, zone) for each in (row.began, row.ended))
    if not session.starts_at <= began < ended <= session.ends_at:
        words = _("times inside the session, %(starts)s to %(ends)s") % {
            "starts": f"{session.starts_at.astimezone(zone):%H:%M}",
            "ends": f"{session.ends_at.astimezone(zone):%H:%M}",
        }
        return row.problem("began", words)
    return Wanted(lesson, session.ends_at, (began, ended), True, row.homework)


def _check_signed(
    row: TaughtRow, session: Session, on_record: dict[TaughtKey, OnPlan], taught: Taught
) -> None:
    """Refuse to change what a signed session taught; a plan of its lesson may become taught."""
    key = (session.key, row.lesson)
    wanted, was = taught.lessons.get(key), on_record.get(key)
    if wanted is None or session.record is None or not session.record.is_signed:
        return
    is_same = was is not None and was.lesson == wanted.lesson
    if not is_same or (was and was.is_taught and not wanted.is_met_by(was)):
        words = _("what was signed; %(amend)s") % {"amend": amendment_page(session)}
        taught.problems.append(row.problem("lesson", words))


def _lesson(row: TaughtRow, named: list[Key], after: After, program: str) -> Key | Problem | None:
    """Return the lesson's key, or what is wrong; None where curriculum.csv leaves it open."""
    found = [key for key in named if row.module in ("", key[2]) and row.track in ("", key[1])]
    if len(found) == 1:
        return found[0]
    if after.folder.curriculum.may_hold(program=program, lesson=row.lesson):
        return None
    if not named:
        words = _("a lesson of the program %(program)s in curriculum.csv, or imported earlier")
        return row.problem("lesson", words % {"program": program})
    if len(found) > 1 and row.module:
        words = _("a module of one track only: %(tracks)s have one of that name with this lesson")
        tracks = ", ".join(sorted(key[1] for key in found))
        return row.problem("module", words % {"tracks": tracks})
    if row.track and not any(row.track == key[1] for key in named):
        words = _("the track that this lesson is in: %(tracks)s")
        tracks = ", ".join(sorted({key[1] for key in named}))
        return row.problem("track", words % {"tracks": tracks})
    words = _("the module that this lesson is in: %(modules)s")
    modules = ", ".join(sorted({key[2] for key in named}))
    return row.problem("module", words % {"modules": modules})
