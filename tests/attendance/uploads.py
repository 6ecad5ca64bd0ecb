"""Clinic folders as a browser sends them, and what a worker does with them in tests."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from attendance.clinic_upload.actions.receiving import receive_upload
from attendance.clinic_upload.actions.working import check_upload, import_upload
from attendance.models import ClinicUpload
from attendance.models.upload import UploadStatus
from tests.attendance.prairie import FILES, NOW

SMALL = {"clinic.toml": FILES["clinic.toml"], "participants.csv": FILES["participants.csv"]}


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def sent(name: str, content: str | bytes) -> SimpleUploadedFile:
    content = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, content)


def a_zip(files: Mapping[str, str | bytes] | None = None) -> SimpleUploadedFile:
    return sent("folder.zip", zip_of(FILES if files is None else files))


def files_of(folder: Path) -> dict[str, str | bytes]:
    """Return the files of an example; what says how it comes out is none of a clinic folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"}


def received(by: User, files: Mapping[str, str | bytes] | None = None) -> ClinicUpload:
    return receive_upload(files=[a_zip(files)], now=NOW, by=by)


def checked(upload: ClinicUpload) -> ClinicUpload:
    check_upload(upload_id=upload.pk, now=NOW, by=None)
    upload.refresh_from_db()
    return upload


def imported(upload: ClinicUpload) -> ClinicUpload:
    """Approve and import an upload that is ready."""
    ClinicUpload.objects.filter(pk=upload.pk).update(status=UploadStatus.TO_APPLY)
    import_upload(upload_id=upload.pk, now=NOW, by=None)
    upload.refresh_from_db()
    return upload
