"""How the week's numbers are said in a notice: how many of what, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programs.models import Language


@dataclass(frozen=True)
class Said:
    """What follows the number: for one, and for more."""

    one: str
    more: str


def _same(words: str) -> Said:
    return Said(words, words)


# What a digest may count, in the order in which it is said. Kept here and not in the message
# files, as the letters are.
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
    },
}
NOTHING = {Language.ENGLISH: "nothing to count", Language.SPANISH: "nada que contar"}


def in_numbers(counts: Mapping[str, int], language: Language) -> str:
    """Return `5 met, 2 can still be saved, 1 out of reach`; what is zero is left out."""
    said = [
        f"{number} {words.one if number == 1 else words.more}"
        for name, words in COUNTED[language].items()
        if (number := counts.get(name, 0))
    ]
    return ", ".join(said) or NOTHING[language]
