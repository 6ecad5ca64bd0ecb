"""`python -m tests.walking.fuzz --inputs 30000 --seed 7`: the long run of the fuzz.

`--only 123` repeats one input of a seed and shows how it failed.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.walking.scratch import scratch_database


def main() -> int:
    """Print what was thrown and what came back; 1 where something failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--only", type=int, help="the number of one input, to see it again")
    asked = parser.parse_args()
    with scratch_database():
        from tests.walking.forms import targets
        from tests.walking.throwing import throw
        from tests.walking.walk import Walker
        from tests.walking.world import standing

        begun = time.monotonic()
        with standing() as world:
            walker = Walker(world)
            aims = targets(walker)
            told = throw(walker, aims, inputs=asked.inputs, seed=asked.seed, only=asked.only)
        print(*told.lines(), f"{time.monotonic() - begun:.0f} seconds.", sep="\n")
    return 1 if told.failures else 0


if __name__ == "__main__":
    sys.exit(main())
