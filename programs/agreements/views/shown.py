"""What the pages here have in common: whose they are, who read them, and the way back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.audit import write_audit
from accounts.keeping import NotKept
from programs.agreements.form_parts import RecordForm
from programs.agreements.page import HERE
from programs.models import Participant, Program
from programs.person_frame import person_frame
from programs.whose import participant_of


@dataclass(frozen=True)
class Visit:
    """One request to a page about one person."""

    request: HttpRequest
    program: Program
    person: Participant

    @property
    def who(self) -> dict[str, Any]:
        """Where it is done and by whom, as actions ask for it."""
        return {"program": self.program, "by": self.request.user}

    @property
    def ids(self) -> dict[str, Any]:
        """Whom it is about and where, as the trail knows them."""
        return {"participant_id": self.person.public_id, "program_id": self.program.public_id}

    def read(self, page: str) -> None:
        """Put it on the trail that the person's page was read."""
        write_audit(
            "participant.read",
            by=self.request.user,  # type: ignore[arg-type]
            **self.ids,
            page=page,
        )

    def shown(self, template: str, page: str, **context: Any) -> HttpResponse:
        """Render a page under the person's name; a first look at it is put on the trail."""
        if self.request.method != "POST":
            self.read(page)
        return self._rendered(template, 200, context)

    def not_found(self, template: str) -> HttpResponse:
        """Say in words, under the person's name, what is not there."""
        return self._rendered(template, 404, {})

    def _rendered(self, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
        access = self.request.access  # type: ignore[attr-defined]
        frame = person_frame(access, self.program, self.person, here=HERE)
        return render(self.request, template, {"frame": frame, **context}, status=status)

    def done(self, words: str) -> HttpResponse:
        """Say what was done, on the page of all agreements."""
        messages.success(self.request, words)
        return redirect(HERE, self.program.public_id, self.person.public_id)


def visit(request: HttpRequest, program: Program, participant_id: uuid.UUID) -> Visit:
    """Return whose page it is; Http404 where the program does not know them."""
    person = participant_of(request.access, program, participant_id)  # type: ignore[attr-defined]
    return Visit(request, program, person)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the fields of a form that was sent, also of one in which nothing was chosen."""
    return request.POST if request.method == "POST" else None


def is_kept(form: RecordForm, keep: Callable[[], object]) -> bool:
    """Keep what the form asks for; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return False
    try:
        keep()
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True
