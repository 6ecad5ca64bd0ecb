"""A real browser that fails a test on any script error and on anything the CSP had to refuse.

Playwright runs an event loop in this thread, which Django's ORM refuses to work beside; the
variable that allows it is set only while the browser runs, and both end with this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from accounts.models import User
from tests.browser.chromium import MISSING, chromium_path, launch

HERE = Path(__file__).parent
# A page that is slow on a busy machine is not a page that is wrong.
expect.set_options(timeout=30_000)
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} refused ${event.blockedURI}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            if not chromium_path():
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as running:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture(autouse=True)
def nobody_is_idle(settings) -> None:
    """Let no page be covered as left alone: many a test sets the device's clock about."""
    settings.IOP_IDLE_MINUTES = 24 * 60


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in the pages of this test; it must stay empty."""
    return []


@pytest.fixture
def open_context(browser: Browser, live_server, faults: list[str]) -> Iterator[Callable]:
    """Return a function that opens a fresh browser profile, e.g. of some width or without JS."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1440, height: int = 900, **options: Any) -> BrowserContext:
        viewport = ViewportSize(width=width, height=height)
        options = {"locale": "en-US", **options}
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **options)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", lambda message: _note_error(message, faults))
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context().new_page()


@pytest.fixture
def sign_in_to(live_server) -> Callable[[BrowserContext, User], None]:
    """Return a function that signs a person in to a browser profile, past the form."""

    def sign_in(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return sign_in


def _note_error(message: ConsoleMessage, faults: list[str]) -> None:
    """Note an error on the console, but not that a page said 403 or 404 on purpose."""
    on_purpose = message.page is not None and message.location["url"] == message.page.url
    if message.type == "error" and not on_purpose:
        faults.append(message.text)
