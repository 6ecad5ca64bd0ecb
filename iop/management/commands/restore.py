"""Restores a backup, into a scratch database first; a broken one touches nothing."""

from __future__ import annotations

from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from iop.backup.key import key_to_restore
from iop.backup.place import Place, own_place, place_at
from iop.backup.present import Present, present_in
from iop.backup.problems import CannotRestore
from iop.backup.progress import MB, Progress, progress_on
from iop.backup.restoring import Restored, Target, read_backup, restore_backup

IN_THE_WAY = (
    "The database {name} holds records ({clinic}). To put the backup in its place, add --replace;"
    " the present one is then kept under another name."
)


class Command(BaseCommand):
    help = "Restore a backup. The records that are there stay, until what replaces them is good."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="read and compare it, no more")
        parser.add_argument("--into", metavar="DATABASE_URL", help="another database than ours")
        parser.add_argument("--files", type=Path, metavar="FOLDER", help="with --into: for files")
        parser.add_argument("--replace", action="store_true", help="where records are in the way")
        parser.add_argument("--yes", action="store_true", help="do not ask for the clinic's name")

    def handle(self, *args, file: Path, check: bool, **options) -> None:
        progress = progress_on(self.stdout)
        try:
            key = key_to_restore()
            if check:
                self._say_what_is_in(read_backup(file, key=key, progress=progress), progress)
                return
            target = self._target(options)
            restored = restore_backup(
                file, to=target, key=key, now=timezone.now(), progress=progress
            )
            self._say_what_is_in(restored, progress)
            self._say_what_to_do(restored, target)
        except (CannotRestore, psycopg.Error) as problem:
            progress.close()
            raise CommandError(str(problem)) from None

    def _target(self, options) -> Target:
        into, files = options["into"], options["files"]
        if bool(into) != bool(files):
            raise CannotRestore("--into and --files go together: its files belong to a database.")
        place = place_at(into) if into else own_place()
        documents = files / "documents" if files else Path(settings.DOCUMENTS_ROOT)
        uploads = files / "uploads" if files else Path(settings.UPLOADS_ROOT)
        connection.close()
        present = present_in(place)
        if present.holds_records:
            self._refuse_by_accident(place, present, options)
        roots = {"documents": documents, "uploads": uploads}
        return Target(place, roots, present.holds_records, is_ours=not into)

    def _refuse_by_accident(self, place: Place, present: Present, options) -> None:
        name = present.clinic or place.name
        if not options["replace"]:
            raise CannotRestore(IN_THE_WAY.format(name=place.name, clinic=name))
        if options["yes"]:
            return
        try:
            typed = input(f"Type {name} to put the backup in its place: ")
        except EOFError:
            typed = ""
        if typed.strip() != name:
            raise CannotRestore(f"That is not {name}. Nothing was changed.")

    def _say_what_is_in(self, restored: Restored, progress: Progress) -> None:
        progress.close()
        manifest, sums = restored.manifest, restored.sums
        self.stdout.write(
            f"The backup of {manifest.made_at} is whole: {manifest.contents.row_count:,} rows"
            f" ({sums.dump_bytes / MB:,.1f} MB), {sums.files:,} files"
            f" ({sums.file_bytes / MB:,.1f} MB)."
        )
        if restored.trail:
            self.stdout.write(restored.trail)

    def _say_what_to_do(self, restored: Restored, target: Target) -> None:
        self.stdout.write(f"It is in place as the database {target.place.name}.")
        if restored.aside:
            self.stdout.write(
                f"What was there is kept as the database {restored.aside}. Look around, then drop"
                " it: it holds records."
            )
        if restored.migrations_to_come:
            self.stdout.write(
                f"This release has {restored.migrations_to_come} migrations that it has not had:"
                " run manage.py migrate before anyone is served."
            )
