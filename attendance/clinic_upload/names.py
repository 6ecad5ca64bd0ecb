"""Which files a clinic folder has, and which a computer puts beside them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from attendance.clinic_folder.problems import FILES
from attendance.clinic_upload.limits import CannotUpload

JUNK = {".DS_Store", "Thumbs.db", "desktop.ini"}
LONGEST_NAME = 60


def is_junk(path: str) -> bool:
    """Whether the file is one that macOS or Windows leaves in folders: passed over."""
    name = path.rstrip("/").rpartition("/")[2]
    return name in JUNK or name.startswith("._") or path.startswith("__MACOSX/")


def known(name: str) -> str:
    """Return the name if it is one of a clinic folder's files. Raises CannotUpload."""
    if name not in FILES:
        words = _("%(file)s is not a file of a clinic folder. It has these: %(files)s.")
        raise CannotUpload(words % {"file": shown(name), "files": ", ".join(FILES)})
    return name


def shown(name: str) -> str:
    """Return a name somebody else has made up, fit to be read."""
    plain = "".join(sign if sign.isprintable() else " " for sign in name)
    return f"“{plain[:LONGEST_NAME]}…”" if len(plain) > LONGEST_NAME else f"“{plain}”"
