"""A mail server of a test's own: it listens on a real socket and keeps what it is given."""

from __future__ import annotations

import socketserver
from email import message_from_bytes
from email.message import Message
from email.policy import default
from threading import Lock, Thread


class _Talk(socketserver.StreamRequestHandler):
    """One conversation, as far as a reminder needs it."""

    server: SmtpSink

    def handle(self) -> None:
        self._say("220 sink")
        for line in self.rfile:
            word = line.split(b":")[0].split(b" ")[0].strip().upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if not self._answer(word, line):
                return

    def _answer(self, word: bytes, line: bytes) -> bool:
        if word == b"RCPT" and any(each in line for each in self.server.refused):
            self._say("550 no such mailbox")
        elif word == b"DATA":
            self._say("354 go on")
            return self._take()
        else:
            self._say("250 sink")
        return True

    def _take(self) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        self.server.keep(b"".join(lines))
        if self.server.hangs_up:
            return False
        self._say(self.server.verdict)
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class SmtpSink(socketserver.ThreadingTCPServer):
    """Takes mail; `refused` addresses are turned away, `hangs_up` cuts the line after the text."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.messages: list[Message] = []
        self.refused: set[bytes] = set()
        self.hangs_up = False
        self.verdict = "250 taken"
        self._lock = Lock()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def port(self) -> int:
        return self.server_address[1]

    def keep(self, raw: bytes) -> None:
        with self._lock:
            self.messages.append(message_from_bytes(raw, policy=default))

    def start(self) -> SmtpSink:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
