"""Files as spreadsheets save them: marks, line ends, quotes, encodings, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from attendance.clinic_folder import FolderRefused
from attendance.clinic_folder.problems import Problem
from attendance.clinic_folder.reading import read_folder
from programs.models import Clinic, Leave, Participant
from tests.attendance.prairie import FILES, bring, edit, everything, problems_of, write

PEOPLE = FILES["participants.csv"]
HEADER = PEOPLE.splitlines()[0]


def told(folder: Path) -> list[tuple[str, int, str, str]]:
    """Read the folder, with no database, and return what is wrong with it."""
    try:
        problems: Iterable[Problem] = read_folder(folder, lambda line: None).problems
    except FolderRefused as refused:
        problems = refused.problems
    return [(each.place.file, each.place.line, each.column, each.words) for each in problems]


@pytest.mark.django_db
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_marks_and_line_ends_make_no_difference(mark: bytes, end: bytes, tmp_path: Path):
    plain = write(tmp_path / "plain")
    bring(plain)
    before = everything()
    folder = tmp_path / "saved"
    folder.mkdir()
    for file, text in FILES.items():
        (folder / file).write_bytes(mark + text.encode().replace(b"\n", end))
    assert not bring(folder).has_changes
    assert everything() == before


@pytest.mark.django_db
def test_quotes_blank_lines_and_spaces_round_cells(tmp_path: Path):
    people = f'{HEADER}\n\n"P1", Ada ,"Ruiz, ""Doc""",,,,,,\n,,,,,,,,\nP2,Zoë,Ødegård,,,,,,\n'
    files = {"clinic.toml": FILES["clinic.toml"], "participants.csv": people}
    files["leaves.csv"] = 'reason,first_on,chart_number\n"two\nlines",2026-11-12,P1\n'
    bring(write(tmp_path / "prairie", files))
    found = Participant.objects.order_by("chart_number").values_list("first_name", "last_name")
    assert list(found) == [("Ada", 'Ruiz, "Doc"'), ("Zoë", "Ødegård")]
    assert Leave.objects.get().reason == "two\nlines"


def test_a_line_is_where_its_first_cell_stands(tmp_path: Path):
    leaves = 'chart_number,first_on,last_on,reason\nP1,2026-11-12,,"one\ntwo\nthree"\n\nP1,x,,\n'
    found = told(write(tmp_path / "prairie", {**FILES, "leaves.csv": leaves}))
    assert [each[:3] for each in found] == [("leaves.csv", 6, "first_on")]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, "", "The first line names the columns"),
        (f"{HEADER},shoe_size\nP1,A,B,,,,,,,7\n", 1, "shoe_size", "one of the columns"),
        (f"{HEADER},phone\nP1,A,B,,,,,,,\n", 1, "phone", "one column of this name"),
        ("chart_number,first_name\nP1,Ada\n", 1, "last_name", "missing from the first line"),
        (f"{HEADER}\nP1,Ada\n", 2, "", "9 cells, as the first line has; this line has 2"),
        (f"{HEADER}\nP1,A,B,,,,,,,,\n", 2, "", "this line has 11"),
        (f'{HEADER}\nP1,"Ada,B,,,,,,\nP2,C,D,,,,,,\n', 2, "", "Close its quotes"),
        (f'{HEADER}\nP1,"A"da,B,,,,,,\n', 2, "", "Close its quotes"),
        (f"{HEADER}\nP1,A\x00,B,,,,,,\n", 2, "", "NUL"),
        (f"{HEADER}\nP1,A\x07,B,,,,,,\n", 2, "first_name", "control characters"),
        (HEADER.replace(",", ";") + "\n", 1, HEADER.replace(",", ";"), "one of the columns"),
    ],
)
def test_what_is_wrong_with_a_spreadsheet(
    text: str, line: int, column: str, words: str, tmp_path: Path
):
    found = told(write(tmp_path / "prairie", {**FILES, "participants.csv": text}))
    assert found[0][:3] == ("participants.csv", line, column)
    assert words in found[0][3]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (f"{HEADER}\nP1,Zo\u00eb,B,,,,,,\n".encode("latin-1"), 2, "not UTF-8 (byte 0xEB)"),
        (PEOPLE.encode("utf-16"), 0, "UTF-16"),
    ],
)
def test_another_encoding(content: bytes, line: int, words: str, tmp_path: Path):
    folder = write(tmp_path / "prairie")
    (folder / "participants.csv").write_bytes(content)
    ((file, where, _column, said),) = told(folder)
    assert (file, where) == ("participants.csv", line)
    assert words in said


