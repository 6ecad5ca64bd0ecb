"""What the pages of uploads show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from attendance.clinic_folder.problems import MOST_SHOWN
from attendance.clinic_upload.expected import ExpectedTable, expected_tables
from attendance.clinic_upload.forms import UploadForm
from attendance.clinic_upload.kept_problems import KeptProblem, from_kept
from attendance.clinic_upload.moving import WAITS_AS, may_become
from attendance.clinic_upload.words import (
    LOOKS,
    TABLES,
    Look,
    problem_words,
    step_words,
    sum_words,
)
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from programs.models import Program

MOST_LISTED = 50


@dataclass(frozen=True)
class PastUpload:
    """One line of the list."""

    upload: ClinicUpload
    look: Look
    result: str


@dataclass(frozen=True)
class UploadsPage:
    """Where one sends a folder, with what was sent before."""

    program: Program
    form: UploadForm
    past: list[PastUpload]
    expected: list[ExpectedTable]


@dataclass(frozen=True)
class CountRow:
    """What an import does to one table."""

    label: str
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class UploadPage:
    """One upload: how far it is, what it would do or has done, what is wrong with it."""

    program: Program
    upload: ClinicUpload
    look: Look
    is_working: bool
    step: str
    rows: list[CountRow]
    problems: list[KeptProblem]

    @property
    def seen(self) -> str:
        """What tells this state from the one before."""
        return f"{self.upload.status}-{self.upload.step}"

    @property
    def has_changes(self) -> bool:
        return any(row.new or row.changed for row in self.rows)

    @property
    def is_imported(self) -> bool:
        return self.upload.status == UploadStatus.APPLIED

    @property
    def may_apply(self) -> bool:
        return self.upload.status in may_become(UploadStatus.TO_APPLY) and not self.is_working

    @property
    def may_drop(self) -> bool:
        return self.upload.status in may_become(UploadStatus.DROPPED)

    @property
    def problem_count(self) -> str:
        return problem_words(self.upload.problem_count)

    @property
    def is_cut(self) -> bool:
        return self.upload.problem_count > MOST_SHOWN


def uploads_page(
    *, program: Program, form: UploadForm, uploads: QuerySet[ClinicUpload]
) -> UploadsPage:
    """Return the page with one's last uploads, the latest first."""
    found = uploads.select_related("uploaded_by").defer("problems")[:MOST_LISTED]
    past = [PastUpload(each, LOOKS[UploadStatus(each.status)], _result(each)) for each in found]
    return UploadsPage(program, form, past, expected_tables())


def _result(upload: ClinicUpload) -> str:
    return problem_words(upload.problem_count) if upload.problem_count else sum_words(upload.counts)


def upload_page(*, program: Program, upload: ClinicUpload) -> UploadPage:
    """Return the page of one upload."""
    rows = [
        CountRow(str(label), each["created"], each["updated"], each["unchanged"])
        for table, label in TABLES.items()
        if any((each := upload.counts.get(table, {})).values())
    ]
    is_working = upload.status in {*WAITS_AS, *WAITS_AS.values()}
    return UploadPage(
        program=program,
        upload=upload,
        look=LOOKS[UploadStatus(upload.status)],
        is_working=is_working,
        step=step_words(upload.step) if upload.status in WAITS_AS else "",
        rows=[] if is_working else rows,
        problems=from_kept(upload.problems),
    )
