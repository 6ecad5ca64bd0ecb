"""What a worker does with an upload: the check, the import, and what is left of both."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pghistory
import pytest
from django.utils import translation

from accounts.models import AuditEvent, User
from attendance.clinic_folder import import_clinic_folder
from attendance.clinic_folder.steps import STEPS
from attendance.clinic_upload.actions.receiving import CannotDecide, apply_upload, drop_upload
from attendance.clinic_upload.actions.sweeping import sweep_uploads
from attendance.clinic_upload.actions.working import check_upload, import_upload
from attendance.clinic_upload.folders import new_folder
from attendance.clinic_upload.kept_problems import from_kept
from attendance.clinic_upload.moving import due
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from attendance.tasks import check_uploads, import_uploads, sweep_old_uploads
from programs.models import ContactConsent, Participant, Program, Role
from tests import build
from tests.attendance.prairie import DATA, FILES, NOW, edit, everything, write
from tests.attendance.uploads import SMALL, checked, files_of, imported, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    return settings.UPLOADS_ROOT


def directs_everything(director: User) -> None:
    """Make them director of the programs that an import has brought."""
    for program in Program.objects.exclude(assignments__user=director):
        build.an_assignment(director, program, Role.DIRECTOR)


def test_the_preview_says_what_a_dry_run_of_the_command_says(director: User, root: Path):
    upload = received(director, files_of(DATA / "edges"))
    before = everything()
    checked(upload)
    rehearsed = import_clinic_folder(folder=DATA / "edges", now=NOW, by=None, is_rehearsal=True)
    assert upload.status == UploadStatus.READY
    assert upload.counts == {table: dict(each) for table, each in rehearsed.tables.items()}
    assert upload.counts["participants"] == {"created": 18, "updated": 0, "unchanged": 0}
    told = AuditEvent.objects.get(verb="clinic.upload_checked")
    assert (told.by, told.subject_id) == (director, upload.public_id)
    assert told.detail == {"tables": rehearsed.as_detail(), "problems": 0}
    after = everything()
    differs = {table for table in after if before[table] != after[table]}
    assert differs == {"attendance_clinicupload", "accounts_auditevent"}
    assert (root / upload.stored_name).is_dir()


def test_the_import_does_what_the_command_does(
    director: User, root: Path, django_capture_on_commit_callbacks
):
    upload = checked(received(director, files_of(DATA / "edges")))
    with django_capture_on_commit_callbacks(execute=True):
        imported(upload)
    assert upload.status == UploadStatus.APPLIED
    assert (upload.finished_at, upload.step) == (NOW, len(STEPS))
    assert AuditEvent.objects.get(verb="clinic.imported").by == director
    again = import_clinic_folder(folder=DATA / "edges", now=NOW, by=None)
    assert not again.has_changes
    assert list(root.iterdir()) == []


def test_consents_brought_by_the_browser_count_as_an_import(director: User):
    """A file that names a channel again puts back what a file took away, and nothing else."""
    imported(checked(received(director)))
    directs_everything(director)
    ours = ContactConsent.objects.filter(participant__chart_number="P1")
    assert ours.filter(withdrawn_at=None).count() == 2
    contexts = {
        each.pgh_context["command"] for each in ContactConsent.pgh_event_model.objects.all()
    }
    assert contexts == {"import_clinic"}
    without = edit("participants.csv", "en,email sms", "en,email")
    imported(checked(received(director, without)))
    assert ours.filter(withdrawn_at=None).count() == 1
    imported(checked(received(director)))
    assert ours.filter(withdrawn_at=None).count() == 2
    with pghistory.context(user=director.pk):  # at the desk
        ours.filter(withdrawn_at=None, channel="sms").update(withdrawn_at=NOW)
    imported(checked(received(director)))
    assert ours.filter(withdrawn_at=None).count() == 1


def test_what_is_wrong_is_kept_for_its_sender_and_the_files_are_not(
    director: User, root: Path, django_capture_on_commit_callbacks
):
    upload = received(director, edit("participants.csv", "+12125550201", "555"))
    with django_capture_on_commit_callbacks(execute=True):
        checked(upload)
    assert (upload.status, upload.problem_count) == (UploadStatus.WRONG, 1)
    (problem,) = from_kept(upload.problems)
    assert (problem.file, problem.place, problem.column) == ("participants.csv", "2", "phone")
    assert problem.value == '"555"'
    assert "a phone number that exists" in problem.words
    assert not Participant.objects.exists()
    assert list(root.iterdir()) == []
    assert AuditEvent.objects.get(verb="clinic.upload_checked").detail == {"problems": 1}


def test_what_is_wrong_is_said_in_the_senders_language(director: User):
    with translation.override("es"):
        upload = received(director, edit("enrollments.csv", "2027-01-15", "2027-13-15"))
    (problem,) = from_kept(checked(upload).problems)
    assert problem.words.startswith("una fecha que exista")


def test_where_the_clinic_changed_meanwhile_the_import_decides(director: User, tmp_path: Path):
    upload = checked(received(director, SMALL | {"leaves.csv": FILES["leaves.csv"]}))
    assert upload.status == UploadStatus.READY
    late = {
        **SMALL,
        "leaves.csv": "chart_number,first_on,last_on,reason\nP1,2026-11-10,2026-11-12,\n",
    }
    import_clinic_folder(folder=write(tmp_path / "other", late), now=NOW, by=None)
    directs_everything(director)
    before = Participant.objects.get(chart_number="P1").leaves.count()
    imported(upload)
    assert upload.status == UploadStatus.WRONG
    assert "dates that do not overlap" in from_kept(upload.problems)[0].words
    assert Participant.objects.get(chart_number="P1").leaves.count() == before
    assert AuditEvent.objects.filter(verb="clinic.import_refused").count() == 1


def test_who_has_lost_the_right_meanwhile_imports_nothing(director: User, program):
    toml = (
        FILES["clinic.toml"]
        .replace('"evening"', '"evening-iop"')
        .replace("evening =", "evening-iop =")
    )
    upload = checked(received(director, {"clinic.toml": toml}))
    assert upload.status == UploadStatus.READY
    director.assignments.update(ended_at="2100-01-01T00:00Z")
    imported(upload)
    assert upload.status == UploadStatus.WRONG
    program.refresh_from_db()
    assert program.name == "Evening IOP"
    assert {each.words for each in from_kept(upload.problems)} >= {
        "a program that you direct, or a new one"
    }


def test_a_mistake_of_ours_ends_in_words_and_in_the_log(director: User, monkeypatch):
    upload = received(director, SMALL)

    def broken(read, now, **facts):
        raise ZeroDivisionError

    monkeypatch.setattr("attendance.clinic_folder.actions.make_plan", broken)
    with pytest.raises(ZeroDivisionError):
        checked(upload)
    upload.refresh_from_db()
    assert upload.status == UploadStatus.WRONG
    assert "nothing was imported" in from_kept(upload.problems)[0].words


def test_a_worker_that_died_is_followed_by_another(director: User):
    upload = received(director, SMALL)
    died = {"status": UploadStatus.CHECKING, "claimed_at": NOW, "steps": 9}
    ClinicUpload.objects.filter(pk=upload.pk).update(**died)
    soon, later = NOW + timedelta(minutes=10), NOW + timedelta(minutes=10, seconds=1)
    for now, status in ((soon, UploadStatus.CHECKING), (later, UploadStatus.READY)):
        assert due(UploadStatus.CHECKING, now).exists() is (now == later)
        check_upload(upload_id=upload.pk, now=now, by=None)
        upload.refresh_from_db()
        assert upload.status == status
    died = {"status": UploadStatus.APPLYING, "claimed_at": NOW}
    ClinicUpload.objects.filter(pk=upload.pk).update(**died)
    assert not due(UploadStatus.APPLYING, soon).exists()
    assert due(UploadStatus.APPLYING, later).exists()
    import_upload(upload_id=upload.pk, now=later, by=None)
    upload.refresh_from_db()
    assert upload.status == UploadStatus.APPLIED


def test_what_ends_every_worker_is_given_up_after_an_hour(director: User):
    upload = received(director, SMALL)
    late = NOW + timedelta(hours=2)
    claimed = {"status": UploadStatus.CHECKING, "claimed_at": NOW + timedelta(minutes=55)}
    ClinicUpload.objects.filter(pk=upload.pk).update(**claimed)
    assert not due(UploadStatus.CHECKING, late).exists()
    sweep_uploads(now=late, by=None)
    upload.refresh_from_db()
    assert (upload.status, upload.problem_count) == (UploadStatus.WRONG, 1)


def test_approved_twice_it_is_imported_once(director: User):
    upload = checked(received(director, SMALL))
    apply_upload(upload=upload, by=director)
    with pytest.raises(CannotDecide, match="about to be imported already"):
        apply_upload(upload=upload, by=director)
    import_uploads()
    import_uploads()
    with pytest.raises(CannotDecide, match="imported already"):
        drop_upload(upload=upload, now=NOW, by=director)
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert list(verbs).count("clinic.imported") == list(verbs).count("clinic.upload_approved") == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (UploadStatus.CHECKING, "being checked just now"),
        (UploadStatus.APPLYING, "too late to drop"),
        (UploadStatus.APPLIED, "imported already"),
        (UploadStatus.DROPPED, "was dropped"),
    ],
)
def test_what_cannot_be_dropped(status: UploadStatus, words: str, director: User, root: Path):
    upload = received(director, SMALL)
    ClinicUpload.objects.filter(pk=upload.pk).update(status=status)
    for decide in (
        lambda: drop_upload(upload=upload, now=NOW, by=director),
        lambda: apply_upload(upload=upload, by=director),
    ):
        with pytest.raises(CannotDecide):
            decide()
    with pytest.raises(CannotDecide, match=words):
        drop_upload(upload=upload, now=NOW, by=director)
    assert (root / upload.stored_name).is_dir()


def test_dropped_nothing_of_it_is_left(
    director: User, root: Path, django_capture_on_commit_callbacks
):
    upload = checked(received(director, edit("participants.csv", "+12125550201", "555")))
    with django_capture_on_commit_callbacks(execute=True):
        drop_upload(upload=upload, now=NOW, by=director)
    upload.refresh_from_db()
    assert (upload.status, upload.problems) == (UploadStatus.DROPPED, "")
    assert list(root.iterdir()) == []
    check_uploads()
    import_uploads()
    upload.refresh_from_db()
    assert upload.status == UploadStatus.DROPPED


def test_after_a_week_everything_undecided_is_swept(
    director: User, root: Path, django_capture_on_commit_callbacks
):
    uploads = [received(director, SMALL) for _ in range(4)]
    checked(uploads[1])
    ClinicUpload.objects.filter(pk=uploads[2].pk).update(
        status=UploadStatus.APPLYING, claimed_at=NOW
    )
    ClinicUpload.objects.filter(pk=uploads[3].pk).update(uploaded_at=NOW + timedelta(days=1))
    with new_folder():
        pass  # a crash left it behind
    weekend = NOW + timedelta(days=7, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        sweep_uploads(now=weekend, by=None)
    found = ClinicUpload.objects.order_by("pk").values_list("status", flat=True)
    assert list(found) == ["dropped"] * 3 + ["waiting"]
    assert AuditEvent.objects.filter(verb="clinic.upload_dropped", by=None).count() == 3


def test_loose_folders_go_once_they_are_old(director: User, root: Path):
    kept = received(director, SMALL)
    with new_folder() as loose:
        pass
    (root / "documents").mkdir()
    sweep_uploads(now=NOW - timedelta(days=400), by=None)
    assert loose.path.exists()
    ClinicUpload.objects.update(uploaded_at=NOW + timedelta(days=3650))
    sweep_uploads(now=NOW + timedelta(days=3650), by=None)
    assert {each.name for each in root.iterdir()} == {"documents", kept.stored_name}


def test_tasks_without_anything_due_are_quiet(director: User):
    check_uploads()
    import_uploads()
    sweep_old_uploads()
    check_upload(upload_id=0, now=NOW, by=None)
    import_upload(upload_id=0, now=NOW, by=None)
    assert not AuditEvent.objects.exists()
