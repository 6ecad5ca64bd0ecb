"""Reads a clinic folder: every file there is, into typed rows and the list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.clinic_folder import tables
from attendance.clinic_folder.clinic_toml import give_up, read_clinic_toml
from attendance.clinic_folder.csv_files import read_csv
from attendance.clinic_folder.folder import Folder
from attendance.clinic_folder.problems import CLINIC_FILE, FILES, FolderRefused, Place, Problem
from attendance.clinic_folder.steps import Begin, tell_nobody

SPREADSHEETS = (
    tables.PARTICIPANTS,
    tables.ENROLLMENTS,
    tables.LEAVES,
    tables.GROUPS,
    tables.SCHEDULE,
    tables.MEMBERSHIPS,
    tables.ATTENDANCE,
    tables.CURRICULUM,
    tables.LESSONS,
)


def read_folder(path: Path, say: Callable[[str], None], begin: Begin = tell_nobody) -> Folder:
    """Return what the folder says, its problems included. Raises FolderRefused if it is none."""
    folder = Folder()
    names = _names_in(path)
    for name in names:
        # A misspelled attendence.csv must not go by in silence.
        if name.lower().endswith((".csv", ".toml")) and name not in FILES:
            say(_("%(file)s: not a file of a clinic folder, left alone") % {"file": name})
    begin(CLINIC_FILE)
    if CLINIC_FILE in names:
        _say_read(say, CLINIC_FILE, read_clinic_toml(path / CLINIC_FILE, folder))
    else:
        words = _("This file is required. It names the clinic, its sites and its programs.")
        give_up(folder, Problem(Place(CLINIC_FILE), "", "", words))
    for table in SPREADSHEETS:
        begin(table.file)
        if table.file in names:
            _say_read(say, table.file, read_csv(path / table.file, table, folder))
    return folder


def _names_in(path: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        words = _("This folder cannot be read: %(reason)s.") % {"reason": error.strerror or error}
        raise FolderRefused([Problem(Place(str(path)), "", "", words)]) from None


def _say_read(say: Callable[[str], None], file: str, count: int) -> None:
    lines = ngettext("%(file)s: %(count)d row", "%(file)s: %(count)d rows", count)
    say(lines % {"file": file, "count": count})
