"""The folder where both servers have their sockets.

A socket's path may hold about 100 bytes, which a data folder deep in somebody's home exceeds; so
the sockets live in a short folder of their own under the temporary one, named by user and data
folder. Nobody else may enter it: that, and not a password, is what keeps others out.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from iop.embedded.account import Account
from iop.embedded.problems import CannotStart

# macOS allows 104 bytes with the closing zero, Linux 108.
LONGEST = 100
RECORD = "socket-folder"


def socket_folder(data_dir: Path, account: Account | None) -> Path:
    """Return the data folder's socket folder, made if need be. Raises CannotStart.

    Where it was made is recorded in the data folder, so that two terminals with different TMPDIR
    meet at the same servers; a record copied along with a data folder names another's and is void.
    """
    owner = account.uid if account else os.geteuid()
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:10]
    name = f"iop-{os.geteuid()}-{digest}"
    folder = _recorded(data_dir, name) or _temporary_folder(name) / name
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _refuse_foreign(folder, owner)
    if account:
        os.chown(folder, account.uid, account.gid)
    (data_dir / RECORD).write_text(f"{folder}\n")
    return folder


def _recorded(data_dir: Path, name: str) -> Path | None:
    record = data_dir / RECORD
    folder = Path(record.read_text().strip()) if record.exists() else None
    return folder if folder and folder.name == name and folder.parent.is_dir() else None


def _temporary_folder(name: str) -> Path:
    folder = Path(tempfile.gettempdir()).resolve()
    fits = len(os.fsencode(folder / name / ".s.PGSQL.5432")) <= LONGEST
    return folder if fits else Path("/tmp")


def _refuse_foreign(folder: Path, owner: int) -> None:
    about = folder.lstat()
    private = stat.S_ISDIR(about.st_mode) and not about.st_mode & 0o077
    if not private or about.st_uid not in {owner, os.geteuid()}:
        raise CannotStart(
            f"{folder} belongs to another user or is open to others, so the embedded servers "
            "cannot keep their sockets there. Please remove it, or set TMPDIR to a folder of yours."
        )
