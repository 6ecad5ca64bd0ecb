"""A device in words, as far as its browser says what it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is named in what the browser says of itself; many name others beside themselves.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
HAND_HELD = {"iPad", "iPhone", "Android"}


def device_in_words(user_agent: str) -> str:
    """Return `Chrome on Windows`, or what is known of that."""
    browser, device = _named(BROWSERS, user_agent), _named(DEVICES, user_agent)
    if browser and device:
        return _("%(browser)s on %(device)s") % {"browser": browser, "device": device}
    return browser or device or _("A device that does not say what it is")


def icon_of(user_agent: str) -> str:
    """Return the icon of what is held in a hand, or of what stands on a table."""
    return "tablet-smartphone" if _named(DEVICES, user_agent) in HAND_HELD else "monitor"


def _named(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in names if mark in text), "")
