"""What every page must be at every width, in light and in dark."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 820, 1440)
SCHEMES = ("light", "dark")
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def assert_accessible(page: Page) -> None:
    """Fail with axe's own words where it finds anything."""
    found = Axe().run(page, options=AXE_RULES)
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail where the page is wider than its window."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0, f"{wider} px wider than the window"


def assert_targets_are_large(page: Page) -> None:
    """Fail where a button or field is under 44 px high on a phone or tablet (links in text may be)."""
    small = page.evaluate(
        """[...document.querySelectorAll("button, .btn, .form-control, .form-select, nav a")]
          .filter((each) => each.checkVisibility({visibilityProperty: true}))
          .filter((each) => each.getBoundingClientRect().height < 43.5)
          .map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert small == []
