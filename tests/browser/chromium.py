"""Where the real browser is, and how it is started: quiet, and without a sandbox of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "no browser: set IOP_TEST_BROWSER to a Chromium, install the package chromium,"
    " or run `playwright install chromium`"
)


def chromium_path() -> str | None:
    """Return the browser on this machine: the one asked for, else the first one found."""
    asked = os.environ.get("IOP_TEST_BROWSER")
    if asked:
        return shutil.which(asked)
    found = next(filter(None, map(shutil.which, PLACES)), None)
    return found or _playwrights_own()


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)


def _playwrights_own() -> str | None:
    """Return the browser that `playwright install` brought, by its place on the disk."""
    asked = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(asked) if asked else Path.home() / ".cache" / "ms-playwright"
    names = ("chrome", "chrome-headless-shell", "Google Chrome for Testing")
    found = (
        path
        for path in sorted(folder.glob("chromium*/**/*"))
        if path.name in names and path.is_file() and os.access(path, os.X_OK)
    )
    return next(map(str, found), None)
