"""The embedded Valkey of one data folder: started, found running, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from iop.embedded.live import first_number, gone_within, last_lines, runs_in
from iop.embedded.problems import CannotStart
from iop.embedded.sharing import Say

START_SECONDS = 20
STOP_SECONDS = 10


@dataclass
class Valkey:
    """One Valkey data folder and the server that runs on it."""

    folder: Path
    sockets: Path
    program: Path
    say: Say
    durable: bool = True
    name: str = "valkey"

    @property
    def socket(self) -> Path:
        """Where it listens; it has no network address."""
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """Its address as Celery reads it; redis-py's own form is unix://PATH?db=0."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self, *, alone: bool) -> None:
        """Have the server running. Raises CannotStart."""
        if self.is_live() and self.socket.exists() and self._answers_in_time():
            return
        if self.is_live() and not alone:
            raise CannotStart(
                f"The embedded Valkey in {self.folder} runs, but does not answer at {self.socket}. "
                "Please end the other commands that use this data folder and try again."
            )
        self.stop()
        self._launch()
        if not self._answers_in_time():
            raise CannotStart(
                f"The embedded Valkey in {self.folder} does not start. Its log ends:\n"
                f"{last_lines(self.folder / 'server.log')}"
            )

    def stop(self) -> None:
        """Stop the server if it runs: first politely, then at once."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.is_live() and (pid := self._pid()):
                os.kill(pid, number)
                gone_within(STOP_SECONDS, self.is_live)
        # One whose folder was removed under it has no pid file any more, but still our socket.
        with suppress(redis.RedisError), self._client() as client:
            client.shutdown(nosave=True)

    def is_live(self) -> bool:
        """Return whether a Valkey runs on this very folder."""
        return runs_in(self._pid(), self.folder)

    def _pid(self) -> int | None:
        return first_number(self.folder / "server.pid")

    def _launch(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        # Of its own session, so that a Ctrl-C in our terminal does not reach it.
        done = subprocess.run(
            [self.program, *self._options()],
            capture_output=True,
            text=True,
            cwd="/",
            start_new_session=True,
            check=False,
        )
        if done.returncode:
            raise CannotStart(f"The embedded Valkey refuses to start: {done.stdout.strip()}")

    def _options(self) -> list[str]:
        options = {
            "dir": self.folder,
            "port": 0,
            "unixsocket": self.socket,
            "unixsocketperm": 700,
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "daemonize": "yes",
            "pidfile": self.folder / "server.pid",
            "logfile": self.folder / "server.log",
            # The command line stays as given here, so that `is_live` knows the process by it.
            "set-proc-title": "no",
        }
        return [word for name, value in options.items() for word in (f"--{name}", str(value))]

    def _answers_in_time(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with self._client() as client:
                    client.ping()
                return True
            except redis.RedisError:
                time.sleep(0.01)
        return False

    def _client(self) -> redis.Redis:
        # Left to itself, redis-py tries a missing socket again for seconds.
        once = Retry(NoBackoff(), retries=0)
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=once)
