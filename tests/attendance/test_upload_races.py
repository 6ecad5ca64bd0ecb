"""Two workers, two clicks, and a page that looks on: on real connections."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import AuditEvent, User
from attendance.clinic_folder.steps import STEPS, WRITING
from attendance.clinic_upload import progress
from attendance.clinic_upload.actions.receiving import CannotDecide, apply_upload, drop_upload
from attendance.clinic_upload.actions.working import check_upload, import_upload
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from programs.models import Participant
from tests.attendance.prairie import NOW
from tests.attendance.uploads import SMALL, checked, received
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


def both(*steps) -> list[CannotDecide]:
    """Do the steps at the same time; return what they were refused with."""
    gate = Barrier(len(steps))
    refusals: list[CannotDecide] = []

    def run(step) -> None:
        gate.wait()
        try:
            step()
        except CannotDecide as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[step]) for step in steps]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return refusals


def test_two_workers_check_once_and_import_once(director: User, root: Path):
    upload = received(director, SMALL)
    check = lambda: check_upload(upload_id=upload.pk, now=NOW, by=None)  # noqa: E731 (twice)
    both(check, check)
    assert AuditEvent.objects.filter(verb="clinic.upload_checked").count() == 1
    approve = lambda: apply_upload(upload=upload, by=director)  # noqa: E731 (twice)
    assert len(both(approve, approve)) == 1
    bring = lambda: import_upload(upload_id=upload.pk, now=NOW, by=None)  # noqa: E731 (twice)
    both(bring, bring)
    upload.refresh_from_db()
    assert upload.status == UploadStatus.APPLIED
    assert AuditEvent.objects.filter(verb="clinic.imported").count() == 1
    assert Participant.objects.count() == 3
    assert list(root.iterdir()) == []


def test_dropped_in_the_moment_it_is_approved_one_of_both_holds(director: User, root: Path):
    upload = checked(received(director, SMALL))
    refusals: list[Exception] = []

    def approve() -> None:
        try:
            apply_upload(upload=upload, by=director)
        except CannotDecide as refused:
            refusals.append(refused)

    drop = lambda: drop_upload(upload=upload, now=NOW, by=director)  # noqa: E731 (a step)
    assert second_is_refused_by(drop, approve) is None
    assert [str(each) for each in refusals] == ["This was dropped. Send the files again."]
    import_upload(upload_id=upload.pk, now=NOW, by=None)
    assert not Participant.objects.exists()
    assert list(root.iterdir()) == []


def test_how_far_a_rehearsal_is_can_be_read_while_it_runs(director: User, monkeypatch):
    """Its own transaction is open, and will be rolled back."""
    upload = received(director, SMALL)
    seen: list[tuple[str, int]] = []
    told_beside = progress.told_beside.__wrapped__

    def watched(row):
        for begin in told_beside(row):

            def tell(step: str, begin=begin) -> None:
                begin(step)
                thread = Thread(target=look, args=[step])
                thread.start()
                thread.join()

            yield tell

    def look(step: str) -> None:
        row = ClinicUpload.objects.get(pk=upload.pk)
        seen.append((row.status, row.step))
        assert STEPS[row.step - 1] == step
        connection.close()

    monkeypatch.setattr(
        "attendance.clinic_upload.actions.working.told_beside", progress.contextmanager(watched)
    )
    checked(upload)
    assert [step for _status, step in seen] == list(range(1, len(STEPS) + 1))
    assert {status for status, _step in seen} == {UploadStatus.CHECKING}
    assert STEPS[seen[-1][1] - 1] == WRITING[-1]
    assert upload.claimed_at
    assert upload.claimed_at > NOW
    assert not Participant.objects.exists()
