"""Which failures say that something we stand on is away, full or held, and which are our own."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as NotQueued

# A standby that has not been promoted yet, or a primary that was set to reading only.
READ_ONLY_SQLSTATES = {"25006"}
# A disk that is full, a quota that is used up, a file as large as this process may make one, and
# a disk that went over to reading only.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
DATABASE, DISK, QUEUE = "database", "disk", "queue"


def what_is_away(error: BaseException | None) -> str | None:
    """Return DATABASE, DISK, QUEUE, or None where the failure is a fault of our own.

    OperationalError is also what a lock that was waited for too long and a deadlock raise: asking
    again is right for them, too. All of them end the transaction, so nothing is half saved.
    """
    if isinstance(error, OperationalError | InterfaceError) or _is_read_only(error):
        return DATABASE
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return DISK
    return QUEUE if isinstance(error, NotQueued) else None


def _is_read_only(error: BaseException | None) -> bool:
    return getattr(error and error.__cause__, "sqlstate", None) in READ_ONLY_SQLSTATES
