"""Encrypts with the newest field key what rests on older ones: `manage.py rotate_field_keys`."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from accounts.database_roles import as_owner
from accounts.encryption import CannotDecrypt
from iop.rekeying.boxes import Boxes
from iop.rekeying.factors import encrypt_factors_anew
from iop.rekeying.files import documents, encrypt_file_anew, is_old
from iop.rekeying.rows import Table, batches, encrypt_anew, tables

TRIES = 20
PAUSE_SECONDS = 0.5


class Command(BaseCommand):
    """Put a new key first in IOP_FIELD_KEYS, restart, run this, then take the old key out."""

    help = "Encrypt texts and documents with the first key of IOP_FIELD_KEYS; may run while in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument(
            "--check", action="store_true", help="count what rests on older keys, change nothing"
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Go through every table, then every document; may be stopped and run again."""
        boxes = Boxes()
        try:
            with as_owner():
                texts = sum(self._table(table, boxes, check=check) for table in tables())
                texts += encrypt_factors_anew(boxes, check=check)
            files = self._files(boxes, check=check)
        except CannotDecrypt as problem:
            raise CommandError(
                f"{problem} Put the key it was encrypted with back into IOP_FIELD_KEYS."
            ) from problem
        self.stdout.write(self._summary(texts, files, check=check))
        if check and texts + files:
            raise CommandError("Older keys are still needed.", returncode=1)

    def _table(self, table: Table, boxes: Boxes, *, check: bool) -> int:
        found = 0
        for rows in batches(table):
            if check:
                found += sum(
                    boxes.anew(text.encode()) is not None
                    for _key, *texts in rows
                    for text in texts
                    if text
                )
            else:
                found += patiently(partial(encrypt_anew, table, rows, boxes))
        if found:
            self.stdout.write(f"{table.name}: {found}")
        return found

    def _files(self, boxes: Boxes, *, check: bool) -> int:
        act = is_old if check else encrypt_file_anew
        return sum(act(path, boxes) for path in documents())

    def _summary(self, texts: int, files: int, *, check: bool) -> str:
        if check:
            return f"On older keys: {texts} texts, {files} documents."
        if not texts + files:
            return "Everything rests on the newest key: older ones can be taken out."
        return (
            f"Encrypted anew: {texts} texts, {files} documents. Run it again with --check; once"
            " that finds none, take the older keys out of IOP_FIELD_KEYS, but keep them with the"
            " backups made until now."
        )


def patiently(act: Callable[[], int]) -> int:
    """Return what `act` returns; where a page holds the table for long, try again a few times."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except OperationalError as problem:
            if "lock timeout" not in str(problem):
                raise
            time.sleep(PAUSE_SECONDS)
    return act()
