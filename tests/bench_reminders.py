"""Reminders that are all due in the same minute: how fast four sending workers get through them.

Real Celery workers on a PostgreSQL and a Valkey of their own, and a mail server that takes
everything. Beside it four processes that send as many messages over bare SMTP: no row, no question
whether it may go out, no outcome. What is planned for the same moment goes out in that order, so
the oldest is due for as long as it takes.
"""

from __future__ import annotations

import shutil
import smtplib
import sys
import tempfile
import time
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from iop.processes.reset import remove
from tests.reminders.faults import Mail, Place, Worker, a_place

SIZES = (500, 5_000, 50_000)
SENDERS = 4
# Bare sending is measured on so many at most.
PLAIN = 5_000
DUE = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(try_at)), 0)::float
  FROM reminders_reminder WHERE status = 'planned' AND try_at <= clock_timestamp()
"""
CLAIMED = "SELECT count(*) FROM reminders_reminder WHERE status = 'claimed'"
TOOK = """
SELECT count(*), extract(epoch FROM max(sent_at) - min(due_at))::float
  FROM reminders_reminder WHERE status = 'sent' AND program_id =
       (SELECT max(id) FROM programs_program)
"""


def bench_reminders(sizes: Sequence[int] = SIZES) -> None:
    """Print one line per number of reminders due, then how it grows."""
    top = Path(tempfile.mkdtemp(prefix="iop-bench-"))
    try:
        with a_place(top / "var") as place:
            _bench(place, sizes)
    finally:
        remove(top / "var")
        shutil.rmtree(top)


def _bench(place: Place, sizes: Sequence[int]) -> None:
    mail = Mail(place)
    ticker = place.start("-m", "tests.reminders.fault_ticker", log="ticker.log")
    workers = [Worker(place, number) for number in range(SENDERS)]
    print(
        f"\n{'due':>6}  {'seconds':>7}  {'a second':>8}  {'oldest due':>10}"
        f"  {'bare SMTP':>9}  ratio"
    )
    try:
        taken = [_one_size(place, mail, workers, size) for size in sizes]
    finally:
        mail.stop()
        ticker.kill()
        ticker.wait()
        for worker in workers:
            worker.stop_at_once()
    print(
        f"From {sizes[0]:,} to {sizes[-1]:,} due ({sizes[-1] / sizes[0]:.0f} times as many)"
        f" it takes {taken[-1] / taken[0]:.1f} times as long."
    )


def _one_size(place: Place, mail: Mail, workers: list[Worker], size: int) -> float:
    place.run("-m", "tests.reminders.fault_seed", str(size), "70")
    oldest = 0.0
    while True:
        due, age = (place.rows(DUE) or [(1, 0.0)])[0]
        oldest = max(oldest, age)
        if not due and place.number(CLAIMED) == 0:
            break
        for worker in workers:
            worker.keep_running()
        time.sleep(0.1)
    sent, took = place.rows(TOOK)[0]
    assert sent == size, f"{sent} of {size} were sent"
    plain = _plain(place, mail, min(size, PLAIN))
    print(
        f"{size:>6}  {took:>7.1f}  {size / took:>8.0f}  {oldest:>8.1f} s"
        f"  {plain:>5.0f} /s  {plain / (size / took):>5.1f}",
        flush=True,
    )
    return took


def _plain(place: Place, mail: Mail, size: int) -> float:
    """Return how many messages a second four processes send over bare SMTP."""
    before = len(mail.taken)
    words = ("-m", "tests.bench_reminders", str(mail.port), str(size // SENDERS))
    senders = [place.start(*words) for _ in range(SENDERS)]
    took = max(float(sender.communicate()[0]) for sender in senders)
    assert len(mail.taken) - before == size // SENDERS * SENDERS
    return size / took


def send_plainly(port: int, how_many: int) -> float:
    """Send so many messages over one connection; return the seconds."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(how_many):
            message = EmailMessage()
            message["Subject"], message["From"] = "Tomorrow", "reminders@desk.example"
            message["To"], message["Message-ID"] = f"p{number}@mail.example", f"<plain-{number}@x>"
            message.set_content("Your appointment is tomorrow at 9:00 AM.\n" * 4)
            server.send_message(message)
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(send_plainly(int(sys.argv[1]), int(sys.argv[2])))
