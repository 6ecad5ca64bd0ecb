"""Several programs in one terminal: their lines, their end, and what a killed demo leaves behind.

The programs are small and real; nothing here waits for a fixed time.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from iop.embedded import CannotStart
from iop.embedded.live import began, gone_within
from iop.processes.claim import claimed
from iop.processes.leftovers import RECORD
from iop.processes.port import refuse_used_port, wanted_port
from iop.processes.supervisor import GRACE_SECONDS

BASE_DIR = Path(__file__).resolve().parents[2]
# What a supervisor of the same programs as here prints is read line by line.
SUPERVISE = """
import sys
from pathlib import Path
from iop.processes.programs import Program
from iop.processes.supervisor import Supervisor
names, scripts = sys.argv[2::2], sys.argv[3::2]
programs = [Program(n, (sys.executable, "-uc", s)) for n, s in zip(names, scripts)]
supervisor = Supervisor(programs, Path(sys.argv[1]))
sys.exit(supervisor.run(is_ready=lambda: True, when_ready=lambda: print("READY", flush=True)))
"""
POLITE = """
import os, signal, sys
def stop(*_):
    print("stopping as asked")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("up", os.getpid(), os.getsid(0) == os.getpid())
while True:
    signal.pause()
"""
STUBBORN = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
# Only one of the two speaks, so that their words never mix in one line.
if child := os.fork():
    print(f"up {os.getpid()} with {child}")
while True:
    signal.pause()
"""
DOOMED = "import sys; print('half a line', end=''); sys.exit(3)"


class Terminal:
    """A supervisor at work, and what it has printed."""

    def __init__(self, data_dir: Path, **scripts: str) -> None:
        words = [word for pair in scripts.items() for word in pair]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(data_dir), *words],
            cwd=BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.seen: list[str] = []
        # A vain wait for a line ends when this ends the supervisor.
        self._patience = threading.Timer(30, self.process.kill)
        self._patience.start()

    def lines_with(self, words: str, count: int = 1) -> list[str]:
        """Read on until so many lines have held these words, and return them."""
        assert self.process.stdout is not None
        while len(found := [line for line in self.seen if words in line]) < count:
            line = self.process.stdout.readline()
            assert line, f"{words!r} is not {count} times in {self.seen}"
            self.seen.append(line.rstrip("\n"))
        return found

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        """Wait for its end; return its exit status."""
        rest, _ = self.process.communicate(timeout=20)
        self.seen += rest.splitlines()
        return self.process.returncode

    def close(self) -> None:
        self._patience.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def ended() -> Iterator[list[Terminal]]:
    """Terminals that are closed, whatever became of the test."""
    open_ones: list[Terminal] = []
    yield open_ones
    for terminal in open_ones:
        terminal.close()


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def numbers_in(line: str) -> list[int]:
    return [int(word) for word in line.split() if word.isdecimal()]


def ends(pid: int) -> bool:
    """Wait for a process's end; return whether it came within ten seconds."""
    return gone_within(10, lambda: began(pid) is not None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_cleanly(tmp_path, ended, number):
    terminal = Terminal(tmp_path, web=POLITE, worker=POLITE)
    ended.append(terminal)
    lines = terminal.lines_with("up", 2)
    assert {line.partition(" | ")[0] for line in lines} == {"web   ", "worker"}
    assert all(line.endswith("True") for line in lines), "each has a session of its own"
    terminal.lines_with("READY")
    terminal.signal(number)
    assert terminal.end() == 0
    assert terminal.seen.count("web    | stopping as asked") == 1
    assert terminal.seen.count("worker | stopping as asked") == 1
    assert not (tmp_path / RECORD).exists()
    for line in lines:
        assert began(numbers_in(line)[0]) is None


def test_one_that_dies_is_named_and_takes_the_others_with_it(tmp_path, ended):
    terminal = Terminal(tmp_path, web=POLITE, worker=DOOMED)
    ended.append(terminal)
    terminal.lines_with("worker ended by itself with exit status 3")
    assert terminal.end() == 1
    assert "worker | half a line" in terminal.seen


def test_asked_twice_it_waits_no_longer_and_leaves_nothing(tmp_path, ended):
    terminal = Terminal(tmp_path, worker=STUBBORN)
    ended.append(terminal)
    numbers = numbers_in(*terminal.lines_with("with"))
    terminal.lines_with("READY")
    asked_at = time.monotonic()
    while began(numbers[0]) is not None:
        terminal.signal(signal.SIGINT)
        gone_within(0.1, lambda: began(numbers[0]) is not None)
    assert terminal.end() == 0
    assert time.monotonic() - asked_at < GRACE_SECONDS
    assert len(numbers) == 2
    for pid in numbers:
        assert ends(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_children_of_a_killed_supervisor_are_told(tmp_path, ended):
    terminal = Terminal(tmp_path, web=POLITE)
    ended.append(terminal)
    (pid,) = numbers_in(*terminal.lines_with("up"))
    terminal.process.kill()
    assert ends(pid)


def test_what_a_killed_demo_left_is_stopped_at_the_next_start(tmp_path, ended, port, monkeypatch):
    monkeypatch.setattr("iop.processes.leftovers.STOP_SECONDS", 0.2)
    terminal = Terminal(tmp_path, worker=STUBBORN, web=POLITE)
    ended.append(terminal)
    numbers = numbers_in(*terminal.lines_with("with"))
    terminal.lines_with("READY")
    terminal.process.kill()
    terminal.process.wait()
    said: list[str] = []
    with claimed(tmp_path, port, said.append):
        for pid in numbers:
            assert ends(pid)
    assert "worker" in said[0]
    assert not (tmp_path / RECORD).exists()


def test_a_record_whose_numbers_were_given_to_others_stops_nobody(tmp_path, port):
    with subprocess.Popen(["sleep", "600"]) as stranger:
        record = [{"name": "web", "pid": stranger.pid, "began": "another boot 1"}]
        (tmp_path / RECORD).write_text(json.dumps(record))
        with claimed(tmp_path, port, print):
            assert stranger.poll() is None
        stranger.kill()


def test_one_demo_for_each_data_folder(tmp_path, port):
    with claimed(tmp_path, port, print):
        with pytest.raises(CannotStart, match="A demo is already running"):
            with claimed(tmp_path, port, print):
                pass
    with claimed(tmp_path, port, print):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", ""])
def test_a_port_in_use_is_refused_with_the_way_out(host):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((host, 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {taken} is in use .*PORT={taken + 1} make"):
            refuse_used_port(taken)


def test_the_port_comes_from_the_environment():
    assert wanted_port({}) == wanted_port({"PORT": ""}) == 8000
    assert wanted_port({"PORT": "8001"}) == 8001
    for bad in ("eight", "0", "65536", "-1"):
        with pytest.raises(CannotStart, match="is not a port"):
            wanted_port({"PORT": bad})
