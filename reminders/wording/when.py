"""Dates and times as a message says them: today, tomorrow, on Wed Nov 25; at the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format, time_format

from programs.models import Channel, Language
from programs.weeks import DAYS
from reminders.wording.gsm7 import beyond_gsm7

# Django's letters for a date: short ones in a text message, whole words in an email.
DATES = {
    (Channel.SMS, Language.ENGLISH): "D M j",
    (Channel.SMS, Language.SPANISH): "D j M",
    (Channel.EMAIL, Language.ENGLISH): "l, F j",
    (Channel.EMAIL, Language.SPANISH): r"l j \d\e F",
}
NEAR = {
    Language.ENGLISH: ("today", "tomorrow"),
    Language.SPANISH: ("hoy", "mañana"),
}
ON = {Language.ENGLISH: "on", Language.SPANISH: "el"}
NOTHING = {Language.ENGLISH: "no appointments", Language.SPANISH: "ninguna cita"}
A_NEW_YEAR = date(2026, 1, 1)
# One o'clock is singular in Spanish: a la 1:00.
SPANISH_HOURS = re.compile(r"\b([Ll])as(\s+\{time\})")


def day_words(day: date, *, today: date, channel: str, language: str) -> str:
    """Return the date as somebody says it who speaks `today`."""
    ahead = (day - today).days
    if ahead not in (0, 1):
        return f"{ON[Language(language)]} {_date(day, channel, language)}"
    near = NEAR[Language(language)][ahead]
    if channel == Channel.SMS:
        return near
    return f"{near}, {_formatted(day, 'l', language)}"


def time_words(start: datetime, *, zone: ZoneInfo, language: str) -> str:
    """Return the time of day in the zone."""
    with translation.override(language):
        return time_format(start.astimezone(zone).time(), "TIME_FORMAT")


def week_words(
    told: Mapping[date, datetime | None], *, zone: ZoneInfo, channel: str, language: str
) -> str:
    """Return the dates that have a start, in order: one a line, or in one sentence of a text."""
    starts = sorted((day, start) for day, start in told.items() if start)
    said = [time_words(start, zone=zone, language=language) for _day, start in starts]
    if channel == Channel.EMAIL:
        days = [_date(day, channel, language) for day, _start in starts]
        return "\n".join(map(", ".join, zip(days, said, strict=True))) or _nothing(language)
    # Which week it is, its first date says.
    days = [_short(day, language, is_first=not index) for index, (day, _start) in enumerate(starts)]
    return ", ".join(map(" ".join, zip(days, said, strict=True))) or _nothing(language)


def every_date_word() -> Iterator[str]:
    """Yield the words of every weekday, month, today and tomorrow, in every language."""
    for language in Language:
        yield from NEAR[language]
        days = [A_NEW_YEAR + timedelta(days=each) for each in range(DAYS)]
        yield from (_formatted(each, "l D", language) for each in days)
        months = [A_NEW_YEAR.replace(month=each) for each in range(1, 13)]
        yield from (_formatted(each, "F M", language) for each in months)


def agreeing(text: str, start: datetime, zone: ZoneInfo) -> str:
    """Return the Spanish text with the article that goes with the hour."""
    is_one = start.astimezone(zone).hour % 12 == 1
    return SPANISH_HOURS.sub(r"\1a\2", text) if is_one else text


def _nothing(language: str) -> str:
    return NOTHING[Language(language)]


def _short(day: date, language: str, *, is_first: bool) -> str:
    if is_first:
        return _date(day, Channel.SMS, language)
    return _for_phones(_formatted(day, "D", language))


def _date(day: date, channel: str, language: str) -> str:
    said = _formatted(day, DATES[Channel(channel), Language(language)], language)
    return _for_phones(said) if channel == Channel.SMS else said


def _formatted(day: date, letters: str, language: str) -> str:
    with translation.override(language):
        said = date_format(day, letters)
    return said.lower() if language == Language.SPANISH else said


def _for_phones(text: str) -> str:
    """Return our own words without accents that would make a long message of a short one."""
    open_text = ((sign, unicodedata.normalize("NFKD", sign)) for sign in text)
    return "".join(plain[0] if beyond_gsm7(sign) else sign for sign, plain in open_text)
