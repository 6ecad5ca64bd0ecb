"""What a session taught is a lesson of its program's curriculum, and only one of that name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, amendment_page
from attendance.clinic_folder.check_attendance import find_session
from attendance.clinic_folder.problems import Problem, Problems
from attendance.clinic_folder.rows import Key, TaughtRow
from attendance.clinic_folder.sessions import Session, SessionKey

TaughtKey = tuple[SessionKey, str]


@dataclass
class Taught:
    """Lessons by the session that taught them and their name, and what is wrong with the lines."""

    lessons: dict[TaughtKey, Key] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def settle_lessons(
    after: After, calendar: Calendar, on_record: dict[TaughtKey, tuple[int, Key]]
) -> Taught:
    """Find each line's session and lesson."""
    taught = Taught()
    by_name: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for program, track, module, lesson in after.lessons:
        by_name[program, lesson].append((program, track, module, lesson))
    for row in after.folder.lessons.rows.values():
        session, program_row = find_session(row, after, calendar), after.program_of(row.group)
        if isinstance(session, Problem):
            taught.problems.append(session)
        elif session is not None and program_row is not None:
            code = program_row.code
            _settle(row, session, _lesson(row, by_name[code, row.lesson], after, code), taught)
            _check_signed(row, session, on_record, taught)
    return taught


def _settle(row: TaughtRow, session: Session, lesson: Key | Problem | None, taught: Taught) -> None:
    if isinstance(lesson, Problem):
        taught.problems.append(lesson)
    elif lesson is not None:
        taught.lessons[session.key, row.lesson] = lesson


def _check_signed(
    row: TaughtRow,
    session: Session,
    on_record: dict[TaughtKey, tuple[int, Key]],
    taught: Taught,
) -> None:
    key = (session.key, row.lesson)
    was = on_record[key][1] if key in on_record else None
    if session.record and session.record.is_signed and taught.lessons.get(key, was) != was:
        words = _("what was signed; %(amend)s") % {"amend": amendment_page(session)}
        taught.problems.append(row.problem("lesson", words))


def _lesson(row: TaughtRow, named: list[Key], after: After, program: str) -> Key | Problem | None:
    """Return the lesson's key, or what is wrong; None where curriculum.csv leaves it open."""
    found = [key for key in named if row.module in ("", key[2])]
    if len(found) == 1:
        return found[0]
    if after.folder.curriculum.may_hold(program=program, lesson=row.lesson):
        return None
    modules = ", ".join(sorted({key[2] for key in named}))
    if not named:
        words = _("a lesson of the program %(program)s in curriculum.csv, or imported earlier")
        return row.problem("lesson", words % {"program": program})
    if len(found) > 1 and row.module:
        words = _("a module of one track only: %(tracks)s have one of that name with this lesson")
        tracks = ", ".join(sorted(key[1] for key in found))
        return row.problem("module", words % {"tracks": tracks})
    words = _("the module that this lesson is in: %(modules)s")
    return row.problem("module", words % {"modules": modules})
