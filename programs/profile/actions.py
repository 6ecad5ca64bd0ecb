"""What changes about who a participant is, and how they are reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.keeping import NotKept
from accounts.models import User
from programs.models import Participant, Program

FACTS = (
    *("first_name", "last_name", "preferred_name", "pronouns", "birth_date", "chart_number"),
    *("phone", "other_phone", "email", "language", "timezone"),
    *("emergency_name", "emergency_relationship", "emergency_phone", "safe_contact"),
)


def change_profile(
    *,
    person: Participant,
    facts: Mapping[str, object],
    today: date,
    program: Program,
    by: User | None,
) -> list[str]:
    """Write those of the facts that differ, and return their names; `program` is where it is done.

    The trail names the fields and never what stands in them. Raises NotKept.
    """
    try:
        with transaction.atomic():
            return _change(person, facts, today, program, by)
    except IntegrityError as refused:
        if "chart_number" not in str(refused):
            raise
        # Somebody else took the number between our question and our answer.
        raise NotKept({"chart_number": [_taken(str(facts.get("chart_number", "")))]}) from refused
    except DataError as refused:
        # A name that Python knows and PostgreSQL does not.
        raise NotKept({"timezone": [_("The database knows no such time zone.")]}) from refused


def _change(
    person: Participant,
    facts: Mapping[str, object],
    today: date,
    program: Program,
    by: User | None,
) -> list[str]:
    stored = Participant.objects.select_for_update(no_key=True).get(pk=person.pk)
    changed = [name for name in FACTS if name in facts and getattr(stored, name) != facts[name]]
    if not changed:
        return []
    for name in changed:
        setattr(stored, name, facts[name])
    _refuse(stored, today)
    stored.save(update_fields=changed)
    write_audit(
        "participant.changed",
        by=by,
        subject=stored,
        participant_id=stored.public_id,
        program_id=program.public_id,
        fields=changed,
    )
    return changed


def _refuse(stored: Participant, today: date) -> None:
    """Raise NotKept with all that is wrong, by field."""
    words: dict[str, list[str]] = {}
    if stored.birth_date and stored.birth_date > today:
        words["birth_date"] = [
            _("A birth date lies in the past. Enter the day on which they were born.")
        ]
    others = Participant.objects.exclude(pk=stored.pk)
    if others.filter(chart_number=stored.chart_number).exists():
        words["chart_number"] = [_taken(stored.chart_number)]
    try:
        stored.full_clean(validate_unique=False)
    except ValidationError as refused:
        whole = refused.message_dict
        words = {**whole, NON_FIELD_ERRORS: whole.get(NON_FIELD_ERRORS, []), **words}
    if any(words.values()):
        raise NotKept({field: said for field, said in words.items() if said})


def _taken(number: str) -> str:
    return _(
        "The chart number %(number)s is taken by another record. Enter one that nobody has."
    ) % {"number": number}
