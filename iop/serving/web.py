"""Runs granian, and lets go of it in three steps: say so, wait for the proxy, finish what is here.

SIGTERM: `/readyz` says 503 while everything is still answered; after so many seconds, when no proxy
sends anything more, granian stops taking requests and finishes those it has. A second one skips the
wait. Granian's own way of replacing its workers (SIGHUP) is not used: it cut off requests in flight
when it was tried under load. Two web processes replaced one by one lose none.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

WEB = "iop.wsgi:application"
# Granian's own options where the command line does not say otherwise. Each thread holds a
# connection to the database; a request that takes longer than the last is cut off at the end.
USUAL = {
    "--interface": "wsgi",
    "--host": "127.0.0.1",
    "--blocking-threads": "8",
    "--backpressure": "64",
    "--workers-kill-timeout": "30",
}
DRAINING, MEMORY = "draining", "/dev/shm"


class Web:
    """Granian as a child, and the folder in which it and we tell each other things."""

    def __init__(self, options: Sequence[str], *, drain_seconds: float) -> None:
        self.options = [word for pair in USUAL.items() if pair[0] not in options for word in pair]
        self.options += options
        self.drain_seconds = drain_seconds
        self._asked, self._asked_again = threading.Event(), threading.Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Serve until asked to stop, or until granian ends by itself; return its exit status."""
        with tempfile.TemporaryDirectory(prefix="iop-web-", dir=_in_memory()) as folder:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._heed)
            self._child = subprocess.Popen(
                [sys.executable, "-m", "granian", *self.options, WEB],
                env=_environ(Path(folder), has_several="--workers" in self.options),
            )
            threading.Thread(target=self._let_go, args=(Path(folder),), daemon=True).start()
            return self._child.wait()

    def _heed(self, number: int, frame: FrameType | None) -> None:
        (self._asked_again if self._asked.is_set() else self._asked).set()

    def _let_go(self, folder: Path) -> None:
        self._asked.wait()
        with suppress(OSError):  # to end is more than to say so
            (folder / DRAINING).touch()
        self._asked_again.wait(self.drain_seconds)
        if self._child:
            self._child.terminate()


def _in_memory() -> str | None:
    """Return a folder that is no disk, which may be full; None where there is none."""
    return MEMORY if os.access(MEMORY, os.W_OK | os.X_OK) else None


def _environ(folder: Path, *, has_several: bool) -> dict[str, str]:
    environ = {**os.environ, "IOP_DRAIN_FILE": str(folder / DRAINING)}
    # One worker counts its requests by itself, several in files.
    if has_several:
        (folder / "counts").mkdir()
        environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "counts")
    return environ
