"""The command: what it prints, where, and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import AuditEvent
from attendance.clinic_folder import FolderRefused, import_clinic_folder
from attendance.models import Presence
from groups.models import GroupMembership
from programs.models import Clinic, Participant
from tests import build
from tests.attendance.prairie import NOW, bring, edit, everything, problems_of, write

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str) -> tuple[str, str, int]:
    """Run the command; return what it printed, what it complained of, and its exit status."""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_clinic", str(folder), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
        status = error.returncode
    return out.getvalue(), err.getvalue(), status


def test_it_says_what_it_reads_and_what_it_did(tmp_path: Path):
    folder = write(tmp_path / "prairie")
    out, err, status = run(folder)
    assert (err, status) == ("", 0)
    assert "participants.csv: 3 rows" in out.splitlines()
    assert "leaves.csv: 1 row" in out.splitlines()
    assert "participants        3 added      0 changed      0 unchanged" in out
    assert out.endswith("Imported.\n")
    assert run(folder)[0].endswith("Nothing to change.\n")


def test_problems_go_to_stderr_with_status_one(tmp_path: Path):
    files = edit("participants.csv", "+12125550201", "555")
    files["groups.csv"] = files["groups.csv"].replace("process", "chat")
    out, err, status = run(write(tmp_path / "prairie", files))
    assert status == 1
    assert err.splitlines() == [
        'participants.csv line 2, phone "555": a phone number that exists, with country code,'
        " such as +12125550123",
        'groups.csv line 2, kind "chat": one of process, skills, psychoeducation,'
        " relapse_prevention, mindfulness, family, individual",
        "Nothing was imported: 2 problems.",
    ]
    assert "Imported" not in out
    assert not Clinic.objects.exists()


def test_a_rehearsal_says_what_would_change_and_changes_nothing(tmp_path: Path):
    folder = write(tmp_path / "prairie")
    empty = everything()
    out, _err, status = run(folder, "--dry-run")
    assert status == 0
    assert "participants        3 added" in out
    assert out.endswith("Dry run: nothing was changed.\n")
    assert everything() == empty
    run(folder)
    before = everything()
    out, _err, _status = run(write(folder, edit("participants.csv", "Benny", "Benji")), "--dry-run")
    assert "participants.csv line 3: changes preferred_name" in out.splitlines()
    assert everything() == before
    assert Participant.objects.get(chart_number="P2").preferred_name == "Benny"


def test_a_rehearsal_finds_what_an_import_would(tmp_path: Path):
    _out, err, status = run(write(tmp_path / "x", edit("leaves.csv", "P1", "P9")), "--dry-run")
    assert status == 1
    assert 'leaves.csv line 2, chart_number "P9"' in err


def test_who_imports_is_on_record(tmp_path: Path, director):
    folder = write(tmp_path / "prairie")
    import_clinic_folder(folder=folder, now=NOW, by=director)
    assert AuditEvent.objects.get(verb="clinic.imported").by == director


@pytest.mark.usefixtures("audit_fails")
def test_nothing_is_imported_when_the_trail_cannot_be_written(tmp_path: Path):
    with pytest.raises((FolderRefused, IntegrityError)):
        bring(write(tmp_path / "prairie"))
    assert not Clinic.objects.exists()
    assert not Presence.objects.exists()


def test_what_only_the_database_refuses_is_told_in_words(tmp_path: Path, monkeypatch):
    """Behind the checks stand the constraints; a hole in the former is no traceback."""
    folder = write(tmp_path / "prairie")
    files = edit("memberships.csv", "Skills,P1,2026-10-19,2026-11-20", "Skills,P1,2026-10-01,")
    monkeypatch.setattr(
        "attendance.clinic_folder.check_people._clipped", lambda place, episode: place
    )
    (problem,) = problems_of(write(folder, files))
    assert problem.place.file == "memberships.csv"
    assert "A membership lies inside its enrollment" in str(problem)
    assert not GroupMembership.objects.exists()


def test_it_leaves_what_the_application_added_alone(tmp_path: Path):
    folder = write(tmp_path / "prairie")
    bring(folder)
    extra = build.a_session(build.a_group(build.a_program()), starts="09:00", ends="10:00")
    before = everything()
    assert not bring(folder).has_changes
    assert everything() == before
    assert extra.pk
