"""Locks an episode to the end of the transaction: the calendar, its groups in order, its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS

from accounts.keeping import NotKept
from groups.joining.locking import in_words as joining_in_words
from groups.joining.locking import lock_groups
from groups.models import TherapyGroup
from groups.schedule.edit import CannotSchedule
from groups.schedule.lock import schedule_lock
from programs.models import Enrollment, Participant


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the database refuses, or would refuse, into CannotSchedule."""
    try:
        with joining_in_words():
            yield
    except NotKept as refused:
        words = {field: [*map(str, said)] for field, said in refused.words.items()}
        raise CannotSchedule(words) from refused


def lock_episode(
    enrollment: Enrollment, groups: Iterable[TherapyGroup] = ()
) -> tuple[Enrollment, dict[int, TherapyGroup]]:
    """Return the enrollment as it is now, and by key the groups it and `groups` are about.

    The schedule lock comes first, so that nobody moves the person to a further group meanwhile.
    """
    schedule_lock()
    keys = {group.pk for group in groups}
    keys |= set(enrollment.memberships.values_list("group", flat=True))
    keys |= set(enrollment.waiting.values_list("group", flat=True))
    locked = lock_groups(*TherapyGroup.objects.filter(pk__in=keys).order_by("pk"))
    # Who merges the person's records, and so decides by the dates, waits as well.
    Participant.objects.select_for_update(no_key=True).get(pk=enrollment.participant_id)
    rows = Enrollment.objects.select_for_update(of=("self",))
    found = rows.select_related("participant__merged_into", "program__site").get(pk=enrollment.pk)
    return found, {group.pk: group for group in locked}


def refuse(words: dict[str, list[str]]) -> None:
    """Raise the words where there are some."""
    if words:
        raise CannotSchedule(words)


def say(words: str, field: str = NON_FIELD_ERRORS) -> dict[str, list[str]]:
    """Return words at one field, or about the whole."""
    return {field: [words]}
