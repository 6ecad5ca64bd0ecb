"""Removes a demo's data folder: `python -m iop.processes.reset FOLDER`, or `make demo-reset`."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from iop.embedded import CannotStart
from iop.embedded.servers import LOCKS, stop_leftover_servers
from iop.embedded.sharing import lock_file, locked
from iop.processes.leftovers import stop_leftovers


def remove(data_dir: Path) -> str:
    """Remove the folder and return a sentence about it. Raises CannotStart while it is in use."""
    data_dir = data_dir.resolve()
    if not data_dir.exists():
        return f"{data_dir} is not there: nothing to remove."
    if not (data_dir / LOCKS).is_dir():
        raise CannotStart(f"{data_dir} is not a data folder of this program; nothing was removed.")
    with ExitStack() as stack:
        for path in sorted((data_dir / LOCKS).iterdir()):
            if not locked(stack.enter_context(lock_file(path))):
                raise CannotStart(
                    f"{data_dir} is in use. Please stop the demo and every other command on it "
                    "(Ctrl-C in its terminal), then try again. Nothing was removed."
                )
        stop_leftovers(data_dir, print)
        stop_leftover_servers(data_dir)
        shutil.rmtree(data_dir)
    return f"Removed {data_dir}."


def main() -> int:
    """Run from the command line."""
    try:
        print(remove(Path(sys.argv[1])))
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
