"""What every page must be at every width, in light and in dark."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

WIDTHS = (390, 820, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# How a page is looked at: axe meets it small and light, and large and dark.
LOOKS = ((360, "light"), (820, "light"), (1440, "dark"))
PHONE_AND_DESK = (LOOKS[0], LOOKS[2])
# How a journey is walked: at a desk, on a phone, and on a phone without JavaScript.
WAYS = ((1440, True), (390, True), (390, False))
SIDEBAR_FROM = 1100
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


# Of controls that are shown, those lower than a finger is wide; links in running text may be.
SMALL_TARGETS = """
[...document.querySelectorAll("button, .btn, .form-control, .form-select, nav a")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}))
  .filter((each) => each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 120))
"""
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
EXCESS_WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_looks_right(page: Page, where: str) -> None:
    """Fail where the page cannot be read, scrolls sideways, or is hard to hit with a finger.

    Axe takes half of the time, and a page is asked for at many widths in two schemes: it looks at
    small windows in light and at large ones in dark, so that it meets each page both ways.
    """
    excess = page.evaluate(EXCESS_WIDTH)
    assert excess <= 0, f"{where}: {excess} px wider than the window"
    window = page.viewport_size
    is_small = window is not None and window["width"] < SIDEBAR_FROM
    if is_small:
        small = page.evaluate(SMALL_TARGETS)
        assert small == [], f"{where}: lower than 44 px: {small}"
    if is_small is not page.evaluate(IS_DARK):
        assert_accessible(page, where)


def assert_accessible(page: Page, where: str = "") -> None:
    """Fail where axe finds anything, in its own words."""
    found = Axe().run(page, options=AXE_RULES)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
