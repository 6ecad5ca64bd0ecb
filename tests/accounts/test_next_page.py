"""Where a form leads back to: pages of this site by their path, and no other."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.next_page import page_of_ours
from tests import build


@pytest.mark.parametrize("page", ["/", "/today/", "/hours/?week=2026-11-23#row-1"])
def test_a_path_of_this_site_is_one_of_ours(page: str):
    assert page_of_ours(RequestFactory().post("/"), page) == page


@pytest.mark.parametrize(
    "page",
    [
        "",
        "home",
        "25:61",
        "accounts.views.sign_in",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "https://elsewhere.example/",
        "http://testserver/today/",
        "http://[",
        "javascript:alert(1)",
        "\x00/today/",
    ],
)
def test_anything_else_leads_to_the_front_door(page: str):
    assert page_of_ours(RequestFactory().post("/"), page) == "/"


@pytest.mark.parametrize("view", ["choose_theme", "choose_language", "lock_now"])
def test_what_names_a_view_is_no_page_to_go_back_to(db, client_of, view: str):
    """`redirect` would look the word up as a view's name, and fail."""
    response = client_of(build.a_user()).post(reverse(view), {"next": "25:61"})
    assert (response.status_code, response["Location"]) == (302, "/")
