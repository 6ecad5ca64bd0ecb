"""What the pages of the library have in common: where one is, what one may, and the way back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.keeping import NotKept
from accounts.models import User
from curriculum.models import Lesson, LessonVersion, Module, Track
from curriculum.tabs import curriculum_tabs
from programs.models import Program
from programs.whose import Tab

LIBRARY, LESSON, DRAFT = "library:library", "library:lesson", "library:draft"


@dataclass(frozen=True)
class Visit:
    """One request to a page of a program's library."""

    request: HttpRequest
    program: Program

    @property
    def by(self) -> User:
        """Who asks."""
        return self.request.user  # type: ignore[return-value]

    @property
    def stamp(self) -> dict[str, Any]:
        """Who does it and when, as actions ask for it."""
        return {"by": self.by, "now": timezone.now()}

    @property
    def posted(self) -> QueryDict | None:
        """The fields of a form that was sent."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The pages about the curriculum that one may open."""
        access = self.request.access  # type: ignore[attr-defined]
        return curriculum_tabs(access, self.program, here=LIBRARY)

    @property
    def may_edit(self) -> bool:
        """Whether one may change the library."""
        access = self.request.access  # type: ignore[attr-defined]
        return access.scope("curriculum.edit", self.program) is not None

    def track(self, public_id: uuid.UUID) -> Track:
        """Return the track, or raise Http404."""
        tracks = Track.objects.visible_to(self.by).filter(program=self.program)
        return get_object_or_404(tracks, public_id=public_id)

    def module(self, public_id: uuid.UUID) -> Module:
        """Return the module, or raise Http404."""
        modules = Module.objects.visible_to(self.by).filter(track__program=self.program)
        return get_object_or_404(modules.select_related("track"), public_id=public_id)

    def lesson(self, public_id: uuid.UUID) -> Lesson:
        """Return the lesson, or raise Http404."""
        lessons = Lesson.objects.visible_to(self.by).of_program(self.program)
        return get_object_or_404(
            lessons.select_related("module__track__program"), public_id=public_id
        )

    def draft(self, lesson: Lesson) -> LessonVersion | None:
        """Return the draft of the lesson, if there is one."""
        drafts = LessonVersion.objects.visible_to(self.by).filter(published_at=None, lesson=lesson)
        return drafts.select_related("lesson__module__track", "written_by").first()

    def address(self, view: str, *ids: uuid.UUID) -> str:
        """Return the address of a page of this program."""
        return reverse(view, args=[self.program.public_id, *ids])

    def shown(self, template: str, back_url: str, **context: Any) -> HttpResponse:
        """Render a page that leads back to `back_url`."""
        here = {"program": self.program, "tabs": self.tabs, "back_url": back_url}
        return render(self.request, template, {**here, **context})

    def not_found(self, template: str, back_url: str) -> HttpResponse:
        """Say in words what is not there."""
        here = {"program": self.program, "tabs": self.tabs, "back_url": back_url}
        return render(self.request, template, here, status=404)

    def done(self, words: str, url: str) -> HttpResponse:
        """Say what was done, on the page at the address."""
        messages.success(self.request, words)
        return redirect(url)

    def refused(self, refusal: NotKept, url: str) -> HttpResponse:
        """Say why not, on the page at the address."""
        for words in refusal.words.values():
            for each in words:
                messages.error(self.request, str(each))
        return redirect(url)


class Refusable(Protocol):
    """A form that can say why an action refused what was sent."""

    def is_valid(self) -> bool: ...

    def add_refusal(self, refused: NotKept) -> None: ...


def is_kept(form: Refusable, keep: Callable[[], object]) -> bool:
    """Keep what the form asks for; where the action refuses, its words go to the form."""
    if not form.is_valid():
        return False
    try:
        keep()
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True
