"""A gateway of a test's own: it listens on a real socket, keeps what it is given, and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Taken:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Answers:
    """What the gateway does with the next requests."""

    status: int = 200
    body: bytes | None = None
    stalls: bool = False
    hangs_up: bool = False
    taken: list[Taken] = field(default_factory=list)


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GatewaySink

    def do_POST(self) -> None:
        answers = self.server.answers
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answers.taken.append(Taken(self.path, headers, body))
        if answers.stalls:
            self.server.is_over.wait()
        if answers.stalls or answers.hangs_up:
            self.close_connection = True
            return
        said = answers.body
        if said is None:
            number = len(answers.taken)
            said = json.dumps({"id": f"ref-{number}", "sid": f"SM{number}"}).encode()
        self.send_response(answers.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_words: Any) -> None:
        """Say nothing: a test's output is its own."""


class GatewaySink(ThreadingHTTPServer):
    """Takes texts as JSON or as a form, and gives each a name of its own."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers = Answers()
        self.is_over = Event()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def taken(self) -> list[Taken]:
        return self.answers.taken

    def start(self) -> GatewaySink:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()
        self._thread.join()
