"""Pages that say something went wrong: in plain words, reading nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.urls import path

from iop.urls import urlpatterns as site_map

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]


class NobodyKnown:
    """A person who must not be looked at."""

    def __getattr__(self, name):
        raise AssertionError(f"an error page read user.{name}")


def _raise(error):
    @login_not_required
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400/", _raise(BadRequest())),
    path("403/", _raise(PermissionDenied())),
    path("404/", _raise(Http404())),
    path("500/", _raise(RuntimeError())),
    *site_map,
]


@pytest.mark.parametrize("page", PAGES)
def test_reads_neither_the_database_nor_the_person(page):
    """Without the db fixture a query would fail, and so would a look at the person."""
    request: Any = RequestFactory().get("/")
    request.user = NobodyKnown()
    request._messages = NobodyKnown()
    html = render_to_string(page, {"user": request.user}, request=request)
    assert 'data-bs-theme="auto"' in html


@pytest.mark.parametrize("page", PAGES)
def test_stands_without_any_context(page):
    html = get_template(page).render()
    assert html.count("<h1>") == 1
    assert "Go to the first page" in html


@pytest.mark.urls("tests.iop.test_error_pages")
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "We could not read that"),
        (403, "Your role does not include this page"),
        (404, "There is no such page here"),
        (500, "Something broke on our side"),
    ],
)
def test_is_what_django_answers(status, words):
    response = Client(raise_request_exception=False).get(f"/{status}/")
    assert response.status_code == status
    assert words in response.content.decode()
