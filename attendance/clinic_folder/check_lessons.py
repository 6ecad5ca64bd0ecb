"""What a session taught is a lesson of its program's curriculum, and only one of that name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.calendar import Calendar, amendment_page
from attendance.clinic_folder.check_attendance import find_session
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import Key, TaughtRow
from attendance.clinic_folder.sessions import SessionKey

TaughtKey = tuple[SessionKey, str]


@dataclass
class Taught:
    """Lessons by the session that taught them and their name, and what is wrong with the lines."""

    lessons: dict[TaughtKey, Key] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def settle_lessons(
    after: After, calendar: Calendar, on_record: dict[TaughtKey, tuple[int, Key]]
) -> Taught:
    """Find each line's session and lesson."""
    taught = Taught()
    by_name: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for program, track, module, lesson in after.lessons:
        by_name[program, lesson].append((program, track, module, lesson))
    for row in after.folder.lessons.rows.values():
        session = find_session(row, after, calendar)
        program = after.program_of(row.group)
        if isinstance(session, Problem):
            taught.problems.append(session)
            continue
        if session is None or program is None:
            continue
        found = _lesson(row, by_name[program.code, row.lesson], after, program.code)
        if isinstance(found, Problem):
            taught.problems.append(found)
        elif found is not None:
            key = (session.key, row.lesson)
            taught.lessons[key] = found
            is_new = on_record.get(key, (0, ()))[1] != found
            if is_new and session.record and session.record.is_signed:
                words = _("what was signed; %(amend)s") % {"amend": amendment_page(session)}
                taught.problems.append(row.problem("lesson", words))
    return taught


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
