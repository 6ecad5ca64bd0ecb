"""One running program of ours: begun, listened to, stopped with everything it began itself."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from iop.processes.programs import Program

PR_SET_PDEATHSIG = 1


class Child:
    """A program as a process in a session of its own, so that Ctrl-C reaches only its parent.

    Its output, errors included, comes through one pipe and is handed out in whole lines.
    """

    def __init__(self, program: Program) -> None:
        self.name = program.name
        self.at_end = False
        self._unfinished = b""
        self.process = subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=_tied_to(os.getpid()),  # noqa: PLW1509 (the parent runs no threads)
        )
        assert self.process.stdout is not None
        self.pipe = self.process.stdout.fileno()
        os.set_blocking(self.pipe, False)

    def lines(self) -> list[str]:
        """Return the lines that have come; at its output's end also a half one."""
        try:
            read = os.read(self.pipe, 65_536)
        except BlockingIOError:
            return []
        *whole, self._unfinished = (self._unfinished + read).split(b"\n")
        self.at_end = not read
        if self.at_end and self._unfinished:
            whole, self._unfinished = [self._unfinished], b""
        return [line.decode(errors="replace").rstrip("\r") for line in whole]

    def exit_status(self) -> int | None:
        """Return None while it runs, then its exit status, negative for a signal's number."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the program itself; it stops its own workers in its own order."""
        if self.exit_status() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End at once whatever is left of it and of all that it began."""
        # Its number is its session's too, and cannot be given anew while any of them lives.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """Let go of its pipe."""
        if self.process.stdout:
            self.process.stdout.close()


def how_it_ended(status: int) -> str:
    """Return an exit status in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"


def _tied_to(parent: int) -> Callable[[], None]:
    """Return what a child does before it becomes the program: it asks to die with its parent."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def tie() -> None:
        for ignored in (signal.SIGTSTP, signal.SIGTTOU):
            signal.signal(ignored, signal.SIG_DFL)
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return tie
