"""Does the web server answer yet?"""

from __future__ import annotations

import http.client
from contextlib import closing

from iop.processes.programs import HOST


def web_answers(port: int) -> bool:
    """Return whether /healthz says that all is well, within a second."""
    # Not urllib: it would send even this request through a proxy, where one is set.
    with closing(http.client.HTTPConnection(HOST, port, timeout=1)) as web:
        try:
            web.request("GET", "/healthz")
            return web.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
