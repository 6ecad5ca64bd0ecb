"""How numbers are said in a notice: how many of what, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from django.utils import translation
from django.utils.formats import time_format

from programs.models import Language


@dataclass(frozen=True)
class Said:
    """What follows the number: for one, and for more."""

    one: str
    more: str


def _same(words: str) -> Said:
    return Said(words, words)


# What a notice may count, in the order in which it is said: people by how their week stands, then
# messages by what became of them. Kept here and not in the message files, as the letters are.
COUNTED: dict[Language, dict[str, Said]] = {
    Language.ENGLISH: {
        "met": _same("met"),
        "on_track": _same("on track"),
        "tight": _same("on track with nothing to spare"),
        "recoverable": _same("can still be saved"),
        "unreachable": _same("out of reach"),
        "pending": _same("not yet recorded"),
        "not_met": _same("not met"),
        "exempt": _same("exempt"),
        "alerts": Said("alert open", "alerts open"),
        "failed": _same("failed"),
        "unknown": _same("may have arrived"),
        "expired": _same("too late"),
        "skipped": _same("kept back"),
    },
    Language.SPANISH: {
        "met": Said("completa", "completas"),
        "on_track": _same("en camino"),
        "tight": _same("en camino y sin margen"),
        "recoverable": Said("aún se puede salvar", "aún se pueden salvar"),
        "unreachable": _same("fuera de alcance"),
        "pending": _same("sin registrar todavía"),
        "not_met": Said("incompleta", "incompletas"),
        "exempt": Said("exenta", "exentas"),
        "alerts": Said("aviso abierto", "avisos abiertos"),
        "failed": Said("fallido", "fallidos"),
        "unknown": Said("quizá llegó", "quizá llegaron"),
        "expired": Said("llegó tarde", "llegaron tarde"),
        "skipped": Said("retenido", "retenidos"),
    },
}
# How many somebody leads today, and when the first begins.
OF_THE_DAY: dict[Language, Said] = {
    Language.ENGLISH: Said("1 session today, {at}", "{number} sessions today, the first {at}"),
    Language.SPANISH: Said("1 sesión hoy, {at}", "{number} sesiones hoy, la primera {at}"),
}
# The same in a text message: shorter, and without the signs that phones do not have.
IN_A_TEXT: dict[Language, Said] = {
    Language.ENGLISH: Said("Today: 1, {at}", "Today: {number}, the first {at}"),
    Language.SPANISH: Said("Hoy: 1, {at}", "Hoy: {number}, {at}"),
}
AT = {Language.ENGLISH: Said("at", "at"), Language.SPANISH: Said("a la", "a las")}
AN_HOUR = 60
NOTHING = {Language.ENGLISH: "nothing to count", Language.SPANISH: "nada que contar"}


def in_numbers(counts: Mapping[str, int], language: Language) -> str:
    """Return `5 met, 2 can still be saved, 1 out of reach`; what is zero is left out."""
    said = [
        f"{number} {words.one if number == 1 else words.more}"
        for name, words in COUNTED[language].items()
        if (number := counts.get(name, 0))
    ]
    return ", ".join(said) or NOTHING[language]


def day_in_numbers(counts: Mapping[str, int], language: Language, *, is_text: bool = False) -> str:
    """Return `3 sessions today, the first at 9:00 AM`; `first` is in minutes since midnight."""
    number = counts["sessions"]
    said = (IN_A_TEXT if is_text else OF_THE_DAY)[language]
    words = said.one if number == 1 else said.more
    return words.format(number=number, at=_at(counts["first"], language))


def _at(minutes: int, language: Language) -> str:
    hour, minute = divmod(minutes, AN_HOUR)
    with translation.override(language):
        clock = time_format(time(hour, minute), "TIME_FORMAT")
    before = AT[language].one if hour % 12 == 1 else AT[language].more
    return f"{before} {clock}"
