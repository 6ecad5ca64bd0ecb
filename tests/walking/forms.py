"""What can be thrown at: the forms that pages show, and the names that views read by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.source import app_modules
from tests.walking.addresses import addresses
from tests.walking.walk import ALLOWED, MINE, Step, Walker, is_public, outcome, read
from tests.walking.world import NOBODY

THROWERS = ("director", "facilitator")
READ_BY_VIEWS = re.compile(r"(?:GET|POST|data)\.(?:get|getlist)\(\s*\"(\w+)\"")
COMMON = ("act", "day", "episode", "from", "next", "page", "q", "sort", "to", "week")


@dataclass
class Field:
    """A field as the page shows it: its kind, what stands in it, and what it offers."""

    name: str
    kind: str = "text"
    given: str = ""
    options: tuple[str, ...] = ()


@dataclass
class Target:
    """One form: who sends it, where to and how, with which fields."""

    name: str
    walker: str
    method: str
    url: str
    is_multipart: bool = False
    fields: dict[str, Field] = field(default_factory=dict)


class FormParser(HTMLParser):
    """Collects the forms of a page with their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], dict[str, Field]]] = []
        self.loose: dict[str, Field] = {}
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given, {}))
        elif tag == "option" and self.select is not None:
            self.select.options += (given.get("value", ""),)
        elif tag in {"input", "textarea", "select", "button"} and given.get("name"):
            self._add(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None

    def _add(self, tag: str, given: dict[str, str]) -> None:
        kind = "text" if tag in {"select", "textarea"} else given.get("type", "text")
        fields = self.forms[-1][1] if self.forms else self.loose
        known = fields.setdefault(given["name"], Field(given["name"], kind))
        known.given = known.given or given.get("value", "")
        if kind in {"radio", "checkbox", "submit"} or tag == "button":
            known.options += (given.get("value", "on"),)
        if tag == "select":
            self.select = known


@lru_cache
def names_read_by_views() -> tuple[str, ...]:
    """Return every name that some module takes out of a request by hand."""
    found = {name for module in app_modules() for name in READ_BY_VIEWS.findall(module.text)}
    return tuple(sorted(found | set(COMMON)))


def targets(walker: Walker) -> list[Target]:
    """Return all there is to throw at: each address by query and by post, and each form shown."""
    found: dict[tuple, Target] = {}
    for thrower in (*THROWERS, NOBODY):
        for address in addresses():
            if (thrower == NOBODY) is is_public(address):
                for each in _targets_at(walker, Step(address, "GET", thrower, MINE)):
                    names = tuple(sorted(each.fields))
                    found.setdefault((each.name, each.walker, each.method, names), each)
    return list(found.values())


def _targets_at(walker: Walker, step: Step) -> Iterator[Target]:
    url = walker.url(step)
    plain = {name: Field(name) for name in names_read_by_views()}
    yield Target(step.address.name, step.walker, "GET", url, fields=plain)
    yield Target(step.address.name, step.walker, "POST", url, fields=plain)
    response = walker.look(step)
    if outcome(response) != ALLOWED or "text/html" not in response.headers.get("Content-Type", ""):
        return
    parser = FormParser()
    parser.feed(read(response).decode())
    for given, fields in parser.forms:
        yield from _as_target(step, url, given, fields)


def _as_target(
    step: Step, url: str, given: dict[str, str], fields: dict[str, Field]
) -> Iterator[Target]:
    """Yield the form as a target, unless it leads out of the house."""
    action = given.get("action") or given.get("hx-post") or given.get("hx-get") or url
    method = "GET" if given.get("method", "get").lower() == "get" else "POST"
    try:
        name = resolve(urlsplit(action).path or urlsplit(url).path).view_name
    except Resolver404:
        return
    is_multipart = "multipart" in given.get("enctype", "")
    yield Target(name, step.walker, method, action, is_multipart, fields)
