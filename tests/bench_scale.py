"""`make bench SCALE=clinic|operator|chain`: the board and the weekly sweep on a made-up clinic.

The clinic lives through the same dates at every scale, so that the lines of the three can be read
one under the other. The board of one program stands beside the plainest sum of its week's minutes,
the sweep over every program beside the same sum over every program's two weeks. Everything that
is measured acts in the application's role.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from attendance.models import AttendanceRecord
from hours.board import board_of
from hours.board_rows import Chosen
from hours.program_week import current_week, program_week
from hours.sums.asked import asked_weeks
from hours.sums.reading import week_sums
from iop.scale.actions import seed_clinic
from iop.scale.size import PRESETS, Size
from programs.models import Enrollment, Program, Role, StaffAssignment
from programs.weeks import Week
from tests.bench_sheet import Browser

# A Thursday morning in a week without a holiday: half of the week has been, half is ahead.
TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
WORKER = "tests.bench_scale_worker"
Median = Callable[[Callable[[], object]], float]
Weeks = Sequence[tuple[Program, Week]]

PLAIN_SUM = """
SELECT e.id, w.first_on, sum(extract(epoch FROM upper(p.span) - lower(p.span)))::int / 60
  FROM unnest(%(programs)s::bigint[], %(firsts)s::date[], %(lasts)s::date[])
       AS w (program, first_on, last_on)
  JOIN groups_therapygroup g ON g.program_id = w.program
  JOIN groups_groupsession s ON s.group_id = g.id AND s.held_on BETWEEN w.first_on AND w.last_on
  JOIN attendance_attendancerecord r ON r.session_id = s.id
  JOIN attendance_presence p ON p.record_id = r.id
  JOIN programs_enrollment e
    ON e.participant_id = r.participant_id
   AND s.held_on BETWEEN e.admitted_on AND coalesce(e.discharged_on, 'infinity')
 GROUP BY e.id, w.first_on
"""


def bench_scale(scale: str, median: Median, *, is_there: bool = False) -> None:
    """Make the clinic up, unless it is there already, and print what takes how long."""
    if not is_there:
        size = Size(today=TODAY, sites=PRESETS[scale])
        seed_clinic(size=size, password="!", say=_say_aside, by=None)
    programs = list(Program.objects.select_related("site").order_by("pk"))
    weeks = [
        (program, current_week(program, NOW).moved(moved))
        for program in programs
        for moved in (-1, 0)
    ]
    active = Enrollment.objects.covering(TODAY).count()
    print(
        f"{scale}: {len(programs)} programs, {active:,} people enrolled,"
        f" {AttendanceRecord.objects.count():,} attendance records"
    )
    # Before the sweep, and in the middle of what is stored.
    _board(programs[len(programs) // 2], median)
    _page(programs[len(programs) // 2], median)
    _sums(weeks, median)
    _sweep(weeks, median)


def _board(program: Program, median: Median) -> None:
    for moved, words in ((0, "this week"), (-1, "last week")):
        week = current_week(program, NOW).moved(moved)
        chosen = Chosen(week=str(week.first_on), verdict="", why=None)

        def board(week: Week = week, chosen: Chosen = chosen) -> object:
            facts = program_week(program, week=week, as_of=NOW)
            assert facts is not None
            return board_of(facts, chosen=chosen)

        _print(f"board of one program, {words}", median(board), _plain([(program, week)], median))


def _page(program: Program, median: Median) -> None:
    """Measure the whole page over loopback, beside an empty one of the same server."""
    who = StaffAssignment.objects.filter(program=program, role=Role.DIRECTOR).get().user
    logging.disable(logging.INFO)
    with override_settings(ROOT_URLCONF="tests.bench_urls"):
        server = LiveServer("127.0.0.1")
        try:
            browser = Browser(server.url, who)
            path = f"/hours/{program.public_id}/?week={current_week(program, NOW).first_on}"
            page, empty = (median(partial(browser.get, at)) for at in (path, "/empty/"))
        finally:
            server.stop()
            logging.disable(logging.NOTSET)
    _print("its whole page over HTTP", page, empty, beside="an empty page")


def _sums(weeks: Weeks, median: Median) -> None:
    asked = asked_weeks(weeks)
    took = median(lambda: week_sums(asked, as_of=NOW))
    _print(f"sums of {len(asked):,} program-weeks", took, _plain(weeks, median))


def _sweep(weeks: Weeks, median: Median) -> None:
    """Sweep twice in a process of its own, as a worker would: open every alert, then find none."""
    answer = subprocess.run(
        [sys.executable, "-m", WORKER, NOW.isoformat()],
        env={**os.environ, "DATABASE_URL": _here()},
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    plain = _plain(weeks, median)
    _print("sweep, first: opens every alert", told["first"], plain)
    _print("sweep, again: nothing to open", told["again"], plain)
    print(
        f"  {told['alerts']:,} alerts are open. The worker's memory: {told['before']:.0f} MB before"
        f" the sweep, {told['peak']:.0f} MB at the most."
    )


def _here() -> str:
    """Return the address of the database that is measured: the scratch one."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))


def _plain(weeks: Weeks, median: Median) -> float:
    return median(lambda: plain_sum(weeks))


def plain_sum(weeks: Weeks) -> list[tuple[Any, ...]]:
    """Return the minutes of every enrollment in these weeks: no rule, no break, no verdict."""
    values: dict[str, Any] = {
        "programs": [program.pk for program, _week in weeks],
        "firsts": [week.first_on for _program, week in weeks],
        "lasts": [week.last_on for _program, week in weeks],
    }
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_SUM, values)
        return cursor.fetchall()


def _print(what: str, took: float, plain: float, beside: str = "the plain sum") -> None:
    print(
        f"  {what:<34} {took * 1000:>9.1f} ms   {beside} {plain * 1000:>8.1f} ms"
        f"   ratio {took / plain:>6.1f}",
        flush=True,
    )


def _say_aside(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)
