"""What may stand in one cell: each reader takes its text and returns a value or says what is wrong.

clinic.toml has types of its own, so each cell also says which of them it takes.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import models
from django.utils.translation import gettext as _

from programs.models import GroupKind, Role, Weekday

FIRST_YEAR, LAST_YEAR = 1900, 2099
SMALL_NUMBER, NUMBER = 32_767, 2_147_483_647  # what the database's columns hold


class Wrong(ValueError):
    """The cell does not hold what it should; the text says what would be right.

    `value` narrows it to a part of the cell, `key` to a key inside it.
    """

    def __init__(self, words: str, *, value: str | None = None, key: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.value = value
        self.key = key


@dataclass(frozen=True)
class Cell:
    """A kind of cell. `toml` is the type it has in clinic.toml."""

    read: Callable[[Any], Any]
    toml: type | tuple[type, ...] = str


def text(model: type[models.Model], field: str) -> Cell:
    """Words, as long as the column of the table takes them."""
    longest = model._meta.get_field(field).max_length  # type: ignore[union-attr]

    def read(value: str) -> str:
        if longest and len(value) > longest:
            raise Wrong(_("at most %(longest)d characters") % {"longest": longest})
        if any(ord(sign) < 32 and sign not in "\t\n\r" for sign in value):
            raise Wrong(_("words without control characters"))
        return value

    return Cell(read)


def code(model: type[models.Model], field: str) -> Cell:
    """A short name of letters, digits, hyphens and underscores."""
    plain = text(model, field)

    def read(value: str) -> str:
        try:
            validate_slug(value)
        except ValidationError:
            raise Wrong(_("a code of letters, digits, hyphens and underscores")) from None
        return plain.read(value)

    return Cell(read)


def whole(at_least: int = 0, at_most: int = NUMBER) -> Cell:
    """A whole number within bounds."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", value) or not at_least <= int(value) <= at_most:
            raise Wrong(
                _("a whole number from %(least)d to %(most)d")
                % {"least": at_least, "most": at_most}
            )
        return int(value)

    return Cell(read, toml=int)


def one_of(allowed: Iterable[str]) -> Cell:
    """A word of a closed list."""
    words = list(allowed)

    def read(value: str) -> str:
        if value not in words:
            raise Wrong(_("one of %(words)s") % {"words": ", ".join(words)})
        return value

    return Cell(read)


def _each_of(allowed: Iterable[str]) -> Callable[[str], frozenset[str]]:
    one = one_of(allowed)

    def read(value: str) -> frozenset[str]:
        for word in value.split():
            try:
                one.read(word)
            except Wrong as wrong:
                raise Wrong(wrong.words, value=word) from None
        return frozenset(value.split())

    return read


def some_of(allowed: Iterable[str]) -> Cell:
    """Any words of a closed list, with spaces between them."""
    return Cell(_each_of(allowed))


@lru_cache(maxsize=5_000)
def _date(value: str) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise Wrong(_("a date that exists, as YYYY-MM-DD")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong(
            _("a date in the years %(first)d to %(last)d")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


@lru_cache(maxsize=2_000)
def _time(value: str) -> time:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise Wrong(_("a time from 00:00 to 23:59, as HH:MM"), value=value)
    return time(int(value[:2]), int(value[3:]))


def _weekday(value: str) -> int:
    names = [day.name.lower() for day in Weekday]
    return names.index(one_of(names).read(value))


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise Wrong(_("an email address, such as name@example.org"), value=value) from None
    if len(value) > 254:
        raise Wrong(_("at most %(longest)d characters") % {"longest": 254}, value=value)
    return value


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, None)
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if plain == value and phonenumbers.is_valid_number(number):
            return value
    except phonenumbers.NumberParseException:
        pass
    raise Wrong(_("a phone number that exists, with country code, such as +12125550123"))


def _zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise Wrong(_("a time zone by its IANA name, such as America/New_York"))
    return value


def _breaks(value: str) -> tuple[tuple[time, time], ...]:
    found = []
    for part in filter(None, (piece.strip() for piece in value.split(";"))):
        ends = [end.strip() for end in part.split("-")]
        if len(ends) != 2:
            raise Wrong(_("breaks as HH:MM-HH:MM, with ; between them"), value=part)
        start, end = (_time(clock) for clock in ends)
        if end <= start:
            raise Wrong(_("a break that ends after it starts"), value=part)
        found.append((start, end))
    return tuple(sorted(found))


def _emails(value: str) -> frozenset[str]:
    return frozenset(
        _email(part).lower() for part in filter(None, (each.strip() for each in value.split(";")))
    )


def _roles(value: dict[str, Any]) -> dict[str, str]:
    for program, role in value.items():
        if role not in Role.values:
            words = _("one of %(words)s") % {"words": ", ".join(Role.values)}
            raise Wrong(words, value=str(role), key=program)
    return dict(value)


def _kinds(value: list[Any]) -> tuple[str, ...]:
    for kind in value or [""]:
        if kind not in GroupKind.values:
            words = _("a list of one or more of %(words)s; leave it out where all kinds count")
            raise Wrong(words % {"words": ", ".join(GroupKind.values)}, value=str(kind))
    return tuple(dict.fromkeys(value))


DATE = Cell(_date, toml=(date, str))
TIME = Cell(_time)
WEEKDAY = Cell(_weekday)
EMAIL = Cell(_email)
STAFF_EMAIL = Cell(lambda value: _email(value).lower())
PHONE = Cell(_phone)
ZONE = Cell(_zone)
BREAKS = Cell(_breaks)
STAFF_EMAILS = Cell(_emails)
YES_NO = Cell(lambda value: one_of(("yes", "no")).read(value) == "yes")
ROLES = Cell(_roles, toml=dict)
KINDS = Cell(_kinds, toml=list)
