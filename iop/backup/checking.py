"""Is what was restored what was backed up: every row, every guard, every file, the trail."""

from __future__ import annotations

from pathlib import Path

from django.db import ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from accounts.anchors import Anchor
from accounts.verifying import Report, verify_trail
from iop.backup.contents import Contents, contents_of, differences, snapshot_of
from iop.backup.files import missing_files
from iop.backup.place import Place, django_on
from iop.backup.problems import CannotRestore

MOST_LINES = 20


def refuse_newer(contents: Contents) -> None:
    """Raise CannotRestore where the backup comes from a release that we do not know yet."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {app for app, _ in known}
    newer = [
        f"{app} {name}"
        for app, name in contents.heads.items()
        if app in ours and (app, name) not in known
    ]
    if newer:
        raise CannotRestore(
            f"The backup was made by a newer release (it has the migrations {', '.join(newer)})."
            " Install that release, then restore."
        )


def refuse_different(wanted: Contents, place: Place, files: Path) -> None:
    """Raise CannotRestore, naming what differs, where the restored is not what was backed up."""
    with snapshot_of(place) as (restored, _):
        wrong = differences(wanted, contents_of(restored)) + missing_files(restored, files)
    if wrong:
        more = [f"and {len(wrong) - MOST_LINES} more"] if len(wrong) > MOST_LINES else []
        lines = "\n".join(f"  {line}" for line in wrong[:MOST_LINES] + more)
        raise CannotRestore(f"What was restored is not what was backed up:\n{lines}")


def refuse_broken_trail(wanted: Contents, place: Place) -> str:
    """Return what the check of the trail says of this database. Raises CannotRestore.

    It must end with the seal that was its last when it was backed up. Seals written down since
    are of what is given up by restoring.
    """
    if wanted.last_seal is None:
        return "The audit trail in it has no seal yet."
    number, _, digest = wanted.last_seal.partition(":")
    with django_on(place):
        try:
            report = verify_trail(anchors=[Anchor(int(number), digest)], on_progress=_quietly)
        except ProgrammingError:
            return "The audit trail in it is of an older form: run verify_audit after migrating."
    if not report.is_intact:
        found = "\n".join(f"  {each}" for each in report.findings[:MOST_LINES])
        raise CannotRestore(f"The audit trail in it does not hold:\n{found}")
    return (
        f"Its audit trail holds: {report.seals:,} seals over {report.lines:,} lines, and"
        f" {report.unsealed:,} lines not sealed yet."
    )


def _quietly(_report: Report) -> None:
    """Say nothing."""


def migrations_to_come(place: Place) -> int:
    """Return how many migrations of this release the database has not had."""
    with django_on(place):
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
