"""Ctrl-C for the demo alone, and not for the `make` that started it.

A terminal sends Ctrl-C to every process of its foreground group. `make` would report the demo's
clean stop as an error; so the demo makes itself a group of its own, in the foreground.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ctrl_c_for_us_alone() -> Iterator[None]:
    """Hold the terminal's foreground inside this block, if we were begun there by another."""
    before = os.getpgrp()
    if before == os.getpid() or not _in_foreground():
        yield
        return
    # A background group that takes the foreground is otherwise stopped; and Ctrl-Z would stop us
    # while `make` and the shell behind it wait on without a word.
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    _give_foreground_to(os.getpgrp())
    try:
        yield
    finally:
        _give_foreground_to(before)


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False  # not a terminal, or not ours


def _give_foreground_to(group: int) -> None:
    with suppress(OSError):
        os.tcsetpgrp(sys.stdin.fileno(), group)
