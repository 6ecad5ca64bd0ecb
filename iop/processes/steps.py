"""What the demo is doing while it starts, one numbered line per step with its seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = ("Database", "Migrations", "Demo clinic", "Web, worker and beat")


class Step:
    """One step's line in the terminal, and its remarks below it."""

    def __init__(self, name: str) -> None:
        self.began = time.monotonic()
        self._start_of_end = " "
        print(f"{STEPS.index(name) + 1}/{len(STEPS)} {name} …", end="", flush=True)

    def say(self, text: str) -> None:
        """Add a remark in a line of its own."""
        self._start_of_end = "\n    "
        print(f"\n    {text}", end="", flush=True)

    def close_line(self) -> None:
        """End the line early: others will now write to the terminal."""
        self._start_of_end = "    ready after "
        print(flush=True)

    def done(self) -> None:
        """Say how many seconds the step took."""
        print(f"{self._start_of_end}{time.monotonic() - self.began:.1f} s", flush=True)


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Announce a step of STEPS, and close its line even when it fails."""
    current = Step(name)
    try:
        yield current
    except BaseException:
        current.close_line()
        raise
    current.done()
