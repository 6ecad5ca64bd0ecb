"""Under which account PostgreSQL runs. It refuses root, so root lends it an ordinary one."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop.embedded.problems import CannotStart

# The name that the pgserver package uses too: a folder made through it stays usable.
NAME = "pgserver"


@dataclass(frozen=True)
class Account:
    """A user and group of the operating system, by number."""

    uid: int
    gid: int

    def for_subprocess(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess.run` act as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_pass(self, folder: os.stat_result) -> bool:
        """Return whether this account may go through a folder with these permissions."""
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        if folder.st_gid == self.gid:
            return bool(folder.st_mode & stat.S_IXGRP)
        return bool(folder.st_mode & stat.S_IXOTH)


def account_for(folder: Path) -> Account | None:
    """Return whom PostgreSQL shall run as: None for an ordinary user, who runs it himself.

    For root: the owner of the data folder where there is one, else an account kept for this.
    Raises CannotStart where the system offers no way to make one.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _made()
    return Account(entry.pw_uid, entry.pw_gid)


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise CannotStart(
            "PostgreSQL refuses to run as root, and this system has no useradd to make an account "
            "for it. Please run this as an ordinary user, or set DATABASE_URL."
        )
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"]
    done = subprocess.run([useradd, *options, NAME], capture_output=True, text=True, check=False)
    # Of two first starts side by side one fails here, and the account is there all the same.
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise CannotStart(
            "PostgreSQL refuses to run as root, and no account could be made for it "
            f"({done.stderr.strip()}). Please run this as an ordinary user, or set DATABASE_URL."
        ) from None


def open_way(path: Path, account: Account, say: Callable[[str], object]) -> None:
    """Let the account pass through the folders above `path`: pass, not list, not read."""
    closed = [one for one in reversed(path.parents) if not account.may_pass(one.stat())]
    for folder in closed:
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    if closed:
        names = ", ".join(map(str, closed))
        say(f"PostgreSQL may not run as root. Other accounts may now pass through {names}.")


def open_programs(programs: Path) -> None:
    """Make the wheel's files readable to other accounts, where root's umask was strict."""
    everyone = stat.S_IROTH | stat.S_IXOTH
    if (programs / "postgres").stat().st_mode & everyone == everyone:
        return
    site_packages = programs.parents[2]
    for root in (programs.parent, *site_packages.glob("pgserver*.libs")):
        for path in (root, *root.rglob("*")):
            if not path.is_symlink():
                mode = path.stat().st_mode
                runs = stat.S_IXOTH if mode & stat.S_IXUSR else 0
                path.chmod(mode | stat.S_IROTH | runs)
