"""Several programs share one server; whoever leaves last stops it.

Each user holds a shared lock on `<name>.users` for as long as it uses the server. Starting and
stopping happen behind an exclusive lock on `<name>.gate`, so that nobody joins a server that is
just being stopped. The operating system drops both locks when a program dies, however it dies;
so a killed program is never counted, and the next one finds the server running and takes it over.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

Say = Callable[[str], object]
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Server(Protocol):
    """One embedded server in one data folder."""

    name: str

    @property
    def url(self) -> str:
        """Its address, in the form that DATABASE_URL or REDIS_URL has."""

    def start(self, *, alone: bool) -> None:
        """Have it running. `alone`: nobody else uses it, so it may be restarted."""

    def stop(self) -> None:
        """Have it stopped."""


@contextmanager
def shared(server: Server, locks: Path, say: Say) -> Iterator[None]:
    """Have the server running inside this block, started or joined."""
    with lock_file(locks / f"{server.name}.users") as users:
        try:
            with _gate(server, locks, say):
                alone = locked(users)
                fcntl.flock(users, fcntl.LOCK_SH)
                server.start(alone=alone)
            yield
        finally:
            _leave(server, users, locks, say)


def _leave(server: Server, users: int, locks: Path, say: Say) -> None:
    with uninterrupted(), _gate(server, locks, say):
        if locked(users):
            server.stop()


@contextmanager
def _gate(server: Server, locks: Path, say: Say) -> Iterator[None]:
    with lock_file(locks / f"{server.name}.gate") as gate:
        if not locked(gate):
            say(f"Waiting for another command that is starting or stopping {server.name} …")
            fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def locked(lock: int) -> bool:
    """Take the open file's lock for ourselves alone if that is possible now; return whether."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def lock_file(path: Path) -> Iterator[int]:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C and its kin: half a stop leaves a server that nobody counts."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
