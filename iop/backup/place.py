"""A database as the owner of its tables reaches it: by psycopg, by pg_dump, and by Django."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import dj_database_url
import psycopg
from django.conf import settings
from django.db import connection

from iop.backup.problems import CannotRestore

# libpq's own list of what a connection may be told, and the variable that says the same.
KNOWN = {
    option.keyword.decode(): option.envvar.decode() if option.envvar else ""
    for option in psycopg.pq.Conninfo.get_defaults()
}
# Databases that every server has: one must be somewhere to make or rename another.
ALWAYS_THERE = ("postgres", "template1")


@dataclass(frozen=True)
class Place:
    """One database. The password is kept out of what is printed, and off every command line."""

    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def called(self, name: str) -> Place:
        """Return another database of the same server."""
        return replace(self, name=name)

    def connect(self, **extra: Any) -> psycopg.Connection:
        """Open a connection of its own."""
        return psycopg.connect(**self._told(), **extra)

    def connect_beside(self) -> psycopg.Connection:
        """Open a connection to a database that is always there, to make and rename others."""
        for name in ALWAYS_THERE[:-1]:
            try:
                return self.called(name).connect(autocommit=True)
            except psycopg.OperationalError:
                continue
        return self.called(ALWAYS_THERE[-1]).connect(autocommit=True)

    def environment(self) -> dict[str, str]:
        """Return the environment in which PostgreSQL's programs reach this database."""
        told = {KNOWN[name]: str(value) for name, value in self._told().items() if KNOWN[name]}
        return {**os.environ, **told, "LC_ALL": "C"}

    def _told(self) -> dict[str, Any]:
        plain = {
            "dbname": self.name,
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
        }
        more = {name: value for name, value in self.options.items() if name in KNOWN}
        return {name: value for name, value in {**more, **plain}.items() if value}


def _place(parsed: Mapping[str, Any]) -> Place:
    options = {k: v for k, v in (parsed.get("OPTIONS") or {}).items() if k != "assume_role"}
    named = {name: str(parsed.get(name.upper()) or "") for name in ("host", "port", "user")}
    return Place(
        name=str(parsed["NAME"]),
        password=str(parsed.get("PASSWORD") or ""),
        options=options,
        **named,
    )


def own_place() -> Place:
    """Return this installation's database, reached as the owner of its tables."""
    place = _place(connection.settings_dict)
    if settings.DATABASE_OWNER_URL:
        owner = _place(dj_database_url.parse(settings.DATABASE_OWNER_URL))
        place = replace(place, user=owner.user, password=owner.password)
    return place


def place_at(url: str) -> Place:
    """Return the database that a URL names. Raises CannotRestore."""
    try:
        parsed = dj_database_url.parse(url)
    except (ValueError, dj_database_url.UnknownSchemeError):
        parsed = {}
    if not parsed.get("NAME") or "postgresql" not in parsed.get("ENGINE", ""):
        raise CannotRestore(
            "--into takes the address of a PostgreSQL database:"
            " postgresql://USER:PASSWORD@HOST:5432/NAME"
        )
    return _place(parsed)


@contextmanager
def django_on(place: Place) -> Iterator[None]:
    """Have Django's connection reach this database, as its owner, inside the block."""
    kept = dict(connection.settings_dict)
    connection.close()
    there = {name: getattr(place, name.lower()) for name in ("NAME", "HOST", "PORT", "USER")}
    options = {"PASSWORD": place.password, "OPTIONS": dict(place.options)}
    connection.settings_dict.update(there | options)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)
