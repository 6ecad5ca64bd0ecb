"""A pytest plugin, named in pyproject.toml: the servers are there before settings are read.

A conftest.py would be too late, since pytest-django reads the settings before it.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from iop.embedded import CannotStart, servers_in_environment

BASE_DIR = Path(__file__).resolve().parent.parent


def open_servers_for_the_session() -> None:
    """Open what no URL is given for, until this process ends. Test workers inherit the URLs."""
    data_dir = BASE_DIR / (os.environ.get("IOP_DATA_DIR") or "var/test")
    os.environ["IOP_DATA_DIR"] = str(data_dir)
    servers = ExitStack()
    atexit.register(servers.close)
    try:
        servers.enter_context(servers_in_environment(data_dir, os.environ, say=_say, durable=False))
    except CannotStart as problem:
        sys.exit(f"The tests need servers. {problem}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


# Workers of pytest-xdist are children of the process that has opened them.
if "PYTEST_XDIST_WORKER" not in os.environ:
    open_servers_for_the_session()
