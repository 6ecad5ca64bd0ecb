"""The walk: what one person asks for, what the table says of it, and what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEvent
from programs.models import Role
from programs.who_may import WHO_MAY, Scope
from tests.test_page_conventions import PUBLIC
from tests.walking.addresses import PERSONAL, Address, addresses, form_of, tokens, url_of
from tests.walking.world import FORMER, SIGNED_OUT, WALKERS, World, close_account

ALLOWED, REFUSED, UNKNOWN, SIGN_IN, NO_METHOD = "allowed", "403", "404", "sign-in", "405"
# The site map to walk by: it saves the rendering of thousands of refusals.
PLAIN_ERRORS = "tests.walking.plain_errors"
FORM = "application/x-www-form-urlencoded"
READS, ALTERS = ("GET", "POST"), ("PUT", "DELETE")
# Where a step leads: into what one leads oneself, into what a colleague leads, into another
# program, or to another program's row under the own program's address.
MINE, THEIRS, OTHER, SMUGGLED = "mine", "theirs", "other", "smuggled"
# Where looking reaches further than the line that the page needs, and as far as which.
READS_AS = {"amending:amend": "attendance.mark"}
# Where whoever may change their own only also reads their own only; the line of the change.
CONFIRMS = {"teaching:pack": "teaching.confirm", "teaching:teaching": "teaching.confirm"}
# Pages about a whole program, which nobody sees who only sees their own people.
WHOLE_PROGRAM = {"rules:rules", "trends:trends"}
# What belongs to a program and to nobody in it: the page then tells of one's own people.
OF_EVERYBODY = {"lesson_id"}
# Where a row that is not there is answered like one that is done with: nothing is changed.
SAYS_IT_IS_DONE = {("merging:settle", "POST"), ("reminders:see_to", "GET")}
# What a refused request may write: the trail's word of it, and that the sign-in is in use.
TRACES = {"accounts_auditevent", "django_session", "usersessions_usersession"}
REFUSALS = ("refused", "denied")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.I)


@dataclass(frozen=True)
class Step:
    """One request: an address with a method, by one person, into one part of the clinic."""

    address: Address
    method: str
    walker: str
    to: str
    # The one part of the address that is another program's, where something is smuggled.
    part: str = ""

    def __str__(self) -> str:
        part = f" ({self.part})" if self.part else ""
        return f"{self.method} {self.address.name} by {self.walker}, {self.to}{part}"


def steps(place: str = "") -> Iterator[Step]:
    """Yield every step there is, or those of one place of the site map."""
    for address in addresses():
        if not place or address.place == place:
            yield from _steps_of(address)


def places() -> list[str]:
    """Return the places of the site map, each once."""
    return list(dict.fromkeys(address.place for address in addresses()))


def _steps_of(address: Address) -> Iterator[Step]:
    for walker in WALKERS:
        for method in (*READS, *ALTERS):
            yield Step(address, method, walker, MINE)
        for method in READS if address.parts else ():
            if "program_id" in address.parts:
                yield Step(address, method, walker, OTHER)
            if address.ids and walker not in SIGNED_OUT:
                yield Step(address, method, walker, THEIRS)
            if "program_id" in address.parts and _has_the_role(address, walker):
                for part in address.ids:
                    yield Step(address, method, walker, SMUGGLED, part)


def is_public(address: Address) -> bool:
    """Return whether the address is open to anybody: by its view, and by the list."""
    return address.needs is None and address.name.rpartition(":")[2] in PUBLIC


def _has_the_role(address: Address, walker: str) -> bool:
    return bool(address.needs) and walker in WHO_MAY[str(address.needs)]


def expected(step: Step) -> set[str]:
    """Return what may happen by the table: mostly one thing."""
    address, walker = step.address, step.walker
    if is_public(address):
        return {ALLOWED, UNKNOWN, REFUSED, NO_METHOD}
    if walker in SIGNED_OUT:
        return {SIGN_IN}
    if step.method in ALTERS:
        return {NO_METHOD} if address.needs else {NO_METHOD, ALLOWED, UNKNOWN}
    if not address.needs:
        return {ALLOWED, NO_METHOD, UNKNOWN}
    return _by_the_table(step, None if walker == FORMER else Role(walker))


def _by_the_table(step: Step, role: Role | None) -> set[str]:
    address = step.address
    scope = _scope(step, role) if role else None
    if "program_id" in address.parts and (step.to == OTHER or role is None):
        return {UNKNOWN}
    if scope is None or (scope is Scope.OWN and address.name in WHOLE_PROGRAM):
        return {REFUSED, UNKNOWN} if step.to == SMUGGLED else {REFUSED}
    if step.to == MINE:
        return {ALLOWED}
    if step.to == SMUGGLED and (address.name, step.method) in SAYS_IT_IS_DONE:
        return {ALLOWED}
    if step.to == SMUGGLED or set(address.ids) & set(PERSONAL):
        return {UNKNOWN}
    is_whose = scope is Scope.OWN and set(address.ids) - OF_EVERYBODY
    return {REFUSED, UNKNOWN} if is_whose else {ALLOWED}


def _scope(step: Step, role: Role) -> Scope | None:
    """Return how far the role reaches here: by the line that the page needs, and by its others."""
    name, line = step.address.name, str(step.address.needs)
    scope = WHO_MAY[line].get(role)
    if scope and step.method == "GET" and name in READS_AS:
        scope = WHO_MAY[READS_AS[name]].get(role)
    if scope and name in CONFIRMS:
        confirms = WHO_MAY[CONFIRMS[name]].get(role)
        scope = confirms if step.method == "POST" or confirms is Scope.OWN else scope
    return scope


class Walker:
    """Walks through a world: each step in a savepoint, so that it leaves nothing behind."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ask = RequestFactory()
        # One for all steps, without the test client's copies of every template's context.
        self.house = BaseHandler()
        self.house.load_middleware()
        self.keys = {
            name: self._signed_in(user) for name, user in world.people.items() if user is not None
        }
        tokens(world)
        close_account(world)

    def _signed_in(self, user: Any) -> str:
        """Sign in and look around once: what a first page writes, no later one does."""
        client = Client()
        client.force_login(user)
        client.get(reverse("home"))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def respond(self, walker: str, method: str, url: str, **sent: Any) -> HttpResponseBase:
        """Send one request as the person and return the answer; what fails inside is raised."""
        request = self.ask.generic(method, url, **sent)
        if key := self.keys.get(walker):
            request.COOKIES[settings.SESSION_COOKIE_NAME] = key
        request._dont_enforce_csrf_checks = True
        try:
            return self.house.get_response(request)
        finally:
            translation.deactivate()
            timezone.deactivate()

    def url(self, step: Step) -> str:
        but = {step.part: OTHER} if step.to == SMUGGLED else {}
        to = MINE if step.to == SMUGGLED else step.to
        return url_of(self.world, step.address, step.walker, to=to, but=but)

    def sent(self, step: Step) -> dict[str, str]:
        """Return the body that the step brings along."""
        body = form_of(self.world, step.address) if step.method == "POST" else ""
        return {"data": body, "content_type": FORM} if body else {}

    def look(self, step: Step) -> HttpResponseBase:
        """Take the step without watching it."""
        cache.clear()
        with transaction.atomic():
            response = self.respond(step.walker, step.method, self.url(step))
            transaction.set_rollback(True)
        return response

    def take(self, step: Step) -> tuple[str, list[str]]:
        """Take the step and return what happened, and the tables that were written to."""
        written: list[str] = []

        def watch(execute, sql, params, many, context):
            if found := WRITES.match(sql if isinstance(sql, str) else ""):
                written.append(found[1])
            return execute(sql, params, many, context)

        cache.clear()
        with transaction.atomic(), connection.execute_wrapper(watch):
            response = self.respond(step.walker, step.method, self.url(step), **self.sent(step))
            read(response)
            self._check_the_trail(step, response, written)
            transaction.set_rollback(True)
        return outcome(response), written

    def _check_the_trail(self, step: Step, response: HttpResponseBase, written: list[str]) -> None:
        """Who was refused left no line but the one that says so."""
        if outcome(response) not in {REFUSED, UNKNOWN} or "accounts_auditevent" not in written:
            return
        assert written.count("accounts_auditevent") == 1, f"{step}: more than one line"
        last = AuditEvent.objects.order_by("-pk").values_list("verb", flat=True)[0]
        assert last.endswith(REFUSALS), f"{step}: the trail says {last}"


