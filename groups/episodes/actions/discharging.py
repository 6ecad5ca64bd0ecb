"""Somebody leaves the program: the last day, why, where to, and who calls them afterwards.

All that hangs on the episode ends in the same transaction. Past rosters stay, future ones change.
The seats that come free go to the waiting list once it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction

from accounts.audit import write_audit
from accounts.models import User
from groups.episodes.ending import Ended, end_leaves, end_places
from groups.episodes.follow_up_dates import follow_up_dates
from groups.episodes.locking import in_words, lock_episode, refuse
from groups.episodes.refusals import (
    A_DAY,
    NO_DESTINATION,
    cannot_end,
    cannot_go_on_to,
    episode_after,
    today_of,
)
from groups.episodes.steps import Made, standing_on, write_step
from groups.joining.actions.waiting import promote_all
from groups.models import TherapyGroup
from programs.models import Enrollment, FollowUp, Standing


@dataclass(frozen=True)
class Leaving:
    """How an episode ends: the last day, why, where to, and a word about it."""

    last_on: date
    reason: str
    destination: str
    note: str = ""
    # Whether they go on to another program here: nobody calls them, and a leave goes on.
    goes_on: bool = False

    @property
    def is_followed_up(self) -> bool:
        """Whether somebody calls them afterwards."""
        return not self.goes_on and self.reason not in NO_DESTINATION


def discharge(
    *,
    enrollment: Enrollment,
    last_on: date,
    reason: str,
    destination: str,
    note: str = "",
    now: datetime,
    by: User | None,
) -> Enrollment:
    """Let the date be the last day of the episode; it may be planned, or just past.

    Sent twice, it is done once. Raises CannotSchedule with words by field.
    """
    with in_words(), transaction.atomic():
        row, groups = lock_episode(enrollment)
        destination = "" if reason in NO_DESTINATION else destination
        if (row.discharged_on, row.discharge_reason) == (last_on, reason):
            return row
        refuse(cannot_end(row, last_on, now) or cannot_go_on_to(reason, destination))
        leaving = Leaving(last_on, reason, destination, note)
        end_episode(enrollment=row, leaving=leaving, groups=groups, now=now, by=by)
        return row


def end_episode(
    *,
    enrollment: Enrollment,
    leaving: Leaving,
    groups: dict[int, TherapyGroup],
    now: datetime,
    by: User | None,
) -> None:
    """Write the end of an episode that is locked, with its `groups`, and that may end so."""
    with transaction.atomic():
        made = Made(now, today_of(enrollment, now), by)
        effect_on = leaving.last_on + A_DAY
        came_from = standing_on(enrollment, effect_on)
        ended = _end_all(enrollment, leaving, now)
        write_step(
            enrollment,
            came_from=came_from,
            to=Standing.DISCHARGED,
            takes_effect_on=effect_on,
            made=made,
            reason=leaving.note,
            detail=ended.detail,
        )
        _audit(enrollment, ended, by)
        freed = ended.freed(groups)
        transaction.on_commit(partial(promote_all, groups=freed, now=now, by=by))


def _end_all(enrollment: Enrollment, leaving: Leaving, now: datetime) -> Ended:
    ended = end_places(enrollment, leaving.last_on, now)
    if not leaving.goes_on and episode_after(enrollment) is None:
        ended.detail["leaves"] = end_leaves(enrollment, leaving.last_on)
    enrollment.discharged_on = leaving.last_on
    enrollment.discharge_reason = leaving.reason
    enrollment.destination = leaving.destination
    enrollment.save(update_fields=["discharged_on", "discharge_reason", "destination"])
    if leaving.is_followed_up:
        FollowUp.objects.bulk_create(
            FollowUp(enrollment=enrollment, days=days, due_on=due_on)
            for days, due_on in follow_up_dates(leaving.last_on)
        )
    return ended


def _audit(enrollment: Enrollment, ended: Ended, by: User | None) -> None:
    write_audit(
        "enrollment.discharged",
        by=by,
        subject=enrollment,
        participant_id=enrollment.participant.public_id,
        program_id=enrollment.program.public_id,
        last_on=enrollment.discharged_on.isoformat() if enrollment.discharged_on else None,
        reason=enrollment.discharge_reason,
        **ended.counts,
    )
