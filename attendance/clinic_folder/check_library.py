"""What a lesson needs is in its program's library, and no lessons need each other in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After
from attendance.clinic_folder.library import OF_TRACK, names_in
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.rows import Key, LessonRow
from curriculum.files.cells import BETWEEN
from curriculum.files.checking import circle_words
from curriculum.files.planning import circle_in


def check_library(after: After) -> Iterator[Problem]:
    """Yield what is wrong with the lines of curriculum.csv, held against each other."""
    yield from _of_tracks(after)
    unknown = list(_unknown(after))
    yield from unknown
    if not unknown:
        yield from _circles(after)


def _of_tracks(after: After) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], LessonRow] = {}
    for row in after.folder.curriculum.rows.values():
        for name in OF_TRACK:
            if getattr(row, name) is None:
                continue
            before = first.setdefault((row.program, row.track, name), row)
            if getattr(before, name) != getattr(row, name):
                words = _("the same in all lines of a track; %(place)s has another")
                yield row.problem(name, words % {"place": before.place})


def _unknown(after: After) -> Iterator[Problem]:
    named = names_in(after.lessons)
    sheet = after.folder.curriculum
    for row in after.curriculum.values():
        for path in sorted(row.prerequisites or ()):
            if len(path) == 3 and path in named.get((row.program, path[2]), ()):
                continue
            if sheet.may_hold(program=row.program, lesson=path[-1]):
                continue
            yield row.problem("prerequisites", _right(row, path, named), BETWEEN.join(path))


def _right(row: LessonRow, path: Key, named: dict[tuple[str, str], set[Key]]) -> str:
    found = sorted(named.get((row.program, path[-1]), ()))
    if len(path) == 3 or not found:
        words = _("a lesson of the program %(program)s in curriculum.csv, or imported earlier")
        return words % {"program": row.program}
    some = ", ".join(BETWEEN.join(key) for key in found[:3])
    return _("which of them: %(some)s") % {"some": some}


def _circles(after: After) -> Iterator[Problem]:
    needs: dict[str, dict[Key, frozenset[Key]]] = defaultdict(dict)
    for key, row in after.lessons.items():
        needs[row.program][key[1:]] = row.prerequisites or frozenset()
    for program, of_program in needs.items():
        circle = circle_in(of_program)
        lines = (after.curriculum.get((program, *key)) for key in circle)
        named = next((each for each in lines if each is not None), None)
        if named is not None:
            way = " → ".join(f"“{key[2]}”" for key in circle)
            yield named.problem("prerequisites", circle_words(way), named.lesson)
