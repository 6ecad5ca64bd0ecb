#!/usr/bin/env python
"""The command line. It opens the embedded servers that a command needs and no URL is given for."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from django.core.management import execute_from_command_line

from iop.embedded import CannotStart, servers_in_environment
from iop.embedded.fresh import set_up_when_fresh
from iop.processes.claim import claimed
from iop.processes.port import wanted_port
from iop.processes.steps import step
from iop.processes.terminal import ctrl_c_for_us_alone

BASE_DIR = Path(__file__).resolve().parent
# Commands that neither read nor write records; everything else may.
NEED_NO_SERVER = {
    "",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "version",
}
# Commands that make the tables, or can do without.
NEED_NO_TABLES = {
    "check",
    "dbshell",
    "demo",
    "makemigrations",
    "migrate",
    "restore",
    "shell",
    "showmigrations",
    "sqlmigrate",
}
ASKS_FOR_HELP = {"-h", "--help", "--version"}
STOPPED = 130  # what a shell reports after Ctrl-C


def main(argv: list[str]) -> int:
    """Run one command and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")
    command = argv[1] if len(argv) > 1 else ""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        _run(argv, command)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if command != "demo":
            return STOPPED
    if command == "demo":
        print("Stopped.")
    return 0


def _run(argv: list[str], command: str) -> None:
    with ExitStack() as stack:
        if needs_servers(argv):
            _open(stack, command)
            # Once we are closing, another Ctrl-C would only leave half of it closed.
            stack.callback(_heed_no_more)
            if command not in NEED_NO_TABLES:
                set_up_when_fresh(os.environ, _first_migration)
        execute_from_command_line(argv)


def needs_servers(argv: list[str]) -> bool:
    """Return whether this command line needs the database or the queue."""
    if ASKS_FOR_HELP & set(argv[1:]):
        return False
    asks_database = any(word.startswith("--database") for word in argv[2:])
    return asks_database or "".join(argv[1:2]) not in NEED_NO_SERVER


def _open(stack: ExitStack, command: str) -> None:
    data_dir = BASE_DIR / Path(os.environ.get("IOP_DATA_DIR", "").strip() or "var").expanduser()
    if command != "demo":
        stack.enter_context(servers_in_environment(data_dir, os.environ, say=_say_aside))
        return
    stack.enter_context(ctrl_c_for_us_alone())
    stack.enter_context(claimed(data_dir, wanted_port(os.environ), print))
    with step("Database") as database:
        stack.enter_context(servers_in_environment(data_dir, os.environ, say=database.say))


def _first_migration() -> None:
    _say_aside("First use: making the tables …")
    execute_from_command_line(["manage.py", "migrate", "--verbosity=0"])


def _heed_no_more() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _say_aside(text: str) -> None:
    # Not on standard output, which may be read by another program.
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
