"""Puts what the browser sent into a folder of its own: a zip, or single files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from attendance.clinic_folder.clinic_toml import read_clinic_toml
from attendance.clinic_folder.folder import Folder
from attendance.clinic_folder.problems import CLINIC_FILE
from attendance.clinic_folder.reach import programs_named
from attendance.clinic_upload.folders import Filling, new_folder
from attendance.clinic_upload.limits import CannotUpload
from attendance.clinic_upload.names import is_junk, known, shown
from attendance.clinic_upload.unpacking import unpack
from programs.models import Program


@contextmanager
def put_away(files: Sequence[UploadedFile], directs: frozenset[str]) -> Iterator[Filling]:
    """Give the folder with the files; where the block fails, it is removed again.

    `directs` are the codes of the programs the sender directs. Raises CannotUpload.
    """
    sent = [file for file in files if not is_junk(_name(file))]
    if not sent:
        raise CannotUpload(_("Choose the clinic folder as a zip, or its files."))
    zips = [file for file in sent if _is_zip(file)]
    if zips and len(sent) > 1:
        raise CannotUpload(_("Choose one zip, or single files: not both."))
    with new_folder() as filling:
        for file in sent:
            if zips:
                unpack(file, file.size or 0, filling)
            else:
                filling.write(_fresh(file, filling), file.chunks())
        _check_programs(filling.path / CLINIC_FILE, directs)
        yield filling


def _name(file: UploadedFile) -> str:
    return file.name or ""


def _is_zip(file: UploadedFile) -> bool:
    return _name(file).lower().endswith(".zip")


def _fresh(file: UploadedFile, filling: Filling) -> str:
    name = known(_name(file))
    if (filling.path / name).exists():
        raise CannotUpload(_("%(file)s was chosen twice.") % {"file": shown(name)})
    return name


def _check_programs(clinic_toml: Path, directs: frozenset[str]) -> None:
    """Refuse a folder that names a program of somebody else; no name is told.

    What its other files reach is for the check to find out, which reads them.
    """
    if not clinic_toml.exists():
        words = _("%(file)s is missing. It names the clinic, its sites and its programs.")
        raise CannotUpload(words % {"file": CLINIC_FILE})
    folder = Folder()
    read_clinic_toml(clinic_toml, folder)
    there_are = set(Program.objects.values_list("code", flat=True))
    if (programs_named(folder) & there_are) - directs:
        raise CannotUpload(_("The folder names programs you do not direct."))
