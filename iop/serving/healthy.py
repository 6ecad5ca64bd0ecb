"""`python -m iop.serving.healthy [PORT] [--wait SECONDS]`: does a web process here answer?

For a container's health check, and for systemd, which goes on to the next one only then.
"""

from __future__ import annotations

import argparse
import sys
import time

from iop.processes.readiness import web_answers

AGAIN_SECONDS = 0.2


def main() -> int:
    """Return 0 once it answers, 1 where it does not within the time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int, nargs="?", default=8000)
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS")
    asked = parser.parse_args()
    until = time.monotonic() + asked.wait
    while not web_answers(asked.port):
        if time.monotonic() >= until:
            return 1
        time.sleep(AGAIN_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
