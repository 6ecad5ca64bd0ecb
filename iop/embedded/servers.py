"""Opens, for as long as a block runs, the embedded servers that no URL is given for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from iop.embedded.account import account_for
from iop.embedded.given import check_given
from iop.embedded.postgres import Postgres
from iop.embedded.problems import CannotStart
from iop.embedded.sharing import Say, Server, shared
from iop.embedded.sockets import socket_folder
from iop.embedded.valkey import Valkey
from iop.embedded.wheels import postgres_programs, valkey_program

LOCKS = "locks"
VARIABLES = ("DATABASE_URL", "REDIS_URL")


def _quietly(text: str) -> None:
    """Say nothing."""


@contextmanager
def servers_in_environment(
    data_dir: Path, environ: MutableMapping[str, str], *, say: Say = _quietly, durable: bool = True
) -> Iterator[None]:
    """Have `environ` name servers that answer: those it names, else embedded ones.

    IOP_EMBEDDED then names the variables filled in here, so that a served installation can refuse
    them. Raises CannotStart.
    """
    check_given(environ)
    with open_servers(data_dir, environ, say=say, durable=durable) as urls:
        filled_in = {**urls, "IOP_EMBEDDED": ",".join(urls)} if urls else {}
        environ.update(filled_in)
        try:
            yield
        finally:
            for name in filled_in:
                environ.pop(name, None)


@contextmanager
def open_servers(
    data_dir: Path, environ: Mapping[str, str], *, say: Say = _quietly, durable: bool = True
) -> Iterator[dict[str, str]]:
    """Open a server for each of DATABASE_URL and REDIS_URL that is not set; yield their URLs.

    `say` is told in a sentence whatever takes long or touches the system. `durable=False` is for
    data that may be thrown away, such as the tests'. Raises CannotStart.
    """
    missing = [name for name in VARIABLES if not environ.get(name)]
    if not missing:
        yield {}
        return
    data_dir = data_dir.resolve()
    with ExitStack() as stack:
        with _permissions_explained():
            servers = _servers(data_dir, missing, say, durable)
            for server in servers.values():
                stack.enter_context(shared(server, data_dir / LOCKS, say))
        yield {name: server.url for name, server in servers.items()}


def stop_leftover_servers(data_dir: Path) -> None:
    """Stop the folder's embedded servers that nobody uses; the caller holds all its locks."""
    data_dir = data_dir.resolve()
    with suppress(CannotStart):  # where there are no wheels, none was ever started
        for server in _servers(data_dir, [*VARIABLES], _quietly, durable=True).values():
            server.stop()
        shutil.rmtree(socket_folder(data_dir, account_for(data_dir / "postgres")))


def _servers(data_dir: Path, missing: list[str], say: Say, durable: bool) -> dict[str, Server]:
    # First of all: where there are no wheels, nothing is made.
    programs, program = postgres_programs(), valkey_program()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data_dir / LOCKS).mkdir(mode=0o700, exist_ok=True)
    postgres = data_dir / "postgres"
    account = account_for(postgres)
    sockets = socket_folder(data_dir, account)
    both: dict[str, Server] = {
        "DATABASE_URL": Postgres(postgres, sockets, programs, account, say, durable),
        "REDIS_URL": Valkey(data_dir / "valkey", sockets, program, say, durable),
    }
    return {name: server for name, server in both.items() if name in missing}


@contextmanager
def _permissions_explained() -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} cannot be used by this user (number {os.geteuid()}): it belongs to "
            "another, perhaps from a run under sudo. Please remove it, change its owner, or set "
            "IOP_DATA_DIR to a folder of yours."
        ) from None
