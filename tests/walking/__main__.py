"""`python -m tests.walking`: everybody walks up to every address, and one line says how many."""

from __future__ import annotations

import sys
import time

from tests.walking.scratch import scratch_database


def main() -> int:
    """Print what was not as the table says, and how many cases were tried; 1 where any was."""
    with scratch_database():
        from tests.walking.walk import PLAIN_ERRORS, Walker, problems
        from tests.walking.world import standing

        begun = time.monotonic()
        with standing(urls=PLAIN_ERRORS) as world:
            count, found = problems(Walker(world))
        print(*found, sep="\n", end="\n" if found else "")
        print(
            f"Who may: {count:,} cases of address × method × role × scope were tried in "
            f"{time.monotonic() - begun:.0f} seconds; {len(found)} were not as the table says."
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
