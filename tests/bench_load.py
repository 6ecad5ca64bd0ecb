"""Many people at once while parts of the installation fail: `make bench ARGS="--only load"`.

Two web processes, a worker and beat, on a PostgreSQL and a Valkey of their own, with a made-up
clinic of ten sites. While people work (`tests/bench_load_users.py`), PostgreSQL is restarted, then
crashes; Valkey is killed and emptied; a web process is killed, and one is replaced; the disk is
full. In the end everybody's list of what was acknowledged is held against the database
(`tests/bench_load_check.py`). Nobody helps: whatever ends is begun again by what a server has for
it, and nothing else is touched.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles

from iop.processes.readiness import web_answers
from iop.processes.reset import remove
from tests.bench_load_users import CUT, LATE, OK, OTHER, REFUSED, WORDS, Doors, Request, User
from tests.reminders.faults import BASE_DIR, PATIENCE_SECONDS, Place, a_place, wait_until

WEBS, WINDOW_SECONDS = 2, 2.0
# What the log says of the faults themselves.
EXPECTED = ("OperationalError", "InterfaceError", '"away"', "document_not_written")
# No file may grow beyond this while the disk is "full"; logs go into pipes, which are none.
FULL = 64


class Web:
    """One web process, begun again a second after it has ended, as systemd does."""

    def __init__(self, place: Place, threads: int) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.place, self.threads = place, threads
        self.said: list[str] = []
        self.begin()
        threading.Thread(target=self._keep, daemon=True).start()

    def begin(self) -> None:
        options = ("--port", str(self.port), "--blocking-threads", str(self.threads))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iop.serving", *options],
            cwd=BASE_DIR,
            env=self.place.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            if '"exception"' in line and not any(name in line for name in EXPECTED):
                self.said.append(line)

    def _keep(self) -> None:
        while True:
            self.process.wait()
            time.sleep(1)
            if self.port:
                self.begin()

    def worked(self) -> float:
        """Return for how many seconds its processes have kept a processor."""
        stats = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in self.processes()
        ]
        ticks = sum(int(number) for stat in stats for number in stat.split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")

    def processes(self) -> list[int]:
        """Return all of it: the one that was begun, granian and its worker."""
        found = subprocess.run(
            ["ps", "-o", "pid=", "-s", str(self.process.pid)], check=True, capture_output=True
        )
        return [int(pid) for pid in found.stdout.split()]

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        self.port = 0
        self.kill()
        self.process.wait()


@dataclass
class Fault:
    """What is done to the installation, and when that was over: then it has to recover."""

    name: str
    do: Callable[[], None]
    at: float = 0.0
    over_at: float = 0.0


class Bench:
    """The installation under load, and what is done to it."""

    def __init__(self, place: Place, users: list[dict], seconds: float, think: float) -> None:
        self.place, self.seconds, self.think = place, seconds, think
        self.webs = [Web(place, threads=8) for _ in range(WEBS)]
        self.seen: list[Request] = []
        self.doors = Doors([web.port for web in self.webs])
        self.users = [User(knows, self.doors, self.seen) for knows in users]
        self.faults = [
            Fault("PostgreSQL restarted", self._restart_postgres),
            Fault("PostgreSQL crashed", place.restart_postgres),
            Fault("Valkey killed and emptied", place.restart_valkey_empty),
            Fault("a web process killed", self.webs[0].kill),
            Fault("a web process replaced", self._replace),
            Fault("the disk full", self._fill_disk),
        ]

    def run(self) -> None:
        """Have everybody work, and one fault after the other happen."""
        for web in self.webs:
            wait_until(partial(web_answers, web.port), 120, "a web process")
        begun, self.worked = time.monotonic(), -sum(web.worked() for web in self.webs)
        troubles = threading.Thread(target=self._trouble, args=(begun,))
        troubles.start()
        asyncio.run(self._live(begun + self.seconds))
        troubles.join()

    async def _live(self, until: float) -> None:
        look = asyncio.create_task(self.doors.look())
        await asyncio.gather(*(user.live(until, self.think) for user in self.users))
        look.cancel()

    def _trouble(self, begun: float) -> None:
        part = self.seconds / (len(self.faults) + 1)
        for number, fault in enumerate(self.faults, 1):
            time.sleep(max(0.0, begun + number * part - time.monotonic()))
            fault.at = time.monotonic()
            if number == 1:
                self.worked += sum(web.worked() for web in self.webs)
            fault.do()
            fault.over_at = time.monotonic()

    def _restart_postgres(self) -> None:
        self.place.postgres.stop()
        self.place.postgres.start(alone=True)

    def _replace(self) -> None:
        self.webs[1].process.send_signal(signal.SIGTERM)
        self.webs[1].process.wait(PATIENCE_SECONDS)

    def _fill_disk(self) -> None:
        pids = [pid for web in self.webs for pid in web.processes()]
        for limit in (FULL, resource.RLIM_INFINITY):
            self.doors.is_full = limit == FULL
            for pid in pids:
                with suppress(ProcessLookupError):
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            time.sleep(self.seconds / 12 if limit == FULL else 0)

    def lists(self) -> dict[str, list]:
        """Return what everybody was told is saved."""
        return {
            "marks": [each for user in self.users for each in user.marks],
            "last marks": [
                [user.knows["session"], who, sent]
                for user in self.users for who, sent in user.sent_marks.items() if sent
            ],
            "notes": [
                [user.knows["session"], who, sent]
                for user in self.users for who, sent in user.notes.items() if sent
            ],
            "documents": [each for user in self.users for each in user.documents],
        }  # fmt: skip


def bench_load(users: int, seconds: float, think: float, weeks: int) -> bool:
    """Print what it came to; return whether nothing was lost and every failure was in words."""
    top = Path(tempfile.mkdtemp(prefix="iop-load-"))
    try:
        with a_place(top / "var") as place, _background(place):
            return _bench(place, users, seconds, think, weeks)
    finally:
        remove(top / "var")
        shutil.rmtree(top)


@contextmanager
def _background(place: Place) -> Iterator[None]:
    place.environ["IOP_DEMO"] = "1"
    place.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    celery = ("-m", "celery", "--quiet", "--app", "iop")
    beat = ("beat", "--schedule", str(place.data_dir / "beat"), "--pidfile=")
    begun = [
        place.start(*celery, "worker", "--concurrency", "1", log="worker.log"),
        place.start(*celery, *beat, log="beat.log"),
    ]
    try:
        yield
        for process in begun:
            assert process.poll() is None, "the worker and the clock outlive everything"
    finally:
        for process in begun:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _bench(place: Place, users: int, seconds: float, think: float, weeks: int) -> bool:
    print(f"\nMaking up ten sites and {users} people who work there …", file=sys.stderr)
    known = json.loads(place.run("-m", "tests.bench_load_seed", str(users), str(weeks)))
    bench = Bench(place, known, seconds, think)
    try:
        bench.run()
    finally:
        for web in bench.webs:
            web.end()
    lists = place.data_dir / "lists.json"
    lists.write_text(json.dumps(bench.lists()))
    lost = json.loads(place.run("-m", "tests.bench_load_check", str(lists)))
    _print_requests(bench)
    _print_recovery(bench)
    return _print_lost(bench, lost)


def _print_requests(bench: Bench) -> None:
    seen = bench.seen
    print(f"{len(bench.users)} people, {bench.seconds:.0f} s: {len(seen):,} requests,"
          f" {len(seen) / bench.seconds:.0f} a second")  # fmt: skip
    taken: dict[str, list[float]] = defaultdict(list)
    for each in seen:
        if each.outcome == OK:
            taken["everything"].append(each.seconds)
            taken[each.what].append(each.seconds)
    print(f"{'answered':>12} {'':>7}  {'p50':>8}  {'p95':>8}  {'p99':>8}")
    for what, many in sorted(taken.items(), key=lambda pair: -len(pair[1])):
        p50, p95, p99 = (_quantile(many, percent) for percent in (50, 95, 99))
        print(f"{what:>12} {len(many):>7,}  {p50:>5.0f} ms  {p95:>5.0f} ms  {p99:>5.0f} ms")
    counts = Counter(each.outcome for each in seen)
    print(
        "; ".join(f"{words}: {counts[words]:,}" for words in (OK, WORDS, REFUSED, CUT, LATE, OTHER))
    )
    for detail, number in Counter(each.detail for each in seen if each.detail).most_common(8):
        print(f"    {number} × {detail}")


def _quantile(seconds: list[float], percent: int) -> float:
    return 1000 * (quantiles(seconds, n=100)[percent - 1] if len(seconds) > 1 else seconds[0])


def _print_recovery(bench: Bench) -> None:
    calm = [each.seconds for each in bench.seen if each.at + each.seconds < bench.faults[0].at]
    print(f"A request kept a web process's processor for {1000 * bench.worked / len(calm):.0f} ms.")
    usual = _quantile(calm, 95)
    print(f"Before the first fault p95 was {usual:.0f} ms. After each, until nothing failed and p95"
          " was no more than twice that:")  # fmt: skip
    ends = [fault.at for fault in bench.faults[1:]] + [max(each.at for each in bench.seen)]
    for fault, end in zip(bench.faults, ends, strict=True):
        during = [
            each for each in bench.seen if fault.at <= each.at + each.seconds and each.at < end
        ]
        failed = Counter(each.outcome for each in during if each.outcome != OK)
        words = ", ".join(f"{many} {what}" for what, many in failed.items()) or "nothing failed"
        again = _recovered_after(during, fault.at, end, usual)
        print(f"  {fault.name:<26} {fault.over_at - fault.at:>5.1f} s   {again:>9}   {words}")


def _recovered_after(during: list[Request], begun: float, end: float, usual: float) -> str:
    at = begun
    while at < end - WINDOW_SECONDS:
        window = [each for each in during if at <= each.at < at + WINDOW_SECONDS]
        is_well = window and all(each.outcome == OK for each in window)
        if is_well and _quantile([each.seconds for each in window], 95) <= 2 * usual:
            return f"{at - begun:.1f} s"
        at += WINDOW_SECONDS / 4
    return f"> {end - begun:.0f} s"


def _print_lost(bench: Bench, lost: dict[str, list]) -> bool:
    _, left = lost.pop("halves")
    for what, (told, missing) in lost.items():
        print(f"{what:>12}: {told:>6,} acknowledged, {len(missing)} lost {' '.join(missing[:3])}")
    no_room = sum(user.told_no_room for user in bench.users)
    print(f"{no_room} uploads were told in words that there is no room.")
    bad = [each for each in bench.seen if each.outcome in (LATE, OTHER)]
    for line in [line for web in bench.webs for line in web.said][:5]:
        print(f"  logged: {line.strip()[:600]}")
    print(
        f"{len(left)} files without a row: what a killed process was writing; nobody was told yes."
    )
    total = sum(len(missing) for _, missing in lost.values())
    print(f"Lost acknowledged writes: {total}. Failures without words: {len(bad)}.")
    return total == 0 and not bad
