"""Which paperwork is missing for somebody on a date: what nobody signed, what nobody asked.

Telehealth is not asked for: whether somebody takes part from home is not known here. A release
belongs to whoever is to be told something, so none is ever missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from programs.models import Agreement, AgreementKind, ConsentPurpose, ContactConsent, Participant

# The last place on Earth where it is still that date: what was asked then was asked on the date.
LAST_ZONE = timezone(timedelta(hours=-12))
LAST_DAY = date.max - timedelta(days=1)


class Missing(models.TextChoices):
    """A paper that somebody in a program has, and a question that somebody there is asked."""

    PROGRAM_AGREEMENT = "program_agreement", _("Program agreement")
    REMINDERS = "reminders", _("Reminder consent not asked")
    OUTREACH = "outreach", _("Missed-session consent not asked")
    FOLLOW_UP = "follow_up", _("After-discharge consent not asked")


ASKED_FOR = {
    ConsentPurpose.REMINDERS: Missing.REMINDERS,
    ConsentPurpose.OUTREACH: Missing.OUTREACH,
    ConsentPurpose.FOLLOW_UP: Missing.FOLLOW_UP,
}


def what_is_missing(*, signed: Collection[str], asked: Collection[str]) -> tuple[Missing, ...]:
    """Return what is missing where these kinds of agreement are in force, these purposes asked.

    A purpose counts as asked by whichever channel, and also where the answer was taken back.
    """
    missing = [] if AgreementKind.PROGRAM in signed else [Missing.PROGRAM_AGREEMENT]
    return (*missing, *(word for purpose, word in ASKED_FOR.items() if purpose not in asked))


def missing_paperwork(
    participant_ids: Collection[int], day: date, *, zone: tzinfo = LAST_ZONE
) -> dict[int, tuple[Missing, ...]]:
    """Return what is missing for each of the participants on the date, by primary key.

    Three statements, however many they are. What is on record under a duplicate counts for the
    record that is kept, and the other way round. `zone` is where the day ends.
    """
    kept = _kept(participant_ids)
    in_force = Agreement.objects.in_force(day)
    given = ContactConsent.objects.filter(given_at__lt=_end_of(day, zone))
    signed = _by_person(in_force.values("kind"), kept.values())
    asked = _by_person(given.values("purpose"), kept.values())
    none: frozenset[str] = frozenset()
    return {
        each: what_is_missing(signed=signed.get(person, none), asked=asked.get(person, none))
        for each, person in kept.items()
    }


def _kept(participant_ids: Collection[int]) -> dict[int, int]:
    """Return the key of the record that is kept for each of them, itself where it is that."""
    found = Participant.objects.filter(pk__in=participant_ids)
    return dict(found.values_list("pk", Coalesce("merged_into_id", "pk")))


def _by_person(rows: QuerySet, people: Iterable[int]) -> dict[int, set[str]]:
    """Return the one value of each row, gathered by the record that is kept."""
    keys = set(people)
    theirs = Q(participant__in=keys) | Q(participant__merged_into__in=keys)
    rows = rows.annotate(person=Coalesce("participant__merged_into_id", "participant_id"))
    found: dict[int, set[str]] = {}
    for row in rows.filter(theirs).distinct():
        person = row.pop("person")
        found.setdefault(person, set()).update(row.values())
    return found


def _end_of(day: date, zone: tzinfo) -> datetime:
    """Return the instant at which the date is over; the last date there is does not end."""
    if day >= LAST_DAY:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
