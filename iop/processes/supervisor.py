"""Runs several programs in one terminal until asked to stop, or until one of them dies."""

from __future__ import annotations

import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from iop.processes.child import Child, how_it_ended
from iop.processes.leftovers import cross_out, write_down
from iop.processes.programs import Program

GRACE_SECONDS = 10.0
READY_SECONDS = 60.0
TICK_SECONDS = 0.1
AGAIN_SECONDS = 1.0


class Supervisor:
    """Begins the programs, passes on their lines under their names, and stops them together.

    One thread only: it listens to all pipes at once, and looks up at every tick.
    """

    def __init__(
        self, programs: list[Program], data_dir: Path, *, out: TextIO = sys.stdout
    ) -> None:
        self.programs = programs
        self.data_dir = data_dir
        self.out = out
        self.children: list[Child] = []
        self.asked_to_stop = False
        self.asked_again = False
        self._width = max(len(program.name) for program in programs)
        self._pipes = selectors.DefaultSelector()

    def run(self, *, is_ready: Callable[[], bool], when_ready: Callable[[], object]) -> int:
        """Supervise until the end; return 0 if asked to stop, 1 if something went wrong."""
        with self._signals_heeded():
            try:
                self._begin()
                return self._watch(is_ready, when_ready)
            finally:
                self._stop()

    def _begin(self) -> None:
        for program in self.programs:
            child = Child(program)
            self.children.append(child)
            self._pipes.register(child.pipe, selectors.EVENT_READ, child)
            write_down(self.data_dir, self.children)

    def _watch(self, is_ready: Callable[[], bool], when_ready: Callable[[], object]) -> int:
        ready, deadline = False, time.monotonic() + READY_SECONDS
        while not self.asked_to_stop:
            self._pass_on_lines(TICK_SECONDS)
            if ended := [c for c in self.children if c.exit_status() is not None]:
                return self._report(ended[0])
            if ready or self.asked_to_stop:
                continue
            if ready := is_ready():
                when_ready()
            elif time.monotonic() > deadline:
                self._print(f"No answer after {READY_SECONDS:.0f} seconds; stopping.")
                return 1
        return 0

    def _report(self, child: Child) -> int:
        status = child.exit_status()
        assert status is not None
        self._drain()
        self._print(f"{child.name} ended by itself with {how_it_ended(status)}; stopping the rest.")
        return 1

    def _stop(self) -> None:
        """Ask all to stop; past the grace period, or when asked again, end what is left."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.exit_status() is None for child in self.children):
            self._pass_on_lines(TICK_SECONDS)
            if time.monotonic() > deadline or self.asked_again:
                break
        for child in self.children:
            child.kill()
        self._drain()
        for child in self.children:
            child.close()
        self._pipes.close()
        cross_out(self.data_dir)

    def _drain(self) -> None:
        while self._pass_on_lines(0):
            pass

    def _pass_on_lines(self, seconds: float) -> bool:
        """Pass on what comes within so many seconds; return whether anything came."""
        came = self._pipes.select(seconds)
        for key, _ in came:
            child: Child = key.data
            for line in child.lines():
                self._print(f"{child.name:<{self._width}} | {line}")
            if child.at_end:
                self._pipes.unregister(key.fileobj)
        return bool(came)

    def _print(self, line: str) -> None:
        try:
            print(line, file=self.out, flush=True)
        except OSError:
            # The terminal is gone, or a pipe's reader: nobody is left to run for.
            self.asked_to_stop = True

    @contextmanager
    def _signals_heeded(self) -> Iterator[None]:
        asked_at = 0.0

        def heed(number: int, frame: object) -> None:
            nonlocal asked_at
            # A closing terminal, or `timeout`, sends one request twice.
            self.asked_again = self.asked_to_stop and time.monotonic() - asked_at > AGAIN_SECONDS
            asked_at = asked_at or time.monotonic()
            self.asked_to_stop = True

        numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
        # Whoever started us with nohup wants SIGHUP to stay ignored.
        heeded = [n for n in numbers if signal.getsignal(n) is not signal.SIG_IGN]
        before = {number: signal.signal(number, heed) for number in heeded}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
