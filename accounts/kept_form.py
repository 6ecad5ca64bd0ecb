"""A form sent signed out or locked: kept for its sender, and offered again afterwards.

The fields wait in the browser's own session, for the one page they were sent to. Nothing is acted
on before somebody has signed in and pressed the button; who they are decides what they may.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SESSION_KEY = "kept_form"
LONGEST = 50_000  # characters of all fields; a sheet of thirty people has about a tenth
View = Callable[..., HttpResponse]
Fields = list[tuple[str, str]]


def keeps_form(view: View) -> View:
    """Mark a view whose forms are worth keeping."""
    view.keeps_form = True  # type: ignore[attr-defined]
    return view


class KeepForm:
    """Keeps what a stranger posts to such a view; stands before the guard that turns them away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> None:
        if request.method == "POST" and not request.user.is_authenticated:
            keep_form(request, view)


def keep_form(request: HttpRequest, view: View) -> None:
    """Keep what was posted to such a view, for its page to offer again."""
    # A fragment's script keeps its own marks, and what is typed in a part stays on its page.
    is_scripted = "HX-Request" in request.headers or "X-Part" in request.headers
    if getattr(view, "keeps_form", False) and not is_scripted:
        fields = _fields(request)
        if sum(len(name) + len(value) for name, value in fields) <= LONGEST:
            request.session[SESSION_KEY] = {"path": request.path, "fields": fields}


def take_kept_form(request: HttpRequest) -> Fields:
    """Return what was kept for this page, once; an empty list where nothing was."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return []
    del request.session[SESSION_KEY]
    return [(name, value) for name, value in kept["fields"]]


def _fields(request: HttpRequest) -> Fields:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
