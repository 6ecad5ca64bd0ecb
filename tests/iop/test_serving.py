"""Web processes replaced one by one while clients go on asking: nobody notices.

The processes are real ones on this machine; what a proxy does is done by `Proxy`, in few lines:
it sends requests to whoever says `/readyz`, and to another one where nobody listens.
"""

from __future__ import annotations

import http.client
import itertools
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.1
CLIENTS, PAUSE_SECONDS = 4, 0.02  # the machine has other things to do


def wait_until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE_SECONDS} seconds"
        threading.Event().wait(0.02)


class Web:
    """One web process, as systemd or a container would run it."""

    def __init__(self, data_dir: Path, *, drain: str) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.environ = {
            **{name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")},
            "IOP_DATA_DIR": str(data_dir),
            "IOP_SECRET_KEY": secrets.token_urlsafe(60),
            "IOP_FIELD_KEYS": Fernet.generate_key().decode(),
            "IOP_ALLOWED_HOSTS": "localhost",
            "IOP_SITE_URL": "https://clinic.invalid",
            "IOP_DRAIN_SECONDS": drain,
        }
        self.log = data_dir / f"web-{self.port}.log"
        self.begin()

    def begin(self) -> None:
        words = (sys.executable, "-m", "iop.serving", "--port", str(self.port))
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                words, cwd=BASE_DIR, env=self.environ, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def is_ready(self) -> bool:
        return self.asked("/readyz") == 200

    def leaves(self, status: int) -> bool:
        """Whether `/readyz` says something else."""
        return self.asked("/readyz") != status

    def asked(self, path: str) -> int:
        """Return the status, 0 where nobody answers."""
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", path)
                return connection.getresponse().status
            except (OSError, http.client.HTTPException):
                return 0

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Proxy:
    """Clients that go on asking, over connections that are kept, of whoever is ready."""

    def __init__(self, webs: list[Web]) -> None:
        self.webs, self.ready = webs, list(webs)
        self.turn = itertools.count()
        self.answered: list[int] = []
        self.failed: list[str] = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self._look)]
        self.threads += [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _look(self) -> None:
        while not self.is_over.wait(LOOK_SECONDS):
            self.ready = [web for web in self.webs if web.is_ready()]

    def _ask(self) -> None:
        kept: dict[int, http.client.HTTPConnection] = {}
        while not self.is_over.wait(PAUSE_SECONDS):
            ready = self.ready or self.webs
            web = ready[next(self.turn) % len(ready)]
            connection = kept.setdefault(
                web.port, http.client.HTTPConnection("localhost", web.port, timeout=10)
            )
            if connection.sock and select.select([connection.sock], [], [], 0)[0]:
                connection.close()  # its other end has closed it, as every proxy notices
            try:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                self.answered.append(web.port)
            except ConnectionRefusedError:
                continue  # nothing was sent: a proxy asks the other one
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(f"{web.port}: {error!r}")
                connection.close()
        for connection in kept.values():
            connection.close()

    def asked_some_more(self, many: int = 100) -> None:
        so_far = len(self.answered)
        wait_until(lambda: len(self.answered) > so_far + many, "more answers")

    def end(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(PATIENCE_SECONDS)


@pytest.fixture
def webs(tmp_path) -> Iterator[Callable[..., Web]]:
    """Begin web processes that end with the test."""
    begun: list[Web] = []

    def begin(*, drain: str = "1") -> Web:
        begun.append(Web(tmp_path, drain=drain))
        return begun[-1]

    yield begin
    for web in begun:
        web.close()


@pytest.mark.django_db
def test_two_replaced_one_by_one_fail_no_request(webs):
    """Also where the wait for the proxy is cut short by a second SIGTERM."""
    patient, usual = webs(drain="60"), webs()
    for web in (patient, usual):
        wait_until(web.is_ready, "a web process that is ready")
    proxy = Proxy([patient, usual])
    try:
        for web in (patient, usual):
            proxy.asked_some_more()
            web.process.send_signal(signal.SIGTERM)
            wait_until(partial(web.leaves, 200), "word that it is about to end")
            if web is patient:
                assert web.asked("/readyz") == 503
                assert web.asked("/healthz") == 200, "it answers until then"
                proxy.asked_some_more()
                web.process.send_signal(signal.SIGTERM)
            assert web.process.wait(PATIENCE_SECONDS) == 0
            web.begin()
            wait_until(web.is_ready, "its successor")
        proxy.asked_some_more()
    finally:
        proxy.end()
    assert proxy.failed == []
    assert {patient.port, usual.port} == set(proxy.answered)
