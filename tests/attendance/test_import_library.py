"""Lessons with words, and what sessions taught: brought by a folder, taken along as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from attendance.taught_file.written import lessons_csv
from curriculum.files.written import curriculum_csv
from curriculum.models import Lesson, LessonVersion, Prerequisite, Track
from groups.models import GroupSession, SessionLesson
from programs.models import Program, Role
from tests import build
from tests.attendance.prairie import (
    FILES,
    NOW,
    bring,
    everything,
    on_the_wall,
    problems_of,
    write,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

CURRICULUM = """\
program,track,module,lesson,minutes,required,position,subject,source,objectives,guide,skills,\
homework,checklist,prerequisites,retired
evening,DBT,Distress tolerance,TIPP,45,yes,1,dbt,Ours,Cool down,"Begin, ""slowly"".",\
"Cold water
Slow breath",Try it,Said why,,no
evening,DBT,Distress tolerance,Review,30,no,2,dbt,Ours,,,,,,TIPP,no
evening,DBT,Mindfulness,Review,,,,dbt,Ours,,,,,,DBT > Distress tolerance > TIPP,yes
day,Recovery,Cravings,Urge surfing,40,yes,1,,,'=ride,,,,,,
"""
LESSONS = """\
group,date,starts,module,lesson,track,began,ended,homework
Core,2026-10-26,17:30,,TIPP,,17:40,18:25,"Try it,
twice"
Core,2026-11-02,17:30,Mindfulness,Review,DBT,,,
Noon,2026-11-08,12:00,,Urge surfing,,,,
Core,2026-12-07,17:30,,TIPP,,,,
"""


def more(curriculum: str = CURRICULUM, lessons: str = LESSONS) -> dict[str, str]:
    return {**FILES, "curriculum.csv": curriculum, "lessons.csv": lessons}


@pytest.fixture
def prairie(tmp_path: Path) -> Path:
    folder = write(tmp_path / "prairie", more())
    bring(folder)
    return folder


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(each.place.file, each.place.line, each.column) for each in problems_of(folder)]


def test_lessons_come_with_their_words_published(prairie: Path):
    version = LessonVersion.objects.get(lesson__name="TIPP")
    assert (version.number, version.published_at, version.minutes) == (1, NOW, 45)
    assert version.skills == ["Cold water", "Slow breath"]
    assert (version.guide, version.checklist) == ('Begin, "slowly".', ["Said why"])
    assert LessonVersion.objects.get(lesson__name="Urge surfing").objectives == "=ride"
    assert Track.objects.get(name="DBT").source == "Ours"
    needs = {
        (each.lesson.module.name, each.needs.name)
        for each in Prerequisite.objects.select_related("lesson__module", "needs")
    }
    assert needs == {("Distress tolerance", "TIPP"), ("Mindfulness", "TIPP")}
    retired = Lesson.objects.exclude(retired_at=None).get()
    assert (retired.module.name, retired.retired_at) == ("Mindfulness", NOW)


def test_what_is_over_was_taught_and_what_is_to_come_is_planned(prairie: Path):
    tipp = SessionLesson.objects.get(session__held_on="2026-10-26")
    assert on_the_wall(tipp.began_at, tipp.ended_at) == ("17:40", "18:25")
    assert (tipp.taught_at, tipp.taught_by) == (tipp.session.ends_at, None)
    assert tipp.homework == "Try it,\ntwice"
    assert tipp.version == LessonVersion.objects.get(lesson__name="TIPP")
    whole = SessionLesson.objects.get(session__held_on="2026-11-02")
    assert (whole.began_at, whole.ended_at) == (whole.session.starts_at, whole.session.ends_at)
    planned = SessionLesson.objects.get(session__held_on="2026-12-07")
    assert (planned.taught_at, planned.is_fixed, planned.version) == (None, False, None)


def test_the_same_again_changes_nothing(prairie: Path):
    before = everything()
    assert not bring(prairie).has_changes
    assert everything() == before


def test_a_file_without_the_new_columns_leaves_what_they_say(prairie: Path):
    (prairie / "curriculum.csv").write_text(FILES["curriculum.csv"])
    (prairie / "lessons.csv").write_text(FILES["lessons.csv"])
    assert not bring(prairie).has_changes
    assert LessonVersion.objects.get(lesson__name="TIPP").skills == ["Cold water", "Slow breath"]


def test_changed_words_are_a_new_version_and_the_old_one_stays_taught(prairie: Path):
    counts = bring(write(prairie, more(CURRICULUM.replace("Cool down", "Cool off"))))
    assert counts.as_detail() == {"curriculum": {"created": 0, "updated": 1}}
    first, second = LessonVersion.objects.filter(lesson__name="TIPP")
    assert (first.objectives, second.objectives, second.number) == ("Cool down", "Cool off", 2)
    assert second.published_at == NOW
    assert SessionLesson.objects.get(session__held_on="2026-10-26").version == first


def test_a_changed_lesson_of_the_past_is_withdrawn_and_taught_anew(prairie: Path):
    counts = bring(write(prairie, more(lessons=LESSONS.replace("17:40,18:25", "17:40,18:20"))))
    assert counts.as_detail() == {"lessons": {"created": 0, "updated": 1}}
    gone, there = SessionLesson.objects.filter(session__held_on="2026-10-26").order_by("pk")
    assert (gone.withdrawn_at, gone.withdrawn_reason) == (NOW, "Changed by an import.")
    assert on_the_wall(there.began_at, there.ended_at) == ("17:40", "18:20")
    assert there.withdrawn_at is None
    assert not bring(prairie).has_changes


def test_homework_alone_changes_in_its_place(prairie: Path):
    bring(write(prairie, more(lessons=LESSONS.replace("twice", "once"))))
    assert SessionLesson.objects.get(session__held_on="2026-10-26").homework == "Try it,\nonce"


def test_a_plan_becomes_taught_once_its_session_is_over(prairie: Path):
    counts = bring(prairie, NOW + timedelta(days=21))
    assert counts.tables["lessons"]["updated"] == 1
    row = SessionLesson.objects.get(session__held_on="2026-12-07")
    assert (row.taught_at, row.began_at) == (row.session.ends_at, row.session.starts_at)


def test_a_signed_session_keeps_what_it_taught(prairie: Path):
    session = GroupSession.objects.get(group__name="Core", held_on="2026-10-26")
    build.a_sign_off(session)
    assert not bring(prairie).has_changes
    write(prairie, more(lessons=LESSONS.replace("17:40,18:25", "17:40,18:20")))
    (problem,) = problems_of(prairie)
    assert f"/sessions/{session.public_id}/amend/" in problem.words


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Ours,,,,,,TIPP,no", "Ours,,,,,,TOPP,no", ("curriculum.csv", 4, "prerequisites")),
        ("DBT > Distress", "DBT > Stress", ("curriculum.csv", 5, "prerequisites")),
        ("Try it,Said why,,no", "Try it,Said why,TIPP,no", ("curriculum.csv", 2, "prerequisites")),
        ("30,no,2,dbt", "30,no,2,music", ("curriculum.csv", 4, "subject")),
        ("30,no,2,dbt,Ours", "30,no,2,dbt,Yours", ("curriculum.csv", 4, "source")),
        (
            "DBT > Distress tolerance > TIPP,yes",
            "A > B,yes",
            ("curriculum.csv", 5, "prerequisites"),
        ),
        ("Cold water", "x" * 81, ("curriculum.csv", 2, "skills")),
        ("45,yes", "ninety,yes", ("curriculum.csv", 2, "minutes")),
    ],
)
def test_what_is_wrong_with_a_lesson(old: str, new: str, place: tuple, tmp_path: Path):
    assert CURRICULUM.count(old) == 1
    assert place in told(write(tmp_path / "prairie", more(CURRICULUM.replace(old, new))))
    assert not Lesson.objects.exists()


def test_a_circle_is_told_in_words(tmp_path: Path):
    circle = CURRICULUM.replace(",Said why,,no", ",Said why,DBT > Mindfulness > Review,no")
    (problem,) = problems_of(write(tmp_path / "prairie", more(circle)))
    assert "in a circle" in problem.words
    assert "“TIPP” → “Review” → “TIPP”" in problem.words


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("17:40,18:25", "17:40,", ("lessons.csv", 2, "ended")),
        ("17:40,18:25", "18:40,18:25", ("lessons.csv", 2, "ended")),
        ("17:40,18:25", "17:00,18:25", ("lessons.csv", 2, "began")),
        ("TIPP,,,,\n", "TIPP,,17:30,18:00,\n", ("lessons.csv", 6, "began")),
        ("TIPP,,,,\n", "TIPP,,,,Practice\n", ("lessons.csv", 6, "homework")),
        ("Review,DBT", "Review,CBT", ("lessons.csv", 4, "track")),
    ],
)
def test_what_is_wrong_with_a_line_of_what_was_taught(
    old: str, new: str, place: tuple, tmp_path: Path
):
    assert LESSONS.count(old) == 1
    assert told(write(tmp_path / "prairie", more(lessons=LESSONS.replace(old, new)))) == [place]


def test_out_and_in_again_is_the_same(prairie: Path):
    taught, library = taken_along()
    (prairie / "lessons.csv").write_bytes(taught["evening"])
    (prairie / "curriculum.csv").write_bytes(library["evening"])
    assert not bring(prairie).has_changes
    rows = list(csv.DictReader(io.StringIO(taught["evening"].decode("utf-8-sig"))))
    assert [(row["lesson"], row["began"], row["ended"]) for row in rows] == [
        ("TIPP", "17:40", "18:25"),
        ("Review", "17:30", "20:40"),
    ]


def test_at_another_clinic_the_files_make_the_same(tmp_path: Path):
    with transaction.atomic():
        bring(write(tmp_path / "here", more()))
        taught, library = taken_along()
        transaction.set_rollback(True)
    assert not Program.objects.exists()
    there = write(tmp_path / "there")
    (there / "curriculum.csv").write_bytes(one_file(library))
    (there / "lessons.csv").write_bytes(one_file(taught))
    bring(there)
    assert taken_along() == (taught, library)


def one_file(files: dict[str, bytes]) -> bytes:
    """The files of several programs as one, as a clinic folder has it."""
    first, *others = files.values()
    return first + b"".join(each.split(b"\r\n", 1)[1] for each in others)


def taken_along() -> tuple[dict[str, bytes], dict[str, bytes]]:
    programs = list(Program.objects.all())
    taught = {each.code: lessons_csv(each) for each in programs}
    return taught, {each.code: curriculum_csv(each) for each in programs}


def test_what_was_taught_is_a_file_for_who_edits_the_library(prairie: Path, client_of: ClientOf):
    program = Program.objects.get(code="evening")
    page = f"/taught/{program.public_id}/lessons.csv"
    answer = client_of(build.a_colleague(program, Role.CLINICIAN)).get(page)
    assert answer["Content-Disposition"] == 'attachment; filename="lessons.csv"'
    assert b"Core,2026-10-26,17:30,Distress tolerance,TIPP,DBT,17:40,18:25" in answer.content
    assert b"2026-12-07" not in answer.content
    assert client_of(build.a_colleague(program, Role.FACILITATOR)).get(page).status_code == 403
    assert client_of(build.a_user()).get(page).status_code == 404
