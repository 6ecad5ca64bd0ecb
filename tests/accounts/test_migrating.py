"""A change of tables beside somebody who reads them: it lets go in time, and succeeds at last."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from accounts.database_roles import as_owner
from accounts.migrating import is_lock_refused, patiently

pytestmark = pytest.mark.django_db(transaction=True)
# As most changes of a table do.
LOCK = "LOCK TABLE accounts_license IN ACCESS EXCLUSIVE MODE"
LOCK_SECONDS = 0.2


@pytest.fixture
def reader() -> Iterator[psycopg.Connection]:
    """A page that has read the table and is not done yet."""
    with psycopg.connect(**connection.get_connection_params() | _as_psycopg()) as page:
        page.execute("SELECT count(*) FROM accounts_license").fetchall()
        yield page


def _as_psycopg() -> dict[str, object]:
    return {"cursor_factory": psycopg.Cursor, "context": None, "prepare_threshold": None}


def alter() -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
    return "done"


def test_it_lets_go_while_the_table_is_in_use_and_tries_again(reader):
    told: list[str] = []

    def say(words: str) -> None:
        told.append(words)
        if len(told) == 2:
            reader.commit()

    with as_owner():
        assert patiently(alter, say=say, lock_seconds=LOCK_SECONDS, tries=5) == "done"
    assert told == [
        f"A table is in use; let go of it after 0.2 s (try {number} of 5)." for number in (1, 2)
    ]


def test_it_gives_up_in_the_end_and_nobody_waits_behind_it(reader):
    begun = time.monotonic()
    with as_owner():
        with pytest.raises(OperationalError) as refused:
            patiently(alter, say=str, lock_seconds=LOCK_SECONDS, tries=2)
    assert is_lock_refused(refused.value)
    assert time.monotonic() - begun < 5
    with connection.cursor() as cursor:  # another page, as the application
        cursor.execute("SELECT count(*) FROM accounts_license")


def test_another_failure_is_no_reason_to_try_again():
    told: list[str] = []

    def fail() -> None:
        raise OperationalError("the server is gone")

    with as_owner(), pytest.raises(OperationalError, match="gone"):
        patiently(fail, say=told.append)
    assert told == []


def test_the_command_says_so_in_words(capsys):
    with psycopg.connect(**connection.get_connection_params() | _as_psycopg()) as holder:
        holder.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="stayed in use for all 2 tries"):
            call_command("migrate", lock_seconds=0.1, lock_tries=2, verbosity=0)
    assert "try 1 of 2" in capsys.readouterr().err
