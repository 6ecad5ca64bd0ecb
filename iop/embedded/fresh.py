"""A database that has no tables yet: an embedded one is set up, a clinic's own is not touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import psycopg

from iop.embedded.problems import CannotStart

NOT_SET_UP = (
    "This database has no tables of ours yet. Set it up first, as the login that is to own them:"
    "\n  python manage.py migrate"
)


def set_up_when_fresh(environ: Mapping[str, str], migrate: Callable[[], None]) -> None:
    """Call `migrate` on an embedded database without tables; raise CannotStart on a given one."""
    if _is_set_up(environ["DATABASE_URL"]):
        return
    if "DATABASE_URL" not in environ.get("IOP_EMBEDDED", "").split(","):
        raise CannotStart(NOT_SET_UP)
    migrate()


def _is_set_up(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        return bool((found.fetchone() or [False])[0])
