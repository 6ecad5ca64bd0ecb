"""Throws hostile input at every form and parameter, each time in a savepoint.

Nothing may answer 500, and nothing may be stored that a constraint refuses at the end.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import connection, transaction
from django.http.response import HttpResponseBase

from tests.source import ROOT
from tests.walking.forms import Target
from tests.walking.hostile import (
    BODIES,
    FILES,
    a_hostile,
    a_plausible,
    as_json,
    as_multipart,
    as_query,
)
from tests.walking.walk import FORM, Walker, read

MULTIPART = "multipart/form-data; boundary=edge"
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[/\ud800"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "x" * 500},
    {"HTTP_X_PART": "1"},
    {"HTTP_REFERER": "http://["},
    {"HTTP_ACCEPT_LANGUAGE": "es-\x00;q=9, \u0663"},
    {"HTTP_IF_NONE_MATCH": '"x', "HTTP_RANGE": "bytes=9-1"},
)


@dataclass
class Told:
    """What came of it: how many inputs and forms, the answers, and what failed how often."""

    seed: int
    inputs: int = 0
    forms: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[str]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Say it, one failure a line, with the input that brings it again."""
        answers = ", ".join(f"{name} {count:,}" for name, count in sorted(self.answers.items()))
        said = [
            f"{self.inputs:,} inputs to {self.forms:,} forms and addresses (seed {self.seed}): "
            f"{answers}; {len(self.failures)} kinds of failure."
        ]
        for place, cases in sorted(self.failures.items()):
            said.append(f"{len(cases)} × {place}\n    first: {cases[0]}")
        return said


def throw(
    walker: Walker, aims: list[Target], *, inputs: int, seed: int, only: int | None = None
) -> Told:
    """Throw so many inputs, or the `only` one of that number, and return what came of it."""
    told = Told(seed, forms=len(aims))
    for number in range(inputs) if only is None else [only]:
        draw = random.Random(f"{seed} {number}")
        _throw_one(walker, aims[number % len(aims)], draw, told, number)
    return told


def _throw_one(walker: Walker, aim: Target, draw: random.Random, told: Told, number: int) -> None:
    sent = _request(aim, draw)
    told.inputs += 1
    cache.clear()
    try:
        with transaction.atomic():
            response = walker.respond(aim.walker, aim.method, **sent)
            read(response)
            connection.check_constraints()
            transaction.set_rollback(True)
        happened, place = _class_of(response), f"{response.status_code} at {aim.name}"
    except Exception as failed:
        happened, place = "failed", _place_of(failed)
    told.answers[happened] += 1
    if happened in {"failed", "5xx"}:
        shown = f"--only {number}: {aim.method} {aim.name} by {aim.walker} {str(sent)[:600]!r}"
        told.failures.setdefault(place, []).append(shown)


def _class_of(response: HttpResponseBase) -> str:
    return f"{response.status_code // 100}xx"


def _place_of(failed: Exception) -> str:
    """Return what failed and where in our own code."""
    ours = [
        frame
        for frame in traceback.extract_tb(failed.__traceback__)
        if frame.filename.startswith(str(ROOT))
        and ".venv" not in frame.filename
        and "/tests/" not in frame.filename
    ]
    where = f"{ours[-1].filename.removeprefix(str(ROOT))}:{ours[-1].lineno}" if ours else "?"
    return f"{type(failed).__name__}: {str(failed)[:120]!r} at {where}"


def _request(aim: Target, draw: random.Random) -> dict[str, Any]:
    """Return what is sent to `Walker.respond`: address, body, kind of body, headers."""
    how = draw.random()
    pairs = _pairs(aim, draw, hostile=0 if how < 0.25 else 1 if how < 0.75 else 100)
    sent: dict[str, Any] = {"url": aim.url, **draw.choice(HEADERS)}
    if aim.method == "GET":
        path = urlsplit(aim.url).path
        return sent | {"url": f"{path}?{as_query(pairs)}"}
    if how > 0.95:
        kind, body = draw.choice(BODIES)
        return sent | {"data": body, "content_type": kind}
    if how > 0.92:
        return sent | {"data": as_json(pairs, draw), "content_type": "application/json"}
    if aim.is_multipart or how > 0.88:
        return sent | {"data": _with_files(aim, pairs, draw), "content_type": MULTIPART}
    return sent | {"data": as_query(pairs).encode(), "content_type": FORM}


def _pairs(aim: Target, draw: random.Random, *, hostile: int) -> list[tuple[str, str]]:
    """Fill the form in: plausibly but for so many fields; some are left out, some come twice."""
    names = list(aim.fields)
    if len(names) > 12 and all(not each.given for each in aim.fields.values()):
        names = draw.sample(names, 6)
    bad = set(draw.sample(names, min(hostile, len(names))))
    pairs = []
    for name in names:
        shown = aim.fields[name]
        if hostile and draw.random() < 0.08:
            continue
        value = (
            a_hostile(draw, shown.kind)
            if name in bad
            else a_plausible(draw, shown.kind, shown.given, shown.options)
        )
        pairs += [(name, value)] * (2 if hostile and draw.random() < 0.05 else 1)
    return pairs


def _with_files(aim: Target, pairs: list[tuple[str, str]], draw: random.Random) -> bytes:
    slots = [name for name, shown in aim.fields.items() if shown.kind == "file"] or ["file"]
    files = [(draw.choice(slots), *draw.choice(FILES)) for _ in range(draw.randint(0, 2))]
    plain = [(name, value) for name, value in pairs if name not in slots]
    return as_multipart(plain, files)
