"""Which PINs are too easy to guess, and whether one is right."""

from __future__ import annotations

import re

from django.contrib.auth.hashers import check_password

from accounts.models import User

SHORTEST, LONGEST = 4, 8
FIGURES = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
UPWARDS, DOWNWARDS = "01234567890123456789", "98765432109876543210"
# How birthdays are written: 1987, 0704 and 0407, 070487 and 04071987.
YEAR = r"(?:19[2-9]\d|20[0-4]\d)"
MONTH, DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
LIKE_A_DATE = re.compile(
    rf"{YEAR}|(?:{MONTH}{DAY}|{DAY}{MONTH})(?:\d\d|{YEAR})?|{YEAR}{MONTH}{DAY}|\d\d{MONTH}{DAY}"
)


def is_pin(text: str) -> bool:
    """Return whether it is 4 to 8 figures and nothing else."""
    return FIGURES.fullmatch(text) is not None


def is_easy(pin: str) -> bool:
    """Return whether others would try it early: repeats, rows of figures, dates."""
    repeats = any(pin == pin[:length] * (len(pin) // length) for length in (1, 2))
    is_row = pin in UPWARDS or pin in DOWNWARDS
    return repeats or is_row or LIKE_A_DATE.fullmatch(pin) is not None


def is_right_pin(user: User, pin: str) -> bool:
    """Return whether this is the person's PIN; nothing is right where they have none."""
    return bool(user.pin) and is_pin(pin) and check_password(pin, user.pin)
