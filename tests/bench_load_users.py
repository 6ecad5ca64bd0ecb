"""People at their browsers: what they open, tap, type and upload, and what they were told is saved.

Between them and the web processes stands what a proxy does: ask whoever says `/readyz`, and another
one where nobody listens. As the page's own script does, a tap or a part that was not acknowledged
is sent again, the same, until it is.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.programs.papers import PDF

TOKEN = "x" * 32
PATIENCE_SECONDS, AGAIN_SECONDS, LOOK_SECONDS = 30.0, 1.0, 0.5
# A browser never does; a bench has to come to its end.
GIVE_UP_SECONDS = 300.0
PAPER = PDF[:9] + b"%" + b" " * 20_000 + b"\n" + PDF[9:]
OK, WORDS, REFUSED, CUT, LATE, OTHER = (
    "answered", "503 in words", "nobody listening", "cut off", "timed out", "anything else"
)  # fmt: skip
NO_ROOM = "could not keep the file"


class NeverSaved(Exception):
    """What was sent was not acknowledged; it is on no list of what was."""


@dataclass
class Request:
    """One request: when it was sent, for what, what came of it, and after how long."""

    at: float
    what: str
    outcome: str
    seconds: float
    detail: str = ""


@dataclass
class Doors:
    """The web processes, as a proxy sees them."""

    ports: list[int]
    ready: list[int] = field(default_factory=list)
    turn: itertools.count = field(default_factory=itertools.count)
    # While the disk is full, more people than usual send files.
    is_full: bool = False

    async def look(self) -> None:
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                self.ready = [port for port in self.ports if await _is_ready(client, port)]
                await asyncio.sleep(LOOK_SECONDS)

    def choose(self) -> list[int]:
        """Return whom to ask, the next one after that."""
        some = self.ready or self.ports
        first = some[next(self.turn) % len(some)]
        return [first, *(port for port in self.ports if port != first)]


async def _is_ready(client: httpx.AsyncClient, port: int) -> bool:
    try:
        return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
    except httpx.HTTPError:
        return False


class User:
    """One person: what their browser knows, and the lists of what was acknowledged."""

    def __init__(self, knows: dict[str, Any], doors: Doors, seen: list[Request]) -> None:
        self.knows, self.doors, self.seen = knows, doors, seen
        self.random = random.Random(knows["cookie"])
        self.shown = dict.fromkeys(knows["people"], "-")
        self.marks: list[str] = []
        self.sent_marks: dict[str, list[str]] = defaultdict(list)
        self.notes: dict[str, list[str]] = defaultdict(list)
        self.versions: dict[str, str] = {}
        self.documents: list[str] = []
        self.told_no_room = 0
        cookies = {"sessionid": knows["cookie"], "csrftoken": TOKEN}
        self.client = httpx.AsyncClient(
            cookies=cookies, timeout=PATIENCE_SECONDS, headers={"X-CSRFToken": TOKEN}
        )

    async def live(self, until: float, think: float) -> None:
        """Do one thing after the other; what was begun is brought to its end."""
        await asyncio.sleep(self.random.uniform(0, think * 2))
        while time.monotonic() < until:
            what = self.random.choices(list(MIX), [weight for weight, _ in MIX.values()])[0]
            if self.doors.is_full and what == "tap":
                what = "upload"
            with suppress(NeverSaved):
                await MIX[what][1](self)
            await asyncio.sleep(self.random.uniform(0, think * 2))
        await self.client.aclose()

    async def read(self, what: str, path: str) -> None:
        await self.ask(what, "GET", path)

    async def ask(self, what: str, method: str, path: str, **how: Any) -> httpx.Response | None:
        """Send one request; return the answer where it is one, and note what came of it."""
        begun = time.monotonic()
        answer, outcome, detail = await self._sent(method, path, how)
        seconds = time.monotonic() - begun
        self.seen.append(Request(begun, what, outcome, seconds, detail))
        return answer if outcome == OK else None

    async def _sent(self, method: str, path: str, how: Any) -> tuple[Any, str, str]:
        for port in self.doors.choose():
            try:
                answer = await self.client.request(method, f"http://127.0.0.1:{port}{path}", **how)
            except httpx.ConnectError:
                continue  # nothing was sent
            except httpx.TimeoutException:
                return None, LATE, path
            except httpx.TransportError as error:
                return None, CUT, type(error).__name__
            return answer, *_outcome(answer)
        return None, REFUSED, ""

    async def until_saved(self, send: Callable[[], Awaitable[httpx.Response | None]]) -> Any:
        """Send the same until it is acknowledged, as the script of the page does."""
        patience = time.monotonic() + GIVE_UP_SECONDS
        while (answer := await send()) is None:
            if time.monotonic() > patience:
                raise NeverSaved
            await asyncio.sleep(AGAIN_SECONDS)
        return answer

    async def tap(self) -> None:
        who = self.random.choice(self.knows["people"][1:])
        await self._mark(who)

    async def _mark(self, who: str) -> None:
        is_in = self.shown[who].startswith("p:")
        mark, then = ("excused", "a:excused") if is_in else ("present", f"p:{self.knows['began']}-")
        mark_id = str(uuid.uuid4())
        self.sent_marks[who].append(mark_id)
        data = {
            "only": who, "mark_id": mark_id, "age": "0", "row": who,
            f"seen-{who}": self.shown[who], f"mark-{who}": mark,
        }  # fmt: skip
        path = f"/sheet/{self.knows['program']}/{self.knows['session']}/"
        headers = {"HX-Request": "true"}
        await self.until_saved(lambda: self.ask("tap", "POST", path, data=data, headers=headers))
        self.shown[who] = then
        self.marks.append(mark_id)
        # What was sent before an acknowledged one can no longer be the last.
        self.sent_marks[who] = [mark_id]

    async def type(self) -> None:
        who = self.knows["people"][0]
        if not self.versions:
            await self._mark(who)
        text = f"Said {uuid.uuid4()}"
        self.notes[who].append(text)
        path = f"/notes/{self.knows['program']}/{self.knows['session']}/{who}/"
        answer = await self.until_saved(lambda: self._typed(path, who, text))
        self.versions[who] = answer.headers.get("X-Part-Version", "1")
        self.notes[who] = [text]

    async def _typed(self, path: str, who: str, text: str) -> httpx.Response | None:
        blank = dict.fromkeys(("participation", "goal", "goal_progress", "plan"), "")
        data = {**blank, "response": text, "version": self.versions.get(who, "0")}
        answer = await self.ask("note", "POST", path, data=data, headers={"X-Part": "1"})
        if answer is not None and answer.status_code == 409:
            # It was saved, and the acknowledgment was lost: on from there, as a person decides.
            self.versions[who] = answer.headers["X-Part-Version"]
            return None
        return answer

    async def upload(self) -> None:
        """Sent once, as a form is; sent again by its sender with the same key where it failed."""
        who, key = self.random.choice(self.knows["people"]), str(uuid.uuid4())
        path = f"/agreements/{self.knows['program']}/{who}/documents/new/"
        data = {"key": key, "kind": "other", "name": ""}
        files = {"paper": ("paper.pdf", PAPER, "application/pdf")}
        answer = await self.ask("upload", "POST", path, data=data, files=files)
        if answer is not None and answer.status_code == 302:
            self.documents.append(key)
        elif answer is not None:
            self.told_no_room += NO_ROOM in answer.text
            self.seen[-1].detail = "" if NO_ROOM in answer.text else "upload not taken"

    async def search(self) -> None:
        data = {"q": self.random.choice(["an", "ma", "lee", "jo"])}
        await self.ask("search", "POST", f"/people/{self.knows['program']}/", data=data)

    async def person(self) -> None:
        who = self.random.choice(self.knows["people"])
        await self.read("person", f"/people/{self.knows['program']}/{who}/")


def _page(what: str, path: str) -> Callable[[User], Awaitable[None]]:
    async def opened(user: User) -> None:
        await user.read(what, path.format(**user.knows))

    return opened


def _outcome(answer: httpx.Response) -> tuple[str, str]:
    if answer.status_code == 503 and "<h1>" in answer.text:
        return WORDS, ""
    to = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    if answer.status_code in (200, 302, 409) and "sign-in" not in to:
        return OK, ""
    return OTHER, f"{answer.status_code} {to}"


# How often of a hundred, and what.
MIX: dict[str, tuple[int, Callable[[User], Awaitable[None]]]] = {
    "today": (15, _page("today", "/today/{program}/")),
    "sheet": (10, _page("sheet", "/sheet/{program}/{session}/")),
    "tap": (35, User.tap),
    "note": (10, User.type),
    "board": (8, _page("board", "/hours/{program}/")),
    "calendar": (7, _page("calendar", "/calendar/{program}/")),
    "search": (5, User.search),
    "person": (6, User.person),
    "upload": (4, User.upload),
}
