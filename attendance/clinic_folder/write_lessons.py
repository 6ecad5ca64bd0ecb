"""Writes the library, and what sessions taught or are to teach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from attendance.clinic_folder.check_lessons import TaughtKey, Wanted
from attendance.clinic_folder.library import as_entry
from attendance.clinic_folder.rows import LessonRow
from attendance.clinic_folder.sessions import OnPlan
from attendance.clinic_folder.write_attendance import session_ids
from attendance.clinic_folder.writing import BATCH, Writing
from curriculum.files.planning import plan_entries
from curriculum.files.stored import stored_lessons
from curriculum.files.writing import By, write_plan
from curriculum.models import LessonVersion
from groups.models import SessionLesson
from programs.models import Program

# Why a lesson that was on record stands there no longer; English, as the import has no reader.
CHANGED = "Changed by an import."

Plan = Mapping[TaughtKey, Wanted]
OnRecord = Mapping[TaughtKey, OnPlan]


def write_curriculum(writing: Writing) -> None:
    """Write curriculum.csv: a new lesson is published, changed words are a new version."""
    writing.file = "curriculum.csv"
    named, shelf = writing.after.curriculum, writing.after.stored.curriculum
    new, changed = writing.counts.compare("curriculum", named, shelf.rows)
    by_program: dict[str, list[LessonRow]] = defaultdict(list)
    for row in [*new, *changed]:
        by_program[row.program].append(row)
    ids = writing.after.stored.programs.ids
    stored = stored_lessons([ids[code,] for code in by_program]) if by_program else {}
    for code, lines in by_program.items():
        before = stored.get(ids[code,], {})
        plan = plan_entries([as_entry(row) for row in lines], before)
        made = write_plan(Program(pk=ids[code,]), plan, before, By(writing.by, writing.now))
        shelf.ids.update({(code, *key): pk for key, pk in made.items()})


def write_lessons(writing: Writing, wanted: Plan, on_record: OnRecord) -> None:
    """Write lessons.csv. What was taught otherwise is withdrawn, and taught anew as it is said."""
    writing.file = "lessons.csv"
    new = {key: each for key, each in wanted.items() if key not in on_record}
    changed = {
        key: each
        for key, each in wanted.items()
        if key in on_record and not each.is_met_by(on_record[key])
    }
    same = len(wanted) - len(new) - len(changed)
    writing.counts.add("lessons", created=len(new), updated=len(changed), unchanged=same)
    _Lessons(writing, {**new, **changed}, on_record).write(new, changed)


class _Lessons:
    """The lessons of sessions on their way into the database."""

    def __init__(self, writing: Writing, touched: Plan, on_record: OnRecord) -> None:
        self.writing, self.on_record = writing, on_record
        self.ids = writing.after.stored.curriculum.ids
        self.sessions = session_ids({key[0] for key in touched}) if touched else {}
        taught = {self.ids[each.lesson] for each in touched.values() if each.taught}
        latest = LessonVersion.objects.filter(lesson__in=taught).published().order_by("number")
        self.versions = dict(latest.values_list("lesson", "pk"))

    def write(self, new: Plan, changed: Plan) -> None:
        again, planned, homework = {}, {}, {}
        for key, each in changed.items():
            stored = self.on_record[key]
            if not stored.is_taught:
                planned[key] = each
            elif each.keeps(stored):
                homework[key] = each
            else:
                again[key] = each
        self._withdraw(again)
        SessionLesson.objects.bulk_create(
            [self._row(key, each) for key, each in {**new, **again}.items()], batch_size=BATCH
        )
        self._change(planned)
        self._give_homework(homework)

    def _row(self, key: TaughtKey, wanted: Wanted) -> SessionLesson:
        lesson = self.ids[wanted.lesson]
        row = SessionLesson(session_id=self.sessions[key[0]], lesson_id=lesson)
        if wanted.taught:
            row.began_at, row.ended_at = wanted.taught
            row.taught_at = wanted.confirmed_at
            row.version_id = self.versions.get(lesson)
            row.homework = wanted.homework or ""
        return row

    def _change(self, planned: Plan) -> None:
        """Let what was planned be what the lines say: another lesson, or taught by now."""
        rows = []
        for key, each in planned.items():
            row = self._row(key, each)
            row.pk = self.on_record[key].pk
            rows.append(row)
        columns = ["lesson", "taught_at", "began_at", "ended_at", "version", "homework"]
        if rows:
            SessionLesson.objects.bulk_update(rows, columns, batch_size=BATCH)

    def _withdraw(self, again: Plan) -> None:
        SessionLesson.objects.filter(pk__in=self._keys(again)).update(
            withdrawn_at=self.writing.now,
            withdrawn_by=self.writing.by,
            withdrawn_reason=CHANGED,
        )

    def _give_homework(self, lessons: Plan) -> None:
        rows = [
            SessionLesson(pk=self.on_record[key].pk, homework=each.homework or "")
            for key, each in lessons.items()
        ]
        if rows:
            SessionLesson.objects.bulk_update(rows, ["homework"], batch_size=BATCH)

    def _keys(self, lessons: Plan) -> list[int]:
        return [self.on_record[key].pk for key in lessons]
