"""Nobody imports into a program they do not direct, whichever file names it, or learns of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from attendance.clinic_folder import FolderRefused, Problem, import_clinic_folder
from tests import build
from tests.attendance.prairie import FILES, NOW, bring, edit, everything, write
from tests.build_episodes import a_referral

pytestmark = pytest.mark.django_db
BARE = '[clinic]\nname = "Prairie"\n'
HEADERS = {file: text.splitlines()[0] for file, text in FILES.items()}
EVENING = frozenset({"evening"})


@pytest.fixture(autouse=True)
def prairie(tmp_path: Path) -> None:
    """The clinic is there already, with its two programs."""
    bring(write(tmp_path / "prairie"))


def told(tmp_path: Path, files: dict[str, str], directs=EVENING) -> list[Problem]:
    """Import the files as the director of the evening program; return what is refused."""
    before = everything()
    try:
        import_clinic_folder(
            folder=write(tmp_path / "sent", files), now=NOW, by=None, directs=directs
        )
    except FolderRefused as refused:
        assert everything() == before
        return refused.problems
    return []


def lines(file: str, *added: str) -> dict[str, str]:
    return {"clinic.toml": BARE, file: "\n".join([HEADERS[file], *added])}


@pytest.mark.parametrize(
    ("file", "line", "column"),
    [
        ("enrollments.csv", "P1,day,2027-06-01,,,,,", "program"),
        ("groups.csv", "day,Fresh,process,open,4", "program"),
        ("curriculum.csv", "day,DBT,Basics,One,,,", "program"),
        ("groups.csv", "evening,Noon,psychoeducation,open,6", "group"),
        ("schedule.csv", "Noon,monday,12:00,13:00,,,,2026-12-01,", "group"),
        ("memberships.csv", "Noon,P2,2026-11-09,", "group"),
        ("attendance.csv", "Noon,2026-11-15,12:00,P2,12:00,13:00,", "group"),
        ("lessons.csv", "Noon,2026-11-15,12:00,,TIPP", "group"),
        ("participants.csv", "P3,Cyrus,Noor,,,,,,", "chart_number"),
        ("enrollments.csv", "P3,evening,2027-06-01,,,,,", "chart_number"),
        ("leaves.csv", "P3,2026-12-01,2026-12-02,", "chart_number"),
        # Also a line that has another mistake.
        ("leaves.csv", "P3,2026-13-01,,", "chart_number"),
    ],
)
def test_a_spreadsheet_that_reaches_further(file: str, line: str, column: str, tmp_path: Path):
    (problem,) = told(tmp_path, lines(file, line))
    assert (problem.place.file, problem.place.line, problem.column) == (file, 2, column)
    assert "that you direct" in problem.words
    assert "day" not in problem.words.lower()


@pytest.mark.parametrize(
    ("toml", "column"),
    [
        ('[[closures]]\nsite="main"\nprogram="day"\nfirst_on=2027-01-01\n'
         'last_on=2027-01-01\nreason="x"', "program"),
        ('[[closures]]\nsite="main"\nfirst_on=2027-01-01\nlast_on=2027-01-01\nreason="x"', "site"),
        ('[[rooms]]\nsite="main"\nname="Three"\ncapacity=4', "name"),
        ('[[sites]]\ncode="main"\nname="Main office"\ntimezone="America/Chicago"', "code"),
        ('[[staff]]\nemail="lead@example.org"\nname="Somebody Else"', "email"),
        ('[[staff]]\nemail="me@example.org"\nroles={ day = "director" }', "roles"),
        ('[[programs]]\ncode="day"\nname="Mine"\nsite="main"\nlevel_of_care="2.1"\n'
         'week_starts_on="sunday"\nseats=1', "code"),
    ],
)  # fmt: skip
def test_a_clinic_toml_that_reaches_further(toml: str, column: str, tmp_path: Path):
    problems = told(tmp_path, {"clinic.toml": f"{BARE}\n{toml}"})
    assert [each.column for each in problems] == [column]
    assert "a program that you" in problems[0].words


def test_the_clinic_is_renamed_only_by_who_directs_all_of_it(tmp_path: Path):
    renamed = {"clinic.toml": BARE.replace("Prairie", "Mine")}
    assert [each.column for each in told(tmp_path, renamed)] == ["name"]
    assert told(tmp_path, renamed, frozenset({"evening", "day"})) == []


def test_what_is_on_record_may_be_named_where_it_is_shared(tmp_path: Path):
    """The whole site, its rooms and people of both programs, unchanged; and one's own things."""
    toml = FILES["clinic.toml"]
    own = toml[: toml.index('[[programs]]\ncode = "day"')] + toml[toml.index("[[closures]]") :]
    own = own.replace(', day = "facilitator"', "")
    files = {"clinic.toml": own, **lines("leaves.csv", "P2,2026-12-01,2026-12-02,family")}
    files["clinic.toml"] = own
    assert told(tmp_path, files) == []


def test_who_was_only_referred_elsewhere_is_theirs(tmp_path: Path):
    person = build.a_participant(chart_number="R1")
    line = lines("participants.csv", "R1,Ro,Lind,,,,,,")
    assert told(tmp_path, line) == []
    a_referral(program=build.a_program(code="night"), participant=person)
    assert [each.column for each in told(tmp_path, line)] == ["chart_number"]


def test_another_programs_group_is_not_named(tmp_path: Path):
    """P2 is in both programs; the evening's director learns that they were elsewhere, not where."""
    groups = lines("groups.csv", "evening,Late,process,open,4")
    groups |= {
        "schedule.csv": f"{HEADERS['schedule.csv']}\n"
        "Late,sunday,12:30,14:00,,Two,lead@example.org,2026-10-25,\n"
    }
    (clash,) = told(tmp_path, groups)
    assert "a group of another program" in clash.words
    assert "Noon" not in clash.words
    whole = told(tmp_path, groups, directs=None)
    assert "Noon" in whole[0].words


def test_programs_and_groups_of_others_are_not_offered(tmp_path: Path):
    wrong = lines("enrollments.csv", "P1,evning,2027-06-01,,,,,")
    wrong |= lines("memberships.csv", "Cor,P1,2026-11-01,")
    words = [each.words for each in told(tmp_path, wrong)]
    assert {"one of evening", "one of Core, Skills"} <= set(words)
    assert "one of day, evening" in [each.words for each in told(tmp_path, wrong, directs=None)]


def test_the_command_reaches_everything(tmp_path: Path):
    changed = edit("participants.csv", "Cy,Noor", "Cyrus,Noor")
    assert told(tmp_path, changed, directs=None) == []
