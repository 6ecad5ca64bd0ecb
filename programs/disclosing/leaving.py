"""Lets a file or a print with people in it out only once it was stated to whom, and what for."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import allowed, refusal
from programs.disclosing.actions import take_disclosure
from programs.disclosing.asking import Asking, answer
from programs.disclosing.grounds import OWN_WORK, Way
from programs.disclosing.notice import HEADER, notice_words, noticed
from programs.disclosing.stated import kept_people, notice_of, rests_still, stated_here
from programs.models import Disclosure, Participant, Program

# How often one person may state something is counted with their other files.
KIND = "export"
# The question that carries the statement's public id, and the one that asks for a print.
STATED, PRINT = "d", "print"
OK = 200
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Leaf:
    """What leaves by a view, in words, and how it usually goes.

    What is discreet is carried by the participant: for them it names nothing that is treated.
    """

    label: Any
    usually: Way = OWN_WORK
    is_discreet: bool = False
    only_prints: bool = False


class NotStated(Exception):
    """Ends the view before anything is made: first it is stated where these people's data go."""

    def __init__(self, people: list[Participant]) -> None:
        super().__init__()
        self.people = people


class Voided(Exception):
    """The statement does not fit any more what would leave."""


class Leaving:
    """What the guard and its view tell each other, as `request.leaving`."""

    def __init__(
        self, *, stated: Disclosure | None = None, is_free: bool = False, print_url: str = ""
    ) -> None:
        self.stated, self.is_free, self.print_url = stated, is_free, print_url
        self.is_told = False

    def holds(self, participants: Iterable[uuid.UUID]) -> None:
        """Tell whose data the file holds, by public ids, before anything is made or written.

        Without a statement the view ends here; where nobody is in it, there is none to make.
        """
        self.is_told = True
        if self.is_free:
            return
        people = kept_people(participants)
        if self.stated is None:
            if people:
                raise NotStated(people)
            return
        known = set(self.stated.disclosed.values_list("participant", flat=True))
        if known != {person.pk for person in people}:
            raise Voided

    @property
    def notice(self) -> str:
        """What stands under a page on paper."""
        return notice_words()

    @property
    def is_print(self) -> bool:
        """Whether the page goes to the printer as soon as it is shown."""
        return self.stated is not None


@dataclass(frozen=True)
class _Way:
    """One request on its way to a guarded view."""

    view: View
    leaf: Leaf
    request: HttpRequest
    program: Program
    parts: dict[str, Any]
    ours: QueryDict
    now: datetime

    def run(self, leaving: Leaving) -> HttpResponse:
        self.request.leaving = leaving  # type: ignore[attr-defined]
        response = self.view(self.request, program=self.program, **self.parts)
        if response.status_code == OK and not (leaving.is_free or leaving.is_told):
            raise RuntimeError("a view that hands something out first says who is in it")
        return response

    def free(self) -> HttpResponse:
        """Return the page as it is on the screen, which asks nothing."""
        if self.request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.run(Leaving(is_free=True, print_url=_print_url(self.request)))

    def out(self) -> HttpResponse:
        """Return the file where its statement is good, else the page that asks for one."""
        if self.request.method == "POST" and not allowed(self.request, KIND):
            return refusal(self.request, KIND)
        problem = ""
        if self.request.method == "GET" and STATED in self.ours:
            try:
                with transaction.atomic():
                    return self._taken()
            except Voided as why:
                problem = str(why) or _("Who is in it has changed since. State it again.")
        try:
            return self.run(Leaving())
        except NotStated as first:
            return answer(self._asking(first.people, problem))

    def _taken(self) -> HttpResponse:
        stated = stated_here(self.request, self.program, str(self.ours[STATED]), now=self.now)
        if stated is None:
            raise Voided(_("This statement was used, or is too old. State it again."))
        if not rests_still(stated, now=self.now):
            raise Voided(_("A release it rests on is not in force any more. State it again."))
        notice = notice_of(stated, is_discreet=self.leaf.is_discreet)
        with noticed(notice):
            response = self.run(Leaving(stated=stated))
        if response.status_code == OK:
            body = response.getvalue()
            if response.streaming:
                response.streaming_content = [body]  # type: ignore[attr-defined]
            take_disclosure(disclosure=stated, body=body, now=self.now, by=self.request.user)  # type: ignore[arg-type]
            response[HEADER] = notice_words()
            response["Cache-Control"] = "no-store"
        return response

    def _asking(self, people: list[Participant], problem: str) -> Asking:
        query = self.request.GET.copy()
        if PRINT in self.ours:
            query[PRINT] = "1"
        return Asking(
            request=self.request,
            program=self.program,
            label=str(self.leaf.label),
            usually=self.leaf.usually,
            people=people,
            query=query,
            problem=problem,
            is_print=PRINT in self.ours,
            now=self.now,
        )


def leaves(
    label: Any, *, usually: Way = OWN_WORK, is_discreet: bool = False, only_prints: bool = False
) -> Callable[[View], View]:
    """Guard a view that hands out people's data: "Before this leaves" first, then the file, once.

    How to use it: directly under `@needs`, with POST allowed, since the statement is posted.

        @require_http_methods(["GET", "HEAD", "POST"])
        @needs("census.export")
        @leaves(_("Census, CSV"))                # gettext_lazy: what it is, in words
        def export_csv(request, program):
            rows = ...                           # read, refuse, redirect as ever; then, before
            request.leaving.holds(row.person_id for row in rows)     # write_audit and the file:
            return file_answer(...)              # public ids of participants, in any number

    A PDF made with `Paper` and a workbook of `table_file` carry the Part 2 notice by themselves;
    every answer has it in a header. `only_prints`: the page is free, only `?print` is guarded.
    """
    leaf = Leaf(label, usually, is_discreet, only_prints)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, program: Program, **parts: Any) -> HttpResponse:
            ours = _without_ours(request)
            way = _Way(view, leaf, request, program, parts, ours, timezone.now())
            return way.free() if leaf.only_prints and PRINT not in ours else way.out()

        guarded.leaves = leaf  # type: ignore[attr-defined]
        guarded.limited = KIND  # type: ignore[attr-defined]
        return guarded

    return guard


def _print_url(request: HttpRequest) -> str:
    """Return the page's address as one asks for its print."""
    query = request.GET.copy()
    query[PRINT] = "1"
    return f"{request.path}?{query.urlencode()}"


def _without_ours(request: HttpRequest) -> QueryDict:
    """Take our own questions out of the address: the view's forms know nothing of them."""
    theirs, ours = request.GET.copy(), QueryDict(mutable=True)
    for name in (STATED, PRINT):
        if name in theirs:
            ours[name] = theirs.pop(name)[-1]
    request.GET = theirs  # type: ignore[assignment]
    return ours
