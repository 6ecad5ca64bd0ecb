"""import_clinic DIR: read a clinic's folder of spreadsheets, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.clinic_folder import FolderRefused, import_clinic_folder, report


class Command(BaseCommand):
    help = "Import a clinic folder (clinic.toml and spreadsheets), all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="the clinic folder")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args, folder: Path, dry_run: bool, **options):
        try:
            counts = import_clinic_folder(
                folder=folder,
                now=timezone.now(),
                by=None,
                say=self.stdout.write,
                is_rehearsal=dry_run,
            )
        except FolderRefused as refused:
            self._refuse(refused)
        for line in [*(counts.lines if dry_run else []), *counts.as_lines()]:
            self.stdout.write(line)
        done = _("Dry run: nothing was changed.") if dry_run else _("Imported.")
        self.stdout.write(done if counts.has_changes else _("Nothing to change."))

    def _refuse(self, refused: FolderRefused) -> None:
        for line in report(refused.problems, refused.count):
            self.stderr.write(line)
        count = refused.count
        words = ngettext(
            "Nothing was imported: %(count)d problem.",
            "Nothing was imported: %(count)d problems.",
            count,
        )
        raise CommandError(words % {"count": count})
