"""How long a text message is: in the alphabet of phones (3GPP TS 23.038), or in Unicode."""

from __future__ import annotations

from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These are sent as two: an escape, and another sign.
EXTENDED = frozenset("^{}\\[~]|€\f")
# Signs in a message that stands alone, and in each of several that belong together.
ALONE, EACH = 160, 153
ALONE_UNICODE, EACH_UNICODE = 70, 67
# Beyond this a sign takes two places in Unicode as phones send it (UTF-16).
ONE_PLACE = 0xFFFF


def beyond_gsm7(text: str) -> tuple[str, ...]:
    """Return the signs that the alphabet of phones does not have, each once, in their order."""
    return tuple(dict.fromkeys(sign for sign in text if sign not in BASIC | EXTENDED))


def places(text: str) -> int:
    """Return how many places the text takes of those that `room` counts."""
    return sum(_sizes(text))


def room(text: str) -> int:
    """Return how many places one message has that this text goes into: 160, or 70."""
    return ALONE_UNICODE if beyond_gsm7(text) else ALONE


def segments(text: str) -> int:
    """Return how many messages a phone sends for the text; none for no text."""
    if places(text) <= room(text):
        return 1 if text else 0
    return _filled(_sizes(text), EACH_UNICODE if beyond_gsm7(text) else EACH)


def _sizes(text: str) -> list[int]:
    if beyond_gsm7(text):
        return [2 if ord(sign) > ONE_PLACE else 1 for sign in text]
    return [2 if sign in EXTENDED else 1 for sign in text]


def _filled(sizes: Iterable[int], each: int) -> int:
    """Return how many messages they fill; what takes two places is not torn apart."""
    count, used = 1, 0
    for size in sizes:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return count
