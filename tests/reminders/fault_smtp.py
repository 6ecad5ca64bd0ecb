"""A mail server as a program of its own: `python -m tests.reminders.fault_smtp FILE [SEED]`.

It prints its port, and writes the Message-ID of each message into FILE before it says that it took
it. With a seed it stalls, refuses and hangs up at random, until SIGUSR1 asks it to be calm. On
SIGTERM it prints as JSON what it has done how often.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import signal
import sys
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from collections import Counter
from pathlib import Path

STALL_SECONDS = 4
# What it does with a message, and how many in a thousand it does it with.
WHIMS = {
    "takes it": 868,
    "stalls before the text": 12,
    "takes it and stalls": 12,
    "refuses for now, before the text": 25,
    "refuses for good, before the text": 15,
    "refuses for now, after the text": 15,
    "refuses for good, after the text": 15,
    "hangs up before the text": 14,
    "hangs up after the text": 12,
    "takes it and hangs up": 12,
}
CALM = "takes it"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@>]+)", re.IGNORECASE | re.MULTILINE)


class Server:
    """One mail server; all its conversations share its whims."""

    def __init__(self, taken: Path, seed: str = "") -> None:
        self.taken = taken.open("a", buffering=1)
        self.dice = random.Random(seed)
        self.is_calm = not seed
        self.done: Counter[str] = Counter()

    def whim(self) -> str:
        if self.is_calm:
            return CALM
        return self.dice.choices(list(WHIMS), weights=list(WHIMS.values()))[0]

    async def talk(self, reader: Reader, writer: Writer) -> None:
        """Hold one conversation, to its end or until one of both hangs up."""
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: Reader, writer: Writer) -> None:
        await say(writer, "220 here")
        whim = CALM
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"MAIL":
                whim = self.whim()
                self.done[whim] += 1
                await say(writer, "250 go on")
            elif word == b"RCPT":
                if not await self._answer_address(whim, writer):
                    return
            elif word == b"DATA":
                await say(writer, "354 go on")
                if not await self._answer_text(whim, reader, writer):
                    return
            elif word == b"QUIT":
                await say(writer, "221 bye")
                return
            else:
                await say(writer, "250 well")

    async def _answer_address(self, whim: str, writer: Writer) -> bool:
        """Answer the recipient's address; return whether the conversation goes on."""
        if whim == "hangs up before the text":
            return False
        if whim == "stalls before the text":
            await asyncio.sleep(STALL_SECONDS)
            return False
        await say(
            writer,
            {
                "refuses for now, before the text": "451 later",
                "refuses for good, before the text": "550 nobody here",
            }.get(whim, "250 well"),
        )
        return True

    async def _answer_text(self, whim: str, reader: Reader, writer: Writer) -> bool:
        text = await reader.readuntil(b"\r\n.\r\n")
        if whim == "hangs up after the text":
            return False
        if whim.startswith("refuses"):
            await say(writer, "452 later" if "for now" in whim else "554 no")
            return True
        self._take(text)
        if whim == "takes it and hangs up":
            return False
        if whim == "takes it and stalls":
            await asyncio.sleep(STALL_SECONDS)
        await say(writer, "250 taken")
        return True

    def _take(self, text: bytes) -> None:
        found = MESSAGE_ID.search(text)
        assert found, text
        self.taken.write(found[1].decode() + "\n")


async def say(writer: Writer, words: str) -> None:
    writer.write(words.encode() + b"\r\n")
    await writer.drain()


async def serve(taken: Path, seed: str) -> None:
    """Listen on a free port until SIGTERM."""
    server, over = Server(taken, seed), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, over.set)
    loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(server, "is_calm", True))
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, backlog=128)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await over.wait()
    print(json.dumps(server.done), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), "".join(sys.argv[2:3])))
