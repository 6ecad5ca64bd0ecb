"""PostgreSQL's own pg_dump and pg_restore: which of those on this machine, run, and explained."""

# ruff: noqa: S603 (it runs programs of PostgreSQL, on arguments of its own)

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from iop.backup.place import Place
from iop.backup.problems import CannotBackUp, CannotRestore
from iop.embedded.problems import CannotStart
from iop.embedded.wheels import postgres_programs

PIECE = 4 * 1024 * 1024
# Where Debian and its like keep every major version side by side.
SIDE_BY_SIDE = Path("/usr/lib/postgresql")
# pg_restore 17 and later sets this on every server, and older ones complain. Nothing is lost by it.
KNOWS_TIMEOUT = 17
TIMEOUT_UNKNOWN = (
    b"pg_restore: error: could not execute query:"
    b' ERROR:  unrecognized configuration parameter "transaction_timeout"'
)
BEGINS_TABLE = b"dumping contents of table"
# The fastest level: what is slow about a backup is then the server, not the packing.
COMPRESSION = "--compress=1"


def programs_for(major: int) -> tuple[Path, int]:
    """Return the folder whose pg_dump can read a server of this major version, and its own.

    A newer pg_dump reads an older server, not the other way round. The nearest, because what it
    dumps is then read wherever that server's own programs are. Raises CannotBackUp.
    """
    found = {_major_of(folder): folder for folder in reversed(list(_folders()))}
    fitting = [version for version in found if version >= major]
    if not fitting:
        have = ", ".join(str(version) for version in sorted(found) if version) or "none"
        raise CannotBackUp(
            f"The server is PostgreSQL {major}; the pg_dump programs here are of version {have},"
            f" and an older one cannot read it. Install PostgreSQL's client programs of {major}."
        )
    return found[min(fitting)], min(fitting)


def _folders() -> Iterator[Path]:
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    yield from sorted(SIDE_BY_SIDE.glob("*/bin"))
    try:
        yield postgres_programs()
    except CannotStart:
        return


def _major_of(folder: Path) -> int:
    """Return the version of the folder's pg_dump, or 0 where there is none that runs."""
    try:
        said = subprocess.run(
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found and (folder / "pg_restore").exists() else 0


@contextmanager
def dumping(
    folder: Path, place: Place, snapshot: str, on_table: Callable[[], None]
) -> Iterator[Iterator[bytes]]:
    """Give the dump of a snapshot in pieces. Raises CannotBackUp where pg_dump fails."""
    command: list[str | Path] = [folder / "pg_dump", "--format=custom", "--verbose", COMPRESSION]
    command += ["--no-owner", "--no-privileges", "--no-password", f"--snapshot={snapshot}"]
    with (
        TemporaryFile() as told,
        subprocess.Popen(
            command, env=place.environment(), stdout=subprocess.PIPE, stderr=told
        ) as program,
    ):
        try:
            yield _pieces(program, told, on_table)
        finally:
            program.kill()


def _pieces(
    program: subprocess.Popen[bytes], told: IO[bytes], on_table: Callable[[], None]
) -> Iterator[bytes]:
    tables = 0
    while program.stdout and (piece := program.stdout.read(PIECE)):
        yield piece
        begun = _all_of(told).count(BEGINS_TABLE)
        for _ in range(begun - tables):
            on_table()
        tables = max(begun, tables)
    if program.wait():
        raise CannotBackUp(f"pg_dump could not read the database:\n{_errors(told)}")


def restore_dump(folder: Path, place: Place, pieces: Iterable[bytes], *, server: int) -> None:
    """Feed a dump to pg_restore, into an empty database of that major version.

    Raises CannotRestore.
    """
    command: list[str | Path] = [
        folder / "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--no-password",
    ]
    command += [f"--dbname={place.name}"]
    if server >= KNOWS_TIMEOUT:
        command += ["--exit-on-error"]
    with (
        TemporaryFile() as told,
        subprocess.Popen(
            command, env=_in_a_hurry(place), stdin=subprocess.PIPE, stderr=told
        ) as program,
    ):
        try:
            _feed(program, pieces)
        except BaseException:
            program.kill()
            raise
        if program.wait() and not _knew_all_but_the_timeout(told, server):
            raise CannotRestore(f"The database could not be restored:\n{_errors(told)}")


def _in_a_hurry(place: Place) -> dict[str, str]:
    """Have the server wait for the disk once, at the end: until then nobody relies on it."""
    environment = place.environment()
    options = f"{environment.get('PGOPTIONS', '')} -c synchronous_commit=off"
    return {**environment, "PGOPTIONS": f"{options} -c maintenance_work_mem=256MB"}


def _knew_all_but_the_timeout(told: IO[bytes], server: int) -> bool:
    """Return whether an older server refused nothing but a newer program's setting."""
    complaints = set(re.findall(rb"^pg_restore: error: .*", _all_of(told), re.M))
    return server < KNOWS_TIMEOUT and complaints == {TIMEOUT_UNKNOWN}


def _feed(program: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    """Write all pieces; where the program ends early, why is in what it told."""
    for piece in pieces:
        with suppress(BrokenPipeError):
            if program.stdin:
                program.stdin.write(piece)
    with suppress(BrokenPipeError):
        if program.stdin:
            program.stdin.close()


def _all_of(told: IO[bytes]) -> bytes:
    # Not seek and read: the program writes on where this file stands.
    return os.pread(told.fileno(), os.fstat(told.fileno()).st_size, 0)


def _errors(told: IO[bytes]) -> str:
    """Return what a program complained of, without the rows that it quotes."""
    lines = _all_of(told).decode(errors="replace").splitlines()
    wrong = [line for line in lines if re.match(r"pg_\w+: error:", line)]
    return "\n".join(f"  {line}" for line in wrong[:5]) or "  It did not say why."
