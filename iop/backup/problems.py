"""What goes wrong with a backup, as words for whoever runs this installation."""

from __future__ import annotations

import errno

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class CannotBackUp(Exception):
    """No backup was made; nothing that could be taken for one is left behind."""


class CannotRestore(Exception):
    """Nothing was restored; the records that were there are as they were."""


class NotWhole(CannotRestore):
    """The file is no backup, not all of one, or not as it was written."""


def words_for(failed: OSError) -> str:
    """Return what the system said, with what would be right where the disk is full."""
    where = f" ({failed.filename})" if failed.filename else ""
    if failed.errno in NO_ROOM:
        return f"There is no room on the disk{where}. Free some, or name a folder on another disk."
    return f"{failed.strerror or failed}{where}."