def test_a_column_that_is_unknown_does_not_hide_the_lines(tmp_path: Path):
    people = f"{HEADER},shoe_size\nP1,Ada,,,,,,,,7\n"
    found = told(write(tmp_path / "prairie", {**FILES, "participants.csv": people}))
    assert [each[1:3] for each in found] == [(1, "shoe_size"), (2, "last_name")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[clinic\nname = 1", "This is not TOML"),
        ('[clinic]\nname = "a"\nname = "b"', "This is not TOML"),
        ("sites = 3\n[clinic]\nname='a'", "tables"),
        ("clinic = 'Prairie'", "[clinic]"),
        ("[clinic]\nname = 'a'\n[[programs]]\ncode = 'x'\nrules = 1", "tables"),
        ("", "[clinic]"),
    ],
)
def test_what_is_wrong_with_clinic_toml(text: str, words: str, tmp_path: Path):
    found = told(write(tmp_path / "prairie", {"clinic.toml": text}))
    assert found[0][0] == "clinic.toml"
    assert any(words in said for *_place, said in found)


def test_folders_that_are_none(tmp_path: Path):
    assert "cannot be read" in told(tmp_path / "nowhere")[0][3]
    (tmp_path / "file").write_text("")
    assert "cannot be read" in told(tmp_path / "file")[0][3]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert told(empty)[0][0] == "clinic.toml"
    assert "required" in told(empty)[0][3]
    (write(tmp_path / "prairie") / "leaves.csv").unlink()
    (tmp_path / "prairie" / "leaves.csv").mkdir()
    assert [each[0] for each in told(tmp_path / "prairie")] == ["leaves.csv"]


def test_a_misspelled_file_does_not_go_by_in_silence(tmp_path: Path):
    said: list[str] = []
    folder = write(tmp_path / "prairie")
    (folder / "attendence.csv").write_text("x")
    (folder / "expected.json").write_text("{}")
    read_folder(folder, said.append)
    assert said[0] == "attendence.csv: not a file of a clinic folder, left alone"
    assert "attendance.csv: 7 rows" in said
    assert not any("expected.json" in line for line in said)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(max_examples=60)
@given(file=st.sampled_from(list(FILES)), data=st.data())
@example(file="clinic.toml", data=None).via("the file as it is")
def test_reading_never_breaks_down(file: str, data, tmp_path_factory):
    """Whatever stands somewhere in a file, reading it ends in rows and words."""
    text = FILES[file]
    if data is not None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(TEXTS) + text[end:]
    told(write(tmp_path_factory.mktemp("drawn"), {**FILES, file: text}))


@pytest.mark.django_db
def test_nothing_is_written_where_a_file_cannot_be_read(tmp_path: Path):
    folder = write(tmp_path / "prairie")
    (folder / "leaves.csv").write_bytes(b"\xff\xff")
    (problem,) = problems_of(folder)
    assert problem.place.file == "leaves.csv"
    assert not Clinic.objects.exists()
    bring(write(tmp_path / "prairie", edit("leaves.csv", "family", "away")))


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('[[programs]]\ncode = ["x"]\n[[programs.rules]]\ncount = 3', "text in quotes"),
        ("[clinic]\nname = 0x" + "F" * 9_000, "This is not TOML"),
        ("[clinic]\n" + "a." * 20_000 + "a = 1", "This is not TOML"),
        ("[clinic]\nname = " + "[" * 20_000, "This is not TOML"),
        ("[clinic]\nname = nan\n[[sites]]\ncode = 1979-05-27T07:32:00Z", "text in quotes"),
    ],
)
def test_a_clinic_toml_made_to_break_the_reader(toml: str, words: str, tmp_path: Path):
    found = told(write(tmp_path / "prairie", {"clinic.toml": toml}))
    assert any(words in each[3] for each in found)
