"""How much an upload may be, and how long it is kept."""

from __future__ import annotations

from datetime import timedelta

MB = 1024 * 1024
LARGEST_ZIP = 20 * MB
LARGEST_FILE = 100 * MB
LARGEST_IN_ALL = 200 * MB
# clinic.toml is read while the sender waits; that of a large clinic has a tenth of this.
LARGEST_TOML = MB // 2
# Attendance of a hundred people over some ten years; a worker holds every line in memory.
MOST_LINES = 300_000
MOST_ENTRIES = 50
# Spreadsheets are packed to a tenth, very repetitive ones to a fiftieth.
MOST_UNPACKED = 200
# Uploads of one person that are neither imported nor dropped: each holds a folder on disk.
MOST_UNDECIDED = 5

KEPT_FOR = timedelta(days=7)
# A worker says at each step that it is there; one that was silent for so long has died.
SILENT_FOR = timedelta(minutes=10)
# What workers die of again and again is not tried for ever.
TRIED_FOR = timedelta(hours=1)


class CannotUpload(Exception):
    """What was sent is not taken; says why, and what would be."""
