"""Backs up the database and its files into one encrypted file, while everybody works on."""

from __future__ import annotations

from pathlib import Path

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from accounts.audit import write_audit
from iop.backup.key import key_to_back_up
from iop.backup.making import Made, file_for, make_backup, remove_older
from iop.backup.place import own_place
from iop.backup.problems import CannotBackUp, CannotRestore
from iop.backup.progress import MB, Progress, progress_on
from iop.backup.restoring import verify_backup


class Command(BaseCommand):
    help = (
        "Back up the database and its files into one encrypted file, consistent while in use."
        " It holds no key: keep IOP_BACKUP_KEY and IOP_FIELD_KEYS elsewhere (docs/backup.md)."
    )
    # A backup is most wanted when something is not as it should be.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a file, or a folder: then a dated name")
        parser.add_argument(
            "--verify", action="store_true", help="restore it into a scratch database and compare"
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="in a folder: keep those of the newest N days"
        )

    def handle(self, *args, target: Path, verify: bool, keep: int | None, **options) -> None:
        if keep is not None and (keep < 1 or not target.is_dir()):
            raise CommandError("--keep takes a number of days, 1 or more, and a folder as target.")
        progress = progress_on(self.stdout)
        try:
            made = self._made(target, progress)
            if verify:
                self._verify(made, progress)
            for path in remove_older(target, days=keep) if keep else []:
                self.stdout.write(f"Removed {path}.")
        except (CannotBackUp, CannotRestore) as problem:
            progress.close()
            raise CommandError(str(problem)) from None
        except psycopg.Error as problem:
            progress.close()
            raise CommandError(f"The database does not answer as it should: {problem}") from None

    def _made(self, target: Path, progress: Progress) -> Made:
        now = timezone.now()
        path, key = file_for(target, now=now), key_to_back_up()
        made = make_backup(path, place=own_place(), key=key, now=now, progress=progress)
        progress.close()
        rows = made.manifest.contents.row_count
        try:
            write_audit("backup.made", by=None, rows=rows, files=made.sums.files, bytes=made.size)
        except DatabaseError:
            self.stderr.write("The trail has no line of this: the database takes no writes.")
        self.stdout.write(
            f"Backed up {rows:,} rows and {made.sums.files:,} files as of {made.manifest.made_at}:"
            f" {made.path}, {made.size / MB:,.1f} MB, encrypted."
        )
        return made

    def _verify(self, made: Made, progress: Progress) -> None:
        restored = verify_backup(
            made.path, beside=own_place(), key=key_to_back_up(), progress=progress
        )
        self.stdout.write("Restored into a scratch database: every row, guard and file is there.")
        if restored.trail:
            self.stdout.write(restored.trail)
