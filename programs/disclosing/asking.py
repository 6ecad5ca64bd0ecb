"""The page "Before this leaves": what leaves, with how many people, to whom and what for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.keeping import NotKept
from programs.disclosing.actions import Held, state_disclosure
from programs.disclosing.forms import StatementForm
from programs.disclosing.grounds import (
    OWN_PURPOSES,
    PURPOSES,
    TO_PARTICIPANT,
    TO_PARTICIPANT_PURPOSES,
    Asked,
    Way,
)
from programs.disclosing.notice import notice_words
from programs.disclosing.releases import Choice, releases_of
from programs.disclosing.stated import asked_for
from programs.models import Disclosure, Participant, Program, Recipient
from programs.weeks import local_date

UNPROCESSABLE = 422
# Names on the page that refuses; the rest is counted.
MOST_NAMED = 20
PARTICULAR = "agreements:agreements"


class SeeOther(HttpResponseRedirect):
    """Leads a form that was sent to what it made."""

    status_code = 303


@dataclass(frozen=True)
class Asking:
    """One question of where a file goes: which file, who is in it, who asks for it when."""

    request: HttpRequest
    program: Program
    label: str
    usually: Way
    people: list[Participant]
    query: QueryDict
    problem: str
    is_print: bool
    now: datetime

    def address(self, **also: str) -> str:
        """Return the file's address with its question and `also`."""
        query = self.query.copy()
        query.update(also)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


@dataclass(frozen=True)
class Group:
    """One kind of recipient, and the ways to it, each with whether it is the chosen one."""

    label: str
    ways: tuple[tuple[Way, bool], ...]


@dataclass(frozen=True)
class Lacking:
    """Somebody whom no release covers, and where one is put on record."""

    name: str
    url: str


@dataclass(frozen=True)
class Before:
    """Everything the page says."""

    label: str
    program: Program
    people: int
    action: str
    back: str
    problem: str
    is_print: bool
    usually: Way
    usual_purposes: tuple[Any, ...]
    groups: tuple[Group, ...]
    choices: tuple[tuple[Choice, bool], ...]
    names_another: bool
    text_fields: tuple[BoundField, ...]
    purposes: tuple[Any, ...]
    to_whom: str
    lacking: tuple[Lacking, ...]
    lacking_count: int
    offers_emergency: bool
    is_else_open: bool
    notice: str

    @property
    def more_lacking(self) -> int:
        return self.lacking_count - len(self.lacking)

    @property
    def takes_icon(self) -> str:
        return "printer" if self.is_print else "download"


def answer(asking: Asking) -> HttpResponse:
    """Show the page; what was sent and is right is kept, and leads to the file."""
    releases = releases_of(asking.people, local_date(asking.now, asking.program.zone))
    sent = asking.request.POST if asking.request.method == "POST" else None
    form = StatementForm(sent, people=asking.people, releases=releases)
    if form.is_valid() and (stated := _stated(asking, form)):
        return SeeOther(asking.address(d=str(stated.public_id)))
    shown = {"page": _page(asking, form), "form": form}
    status = UNPROCESSABLE if form.errors else 200
    response = render(asking.request, "disclosing/before.html", shown, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _stated(asking: Asking, form: StatementForm) -> Disclosure | None:
    match = asking.request.resolver_match
    try:
        return state_disclosure(
            what=match.view_name if match else "",
            path=asked_for(asking.request.path, asking.request.GET),
            statement=form.statement(),
            held=Held(asking.people, form.covered.by_person if form.rests_on_releases else {}),
            program=asking.program,
            now=asking.now,
            by=asking.request.user,  # type: ignore[arg-type]
        )
    except NotKept as refused:
        form.add_refusal(refused)
        return None


def _page(asking: Asking, form: StatementForm) -> Before:
    usually = asking.usually if asking.usually in form.ways else form.ways[0]
    released = form["release"].value() or ""
    return Before(
        label=asking.label,
        program=asking.program,
        people=len(asking.people),
        action=asking.address(),
        back=_back(asking.request),
        problem=asking.problem,
        is_print=asking.is_print,
        usually=usually,
        usual_purposes=TO_PARTICIPANT_PURPOSES if usually == TO_PARTICIPANT else OWN_PURPOSES,
        groups=_groups(form, usually),
        choices=tuple((each, each.recipient == released) for each in form.choices),
        names_another=form.is_bound and not released,
        text_fields=tuple(form[name] for name in (Asked.NAME, Asked.AFFILIATION, Asked.EMERGENCY)),
        purposes=PURPOSES,
        **_refusal(asking, form),
        is_else_open=form.is_bound,
        notice=notice_words(),
    )


def _refusal(asking: Asking, form: StatementForm) -> dict[str, Any]:
    """Return who lacks a release to whom, and whether an emergency would be a way."""
    lacking = form.lacking
    return {
        "to_whom": form.to_whom if lacking else "",
        "lacking": tuple(_lacking(asking, each) for each in lacking[:MOST_NAMED]),
        "lacking_count": len(lacking),
        "offers_emergency": bool(lacking) and _has_emergency(form),
    }


def _groups(form: StatementForm, usually: Way) -> tuple[Group, ...]:
    """Return the ways by recipient; the usual one too, for another purpose in words."""
    found = []
    for recipient in Recipient:
        ways = tuple((way, way == form.way_out) for way in form.ways if way.recipient == recipient)
        if ways:
            found.append(Group(str(recipient.label), ways))
    return tuple(found)


def _has_emergency(form: StatementForm) -> bool:
    to = form.way_out.recipient if form.way_out else None
    return any(way.recipient == to and Asked.EMERGENCY in way.asks for way in form.ways)


def _lacking(asking: Asking, person: Participant) -> Lacking:
    access, ids = asking.request.access, (asking.program.public_id, person.public_id)  # type: ignore[attr-defined]
    may_read = access.scope("participants.read", asking.program) is not None
    called = person.preferred_name or person.first_name
    return Lacking(
        f"{called} {person.last_name}", reverse(PARTICULAR, args=ids) if may_read else ""
    )


def _back(request: HttpRequest) -> str:
    """Return the page one came from, where it is one of ours; else the first page."""
    host = request.get_host()
    for came_from in (request.POST.get("back", ""), request.headers.get("referer", "")):
        if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={host}):
            continue
        url = urlsplit(came_from)
        if re.match(r"/(?!/)", url.path) and url.path != request.path:
            return url._replace(scheme="", netloc="").geturl()
    return reverse("home")
