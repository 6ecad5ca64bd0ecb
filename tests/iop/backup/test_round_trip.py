"""What was backed up is what is restored: rows, files, what guards them, and who may do what."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError

from accounts.models import AuditEvent, AuditSeal
from accounts.verifying import verify_trail
from iop.backup.contents import Contents, contents_of, differences, snapshot_of
from iop.backup.files import DOCUMENTS, UPLOADS
from iop.backup.place import Place, django_on, own_place
from iop.backup.problems import CannotBackUp, CannotRestore
from programs.agreements.files import read_file
from programs.models import Document, Enrollment, Program
from tests import build
from tests.iop.backup.conftest import PDF
from tests.iop.backup.restored import (
    another_place,
    as_application,
    backed_up,
    files_of,
    restore_into,
    rights_of,
    rows_of,
    sequences_of,
)
from tests.refusals import refused_by

TRAIL = "accounts_auditevent"


def rows_of_ours() -> dict[str, str]:
    return rows_of(own_place())


def test_every_row_file_guard_and_right_is_as_it_was(
    records: Program, folder: Path, tmp_path: Path, settings
):
    backup, files = backed_up(tmp_path), files_of(folder)
    before, numbered = rows_of_ours(), sequences_of(own_place())
    assert len(files) == 5
    with another_place() as place:
        restored = restore_into(place, backup, tmp_path / "there")
        after = rows_of(place)
        # Restoring left a line of its own, and nothing else.
        changed = {table for table in before if before[table] != after[table]}
        assert all(table.startswith(TRAIL) for table in changed)
        assert before.keys() == after.keys()
        assert files_of(tmp_path / "there") == files
        assert {name for name, _ in sequences_of(place)} == {name for name, _ in numbered}
        assert rights_of(place) == rights_of(own_place())
        settings.DOCUMENTS_ROOT = tmp_path / "there" / "documents"
        with django_on(place):
            assert_it_can_be_worked_in(records)
        assert_the_past_is_closed(place)
        assert_what_is_not_as_it_was_is_found(place)
        assert "1 seals over" in restored.trail


def assert_it_can_be_worked_in(program: Program) -> None:
    assert AuditEvent.objects.latest("pk").verb == "backup.restored"
    assert verify_trail(anchors=[]).is_intact
    assert {read_file(each.stored_name)[:-1000] for each in Document.objects.all()} == {PDF}
    enrollment = Enrollment.objects.earliest("pk")
    with pytest.raises(IntegrityError) as caught:
        build.an_enrollment(enrollment.program, enrollment.participant)
    assert refused_by(caught.value) == "enrollment_one_at_a_time"
    build.an_enrollment(Program.objects.get(pk=program.pk))


def assert_the_past_is_closed(place: Place) -> None:
    with as_application(place) as application:
        application.execute("SELECT count(*) FROM programs_enrollment")
        for wrong in (
            "UPDATE accounts_auditevent SET verb = 'nothing.done'",
            "DELETE FROM accounts_auditseal",
            "DELETE FROM programs_enrollmentevent",
            "TRUNCATE programs_participant",
            "CREATE TABLE own (a int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(wrong)


def contents_in(place: Place) -> Contents:
    with snapshot_of(place) as (connection, _):
        return contents_of(connection)


def assert_what_is_not_as_it_was_is_found(place: Place) -> None:
    """What `--verify` compares is not only numbers of rows."""
    wanted = contents_in(place)
    with place.connect() as owner:
        owner.execute("UPDATE programs_site SET callback_phone = '+13125550199'")
        owner.execute("DELETE FROM groups_groupmembership")
        owner.execute("ALTER TABLE programs_enrollment DROP CONSTRAINT enrollment_one_at_a_time")
        owner.execute("ALTER TABLE programs_participant DISABLE TRIGGER USER")
    said = "\n".join(differences(wanted, contents_in(place)))
    assert "programs_site: as many rows as there were, with other values in them" in said
    assert "groups_groupmembership: 0 rows instead of 3" in said
    assert "constraints: programs_enrollment.enrollment_one_at_a_time is not as it was" in said
    assert "triggers: programs_participant." in said


def test_a_tampered_trail_is_not_restored(records: Program, folder: Path, tmp_path: Path):
    """The backup holds what was there; that it was tampered with is said before it is used."""
    with own_place().connect() as owner:
        owner.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
        owner.execute("DELETE FROM accounts_auditevent WHERE detail->>'found' = '7'")
        owner.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")
    assert AuditSeal.objects.count() == 1
    backup = backed_up(tmp_path)
    with another_place() as place:
        with pytest.raises(CannotRestore, match="trail in it does not hold"):
            restore_into(place, backup, tmp_path / "there")
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            place.connect()
    assert files_of(tmp_path / "there") == {}


def test_a_document_whose_file_is_missing_is_no_backup(
    records: Program, folder: Path, tmp_path: Path
):
    (folder / "documents" / Document.objects.earliest("pk").stored_name).unlink()
    with pytest.raises(CannotBackUp, match=r"programs_document names the file .* is not there"):
        backed_up(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_every_model_with_files_is_known():
    """A new one has to be named in `iop/backup/files.py`, or its files are in no backup."""
    with_files = {
        model._meta.db_table
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        and any(field.name == "stored_name" for field in model._meta.get_fields())
    }
    assert {table for table in with_files if table not in UPLOADS} == set(DOCUMENTS)
    assert "attendance_clinicupload" in UPLOADS