def read(response: HttpResponseBase) -> bytes:
    """Return the whole answer; a file that is sent piece by piece is closed at its end."""
    return response.getvalue() if response.streaming else response.content


def outcome(response: HttpResponseBase) -> str:
    """Return what the answer comes to."""
    status = response.status_code
    if status in {403, 404, 405}:
        return str(status)
    return SIGN_IN if status == 302 and _asks_to_sign_in(response["Location"]) else ALLOWED


def _asks_to_sign_in(location: str) -> bool:
    url = urlsplit(location)
    return url.path == reverse(str(settings.LOGIN_URL)) and "next=" in url.query


def problems(walker: Walker, place: str = "") -> tuple[int, list[str]]:
    """Walk a place of the site map, or all; return how many steps, and what was wrong."""
    count, found = 0, list[str]()
    entered: dict[str, bool] = {}
    for step in steps(place):
        count += 1
        if step.address.needs or step.address.name in walker.world.tokens:
            entered.setdefault(step.address.name, False)
        try:
            happened, written = walker.take(step)
        except Exception as failed:
            found.append(f"{step}: {failed!r}")
            continue
        if happened == ALLOWED:
            entered[step.address.name] = True
        found += _wrong(step, happened, written)
    found += [f"{name}: nobody got in" for name, got_in in entered.items() if not got_in]
    return count, found


def _wrong(step: Step, happened: str, written: list[str]) -> list[str]:
    """Return what is not as it should be; a page without the method refuses it to anybody."""
    may_happen = expected(step) | ({NO_METHOD} if step.walker not in SIGNED_OUT else set())
    wrong = []
    if happened not in may_happen:
        wrong.append(f"{step}: {happened}, not {' or '.join(sorted(may_happen))}")
    if (happened != ALLOWED or step.to == SMUGGLED) and set(written) - TRACES:
        wrong.append(f"{step}: {happened}, but wrote to {', '.join(sorted(set(written)))}")
    return wrong
