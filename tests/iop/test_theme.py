"""The look, checked by calculation: contrast, one dark theme said twice, Bootstrap's own bytes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STYLES = settings.BASE_DIR / "static" / "css"
TOKENS = (STYLES / "tokens.css").read_text()
# dist/css/bootstrap.min.css of bootstrap 5.3.8 on npm
BOOTSTRAP = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"

TONES = ("ok", "go", "warn", "risk", "lost", "calm", "guest")
KINDS = ("process", "skills", "psychoed", "relapse", "family", "mindful")
GROUNDS = ("paper", "surface", "sunken", "hover")
TEXT, GRAPHIC = 4.5, 3.0

PAIRS = [
    *((TEXT, ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((TEXT, "link", ground) for ground in GROUNDS),
    *((TEXT, f"{tone}-ink", f"{tone}-bg") for tone in TONES),
    *((TEXT, f"k-{kind}-ink", f"k-{kind}-bg") for kind in KINDS),
    (TEXT, "lost-ink", "surface"),
    (TEXT, "accent-strong", "surface"),
    (TEXT, "accent-strong", "accent-soft"),
    (TEXT, "on-accent", "accent"),
    (TEXT, "on-accent", "accent-strong"),
    (TEXT, "harbor-800", "harbor-100"),
    (TEXT, "toast-ink", "toast-bg"),
    (TEXT, "toast-act", "toast-bg"),
    # SVG: what a page checker does not see
    (TEXT, "ink", "harbor-300"),
    (TEXT, "on-accent", "harbor-600"),
    (GRAPHIC, "bar-attended", "surface"),
    (GRAPHIC, "bar-attended", "bar-track"),
    (GRAPHIC, "bar-attended", "bar-remaining"),
    (GRAPHIC, "bar-unrecorded", "surface"),
    (GRAPHIC, "bar-remaining-line", "surface"),
    (GRAPHIC, "bar-remaining-line", "bar-track"),
    (GRAPHIC, "bar-required", "surface"),
    (GRAPHIC, "bar-required", "bar-track"),
    (GRAPHIC, "risk", "surface"),
    (GRAPHIC, "risk", "bar-track"),
    *((GRAPHIC, tone, "surface") for tone in TONES),
    *((GRAPHIC, "control", ground) for ground in GROUNDS),
    *((GRAPHIC, "focus", ground) for ground in GROUNDS),
]


def tokens(selector: str) -> dict[str, str]:
    """Return the custom properties that a selector's block sets."""
    start = TOKENS.index(selector + " {")
    block = TOKENS[start : TOKENS.index("\n}", start)]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


LIGHT = tokens(':root, [data-bs-theme="light"]')
DARK = LIGHT | tokens('[data-bs-theme="dark"]')


def luminance(theme: dict[str, str], name: str) -> float:
    """Return the relative luminance of a token, as WCAG 2.2 defines it."""
    color = theme[name]
    while color.startswith("var("):
        color = theme[color.removeprefix("var(--").removesuffix(")")]
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    """Return the contrast ratio of two tokens."""
    darker, lighter = sorted((luminance(theme, one), luminance(theme, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
@pytest.mark.parametrize(("least", "one", "other"), PAIRS)
def test_contrast(theme, least, one, other):
    assert contrast(theme, one, other) >= least


def test_the_calculation_agrees_with_the_standard():
    theme = {"black": "#000000", "white": "#ffffff", "gray": "#767676"}
    assert contrast(theme, "black", "white") == pytest.approx(21)
    assert contrast(theme, "gray", "white") == pytest.approx(4.54, abs=0.005)


def test_auto_is_dark_said_again():
    assert tokens('[data-bs-theme="auto"]') == tokens('[data-bs-theme="dark"]')


def test_dark_names_every_color_that_light_names():
    said_once = {"accent", "accent-strong", "on-accent"}
    assert set(LIGHT) - set(tokens('[data-bs-theme="dark"]')) <= said_once


def test_every_token_that_a_style_uses_is_defined():
    defined = set(
        re.findall(r"--([\w-]+):", "".join(path.read_text() for path in STYLES.glob("*.css")))
    )
    used = {
        (path.name, name)
        for path in STYLES.glob("*.css")
        for name in re.findall(r"var\(--([\w-]+)\)", path.read_text())
    }
    assert {each for each in used if each[1] not in defined} == set()


def test_colors_stand_in_tokens_only():
    loose = {
        (path.name, color)
        for path in STYLES.glob("*.css")
        if path.name not in {"tokens.css", "print.css"}
        for color in re.findall(r"#[0-9a-f]{3,8}\b(?!\))", path.read_text())
    }
    assert loose == set()


def test_bootstrap_is_npms_own_file():
    served = Path(str(finders.find("bootstrap/bootstrap.min.css")))
    assert hashlib.sha256(served.read_bytes()).hexdigest() == BOOTSTRAP


def test_pages_hold_no_style_and_no_script_of_their_own():
    folder = settings.BASE_DIR / "templates"
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:")
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if inline.search(path.read_text())
    }
    assert found == set()
