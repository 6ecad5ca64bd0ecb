"""A database beside the others, made for a restore, and put in another's place when it is good."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors, sql

from iop.backup.place import Place
from iop.backup.problems import CannotRestore

LONGEST_NAME = 63
# Letters sort and compare in the new database as in the one it may take the place of. What an ICU
# or built-in locale is called is a column of another name in each version of PostgreSQL.
ASKS_LOCALE = "SELECT to_jsonb(pg_database) FROM pg_database WHERE datname = %s"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
OTHERS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
NOT_ALLOWED = (
    "The login {user} may not create databases on this server, and a restore never writes over the"
    " one that is in use. Give it the right (ALTER ROLE … CREATEDB) until it is done, or restore on"
    " another server with --into."
)
IN_USE = (
    "{count} connections to the database {name} are open. Stop web, worker and beat (and whatever"
    " else uses it) first."
)


@contextmanager
def scratch_database(like: Place) -> Iterator[Place]:
    """Make an empty database on the server of `like`; drop it, unless it was given another name."""
    name = f"iop_scratch_{secrets.token_hex(6)}"
    with _beside(like) as connection:
        _refuse_without_right(connection)
        connection.execute(_create(name, _locale_of(connection, like.name)))
    try:
        yield like.called(name)
    finally:
        with _beside(like) as connection:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


def refuse_in_use(place: Place) -> None:
    """Raise CannotRestore where somebody is connected to the database."""
    with _beside(place) as connection:
        if count := _one(connection, OTHERS, [place.name]):
            raise CannotRestore(IN_USE.format(count=count, name=place.name))


def exists(place: Place) -> bool:
    """Return whether the server has a database of this name."""
    with _beside(place) as connection:
        return _locale_of(connection, place.name) is not None


def put_in_place(scratch: Place, place: Place, *, aside: str | None) -> None:
    """Give the scratch database the place's name; the one that had it is called `aside`.

    `aside` None: nothing of value is in it, and it is dropped. Both or neither is renamed.
    """
    old = aside or f"iop_empty_{secrets.token_hex(6)}"
    with _beside(place) as connection:
        there = _locale_of(connection, place.name) is not None
        # Until both are done nobody can connect to either; if one cannot be done, nothing is.
        with _in_use_explained(place), connection.transaction():
            if there:
                _rename(connection, place.name, old)
            _rename(connection, scratch.name, place.name)
        if there and aside is None:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))


def name_aside(place: Place, moment: str) -> str:
    """Return what the database is called that is put aside."""
    return f"{place.name[: LONGEST_NAME - len(moment) - 8]}_before_{moment}"


@contextmanager
def _in_use_explained(place: Place) -> Iterator[None]:
    try:
        yield
    except errors.ObjectInUse:
        raise CannotRestore(IN_USE.format(count="Some", name=place.name)) from None


def _rename(connection: psycopg.Connection, name: str, to: str) -> None:
    words = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(words.format(sql.Identifier(name), sql.Identifier(to)))


def _refuse_without_right(connection: psycopg.Connection) -> None:
    if not _one(connection, MAY_CREATE):
        raise CannotRestore(NOT_ALLOWED.format(user=connection.info.user))


def _create(name: str, like: dict[str, Any] | None) -> sql.Composed:
    created = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if like is None:
        return created
    told = {"LC_COLLATE": like["datcollate"], "LC_CTYPE": like["datctype"]}
    own = like.get("datlocale") or like.get("daticulocale")
    if like["datlocprovider"] == "b":
        told |= {"LOCALE_PROVIDER": "builtin", "BUILTIN_LOCALE": own}
    elif like["datlocprovider"] == "i":
        told |= {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": own}
    said = [sql.SQL(" {} {}").format(sql.SQL(k), sql.Literal(v)) for k, v in told.items()]
    return created + sql.SQL(" TEMPLATE template0 ENCODING 'UTF8'") + sql.Composed(said)


def _locale_of(connection: psycopg.Connection, name: str) -> dict[str, Any] | None:
    return _one(connection, ASKS_LOCALE, [name])


@contextmanager
def _beside(place: Place) -> Iterator[psycopg.Connection]:
    """Give a connection to another database of the server, its refusals in our words."""
    try:
        with place.connect_beside() as connection:
            yield connection
    except errors.InsufficientPrivilege as refused:
        said = refused.diag.message_primary
        raise CannotRestore(f"The server does not allow it: {said}.") from refused
    except psycopg.OperationalError as failed:
        raise CannotRestore(f"The database server does not answer as it should: {failed}") from None


def _one(connection: psycopg.Connection, query: str, given: list[Any] | None = None) -> Any:
    found = connection.execute(query.encode(), given).fetchone()
    return found[0] if found else None
