"""Eight workers check the same programs at once, and some are killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from subprocess import Popen, TimeoutExpired
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from hours.actions import check_weekly_hours
from hours.models import Alert
from programs.models import Enrollment
from tests.build import NOW
from tests.hours.sweeping import Told, a_troubled_program, told

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, PROGRAMS, BATCH = 8, 9, 2
WAITING = """
    SELECT pid, locktype = 'advisory' FROM pg_locks WHERE NOT granted AND pid = ANY (%s)
"""
Worker = tuple[Popen, int]


@pytest.fixture
def start() -> Iterator[Callable[[], list[Worker]]]:
    """Return a function that starts all workers; none is left behind."""
    started: list[Popen] = []

    def begin() -> list[Worker]:
        address = urlsplit(os.environ["DATABASE_URL"])
        here = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
        command = [sys.executable, "-m", "tests.hours.sweep_worker", NOW.isoformat(), str(BATCH)]
        environment = {**os.environ, "DATABASE_URL": here}
        for _ in range(WORKERS):
            started.append(Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
        return [(each, int(each.stdout.readline())) for each in started if each.stdout]

    yield begin
    for each in started:
        each.kill()
        each.wait()
        if each.stdout:
            each.stdout.close()


def waiting(all_of_them: Sequence[Worker]) -> dict[int, bool]:
    """Return who waits, by number in the database, and whether it is for another's check."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [[number for _, number in all_of_them]])
        return dict(cursor.fetchall())


def all_wait(all_of_them: Sequence[Worker]) -> dict[int, bool]:
    """Return it once every worker waits; none may be through before."""
    while len(found := waiting(all_of_them)) < len(all_of_them):
        for worker, _ in all_of_them:
            with suppress(TimeoutExpired):
                assert worker.wait(timeout=0.01) is None, "It was through without waiting."
    return found


def a_calm_check() -> list[Told]:
    with transaction.atomic():
        check_weekly_hours(now=NOW, by=None)
        found = told()
        transaction.set_rollback(True)
    return found


def kill(them: Iterable[Worker]) -> None:
    for worker, _ in them:
        worker.kill()
        worker.wait()


def test_no_alert_twice_and_none_missing_when_workers_are_killed(start) -> None:
    """One is killed as it keeps its second batch, three as they wait for it."""
    people = [a_troubled_program(people=3) for _ in range(PROGRAMS)]
    calm = a_calm_check()
    with transaction.atomic():
        Enrollment.objects.select_for_update().get(pk=people[3][0].pk)
        all_of_them = start()
        who = all_wait(all_of_them)
        assert sorted(who.values()) == [False] + [True] * (WORKERS - 1)
        # First the one that holds the check, and waits for us.
        in_line = sorted(all_of_them, key=lambda each: who[each[1]])
        kill(in_line[: WORKERS // 2])
        assert Alert.objects.count() == BATCH * 9
    for worker, _ in in_line[WORKERS // 2 :]:
        assert worker.stdout.read() == "checked\n"
        assert worker.wait() == 0
    assert told() == calm
    assert len(calm) == 9 * PROGRAMS


def test_whoever_comes_after_finishes_what_the_dead_have_begun(start) -> None:
    people = [a_troubled_program() for _ in range(PROGRAMS)]
    calm = a_calm_check()
    with transaction.atomic():
        Enrollment.objects.select_for_update().get(pk=people[-1][0].pk)
        all_of_them = start()
        all_wait(all_of_them)
        kill(all_of_them)
        assert 0 < Alert.objects.count() < len(calm)
    check_weekly_hours(now=NOW, by=None)
    assert told() == calm
