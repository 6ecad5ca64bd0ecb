"""Runs a command on this machine's own PostgreSQL and Redis: `python -m tools.on_servers COMMAND`.

The tests otherwise see only the embedded servers. The command gets a scratch database, dropped
afterwards. Where one of the two does not answer, nothing is run, and a line says so.
CI_DATABASE_URL and CI_REDIS_URL name other servers than the usual ones.
"""

# ruff: noqa: S603, T201 (a command-line tool that runs other tools)

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from iop.embedded import CannotStart
from iop.embedded.given import check_database, check_redis

DATABASE_URL = "postgresql://postgres@127.0.0.1:5432/postgres"
# The last of the 16 databases that a Redis has, so that nobody else's keys are met.
REDIS_URL = "redis://127.0.0.1:6379/15"


def main(command: list[str]) -> int:
    """Run the command and return its exit status, or 0 where there are no servers."""
    database_url = os.environ.get("CI_DATABASE_URL") or DATABASE_URL
    redis_url = os.environ.get("CI_REDIS_URL") or REDIS_URL
    try:
        check_database(database_url, "CI_DATABASE_URL")
        check_redis(redis_url)
    except CannotStart as problem:
        print(f"Tests on servers: skipped. {problem}")
        return 0
    print(f"Tests on servers: {versions(database_url, redis_url)}", flush=True)
    with scratch_database(database_url) as scratch_url:
        servers = {"DATABASE_URL": scratch_url, "REDIS_URL": redis_url}
        return subprocess.run(command, env={**os.environ, **servers}, check=False).returncode


def versions(database_url: str, redis_url: str) -> str:
    """Return the names and versions of both servers."""
    with psycopg.connect(database_url) as connection:
        database = connection.info.parameter_status("server_version")
    with redis.Redis.from_url(redis_url) as client:
        about = client.info("server")
    name = about.get("server_name", "redis").capitalize()
    version = about.get(f"{name.lower()}_version")
    return f"PostgreSQL {database} and {name} {version}"


@contextmanager
def scratch_database(url: str) -> Iterator[str]:
    """Create a database of its own on the server, and drop it afterwards."""
    name = f"iop_scratch_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
