"""A spreadsheet of 100,000 wrong lines, and others made to fill the memory."""

from __future__ import annotations

import resource
import sys
import tracemalloc
from pathlib import Path

import pytest

from accounts.models import User
from attendance.clinic_folder.problems import Place, Problem, Problems
from attendance.clinic_folder.reading import read_folder
from attendance.clinic_upload.kept_problems import from_kept
from attendance.clinic_upload.limits import MB
from attendance.models.upload import UploadStatus
from programs.models import Participant
from tests.attendance.prairie import FILES, everything, problems_of, write
from tests.attendance.uploads import SMALL, checked, received

WRONG_LINES = 100_000
HEADER = FILES["participants.csv"].splitlines()[0]


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


def most_memory() -> int:
    """Return the most memory this process ever had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.django_db
def test_100_000_wrong_lines(director: User, root: Path):
    """Words, no crash, nothing half-saved; each line has two problems, one kept in five hundred."""
    lines = [f"W{number},,Who,,1985-02-31,,,," for number in range(WRONG_LINES)]
    upload = received(director, {**SMALL, "participants.csv": "\n".join([HEADER, *lines])})
    del lines
    before, had = everything(), most_memory()
    checked(upload)
    assert most_memory() - had < 100 * MB
    assert (upload.status, upload.problem_count) == (UploadStatus.WRONG, 2 * WRONG_LINES)
    kept = from_kept(upload.problems)
    assert len(kept) == 1_000
    assert [each.place for each in kept[:3]] == ["2", "2", "3"]
    assert not Participant.objects.exists()
    after = everything()
    differs = {table for table in after if before[table] != after[table]}
    assert differs == {"attendance_clinicupload", "accounts_auditevent"}


def test_the_first_thousand_are_kept_whatever_the_order():
    found = [Problem(Place("leaves.csv", line), "reason", "", "x") for line in range(5_000)]
    late = Problem(Place("participants.csv", 7), "email", "", "x")
    gathered = Problems([*reversed(found), late, late])
    assert gathered.count == 5_001
    assert list(gathered) == [late, *found[:999]]
    both = Problems(Problem(Place("groups.csv", line), "kind", "", "x") for line in range(3_000))
    both.extend(gathered)
    assert both.count == 8_001
    assert list(both) == list(gathered)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("," * 3_000_000, "at most 100000 characters"),
        ('"' + "x,\n" * 1_000_000, "at most 100000 characters"),
        (HEADER + "\n" + '"a\nb",' * 400_000, "at most 100000 characters"),
        (HEADER + "\n" + "P1," + "x" * 3_000_000, "at most 100000 characters"),
        ("x" * 3_000_000 + "\udcff", "This is not UTF-8"),
    ],
)
def test_a_line_without_end_is_not_read_to_its_end(text: str, words: str, tmp_path: Path):
    folder = write(tmp_path / "prairie")
    (folder / "participants.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    del text
    tracemalloc.start()
    try:
        problems = [str(each) for each in read_folder(folder, lambda line: None).problems]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert any(words in each for each in problems)
    assert peak < 6 * MB


@pytest.mark.django_db
def test_a_schedule_of_two_hundred_years_is_refused_before_it_is_laid_out(tmp_path: Path):
    lines = [
        f"Core,monday,{hour:02}:{minute:02},{hour:02}:{minute + 1:02},,,,1900-01-01,2099-12-31"
        for hour in range(20)
        for minute in range(50)
    ]
    header = FILES["schedule.csv"].splitlines()[0]
    long = "\n".join([header, *lines])
    (problem,) = problems_of(write(tmp_path / "prairie", schedule=long))
    assert (problem.place.file, problem.place.line) == ("schedule.csv", 11)
    assert "a folder adds at most 100000 sessions" in problem.words
