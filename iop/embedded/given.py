"""Servers given by URL: asked once whether they answer, before a command relies on them.

No message here repeats a URL or what a driver said about it: either may hold the password.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import psycopg
import redis
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from redis.backoff import NoBackoff
from redis.retry import Retry

from iop.embedded.problems import CannotStart

ANSWER_SECONDS = 5
OLDEST_POSTGRES = 15
OLDEST_REDIS = 7


def check_given(environ: Mapping[str, str]) -> None:
    """Ask every server that is given by URL whether it is there. Raises CannotStart."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if url := environ.get(name, ""):
            check_database(url, name)
    if url := environ.get("REDIS_URL", ""):
        check_redis(url)


def check_database(url: str, name: str = "DATABASE_URL") -> None:
    """Raise CannotStart unless a new enough PostgreSQL answers at this URL."""
    parts = _parts(url, name)
    if parts.scheme not in {"postgres", "postgresql", "pgsql"}:
        raise CannotStart(f"{name} must begin with postgresql://, since only PostgreSQL will do.")
    try:
        with psycopg.connect(_conninfo(parts)) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise CannotStart(_database_problem(name, _place(parts, 5432), str(error))) from None
    if version < OLDEST_POSTGRES:
        raise CannotStart(
            f"The server at {_place(parts, 5432)} (from {name}) is PostgreSQL {version}; "
            f"{OLDEST_POSTGRES} or newer is needed."
        )


def _conninfo(parts: SplitResult) -> str:
    # dj_database_url takes options that only Django knows; libpq would refuse them.
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    asked = {key: value for key, value in parse_qsl(parts.query) if key in known}
    named = {
        "host": unquote(parts.hostname or ""),
        "port": str(parts.port or ""),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "dbname": unquote(parts.path[1:]),
    }
    named = {key: value for key, value in named.items() if value}
    return make_conninfo(**{**asked, **named, "connect_timeout": str(ANSWER_SECONDS)})


def check_redis(url: str) -> None:
    """Raise CannotStart unless a new enough Redis or Valkey answers at this URL."""
    parts = _parts(url, "REDIS_URL")
    if parts.scheme == "redis+socket":
        url, place = f"unix://{parts.path}", parts.path
    elif parts.scheme in {"redis", "rediss", "unix"}:
        place = _place(parts, 6379)
    else:
        raise CannotStart("REDIS_URL must begin with redis://, rediss:// or redis+socket://.")
    try:
        with redis.Redis.from_url(
            url,
            socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), retries=0),
        ) as client:
            client.ping()
            version = _redis_version(client)
    except (redis.RedisError, ValueError) as error:
        raise CannotStart(_redis_problem(place, error)) from None
    if version and version < OLDEST_REDIS:
        raise CannotStart(
            f"The server at {place} (from REDIS_URL) is Redis {version}; "
            f"{OLDEST_REDIS} or newer is needed, or any Valkey."
        )


def _parts(url: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        raise CannotStart(
            f"{name} cannot be read. Special characters in its user name and password must be "
            "percent-encoded, for instance @ as %40, / as %2F and # as %23."
        ) from None
    return parts


def _place(parts: SplitResult, usual_port: int) -> str:
    host = unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host")
    if not host and parts.scheme == "unix":
        return parts.path
    if not host:
        return "this machine's usual address"
    return host if host.startswith("/") else f"{host}, port {parts.port or usual_port}"


def _database_problem(name: str, place: str, said: str) -> str:
    server = f"The database server at {place} (from {name})"
    if "password" in said or "authentication" in said or "pg_hba" in said:
        return f"{server} refuses this user name or password."
    if "does not exist" in said:
        return f"{server} has no database, or no user, of the name given there."
    if "SSL" in said:
        return f"{server} and this program do not agree on an encrypted connection."
    return (
        f"{server} does not answer. Please check that it runs and can be reached from here, or "
        f"leave {name} unset to use the embedded one."
    )


def _redis_version(client: redis.Redis) -> int | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            about = client.info("server")
    except redis.RedisError:
        return None  # the account may have no right to ask
    return int(str(about.get("redis_version", "0")).split(".")[0]) or None


def _redis_problem(place: str, error: Exception) -> str:
    server = f"The Redis or Valkey server at {place} (from REDIS_URL)"
    if isinstance(error, redis.AuthenticationError | redis.exceptions.NoPermissionError):
        return f"{server} refuses this user name or password."
    if isinstance(error, redis.ResponseError):
        return f"{server} answers, but not as Redis 7 or newer does, or Valkey."
    return (
        f"{server} does not answer. Please check that it runs and can be reached from here, or "
        "leave REDIS_URL unset to use the embedded one."
    )
