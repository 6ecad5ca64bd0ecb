"""Files of documents that no row tells of: what a process was writing when it was killed.

Nobody was told that they are on record, and nobody can open them. They wait a month, in case an
older state of the database was restored beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.apps import apps
from django.conf import settings

KEPT_FOR = timedelta(days=30)
# As `write_file` names them; one that is not whole yet has a dot in front.
OURS = re.compile(r"\.?[0-9a-f]{32}")
log = structlog.get_logger(__name__)


def remove_unclaimed(now: datetime) -> int:
    """Remove such files once they are old; return how many there were."""
    # First the folder, then the rows: a file whose row comes in between is not old.
    old = list(_old(now))
    known = {name for names in _known_names() for name in names} if old else set()
    unclaimed = [path for path in old if path.name not in known]
    for path in unclaimed:
        path.unlink(missing_ok=True)
    if unclaimed:
        log.warning("unclaimed_files_removed", count=len(unclaimed))
    return len(unclaimed)


def _old(now: datetime) -> Iterator[Path]:
    before = (now - KEPT_FOR).timestamp()
    for path in Path(settings.DOCUMENTS_ROOT).glob("*"):
        if OURS.fullmatch(path.name) and path.stat().st_mtime < before:
            yield path


def _known_names() -> Iterator[set[str]]:
    """Give the names in every table that has a file of ours, whichever app it belongs to."""
    for model in apps.get_models():
        if any(field.name == "stored_name" for field in model._meta.get_fields()):
            yield set(model._base_manager.values_list("stored_name", flat=True))
