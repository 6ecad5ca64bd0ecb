"""Lines that are right alone and wrong together, and how much is told about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from attendance.clinic_folder import FolderRefused, report
from programs.models import Clinic
from tests.attendance.prairie import FILES, bring, edit, problems_of, write

pytestmark = pytest.mark.django_db


def told(folder: Path) -> list[tuple[str, int, str, str]]:
    """Return file, line, column and value of each problem."""
    return [
        (each.place.file, each.place.line, each.column, each.value) for each in problems_of(folder)
    ]


def more(file: str, *lines: str) -> dict[str, str]:
    """Return the files with lines added to one."""
    return {**FILES, file: FILES[file] + "".join(f"{line}\n" for line in lines)}


def test_a_key_twice_names_the_first_line(tmp_path: Path):
    folder = write(tmp_path / "prairie", more("groups.csv", "day,Core,skills,open,4"))
    (problem,) = problems_of(folder)
    assert (problem.place.line, problem.column, problem.value) == (6, "group", "Core")
    assert "groups.csv line 2" in problem.words


def test_identical_attendance_lines_are_one_too_many_and_stretches_are_not(tmp_path: Path):
    again = "Noon,2026-11-08,12:00,P3,12:00,13:30,"
    (problem,) = problems_of(write(tmp_path / "prairie", more("attendance.csv", again)))
    assert (problem.place.line, problem.value) == (
        9,
        "Noon, 2026-11-08, 12:00, P3, 12:00, 13:30",
    )
    assert "attendance.csv line 7" in problem.words


def test_a_duplicate_of_a_line_with_a_mistake_is_told_with_it(tmp_path: Path):
    files = edit("participants.csv", "ada@example.org", "ada@")
    files["participants.csv"] += "P1,Eve,Ruiz,,,,,,\n"
    assert told(write(tmp_path / "prairie", files)) == [
        ("participants.csv", 2, "email", "ada@"),
        ("participants.csv", 5, "chart_number", "P1"),
    ]


@pytest.mark.parametrize(
    ("line", "told_at"),
    [
        # Both ends count: the day of the discharge is not free, the day after is.
        ("P2,day,2026-11-06,,,2026-11-07,completed,", ("enrollments.csv", 6, "admitted_on")),
        # The episode that begins later is the later line, and it names this one.
        ("P2,evening,2026-11-07,,,2026-11-09,completed,", ("enrollments.csv", 6, "admitted_on")),
        ("P2,evening,2026-11-07,,,2026-11-08,completed,", None),
        # Another program is no excuse.
        ("P1,day,2026-11-30,,,,,", ("enrollments.csv", 6, "admitted_on")),
    ],
)
def test_episodes_do_not_overlap(line: str, told_at: tuple[str, int, str] | None, tmp_path: Path):
    found = told(write(tmp_path / "prairie", more("enrollments.csv", line)))
    assert [each[:3] for each in found] == ([told_at] if told_at else [])


def test_memberships_of_one_enrollment_do_not_overlap_once_clipped(tmp_path: Path):
    # Both begin before the admission of 10-19, and so on the same day.
    folder = write(tmp_path / "prairie", more("memberships.csv", "Core,P2,2026-10-02,2026-10-25"))
    (problem,) = problems_of(folder)
    assert (problem.place.line, problem.column, problem.value) == (7, "first_on", "2026-10-02")
    assert "memberships.csv line 3" in problem.words


def test_a_membership_needs_an_enrollment_then_or_later(tmp_path: Path):
    late = "Skills,P2,2026-11-07,"  # between two episodes: the next one is meant
    files = more("memberships.csv", late)
    step = "P2,day,2026-11-09,step_down,,,,\n"
    without = {**files, "enrollments.csv": files["enrollments.csv"].replace(step, "")}
    assert told(write(tmp_path / "without", without)) == [
        ("memberships.csv", 7, "first_on", "2026-11-07")
    ]
    assert told(write(tmp_path / "prairie", files)) == []


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("Skills,monday,19:00,20:00,,One,,2026-11-02,", "room", "One"),
        (
            "Skills,monday,19:00,20:00,,,lead@example.org,2026-11-02,",
            "facilitators",
            "lead@example.org",
        ),
        # The same slot from a later date on, while the earlier line is still open.
        ("Core,monday,17:30,20:00,,,,2026-11-02,", "starts", "17:30"),
        # It begins after the horizon, and yet in the end they would meet.
        ("Skills,monday,19:00,20:00,,One,,2028-01-03,", "room", "One"),
    ],
)
def test_a_room_or_a_person_is_booked_once(line: str, column: str, value: str, tmp_path: Path):
    (problem,) = problems_of(write(tmp_path / "prairie", more("schedule.csv", line)))
    assert (problem.place.line, problem.column, problem.value) == (7, column, value)
    assert "schedule.csv line 2" in problem.words


@pytest.mark.parametrize(
    "line",
    [
        "Skills,monday,20:40,20:45,,One,lead@example.org,2026-11-02,",  # between two others
        "Skills,tuesday,17:30,20:40,,One,lead@example.org,2026-11-02,",  # another day
        "Skills,monday,17:30,20:40,,One,lead@example.org,2026-10-01,2026-10-18",  # before
        "Skills,monday,17:30,20:40,,One,lead@example.org,2026-10-13,2026-10-24,"[:-1].replace(
            "2026-10-24", "2026-10-18"
        ),
        "Skills,thursday,17:30,20:40,,One,lead@example.org,2026-11-26,2026-11-26",  # closed
    ],
)
def test_what_never_meets_is_no_clash(line: str, tmp_path: Path):
    assert told(write(tmp_path / "prairie", more("schedule.csv", line))) == []


SKILLS_BEFORE = "Skills,2026-10-26,20:45,P1,20:45,21:30,"


@pytest.mark.parametrize(
    ("core", "skills", "expected"),
    [
        # A forgotten departure and an early arrival are clipped to their sessions.
        ("17:25,,", "20:30,21:30,", []),
        ("17:25,22:00,", "17:00,,", []),
        ("17:25,17:25,", "20:45,21:30,", []),
    ],
)
def test_stretches_are_clipped_to_their_session(
    core: str, skills: str, expected: list, tmp_path: Path
):
    files = edit("attendance.csv", "17:25,20:40,", core)
    files["attendance.csv"] = files["attendance.csv"].replace("20:45,21:30,", skills)
    assert told(write(tmp_path / "prairie", files)) == expected


def test_nobody_is_in_two_groups_at_once(tmp_path: Path):
    files = more("schedule.csv", "Noon,monday,20:00,21:00,,Two,,2026-10-26,2026-11-15")
    files["attendance.csv"] += (
        "Noon,2026-10-26,20:00,P1,20:10,20:30,\n"  # in Core until 20:40
        "Noon,2026-11-02,20:00,P1,20:10,20:30,\n"  # in Core with an open stretch
        "Noon,2026-11-09,20:00,P1,20:10,20:30,\n"  # nowhere else
    )
    assert told(write(tmp_path / "prairie", files)) == [
        ("attendance.csv", 9, "arrived", "20:10"),
        ("attendance.csv", 10, "arrived", "20:10"),
    ]


def test_nor_in_one_that_is_on_record_already(tmp_path: Path):
    bring(write(tmp_path / "prairie"))
    files = more("schedule.csv", "Noon,monday,20:00,21:00,,Two,,2026-10-26,2026-11-15")
    files["attendance.csv"] = (
        "group,date,starts,chart_number,arrived,left\nNoon,2026-10-26,20:00,P1,20:10,20:30\n"
    )
    (problem,) = problems_of(write(tmp_path / "prairie", files))
    assert (problem.place.line, problem.column) == (2, "arrived")
    assert "already stored" in problem.words


def test_a_lesson_of_two_tracks_cannot_be_told_apart(tmp_path: Path):
    files = more("curriculum.csv", "evening,CBT,Mindfulness,Review,,,")
    (problem,) = problems_of(write(tmp_path / "prairie", files))
    assert (problem.place.file, problem.column) == ("lessons.csv", "module")
    assert "CBT, DBT" in problem.words


def test_one_mistake_is_one_problem(tmp_path: Path):
    """What a broken line would have named is not reported as unknown as well."""
    files = edit("participants.csv", "ada@example.org", "ada@")
    files["groups.csv"] = files["groups.csv"].replace("Core,process", "Core,chat")
    files["schedule.csv"] = files["schedule.csv"].replace("Solo,tuesday", "Solo,tues")
    files["clinic.toml"] = files["clinic.toml"].replace('"sunday"', '"Sun"')
    assert told(write(tmp_path / "prairie", files)) == [
        ("clinic.toml", 9, "week_starts_on", "Sun"),
        ("participants.csv", 2, "email", "ada@"),
        ("groups.csv", 2, "kind", "chat"),
        ("schedule.csv", 6, "weekday", "tues"),
    ]


def test_every_mistake_of_a_line_is_told_at_once(tmp_path: Path):
    line = "P9,night,2026-11-02,walk_in,2026-10-01,2026-10-01,,none"
    assert told(write(tmp_path / "prairie", more("enrollments.csv", line))) == [
        ("enrollments.csv", 6, "admission", "walk_in"),
        ("enrollments.csv", 6, "ordered_minutes", "none"),
        ("enrollments.csv", 6, "planned_discharge_on", "2026-10-01"),
        ("enrollments.csv", 6, "discharged_on", "2026-10-01"),
        ("enrollments.csv", 6, "discharge_reason", ""),
        ("enrollments.csv", 6, "chart_number", "P9"),
        ("enrollments.csv", 6, "program", "night"),
    ]


def test_problems_stand_in_the_order_of_files_and_lines(tmp_path: Path):
    files = edit("leaves.csv", "P1", "P9")
    files["attendance.csv"] = files["attendance.csv"].replace("Noon,", "Nine,")
    files["participants.csv"] += "P4,Di,,,,,,,\nP5,,Oh,,,,,,\n"
    files["lessons.csv"] = files["lessons.csv"].replace("Noon,", "Nine,")
    assert [each[:3] for each in told(write(tmp_path / "prairie", files))] == [
        ("participants.csv", 5, "last_name"),
        ("participants.csv", 6, "first_name"),
        ("leaves.csv", 2, "chart_number"),
        ("attendance.csv", 7, "group"),
        ("lessons.csv", 4, "group"),
    ]


def test_past_a_thousand_problems_the_rest_is_counted(tmp_path: Path):
    bad = [f"B{number},,Who,,,,,," for number in range(1234)]
    with pytest.raises(FolderRefused) as refused:
        bring(write(tmp_path / "prairie", more("participants.csv", *bad)))
    assert refused.value.count == 1234
    lines = report(refused.value.problems, refused.value.count)
    assert len(lines) == 1001
    assert lines[-1] == "and 234 more problems"
    assert not Clinic.objects.exists()
