"""`make demo`, as a person runs it: in a terminal, on an empty data folder, until Ctrl-C."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iop.demo.sign_ins import SIGN_INS
from iop.embedded.live import first_number, runs_in
from iop.processes.reset import remove

BASE_DIR = Path(__file__).resolve().parents[2]
# A terminal of its own for what follows; it ends with the same exit status.
IN_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
CTRL_C = b"\x03"
# What the tests have set for themselves, and a person has not.
OURS = {"DATABASE_URL", "REDIS_URL", "IOP_EMBEDDED", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS"}

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("embedded")]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="iop-test-"))
    yield top / "var"
    remove(top / "var")
    shutil.rmtree(top)


@pytest.fixture
def port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def read_until(process: subprocess.Popen[bytes], words: str) -> str:
    """Read the terminal until it shows these words; return all that came before."""
    assert process.stdout is not None
    seen = ""
    while words not in seen:
        line = process.stdout.readline().decode()
        assert line, f"{words!r} did not come:\n{seen}"
        seen += line.replace("\r", "")
    return seen


def sign_in_page(port: int) -> int:
    """Ask for the sign-in page; return the answer's status."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as web:
        web.request("GET", "/sign-in/")
        return web.getresponse().status


def test_up_from_nothing_and_down_with_ctrl_c(data_dir, port):
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ |= {"PORT": str(port), "IOP_DATA_DIR": str(data_dir), "PYTHON": ""}
    with subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, "make", "demo"],
        cwd=BASE_DIR,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        patience = threading.Timer(240, process.kill)
        patience.start()
        shown = read_until(process, "Ctrl-C stops it")
        status = sign_in_page(port)
        rest, _ = process.communicate(CTRL_C, timeout=240)
        patience.cancel()
    assert re.findall(r"^(\d)/4 (.+?) …", shown, re.MULTILINE) == [
        ("1", "Database"),
        ("2", "Migrations"),
        ("3", "Demo clinic"),
        ("4", "Web, worker and beat"),
    ]
    assert f":{port}\n" in shown
    for each in SIGN_INS:
        assert re.search(rf"{each.role} +{each.email} +{each.password}", shown)
    assert status == 200
    assert re.search(r"^Stopped\.\r?$", rest.decode(), re.MULTILINE)
    assert "Traceback" not in shown + rest.decode()
    assert process.returncode == 0
    assert not runs_in(first_number(data_dir / "valkey" / "server.pid"), data_dir / "valkey")
