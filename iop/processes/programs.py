"""The three programs that make up a running installation."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Program:
    """A command line and the name that its lines carry in the terminal."""

    name: str
    command: tuple[str, ...]


def demo_programs(port: int, data_dir: Path) -> list[Program]:
    """Return web, worker and beat, as the demo runs them on this machine."""
    return [
        Program("web", _python("granian", *_web_options(port), "iop.wsgi:application")),
        Program("worker", _python("celery", "-A", "iop", "worker", "--concurrency", "2")),
        Program("beat", _python("celery", "-A", "iop", "beat", *_beat_options(data_dir))),
    ]


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _web_options(port: int) -> list[str]:
    return [
        *("--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"),
        # Each thread holds a database connection; left to itself granian takes up to 512.
        *("--workers", "1", "--blocking-threads", "8"),
        *("--workers-kill-timeout", "5"),
    ]


def _beat_options(data_dir: Path) -> list[str]:
    return ["--schedule", str(data_dir / "beat-schedule"), "--pidfile="]
