"""One demo per data folder and per port, made sure of before anything is started."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from iop.embedded import CannotStart
from iop.embedded.servers import LOCKS
from iop.embedded.sharing import lock_file, locked
from iop.processes.leftovers import stop_leftovers
from iop.processes.port import refuse_used_port


@contextmanager
def claimed(data_dir: Path, port: int, say: Callable[[str], object]) -> Iterator[None]:
    """Hold the data folder and find the port free. Raises CannotStart."""
    locks = data_dir / LOCKS
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    locks.mkdir(mode=0o700, exist_ok=True)
    with lock_file(locks / "demo") as lock:
        if not locked(lock):
            raise CannotStart(
                f"A demo is already running in {data_dir}. Please stop it first, or give this one "
                "a folder and a port of its own: IOP_DATA_DIR=var/second PORT=8001 make demo"
            )
        stop_leftovers(data_dir, say)
        refuse_used_port(port)
        yield
