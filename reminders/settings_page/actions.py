"""What changes about a program's reminders: its rule, and its own words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import NotKept, keep
from accounts.models import User
from groups.clinic_settings.beginning import one_at_a_time
from programs.models import Program
from reminders.models import MessageTemplate, ReminderRule
from reminders.settings_page.checking import look_over
from reminders.settings_page.message import Message, stored_words
from reminders.wording.usual import Words

SETTLED = (
    "evening_at",
    "minutes_before",
    "weekly_on",
    "weekly_at",
    "quiet_from",
    "quiet_until",
    "most_a_day",
    "most_a_week",
)


@transaction.atomic
def change_reminder_rule(*, program: Program, wanted: ReminderRule, by: User | None) -> None:
    """Make the program's rule say what `wanted` says; writes nothing where it does. Raises NotKept.

    What is planned already follows with the next sweep.
    """
    one_at_a_time(program)
    stored = ReminderRule.objects.by_program([program])[program.pk]
    changed = [name for name in SETTLED if getattr(stored, name) != getattr(wanted, name)]
    if not changed:
        return
    for name in changed:
        setattr(stored, name, getattr(wanted, name))
    _check(stored)
    stored.save()
    write_audit(
        "reminder_rule.changed",
        by=by,
        subject=stored,
        program_id=program.public_id,
        fields=changed,
    )


@transaction.atomic
def keep_words(*, message: Message, words: Words, by: User | None) -> None:
    """Let the program say this in its own words, once they are looked over. Raises NotKept."""
    look_over(message, words)
    one_at_a_time(message.program)
    stored = stored_words(message) or MessageTemplate(
        program=message.program,
        kind=message.kind,
        channel=message.channel,
        language=message.language,
        is_own=False,
    )
    if stored.is_own and Words(stored.body, stored.subject) == words:
        return
    stored.body, stored.subject, stored.is_own = words.body, words.subject, True
    keep(stored, otherwise="body")
    _audit("message_words.changed", stored, by)


@transaction.atomic
def use_usual_words(*, message: Message, by: User | None) -> None:
    """Let the usual words hold again; the program's own stay on record, unused."""
    one_at_a_time(message.program)
    stored = stored_words(message)
    if stored is None or not stored.is_own:
        return
    stored.is_own = False
    stored.save(update_fields=["is_own"])
    _audit("message_words.usual", stored, by)


def _check(rule: ReminderRule) -> None:
    """Let the rule be what the database would take. Raises NotKept."""
    # No day for the week ahead is a choice, which the field takes for an empty box.
    unset = ["weekly_on"] if rule.weekly_on is None else []
    try:
        rule.full_clean(exclude=unset)
    except ValidationError as refused:
        raise NotKept(refused.message_dict) from refused


def _audit(verb: str, stored: MessageTemplate, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=stored,
        program_id=stored.program.public_id,
        kind=stored.kind,
        channel=stored.channel,
        language=stored.language,
    )
