"""Keeps a new episode of care: one person is in one program at a time, under all their records."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.keeping import NotKept, keep
from programs.models import Enrollment, Participant


def keep_episode(enrollment: Enrollment, *, otherwise: str) -> None:
    """Save a new episode; words of the whole go to the field `otherwise`. Raises NotKept.

    The database refuses two episodes that share a date under one record; those under the
    person's other records are looked at here, while a merge of the person waits.
    """
    locked = Participant.objects.select_for_update(no_key=True)
    if locked.get(pk=enrollment.participant_id).merged_into_id:
        # Merged between our question and our answer.
        words = _("This could not be kept. Look at the page and try again.")
        raise NotKept({otherwise: [words]})
    if _is_in_care_elsewhere(enrollment):
        words = _(
            "This participant is enrolled during these dates already. A transfer starts"
            " the day after the last day of the episode before."
        )
        raise NotKept({otherwise: [words]})
    keep(enrollment, otherwise=otherwise)


def _is_in_care_elsewhere(enrollment: Enrollment) -> bool:
    """Return whether an episode under a duplicate lasts to the first day, or begins after it."""
    lasting = Q(discharged_on=None) | Q(discharged_on__gte=enrollment.admitted_on)
    others = Enrollment.objects.begun().filter(participant__merged_into=enrollment.participant_id)
    return others.filter(lasting).exists()
