"""What is wrong with a program's own words, said so that it can be put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from programs.models import Participant, Program
from reminders.settings_page.message import Message
from reminders.wording.filling import Placeholder, may_say, missing_in, replaced, unknown_in
from reminders.wording.guard import names_at, refused_words, squeezed_names
from reminders.wording.usual import Words

Wrong = dict[str, list[str]]


def look_over(message: Message, words: Words) -> None:
    """Let words pass that are whole and say nothing. Raises NotKept, in words by field."""
    wrong: Wrong = defaultdict(list)
    names = _names(message.program)
    _look_at("body", words.body, may_say(message.kind), names, wrong)
    if not message.is_text:
        allowed = may_say(message.kind, in_subject=True)
        _look_at("subject", words.subject, allowed, names, wrong)
    if missing := missing_in(words.body, message.kind):
        said = _("The text needs %(placeholders)s, in braces.")
        wrong["body"].append(said % {"placeholders": _listed(missing)})
    if wrong:
        raise NotKept(wrong)


def _look_at(
    field: str,
    text: str,
    allowed: Collection[Placeholder],
    names: Collection[str],
    wrong: Wrong,
) -> None:
    if unknown := unknown_in(text, allowed):
        said = _("%(unknown)s cannot be filled in here. What can be is %(placeholders)s.")
        wrong[field].append(
            said % {"unknown": ", ".join(unknown), "placeholders": _listed(allowed)}
        )
    if found := refused_words(replaced(text, dict.fromkeys(Placeholder, "-")), names):
        said = _("This says too much to whoever reads along: %(words)s. Say it without.")
        wrong[field].append(said % {"words": ", ".join(f"“{each}”" for each in found)})


def _listed(placeholders: Collection[Placeholder]) -> str:
    return ", ".join(f"{{{each}}}" for each in placeholders)


def _names(program: Program) -> frozenset[str]:
    """Return the names of the site, and the full names of whoever is or was in the program."""
    people = Participant.objects.filter(enrollments__program=program).distinct()
    named = people.values_list("first_name", "preferred_name", "last_name")
    full = (
        f"{each} {last}" for first, preferred, last in named for each in (first, preferred) if each
    )
    return names_at(program.site) | squeezed_names(full)
