"""What holds when everything fails: 2,000 reminders, real workers, and somebody who kills them.

A mail server that stalls, refuses and hangs up; workers killed with SIGKILL twenty times, the
broker restarted empty twice, PostgreSQL once. Afterwards every reminder has exactly one outcome,
and none was taken twice.
"""

from __future__ import annotations

import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from iop.processes.reset import remove
from tests.reminders.faults import Mail, Place, Worker, a_place, wait_until

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("embedded")]

REMINDERS = 2_000
WORKERS = 4
KILLS = 20
SEED = "November 2026"
# Generous: it waits for what is due, on whatever machine.
SECONDS = 600
TABLE = "reminders_reminder"
SETTLED = f"SELECT count(*) FROM {TABLE} WHERE status NOT IN ('planned', 'claimed')"
DUE = f"SELECT count(*) FROM {TABLE} WHERE status = 'planned' AND try_at <= now()"


@pytest.fixture
def place() -> Iterator[Place]:
    top = Path(tempfile.mkdtemp(prefix="iop-test-"))
    with a_place(top / "var") as place:
        yield place
    remove(top / "var")
    shutil.rmtree(top)


class Havoc:
    """Does harm as the work goes on: each blow falls once so many reminders are settled."""

    def __init__(self, place: Place, workers: list[Worker]) -> None:
        self.dice = random.Random(SEED)
        self.place, self.workers = place, workers
        self.done: Counter[str] = Counter()
        blows = [self.kill_worker] * (KILLS // 2) + [self.kill_sender] * (KILLS // 2)
        self.dice.shuffle(blows)
        for at in (0.3, 0.7):
            blows.insert(round(at * len(blows)), self.empty_broker)
        blows.insert(len(blows) // 2, self.crash_database)
        # In the first nine tenths, so that the last one, too, meets work.
        moments = sorted(self.dice.uniform(0.02, 0.9) * REMINDERS for _ in blows)
        self.plan = list(zip(moments, blows, strict=True))

    def wreak(self) -> bool:
        """Do what is due by now; return whether all is done."""
        for worker in self.workers:
            worker.keep_running()
        settled = self.place.number(SETTLED)
        while self.plan and self.plan[0][0] <= settled:
            _moment, blow = self.plan.pop(0)
            blow()
        return not self.plan

    def is_over(self) -> bool:
        """Whether all harm is done, and nothing is due any more."""
        return self.wreak() and self.place.number(DUE) == 0

    def kill_worker(self) -> None:
        self.dice.choice(self.workers).kill()
        self.done["worker"] += 1

    def kill_sender(self) -> None:
        worker = self.dice.choice(self.workers)
        # One that has just been begun has no sending process yet, but one of its own.
        if not worker.kill_sender():
            worker.kill()
        self.done["sender"] += 1

    def empty_broker(self) -> None:
        self.place.restart_valkey_empty()
        self.done["broker"] += 1

    def crash_database(self) -> None:
        self.place.restart_postgres()
        self.done["database"] += 1


def test_each_has_one_outcome_and_none_is_taken_twice(place: Place):
    began = time.monotonic()
    place.run("-m", "tests.reminders.fault_seed", str(REMINDERS))
    mail = Mail(place, SEED)
    ticker = place.start("-m", "tests.reminders.fault_ticker", log="ticker.log")
    workers = [Worker(place, number) for number in range(WORKERS)]
    try:
        havoc = Havoc(place, workers)
        wait_until(havoc.is_over, SECONDS, "the end of what is due")
        ends = stop_gently(workers)
        mail.calm_down()
        place.run("-m", "tests.reminders.fault_end")
    finally:
        did = mail.stop()
        ticker.kill()
        ticker.wait()
        for worker in workers:
            worker.stop_at_once()
    # One that was begun again a moment ago does not listen yet.
    assert set(ends) <= {0, -signal.SIGTERM}
    assert havoc.done["worker"] + havoc.done["sender"] == KILLS
    assert (havoc.done["broker"], havoc.done["database"]) == (2, 1)
    print(f"\n{havoc.done}\n{did}\nafter {time.monotonic() - began:.0f} s:")
    expect_one_outcome_each(place, Counter(mail.taken))


def stop_gently(workers: list[Worker]) -> list[int]:
    """Ask all workers to stop; return their exit statuses."""
    for worker in workers:
        worker.ask_to_stop()
    return [worker.process.wait(60) for worker in workers]


def expect_one_outcome_each(place: Place, taken: Counter[str]) -> None:
    """Compare what the rows say with what the mail server has taken, and print both."""
    rows = place.rows(f"SELECT public_id, status FROM {TABLE}")
    by_status: dict[str, set[str]] = {}
    for public_id, status in rows:
        by_status.setdefault(status, set()).add(str(public_id))
    unknown = by_status.get("unknown", set())
    said = {status: len(ids) for status, ids in sorted(by_status.items())}
    print(f"outcomes: {said}; taken by the mail server: {taken.total()},")
    print(f"of the unknown it took {len(unknown & set(taken))}; twice it took", end=" ")
    print(sum(count > 1 for count in taken.values()))
    assert len(rows) == REMINDERS
    assert set(by_status) <= {"sent", "failed", "expired", "unknown"}
    assert {"sent", "failed", "unknown"} <= set(by_status)
    assert set(taken.values()) == {1}, "nothing goes out twice, whatever its outcome"
    assert by_status["sent"] <= set(taken)
    assert set(taken) <= by_status["sent"] | unknown
    trail = place.rows(
        "SELECT count(*), count(DISTINCT subject_id) FROM accounts_auditevent WHERE verb IN"
        " ('reminder.sent', 'reminder.failed', 'reminder.expired', 'reminder.unknown')"
    )
    assert trail == [(REMINDERS, REMINDERS)], "each outcome is written down once"


def test_a_worker_that_is_asked_to_stop_finishes_what_it_does(place: Place):
    place.run("-m", "tests.reminders.fault_seed", "60")
    mail = Mail(place)
    ticker = place.start("-m", "tests.reminders.fault_ticker", log="ticker.log")
    worker = Worker(place, 0)
    try:
        wait_until(lambda: place.number(SETTLED) > 5, 60, "the first reminders")
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(60) == 0
    finally:
        mail.stop()
        ticker.kill()
        ticker.wait()
        worker.stop_at_once()
    sent = place.number(f"SELECT count(*) FROM {TABLE} WHERE status = 'sent'")
    assert place.number(f"SELECT count(*) FROM {TABLE} WHERE status = 'claimed'") == 0
    assert sent == len(mail.taken) == len(set(mail.taken))
