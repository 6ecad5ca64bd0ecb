"""`make bench`: how long the hours, clash check, search, sheet and reminders take, and grow.

Run on a scratch database, each beside a plain baseline: the weekly hours beside one plain read of
the same attendance rows, the check of every program (`tests/bench_hours.py`) beside the plainest
sum of the same minutes, the clash check (`tests/bench_clashes.py`) beside one plain read of the
same room's sessions, the search (`tests/bench_search.py`) beside one read by key, the attendance
sheet and the qualifying days (`tests/bench_sheet.py`) beside an empty page of the same server, the
proposals of seats (`tests/bench_rescue.py`) and of lessons (`tests/bench_proposal.py`) beside
nothing: a solver has no plain rival. What four workers send (`tests/bench_reminders.py`) stands
beside bare SMTP; `--only reminders` measures nothing
else, and `--only trail` the audit trail (`tests/bench_trail.py`). `--only load` is many people at
once while parts of the installation fail (`tests/bench_load.py`). `--only backup`
(`tests/bench_backup.py`) is a backup and a restore beside pg_dump. The ratio tells what it costs
on this machine, whatever its speed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 50, 200)
RUNS = 7
SESSIONS_A_WEEK = 4


def main() -> None:
    """Print one line per number of people, then the growth from the smallest to the largest."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", choices=("clinic", "operator", "chain"))
    parser.add_argument("--there", action="store_true", help="measure the data folder's own clinic")
    parser.add_argument("--only", choices=("reminders", "load", "backup", "trail"))
    parser.add_argument("--users", type=int, default=200, help="how many work at once (load)")
    parser.add_argument("--seconds", type=float, default=120, help="for how long (load)")
    parser.add_argument("--think", type=float, default=8, help="seconds between two things (load)")
    parser.add_argument("--weeks", type=int, default=12, help="behind the clinic (load)")
    parser.add_argument("--due", type=int, nargs="+", help="so many reminders, due at once")
    asked = parser.parse_args()
    if asked.only == "load":
        from tests.bench_load import bench_load

        sys.exit(not bench_load(asked.users, asked.seconds, asked.think, asked.weeks))
    if asked.only == "reminders":
        from tests.bench_reminders import SIZES as DUE
        from tests.bench_reminders import bench_reminders

        bench_reminders(asked.due or DUE)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from iop.embedded import servers_in_environment

    data_dir = ROOT / (os.environ.get("IOP_DATA_DIR") or "var/test")
    with ExitStack() as stack:
        stack.enter_context(
            servers_in_environment(
                data_dir, os.environ, say=lambda text: print(text, file=sys.stderr)
            )
        )
        import django

        django.setup()
        if asked.there:
            from tests.bench_scale import bench_scale

            bench_scale(asked.scale or "there", _median, is_there=True)
        else:
            _bench(asked.scale, asked.due, asked.only)


def _bench(scale: str | None, due: list[int] | None, only: str | None) -> None:
    from django.test.utils import setup_databases, teardown_databases

    from accounts.database_roles import as_owner
    from tests.bench_reminders import SIZES as DUE
    from tests.bench_reminders import bench_reminders
    from tests.bench_trail import bench_trail

    with as_owner():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    try:
        if only == "backup":
            from tests.bench_backup import bench_backup

            bench_backup(scale or "clinic")
        elif scale:
            from tests.bench_scale import bench_scale

            bench_scale(scale, _median)
        elif only:
            bench_trail(_median)
        else:
            _bench_pages()
            bench_trail(_median)
            bench_reminders(due or DUE)
    finally:
        with as_owner():
            teardown_databases(made, verbosity=0)


def _bench_pages() -> None:
    from django.db import transaction

    from tests.bench_clashes import bench_clashes
    from tests.bench_coverage import bench_coverage
    from tests.bench_hours import bench_sums
    from tests.bench_proposal import bench_proposal
    from tests.bench_rescue import bench_rescue
    from tests.bench_search import bench_search
    from tests.bench_sheet import bench_sheet

    print(f"{'people':>6}  {'weekly hours':>12}  {'plain read':>10}  {'ratio':>5}  board")
    first = last = 0.0
    for people in SIZES:
        with transaction.atomic():
            last = _one_size(people)
            transaction.set_rollback(True)
        first = first or last
    print(
        f"From {SIZES[0]} to {SIZES[-1]} people ({SIZES[-1] // SIZES[0]} times as many)"
        f" the weekly hours take {last / first:.1f} times as long."
    )
    bench_sums(_median)
    bench_clashes(_median)
    bench_search(_median)
    bench_sheet(_median)
    bench_rescue(_median)
    bench_coverage(_median)
    bench_proposal(_median)


def _one_size(people: int) -> float:
    from attendance.models import Presence
    from hours.board import board_of
    from hours.board_rows import Chosen
    from hours.program_week import program_week, weekly_hours
    from tests.build import MONDAY, NOW

    program = _a_program_of(people)
    week = program.week_of(MONDAY)
    facts = program_week(program, week=week, as_of=NOW)
    assert facts is not None
    chosen = Chosen(week=str(week.first_on), verdict="", why=None)
    hours_take = _median(lambda: weekly_hours(program, week=week, as_of=NOW))
    board_takes = _median(lambda: board_of(facts, chosen=chosen))
    plain = Presence.objects.filter(record__session__held_on__range=(week.first_on, week.last_on))
    plain_takes = _median(lambda: list(plain.values_list("record__participant", "arrived_at")))
    print(
        f"{people:>6}  {hours_take * 1000:>9.1f} ms  {plain_takes * 1000:>7.1f} ms"
        f"  {hours_take / plain_takes:>5.1f}  {board_takes * 1000:.1f} ms"
    )
    return hours_take


def _a_program_of(people: int):
    from tests import build
    from tests.build import MONDAY

    program = build.a_program()
    build.a_rule(program)
    core, open_group = (build.a_group(program, capacity=people + 5) for _ in range(2))
    sessions = [
        build.a_session(core, MONDAY + timedelta(days=day)) for day in range(SESSIONS_A_WEEK)
    ]
    build.a_session(open_group, MONDAY + timedelta(days=4), "13:00", "16:00")
    for _ in range(people):
        enrollment = build.an_enrollment(program)
        build.a_membership(core, enrollment)
        for session in sessions[:2]:
            build.a_record(session, enrollment.participant, "09:00-10:00", "10:15-12:00")
    return program


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
