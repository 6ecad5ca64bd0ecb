"""Real servers and real workers that a test may kill: PostgreSQL, Valkey, mail, Celery."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from iop.embedded import open_servers
from iop.embedded.account import account_for
from iop.embedded.live import first_number, gone_within, last_lines, runs_in
from iop.embedded.postgres import Postgres
from iop.embedded.sockets import socket_folder
from iop.embedded.valkey import Valkey
from iop.embedded.wheels import postgres_programs, valkey_program

BASE_DIR = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30
# How often a worker may end by itself.
MOST_ENDS = 3


def wait_until(holds: Callable[[], object], seconds: float, what: str) -> None:
    """Look again and again until it holds; fail with the words where it takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come within {seconds:.0f} seconds"
        time.sleep(0.05)


class Place:
    """A data folder with a PostgreSQL and a Valkey of its own, and programs that use them."""

    def __init__(self, data_dir: Path, urls: dict[str, str]) -> None:
        self.data_dir = data_dir
        account = account_for(data_dir / "postgres")
        sockets = socket_folder(data_dir, account)
        programs = postgres_programs()
        self.postgres = Postgres(data_dir / "postgres", sockets, programs, account, print)
        self.valkey = Valkey(data_dir / "valkey", sockets, valkey_program(), print)
        ours = {name for name in os.environ if name.startswith(("IOP_", "DJANGO_", "PYTEST_"))}
        self.environ = {name: value for name, value in os.environ.items() if name not in ours}
        self.environ |= {
            **urls,
            "IOP_DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "iop.settings",
            "IOP_SEND_TIMEOUT": "1",
            "IOP_LOG_LEVEL": "WARNING",
            "EMAIL_FROM": "reminders@desk.example",
        }

    def start(self, *words: str, log: str = "") -> subprocess.Popen[str]:
        """Start a program of ours in a session of its own, its output to be read or in a log."""
        with ExitStack() as stack:
            output = stack.enter_context((self.data_dir / log).open("a")) if log else None
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", *words],
                cwd=BASE_DIR,
                env=self.environ,
                stdout=output or subprocess.PIPE,
                stderr=subprocess.STDOUT if log else None,
                text=True,
                start_new_session=True,
            )

    def run(self, *words: str) -> str:
        """Run a program of ours to its end, which has to be a good one; return what it said."""
        process = self.start(*words)
        said, _ = process.communicate()
        assert process.returncode == 0, said
        return said

    def rows(self, sql: str) -> list[tuple]:
        """Ask the database; nothing where it is away."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.postgres.url) as connection:
            return connection.execute(sql).fetchall()
        return []

    def number(self, sql: str) -> int:
        """Return the one number that the statement asks for; -1 where the database is away."""
        return next((row[0] for row in self.rows(sql)), -1)

    def restart_postgres(self) -> None:
        """End PostgreSQL as a crash does, and start it again."""
        pid = first_number(self.postgres.folder / "postmaster.pid")
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)
        assert gone_within(PATIENCE_SECONDS, self.postgres.is_live)
        self.postgres.start(alone=True)

    def restart_valkey_empty(self) -> None:
        """End Valkey as a crash does, throw away what it kept, and start it again."""
        pid = first_number(self.valkey.folder / "server.pid")
        assert runs_in(pid, self.valkey.folder)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert gone_within(PATIENCE_SECONDS, self.valkey.is_live)
        shutil.rmtree(self.valkey.folder)
        self.valkey.start(alone=True)


@contextmanager
def a_place(data_dir: Path) -> Iterator[Place]:
    """Have the servers running and the tables made inside this block."""
    # Made to last: a crash must not lose what was committed.
    with open_servers(data_dir, {}) as urls:
        place = Place(data_dir, urls)
        place.run("manage.py", "migrate", "--verbosity", "0")
        yield place


class Mail:
    """A mail server of its own process; `taken` is what it has taken, in order."""

    def __init__(self, place: Place, seed: str = "") -> None:
        self.file = place.data_dir / "taken"
        self.file.touch()
        self.process = place.start("-m", "tests.reminders.fault_smtp", str(self.file), seed)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        place.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{self.port}"

    @property
    def taken(self) -> list[str]:
        return self.file.read_text().split()

    def calm_down(self) -> None:
        self.process.send_signal(signal.SIGUSR1)

    def stop(self) -> dict[str, int]:
        """Stop it; return what it did how often."""
        self.process.terminate()
        said, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return json.loads(said)


class Worker:
    """A Celery worker with one sending process, begun again after it was killed."""

    def __init__(self, place: Place, number: int) -> None:
        self.place, self.number = place, number
        self.log = f"worker{number}.log"
        self.ends = 0
        self.begin()

    def begin(self) -> None:
        self.process = self.place.start(
            *("-m", "celery", "--quiet", "--app", "iop", "worker", "--queues", "sending"),
            *("--concurrency", "1", "--hostname", f"sender{self.number}@%h"),
            log=self.log,
        )

    def keep_running(self) -> None:
        """Begin it again where it has ended by itself, as a server's supervisor does; not for ever.

        Celery gives up where its only process is killed while it begins to listen.
        """
        if self.process.poll() is None:
            return
        self.ends += 1
        assert self.ends <= MOST_ENDS, last_lines(self.place.data_dir / self.log)
        self.begin()

    def kill(self) -> None:
        """Kill it with all its processes, at once, and begin it again."""
        self.stop_at_once()
        self.begin()

    def kill_sender(self) -> bool:
        """Kill only the process that sends; return whether there was one. The worker goes on."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with suppress(OSError, IndexError, ValueError):
            os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)
            return True
        return False

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def stop_at_once(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)
