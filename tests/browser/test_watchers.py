"""The watchers of the other browser tests, watched: each notices what it is there for."""

from __future__ import annotations

import pytest

from tests.browser.looks import assert_accessible, assert_looks_right


def test_a_style_that_the_csp_refuses_is_a_fault(page, faults, clinic):
    page.goto("/sign-in/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(100)
    assert any("style-src" in fault for fault in faults)
    faults.clear()


def test_an_error_in_a_script_is_a_fault(page, faults, clinic):
    page.goto("/sign-in/")
    page.evaluate("setTimeout(() => { throw new Error('broken'); })")
    page.wait_for_timeout(100)
    assert any("broken" in fault for fault in faults)
    faults.clear()


def test_a_missing_file_is_a_fault_and_a_page_that_says_404_is_none(page, faults, clinic):
    page.goto("/sign-up/no-such-page/")
    assert faults == []
    page.evaluate("fetch('/static/no-such-file.css')")
    page.wait_for_timeout(300)
    assert any("404" in fault for fault in faults)
    faults.clear()


def test_a_field_without_a_label_is_found(page, clinic):
    page.goto("/sign-in/")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("document.querySelector('main').classList.add('spoiled')", "wider than the window"),
        ("document.querySelector('.btn-primary').classList.add('spoiled')", "lower than 44 px"),
    ],
)
def test_a_page_too_wide_or_a_button_too_low_is_found(page, clinic, spoil, said):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/sign-in/")
    page.evaluate("""
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`main.spoiled { min-width: 500px; }
        .btn.spoiled { min-height: 20px !important; height: 20px; padding: 0; overflow: hidden; }`);
      document.adoptedStyleSheets = [sheet];
    """)
    page.evaluate(spoil)
    with pytest.raises(AssertionError, match=said):
        assert_looks_right(page, "a spoiled page")
