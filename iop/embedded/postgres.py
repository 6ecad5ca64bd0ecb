"""The embedded PostgreSQL of one data folder: made, started, found running, stopped."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from iop.embedded.account import Account, open_programs, open_way
from iop.embedded.live import first_number, gone_within, is_borne, last_lines, runs_in
from iop.embedded.problems import CannotStart
from iop.embedded.sharing import Say

USER = "postgres"
DATABASE = "iop"
PORT = 5432  # only part of the socket's name: the server listens on no network address
START_SECONDS = 60  # recovery after a pulled plug may read back up to a gigabyte of its log
STOP_SECONDS = 30
# Without a UTF-8 character type lower('É') fails and pg_trgm drops accented letters; the folder's
# character type is fixed when it is made. macOS has no C.UTF-8.
CHARACTER_TYPE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
SETTINGS = {"listen_addresses": "", "port": str(PORT), "max_connections": "100", "jit": "off"}
# What may be lost by the tests' data folder: after a power cut it is made anew.
SETTINGS_OF_A_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
THROWAWAY = "throw-away"


@dataclass
class Postgres:
    """One PostgreSQL data folder and the server that runs on it.

    `durable=False` trades safety against a power cut for speed, and only in a folder made so.
    """

    folder: Path
    sockets: Path
    programs: Path
    account: Account | None
    say: Say
    durable: bool = True
    name: str = "postgres"

    @property
    def url(self) -> str:
        """The address of the application's database, as libpq and dj_database_url both read it."""
        # urlsplit puts host names in lower case, so every letter but those is percent-encoded.
        plain = "abcdefghijklmnopqrstuvwxyz0123456789-_."
        host = "".join(c if c in plain else _percent(c) for c in str(self.sockets))
        return f"postgresql://{USER}@{host}:{PORT}/{DATABASE}"

    def start(self, *, alone: bool) -> None:
        """Have the server running and its database there. Raises CannotStart."""
        self._open_to_account()
        if not self.durable:
            self._prepare_throwaway()
        self._refuse_other_version()
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        # Twice: a slow disk can outlast the first try, and a server that we found running may
        # have been on its way down.
        for _ in range(2):
            if not self.is_live():
                self._clear_the_way()
                self._launch()
            if self._answers_in_time():
                return self._create_database()
            if alone:
                self.stop()
        raise CannotStart(
            f"The embedded PostgreSQL in {self.folder} does not start. Its log ends:\n"
            f"{last_lines(self.folder / 'server.log')}"
        )

    def stop(self) -> None:
        """Stop the server if it runs: first politely, then at once."""
        for mode in ("fast", "immediate"):
            if not self.is_live():
                return
            self._pg_ctl("-m", mode, "-t", str(STOP_SECONDS), "stop")

    def is_live(self) -> bool:
        """Return whether a PostgreSQL runs on this very folder."""
        return runs_in(first_number(self.folder / "postmaster.pid"), self.folder)

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _prepare_throwaway(self) -> None:
        made, marked = (self.folder / "PG_VERSION").exists(), (self.folder / THROWAWAY).exists()
        if made and not marked:
            # Records made to last are written with care, whoever asks for less.
            self.durable = True
        elif made:
            crashed = (self.folder / "postmaster.pid").exists() and not self.is_live()
            if crashed or self._version_of_folder() != self._version_of_programs():
                shutil.rmtree(self.folder)

    def _refuse_other_version(self) -> None:
        theirs, ours = self._version_of_folder(), self._version_of_programs()
        if theirs and theirs != ours:
            raise CannotStart(
                f"{self.folder} was made by PostgreSQL {theirs}; the embedded one here is "
                f"PostgreSQL {ours} and cannot read it. Either go back to the release of this "
                "software that made it and move its data with pg_dump, or, if the data may go, "
                "remove that folder (for the demo: make demo-reset)."
            )

    def _version_of_folder(self) -> str:
        try:
            return (self.folder / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return ""

    def _version_of_programs(self) -> str:
        # "postgres (PostgreSQL) 18.3": the number before the point decides what it can read.
        return self._run("postgres", "--version")[1].split()[-1].split(".")[0]

    def _open_to_account(self) -> None:
        if self.account:
            open_programs(self.programs)
            open_way(self.programs, self.account, self.say)
            open_way(self.folder, self.account, self.say)

    def _initialise(self) -> None:
        """Make the data folder beside its place and move it there whole: a kill leaves no half."""
        self.say(f"First start: making the embedded PostgreSQL in {self.folder.parent} …")
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self.account:
            os.chown(fresh, self.account.uid, self.account.gid)
        options = ["--auth=trust", "--encoding=UTF8", f"--username={USER}", "--no-instructions"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        status, output = self._run("initdb", "-D", str(fresh), *options)
        if status:
            raise CannotStart(f"PostgreSQL could not make its folder {fresh}:\n{output.strip()}")
        if not self.durable:
            (fresh / THROWAWAY).touch()
        fresh.rename(self.folder)

    def _clear_the_way(self) -> None:
        """Remove what a dead server left behind and a new one would stumble over.

        PostgreSQL believes a pid file whose number another process bears by now. A number that
        nobody bears it sees through itself, and then also checks that no orphan of the dead
        server still holds its memory; so that file stays.
        """
        for left in (self.folder / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"):
            pid = first_number(left)
            if pid and runs_in(pid, self.folder):
                # Its folder was removed under it, and another made in its place.
                os.kill(pid, signal.SIGKILL)
                gone_within(STOP_SECONDS, is_borne, pid)
            if pid and is_borne(pid):
                left.unlink(missing_ok=True)

    def _launch(self) -> None:
        extra = {} if self.durable else SETTINGS_OF_A_THROWAWAY
        settings = {"unix_socket_directories": str(self.sockets), **SETTINGS, **extra}
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        log = str(self.folder / "server.log")
        # pg_ctl puts the server into a session of its own: a Ctrl-C here does not reach it.
        self._pg_ctl("-l", log, "-o", options, "-t", str(START_SECONDS), "start")

    def _answers_in_time(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self._connect().close()
                return True
            except psycopg.OperationalError:
                if self._is_beyond_reach():
                    return False
                time.sleep(0.02)
        return False

    def _is_beyond_reach(self) -> bool:
        """Return whether waiting is in vain: no server, or one that has lost its socket."""
        ready = "".join(self._pid_file_lines()[7:8]).strip() == "ready"
        return not self.is_live() or (ready and not (self.sockets / f".s.PGSQL.{PORT}").exists())

    def _connect(self) -> psycopg.Connection:
        # PGOPTIONS, too, is meant for somebody else's server; hence the empty options.
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=USER, dbname=USER, options="", autocommit=True
        )

    def _create_database(self) -> None:
        with self._connect() as connection:
            sql = "SELECT FROM pg_database WHERE datname = %s"
            if connection.execute(sql, [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _pg_ctl(self, *arguments: str) -> tuple[int, str]:
        return self._run("pg_ctl", "-D", str(self.folder), "-w", *arguments)

    def _run(self, program: str, *arguments: str) -> tuple[int, str]:
        """Run one of PostgreSQL's programs; return its exit status and what it printed."""
        # PGPORT, PGOPTIONS and their like are meant for somebody else's server.
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
        # A file and not a pipe: the server, once started, would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                env={**environ, "LC_ALL": CHARACTER_TYPE},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                check=False,
                **(self.account.for_subprocess() if self.account else {}),
            )
            output.seek(0)
            return done.returncode, output.read()


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
