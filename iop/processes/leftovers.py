"""Programs that a killed demo left behind: written down while they run, stopped at the next start.

On Linux they are told when their parent dies, but may still be at work on their way out; on macOS
nobody tells them.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from iop.embedded.live import began, gone_within
from iop.processes.child import Child

RECORD = "processes.json"
STOP_SECONDS = 10


def write_down(data_dir: Path, children: list[Child]) -> None:
    """Record these running programs in the data folder."""
    record = [
        {"name": c.name, "pid": c.process.pid, "began": began(c.process.pid)} for c in children
    ]
    (data_dir / RECORD).write_text(json.dumps(record))


def cross_out(data_dir: Path) -> None:
    """Remove the record: they have all been stopped."""
    (data_dir / RECORD).unlink(missing_ok=True)


def stop_leftovers(data_dir: Path, say: Callable[[str], object]) -> None:
    """Stop what the record names and is still the same process; call when no demo runs."""
    left = [entry for entry in _record(data_dir) if _is_there(entry)]
    if left:
        names = ", ".join(str(entry["name"]) for entry in left)
        say(f"Stopping what an earlier demo left behind: {names}.")
    for entry in left:
        _signal(os.kill, entry, signal.SIGTERM)
    for entry in left:
        gone_within(STOP_SECONDS, _is_there, entry)
        _signal(os.killpg, entry, signal.SIGKILL)
        gone_within(STOP_SECONDS, _is_there, entry)
    cross_out(data_dir)


def _record(data_dir: Path) -> list[dict]:
    try:
        return json.loads((data_dir / RECORD).read_text())
    except (FileNotFoundError, ValueError):
        return []  # ValueError: killed in the middle of writing it


def _is_there(entry: dict) -> bool:
    return entry["began"] is not None and began(entry["pid"]) == entry["began"]


def _signal(send: Callable[[int, int], None], entry: dict, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(entry["pid"], number)
