"""A mail server of a test's own: it listens on a real socket and keeps what it is given."""

from __future__ import annotations

import socketserver
from email import message_from_bytes
from email.message import Message
from email.policy import default
from threading import Event, Lock, Thread

# What a step may be answered with instead of a reply.
HANGS_UP, STALLS = "hangs up", "stalls"
USUAL = {
    b"": "220 sink",
    b"EHLO": "250-sink\r\n250 AUTH PLAIN LOGIN",
    b"AUTH": "235 come in",
    b"DATA": "354 go on",
    b".": "250 taken",
    b"QUIT": "221 bye",
}


class _Talk(socketserver.StreamRequestHandler):
    """One conversation, as far as a reminder needs it. The greeting is step "", the text "."."""

    server: SmtpSink
    taken = 0

    def handle(self) -> None:
        self.server.connections += 1
        if not self._answer(b""):
            return
        for line in self.rfile:
            word = line.split(b":")[0].split(b" ")[0].strip().upper()
            if not self._step(word, line):
                return

    def _step(self, word: bytes, line: bytes) -> bool:
        if word == b"RCPT" and any(each in line for each in self.server.refused):
            return self._say("550 no such mailbox")
        goes_on = self._answer(word)
        if word == b"DATA" and goes_on and self.server.reply_to(word).startswith("354"):
            return self._take()
        return goes_on and word != b"QUIT"

    def _take(self) -> bool:
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                self.server.keep(b"".join(lines))
                self.taken += 1
                return self._answer(b".") and self.taken < self.server.most_a_connection
            lines.append(line[1:] if line.startswith(b"..") else line)
        return False

    def _answer(self, step: bytes) -> bool:
        reply = self.server.reply_to(step)
        if reply == HANGS_UP:
            return False
        if reply == STALLS:
            self.server.is_over.wait()
            return False
        return self._say(reply)

    def _say(self, text: str) -> bool:
        self.wfile.write(text.encode() + b"\r\n")
        return True


class SmtpSink(socketserver.ThreadingTCPServer):
    """Takes mail; `refused` addresses are turned away, `replies` say what a step is answered with.

    A step is the word that a client begins its line with, such as b"RCPT". It hangs up after
    `most_a_connection` messages.
    """

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.messages: list[Message] = []
        self.raw: list[bytes] = []
        self.refused: set[bytes] = set()
        self.replies: dict[bytes, str] = {}
        self.connections = 0
        self.most_a_connection = 1_000
        self.is_over = Event()
        self._lock = Lock()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def port(self) -> int:
        return self.server_address[1]

    def reply_to(self, step: bytes) -> str:
        step = b"EHLO" if step == b"HELO" else step
        return self.replies.get(step) or USUAL.get(step, "250 sink")

    def keep(self, raw: bytes) -> None:
        with self._lock:
            self.raw.append(raw)
            self.messages.append(message_from_bytes(raw, policy=default))

    def start(self) -> SmtpSink:
        self._thread.start()
        return self

    def stop(self) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()
        self._thread.join()
