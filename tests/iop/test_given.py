"""Servers given by URL: asked before a command relies on them, and never with a password shown."""

from __future__ import annotations

import os
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from iop.embedded import CannotStart
from iop.embedded.given import check_database, check_given, check_redis


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, so that nobody else opens it, and where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    """Serve one protocol on a free port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


class OldPostgres(socketserver.BaseRequestHandler):
    """Says what a PostgreSQL 13 says to a new connection, and no more."""

    def handle(self) -> None:
        asked_for_encryption = 8
        while struct.unpack("!i", self.request.recv(4))[0] == asked_for_encryption:
            self.request.recv(4)
            self.request.sendall(b"N")
        self.request.recv(4096)
        version = b"server_version\x0013.4\x00"
        self.request.sendall(b"R" + struct.pack("!ii", 8, 0))
        self.request.sendall(b"S" + struct.pack("!i", 4 + len(version)) + version)
        self.request.sendall(b"Z" + struct.pack("!i", 5) + b"I")
        self.request.recv(4096)


class OldRedis(socketserver.StreamRequestHandler):
    """Answers as a Redis 6 does to the few things it is asked."""

    knows_hello = True

    def handle(self) -> None:
        for line in self.rfile:
            word = line.strip().upper()
            if word == b"PING":
                self.wfile.write(b"+PONG\r\n")
            elif word == b"INFO":
                self.wfile.write(b"$19\r\nredis_version:6.2.6\r\n")
            elif word == b"HELLO" and self.knows_hello:
                self.wfile.write(b"%1\r\n$5\r\nproto\r\n:3\r\n")
            elif word in {b"HELLO", b"CLIENT"}:
                self.wfile.write(b"-ERR unknown command\r\n")


class OlderRedis(OldRedis):
    """A Redis 5 does not know the greeting with which newer ones begin."""

    knows_hello = False


def test_a_database_that_does_not_answer_is_named_without_its_password(closed_port):
    url = f"postgresql://office:swordfish@127.0.0.1:{closed_port}/iop?sslmode=disable"
    with pytest.raises(CannotStart, match=rf"127\.0\.0\.1, port {closed_port}.*DATABASE_URL") as no:
        check_given({"DATABASE_URL": url})
    assert "swordfish" not in str(no.value)
    with pytest.raises(CannotStart, match="DATABASE_OWNER_URL"):
        check_given({"DATABASE_OWNER_URL": url})


def test_a_redis_that_does_not_answer_is_named_without_its_password(closed_port):
    url = f"redis://:swordfish@127.0.0.1:{closed_port}/0"
    with pytest.raises(CannotStart, match=rf"127\.0\.0\.1, port {closed_port}.*REDIS_URL") as no:
        check_given({"REDIS_URL": url})
    assert "swordfish" not in str(no.value)
    with pytest.raises(CannotStart, match=r"/nowhere/valkey\.sock"):
        check_redis("redis+socket:///nowhere/valkey.sock?virtual_host=0")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://office:open/sesame@127.0.0.1:5432/iop",
        "postgresql://office:open#sesame@127.0.0.1/iop",
        "mysql://office:opensesame@127.0.0.1/iop",
    ],
)
def test_a_url_that_cannot_be_right_is_not_repeated(url):
    with pytest.raises(CannotStart) as no:
        check_database(url)
    assert "open" not in str(no.value)
    assert "sesame" not in str(no.value)


def test_an_old_postgresql_is_refused():
    with serving(OldPostgres) as port:
        with pytest.raises(CannotStart, match="PostgreSQL 13; 15 or newer is needed"):
            check_database(f"postgresql://office@127.0.0.1:{port}/iop")


@pytest.mark.parametrize(
    ("redis", "said"),
    [(OldRedis, "Redis 6; 7 or newer is needed"), (OlderRedis, "not as Redis 7 or newer does")],
)
def test_an_old_redis_is_refused(redis, said):
    with serving(redis) as port:
        with pytest.raises(CannotStart, match=said):
            check_redis(f"redis://127.0.0.1:{port}/0")


def test_servers_that_answer_are_passed():
    check_given({name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")})
