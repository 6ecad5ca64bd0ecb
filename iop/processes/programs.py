"""The programs that make up a running installation."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from iop.queues import SENDING, SWEEPS, UPLOADS

HOST = "127.0.0.1"
WEB = "iop.wsgi:application"


@dataclass(frozen=True)
class Program:
    """A command line and the name that its lines carry in the terminal."""

    name: str
    command: tuple[str, ...]


def demo_programs(port: int, data_dir: Path) -> list[Program]:
    """Return web, two workers and beat, as the demo runs them on this machine."""
    return [
        Program("web", (sys.executable, "-m", "granian", *_web_options(port), WEB)),
        Program("sweeps", _worker("sweeps", SWEEPS, UPLOADS)),
        # Of its own: it waits for mail servers and gateways, and nothing else waits for it.
        Program("sending", _worker("sending", SENDING)),
        # No pid file: one data folder has one demo, which is seen to before.
        Program(
            "beat", _celery("beat", "--schedule", f"{data_dir / 'beat-schedule'}", "--pidfile=")
        ),
    ]


def _worker(name: str, *queues: str) -> tuple[str, ...]:
    options = ("--queues", ",".join(queues), "--concurrency", "2", "--hostname", f"{name}@%h")
    return _celery("worker", *options)


def _celery(*arguments: str) -> tuple[str, ...]:
    # A demo may run as root, in a container for instance; celery warns of it in eight lines.
    calm = ("-W", "ignore:You're running the worker with superuser privileges")
    return (sys.executable, *calm, "-m", "celery", "--quiet", "--app", "iop", *arguments)


def _web_options(port: int) -> list[str]:
    return [
        *("--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"),
        # Each thread holds a database connection; left to itself granian takes up to 512.
        *("--workers", "1", "--blocking-threads", "8"),
        *("--workers-kill-timeout", "5"),
    ]
