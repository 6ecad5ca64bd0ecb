"""Is the port free? The web server itself would share it with another without a word."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from iop.embedded import CannotStart
from iop.processes.programs import HOST

USUAL_PORT = 8000


def wanted_port(environ: Mapping[str, str]) -> int:
    """Return the port that PORT asks for, 8000 where unset. Raises CannotStart."""
    text = environ.get("PORT") or str(USUAL_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise CannotStart(f"PORT={text} is not a port. Please give a number from 1 to 65535.")
    return int(text)


def refuse_used_port(port: int) -> None:
    """Raise CannotStart if another program listens on this port, or we may not."""
    if _answered(port):
        raise _in_use(port)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        # So that a port which the last demo has just left does not count as in use.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
            trial.listen(1)
        except PermissionError:
            raise CannotStart(
                f"Port {port} is not open to ordinary users. Please choose another: "
                f"PORT={USUAL_PORT} make demo"
            ) from None
        except OSError:
            raise _in_use(port) from None


def _answered(port: int) -> bool:
    # A program that listens on every address leaves ours free to bind, on macOS at least.
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _in_use(port: int) -> CannotStart:
    other = port + 1 if port < 65_535 else USUAL_PORT
    return CannotStart(
        f"Port {port} is in use by another program. Please choose another: PORT={other} make demo"
    )
