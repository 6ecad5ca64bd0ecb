"""Which version of an absence's details somebody wrote from."""

from __future__ import annotations

import hashlib

from attendance.sheet.people import Details


def version_of(details: Details) -> str:
    """Return a short text that is the same for the same notice and reason only."""
    notice = details.notice_at.isoformat() if details.notice_at else ""
    return hashlib.sha256(f"{notice}\n{details.reason}".encode()).hexdigest()[:16]
