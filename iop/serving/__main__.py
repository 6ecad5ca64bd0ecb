"""`python -m iop.serving --port 8000`: what else is said goes to granian as it stands."""

from __future__ import annotations

import os
import sys

from iop import environment
from iop.serving.web import Web


def main() -> int:
    """Serve until asked to stop; return granian's own exit status."""
    web = Web(sys.argv[1:], drain_seconds=environment.whole_number("IOP_DRAIN_SECONDS", 5))
    os.umask(0o077)
    return web.run()


if __name__ == "__main__":
    sys.exit(main())
