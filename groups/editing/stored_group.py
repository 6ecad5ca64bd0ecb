"""A group put into the database: to stay, or to try a plan on and be taken out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from groups.editing.group_facts import GroupFacts
from groups.enrolling.choices import places_of
from groups.joining.seats import busiest
from groups.models import ClashKind, TherapyGroup
from groups.schedule.clashes import Clash
from groups.schedule.edit import CannotSchedule
from groups.schedule.proposal import Proposal
from programs.models import Program
from programs.weeks import instant


def save_group(group: TherapyGroup, *, update_fields: Sequence[str] | None = None) -> None:
    """Save what the database would take. Raises CannotSchedule with words by field."""
    try:
        group.full_clean()
        with transaction.atomic():
            group.save(update_fields=update_fields)
    except ValidationError as refused:
        raise CannotSchedule(refused.message_dict) from refused
    except IntegrityError as refused:
        # Somebody else was quicker with the same name.
        words = _("Another group of the clinic has this name")
        raise CannotSchedule({"name": [words]}) from refused


@contextmanager
def tried(facts: GroupFacts, program: Program) -> Iterator[TherapyGroup]:
    """Have such a group while the block runs, for it to be planned with; then it never was."""
    with transaction.atomic():
        group = TherapyGroup(program=program)
        facts.put_on(group)
        save_group(group)
        yield group
        transaction.set_rollback(True)


def over_capacity(group: TherapyGroup, *, today: date) -> list[Clash]:
    """Return that more people are, or will be, in the group than it has seats; else nothing."""
    places = places_of([group.pk], since=today)[group.pk]
    taken, busiest_on = busiest(places, first_on=today, last_on=None)
    if taken <= group.capacity:
        return []
    midnight = instant(busiest_on, time(), group.program.zone)
    the_whole_day = Proposal(None, group.pk, busiest_on, midnight, midnight)
    numbers: dict[str, int | str] = {"expected": taken, "capacity": group.capacity}
    return [Clash(ClashKind.GROUP_CAPACITY, busiest_on, the_whole_day, numbers=numbers)]
