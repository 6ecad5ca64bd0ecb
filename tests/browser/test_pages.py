"""Every page in a real browser: accessible, no wider than its window, clean under the CSP."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_user
from programs.models import Program
from tests import build
from tests.browser.looks import SCHEMES, WIDTHS, assert_looks_right


@dataclass(frozen=True)
class Seen:
    """A page, who looks at it (the name of a fixture; nobody: a stranger), and its first words."""

    name: str
    path: Callable[[Program], str]
    heading: str
    who: str = ""


def a_fresh_link(program: Program) -> str:
    invited = invite_user(user=build.a_user(name="Nora Bell"), now=timezone.now(), by=None)
    return reverse("accept_invitation", args=[invited.token])


PAGES = [
    Seen("sign-in", lambda program: reverse("account_login"), "Sign in"),
    Seen("by-invitation", lambda program: reverse("account_signup"), "By invitation only"),
    Seen(
        "closed-invitation",
        lambda program: reverse("accept_invitation", args=["no-such-link"]),
        "This link no longer works",
    ),
    Seen("welcome", a_fresh_link, "Welcome, Nora Bell"),
    Seen(
        "not-their-role",
        lambda program: reverse("hours:export", kwargs={"program_id": program.public_id}),
        "Your role does not include this page",
        "facilitator",
    ),
    Seen("not-found", lambda program: "/no-such-page/", "There is no such page here", "director"),
    Seen("sign-out", lambda program: reverse("account_logout"), "Sign out?", "director"),
]


@pytest.mark.parametrize("seen", PAGES, ids=lambda seen: seen.name)
def test_page_at_every_width_in_light_and_dark(seen, open_context, sign_in_to, program, request):
    context = open_context()
    if seen.who:
        sign_in_to(context, request.getfixturevalue(seen.who))
    page = context.new_page()
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(seen.path(program))
        assert page.locator("h1").inner_text() == seen.heading
        assert_looks_right(page, f"{seen.name}, {width} px, {scheme}")
