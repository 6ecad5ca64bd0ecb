"""The figures as Prometheus reads them, taken from the rows at the moment it asks.

But for the requests that a web process answered (`iop/health/requests.py`), nothing is counted in
a process, so the figures are right with any number of web servers and workers, and a restart
forgets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from iop.clockwork import CLOCKWORK
from iop.health.figures import NOTICE, REMINDER, broker_answers, outcomes, sweeps, waiting
from iop.health.requests import register_requests
from reminders.models import Sweep

DAY = timedelta(days=1)
TASK = ["task"]
NAMES = {REMINDER: "iop_reminders", NOTICE: "iop_notices"}


class Figures(Collector):
    """All figures as of one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """Read them, and give them one family after the other."""
        yield from self._waiting()
        yield from self._outcomes()
        yield from self._clock()
        yield GaugeMetricFamily(
            "iop_broker_up", "Whether Redis takes messages.", value=float(broker_answers())
        )

    def _waiting(self) -> Iterator[Metric]:
        lines = waiting(self.now)
        for what, name in NAMES.items():
            labels = ["channel"]
            due = GaugeMetricFamily(f"{name}_due", "Due now, not taken yet.", labels=labels)
            oldest = GaugeMetricFamily(
                f"{name}_oldest_due_seconds",
                "For how long the oldest has been due; 0 where none is.",
                labels=labels,
            )
            claimed = GaugeMetricFamily(f"{name}_claimed", "Being sent.", labels=labels)
            for line in (each for each in lines if each.what == what):
                due.add_metric([line.channel], line.due)
                oldest.add_metric([line.channel], line.oldest_seconds(self.now))
                claimed.add_metric([line.channel], line.being_sent)
            yield from (due, oldest, claimed)

    def _outcomes(self) -> Iterator[Metric]:
        counts = outcomes(self.now - DAY, self.now)
        for what, name in NAMES.items():
            family = GaugeMetricFamily(
                f"{name}_last_day", "What became of messages in 24 hours.", labels=["status"]
            )
            for (sort, status), count in counts.items():
                if sort == what:
                    family.add_metric([status], count)
            yield family

    def _clock(self) -> Iterator[Metric]:
        known = sweeps(turn.key for turn in CLOCKWORK)
        late = GaugeMetricFamily(
            "iop_sweep_late", "Whether it should have begun again by now.", labels=TASK
        )
        for turn in CLOCKWORK:
            row = known.get(turn.key)
            late.add_metric([turn.key], turn.is_late(row.began_at if row else None, self.now))
        yield late
        yield from _runs(list(known.values()))


def _runs(rows: list[Sweep]) -> Iterator[Metric]:
    began = GaugeMetricFamily(
        "iop_sweep_began_timestamp_seconds", "When it last began.", labels=TASK
    )
    ended = GaugeMetricFamily(
        "iop_sweep_ended_timestamp_seconds",
        "When that came to its end; missing while it is at work.",
        labels=TASK,
    )
    runs = CounterMetricFamily("iop_sweep_runs", "How often it began.", labels=TASK)
    failures = CounterMetricFamily("iop_sweep_failures", "How often it failed.", labels=TASK)
    for row in rows:
        began.add_metric([row.name], row.began_at.timestamp())
        runs.add_metric([row.name], row.runs)
        failures.add_metric([row.name], row.failures)
        if row.ended_at:
            ended.add_metric([row.name], row.ended_at.timestamp())
    yield from (began, ended, runs, failures)


def figures_as_text(now: datetime) -> bytes:
    """Return the figures as of now, in Prometheus's text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(now))
    register_requests(registry)
    return generate_latest(registry)
