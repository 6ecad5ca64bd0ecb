"""What changes rarely, read once for a sweep: programs and their rules, their words, the names.

Of a sweep, which lasts less than a minute, all messages are written by the same words and rules.
Who is expected and who has agreed is none of it: that is read for each message.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from programs.models import Clinic, Program, Site
from reminders.models import MessageTemplate, ReminderRule
from reminders.wording.guard import names_at

Fact = TypeVar("Fact")


class Standing:
    """Each fact is read when it is first asked for."""

    def __init__(self) -> None:
        self._rules: dict[int, ReminderRule] = {}
        self._names: dict[int, frozenset[str]] = {}
        self._templates: dict[tuple[int, str, str, str], MessageTemplate | None] = {}

    def program(self, key: int) -> Program:
        """Return the program with its site."""
        return self._programs[key]

    def rule(self, key: int) -> ReminderRule:
        """Return the program's reminder rule."""
        if key not in self._rules:
            self._rules |= ReminderRule.objects.by_program(self._programs.values())
        return self._rules[key]

    def names(self, site: Site) -> frozenset[str]:
        """Return the names that no message from the site may say."""
        return _kept(self._names, site.pk, lambda: names_at(site))

    def template(self, key: int, kind: str, channel: str, language: str) -> MessageTemplate | None:
        """Return the program's own words, None where it has none."""
        return _kept(
            self._templates,
            (key, kind, channel, language),
            lambda: MessageTemplate.objects.filter(
                program=key, kind=kind, channel=channel, language=language
            ).first(),
        )

    @cached_property
    def clinic_name(self) -> str:
        """What the clinic is called."""
        clinic = Clinic.objects.first()
        return clinic.name if clinic else ""

    @cached_property
    def _programs(self) -> dict[int, Program]:
        return {each.pk: each for each in Program.objects.select_related("site")}


def _kept(facts: dict[Any, Fact], key: Any, read: Callable[[], Fact]) -> Fact:
    if key not in facts:
        facts[key] = read()
    return facts[key]
