"""What can be known about a process: its command line, when it began, what it left in files.

A number in a pid file proves nothing: the process may be long gone and its number given to
another. Only the command line, or the moment it began, tells whose process it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def runs_in(pid: int | None, folder: Path) -> bool:
    """Return whether this process is alive and has `folder` as a word of its command line."""
    return pid is not None and f" {folder} " in f" {command_line(pid)} "


def command_line(pid: int) -> str:
    """Return a process's command line, its words joined by spaces; empty if it is gone."""
    if sys.platform == "linux":
        # Slim containers have no `ps`.
        words = _contents(f"/proc/{pid}/cmdline").split(b"\0")
        return os.fsdecode(b" ".join(words)).strip()
    return _ps(pid, "command=")


def began(pid: int) -> str | None:
    """Return a text that no other process on this machine shares with it; None if it is gone."""
    if sys.platform != "linux":
        return _ps(pid, "lstart=") or None
    # Field 22 counts clock ticks since boot; the name before it may hold spaces and brackets.
    fields = _contents(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    if len(fields) < 20 or fields[0] == b"Z":
        return None
    boot = _contents("/proc/sys/kernel/random/boot_id").decode().strip()
    return f"{boot} {fields[19].decode()}"


def is_borne(pid: int) -> bool:
    """Return whether any process at all, even a dead one not yet buried, bears this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def gone_within(seconds: float, is_there: Callable[..., bool], *about: Any) -> bool:
    """Wait until `is_there(*about)` is false, so many seconds at most; return whether it is."""
    deadline = time.monotonic() + seconds
    while is_there(*about):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def first_number(path: Path) -> int | None:
    """Return the number on a pid file's first line; None without such a file or number."""
    try:
        first = path.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def last_lines(log: Path) -> str:
    """Return the end of a server's log, for a person to read."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    except FileNotFoundError:
        return "(there is no log)"


def _contents(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def _ps(pid: int, field: str) -> str:
    done = subprocess.run(
        ["ps", "-ww", "-o", field, "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
