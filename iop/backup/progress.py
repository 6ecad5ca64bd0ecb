"""What a backup or restore is doing: one line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management.base import OutputWrapper

MB = 1_000_000
A_LOOK = 0.1  # seconds between two looks of the moving line


class Progress:
    """Counts bytes, tables and files of the step that is being done."""

    def __init__(self, put: Callable[[str], object], *, moves: bool = False) -> None:
        self._put, self._moves = put, moves
        self._step, self._shown_at = "", 0.0
        self.bytes = self.tables = self.files = 0

    def step(self, name: str) -> None:
        """Begin a step; the one before is done."""
        self.close()
        self._step, self.bytes, self.tables, self.files = name, 0, 0, 0
        self._show()

    def count(self, size: int = 0, *, tables: int = 0, files: int = 0) -> None:
        """Count what was done since, and show it now and then."""
        self.bytes, self.tables = self.bytes + size, self.tables + tables
        self.files += files
        if self._moves and time.monotonic() - self._shown_at > A_LOOK:
            self._show()

    def close(self) -> None:
        """End the line of the present step."""
        if self._step:
            self._write(f"{self._words()}\n")
            self._step = ""

    def _show(self) -> None:
        if self._moves:
            self._write(f"{self._words()} …")
            self._shown_at = time.monotonic()

    def _write(self, text: str) -> None:
        self._put(f"\r\x1b[K{text}" if self._moves else text)

    def _words(self) -> str:
        counted = [f"{self.bytes / MB:,.1f} MB"] if self.bytes else []
        counted += [f"{self.tables:,} tables"] if self.tables else []
        counted += [f"{self.files:,} files"] if self.files else []
        return f"{self._step}: {' · '.join(counted)}" if counted else self._step


def progress_on(screen: OutputWrapper) -> Progress:
    """Return the progress of a command, shown where it writes."""

    def put(text: str) -> None:
        screen.write(text, ending="")
        screen.flush()

    return Progress(put, moves=screen.isatty())
