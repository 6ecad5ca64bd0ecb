"""`manage.py backup` and `restore`: what they say, what they refuse, and what they leave alone."""

from __future__ import annotations

import io
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from iop.backup import programs as found_programs
from iop.backup.making import remove_older
from iop.backup.place import own_place
from iop.backup.problems import CannotBackUp, CannotRestore
from programs.models import Program
from tests.iop.backup.restored import (
    another_place,
    backed_up,
    files_of,
    restore_into,
    rows_of,
)


class Terminal(io.StringIO):
    """Keeps what a terminal would show."""

    def isatty(self) -> bool:
        return True


def run(*words: object, on: type[io.StringIO] = io.StringIO) -> str:
    said = on()
    call_command(*map(str, words), stdout=said, no_color=True)
    return said.getvalue()


def refusal(*words: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(*words)
    return str(caught.value)


def test_a_backup_has_a_dated_name_is_verified_and_leaves_a_line(
    records: Program, folder: Path, tmp_path: Path
):
    target = tmp_path / "backups"
    target.mkdir()
    said = run("backup", target, "--verify", "--keep", 3)
    (made,) = target.iterdir()
    assert made.name.startswith("iop-2")
    assert made.name.endswith("Z.backup")
    assert made.stat().st_mode & 0o777 == 0o600
    assert "and 5 files as of" in said
    assert "every row, guard and file is there" in said
    assert "Its audit trail holds: 1 seals" in said
    line = AuditEvent.objects.get(verb="backup.made")
    assert line.detail["files"] == 5
    assert line.detail["bytes"] == made.stat().st_size
    assert run("restore", made, "--check").splitlines()[1].startswith("Files: ")
    shown = run("restore", made, "--check", on=Terminal).split("\n")
    # One line per step, written over itself, then the sentence and nothing more.
    assert [line.rpartition("\r\x1b[K")[2].partition(":")[0] for line in shown[:2]] == [
        "Database",
        "Files",
    ]
    assert shown[0].count("\r") > 1
    assert "is whole" in shown[2]
    content = made.read_bytes()
    for secret in (b"Harbor Street", b"Dina Osei", b"PGDMP", b"manifest.json"):
        assert secret not in content


def test_older_backups_go_by_day_and_nothing_else_does(tmp_path: Path):
    ours = [f"iop-202611{day}T010000Z.backup" for day in ("20", "21", "23", "24")]
    twice = "iop-20261123T190000Z.backup"
    others = ["iop-20261101T010000Z.backup.old", "clinic.backup", "notes.txt"]
    for name in [*ours, twice, *others]:
        (tmp_path / name).touch()
    assert [path.name for path in remove_older(tmp_path, days=2)] == ours[:2]
    assert {path.name for path in tmp_path.iterdir()} == {*ours[2:], twice, *others}
    assert remove_older(tmp_path, days=2) == []


def test_what_is_asked_for_wrongly_is_said(folder: Path, tmp_path: Path, settings, monkeypatch):
    there = tmp_path / "there.backup"
    there.touch()
    assert "is there already" in refusal("backup", there)
    assert "Make it first" in refusal("backup", tmp_path / "no" / "where.backup")
    assert "--keep takes a number of days" in refusal("backup", there, "--keep", 3)
    assert "go together" in refusal("restore", there, "--into", "postgresql://host/name")
    wrong = ["--into", "mysql://host/name", "--files", tmp_path]
    assert "the address of a PostgreSQL database" in refusal("restore", there, *wrong)
    assert "nothing in it" in refusal("restore", there, "--check")
    assert "No such file" in refusal("restore", tmp_path / "not there", "--check")
    settings.BACKUP_KEY = "c2hvcnQ="
    assert "not 32 bytes in base64" in refusal("restore", there, "--check")
    settings.BACKUP_KEY = ""
    monkeypatch.delenv("IOP_EMBEDDED", raising=False)
    assert "IOP_BACKUP_KEY is not set. Make a key" in refusal("backup", tmp_path)
    assert "this data folder holds no key" in refusal("restore", there, "--check")
    monkeypatch.setenv("IOP_EMBEDDED", "DATABASE_URL")
    assert not (folder / "keys").exists()


def test_a_server_newer_than_every_pg_dump_is_said():
    with pytest.raises(CannotBackUp, match=r"PostgreSQL 99; the pg_dump programs here are of"):
        found_programs.programs_for(99)


def test_a_broken_backup_touches_nothing(records: Program, folder: Path, tmp_path: Path, settings):
    whole = backed_up(tmp_path)
    content, files, rows = whole.read_bytes(), files_of(folder), rows_of(own_place())
    databases = databases_of_the_server()
    middle = len(content) // 2
    broken = {
        "cut off": content[:middle],
        "its end is missing": content[: 59 + 2 * (256 * 1024 + 16)],
        "was altered after": content[:middle]
        + bytes([content[middle] ^ 1])
        + content[middle + 1 :],
        "altered": content + b"more",
    }
    for words, changed in broken.items():
        path = tmp_path / "broken.backup"
        path.write_bytes(changed)
        assert words in refusal("restore", path, "--check")
        assert words in refusal("restore", path, "--replace", "--yes")
    assert "holds records (Harbor Street)" in refusal("restore", whole)
    settings.BACKUP_KEY = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
    assert "made with another key" in refusal("restore", whole, "--replace", "--yes")
    assert databases_of_the_server() == databases
    assert (files_of(folder), rows_of(own_place())) == (files, rows)
    assert {path.name for path in folder.iterdir()} <= {"documents", "uploads", "audit_seals.log"}


def databases_of_the_server() -> set[str]:
    """Those that this test could have left behind: other tests may run beside it."""
    with own_place().connect_beside() as connection:
        found = connection.execute("SELECT datname FROM pg_database")
        ours = own_place().name
        return {name for (name,) in found if name.startswith(ours)}


def test_what_is_replaced_is_asked_for_and_kept(
    records: Program, folder: Path, tmp_path: Path, monkeypatch
):
    there, second = tmp_path / "there", backed_up(tmp_path)
    with another_place() as place:
        with place.connect_beside() as beside:
            beside.execute(f"CREATE DATABASE {place.name}")
        with place.connect() as owner:
            owner.execute("CREATE TABLE programs_clinic AS SELECT 'Harbor Lane' AS name")
        into = ["--into", url_of(place), "--files", there]
        assert f"{place.name} holds records (Harbor Lane)" in refusal("restore", second, *into)
        monkeypatch.setattr("sys.stdin", io.StringIO("Harbor Street\n"))
        assert "Nothing was changed" in refusal("restore", second, *into, "--replace")
        with place.connect():
            again = refusal("restore", second, *into, "--replace", "--yes")
        assert "1 connections" in again
        assert "Stop web, worker and beat" in again
        monkeypatch.setattr("sys.stdin", io.StringIO("Harbor Lane\n"))
        said = run("restore", second, *into, "--replace")
        aside = said.partition("kept as the database ")[2].partition(".")[0]
        assert clinic_in(place.name) == "Harbor Street"
        assert clinic_in(aside) == "Harbor Lane"


def clinic_in(name: str) -> str:
    with own_place().called(name).connect() as connection:
        found = connection.execute("SELECT name FROM programs_clinic").fetchone()
        return found[0] if found else ""


def url_of(place) -> str:
    host = "".join(f"%{byte:02X}" for byte in place.host.encode())
    return f"postgresql://{place.user}:{place.password}@{host}:{place.port or 5432}/{place.name}"


def test_a_login_that_may_make_no_database_is_told(records: Program, folder: Path, tmp_path: Path):
    backup, ours = backed_up(tmp_path), own_place()
    with another_place() as place:
        role = f"{place.name}_login"
        with ours.connect() as owner:
            owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'a walk along the river'")
        try:
            poor = own_place().called(place.name)
            poor = type(poor)(poor.name, poor.host, poor.port, role, "a walk along the river")
            with pytest.raises(CannotRestore, match="may not create databases"):
                restore_into(poor, backup, tmp_path / "there")
        except psycopg.OperationalError:
            pytest.skip("the server lets in no login made here")
        finally:
            with ours.connect() as owner:
                owner.execute(f"DROP ROLE {role}")
