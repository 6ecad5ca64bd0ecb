"""When what a feed says of a slot, or of a single session, was last changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max
from django.db.models.functions import Greatest

from groups.feeds.series import Agenda, Series
from groups.models import GroupSession, ScheduleChange

# Before any session was kept here.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

Moments = Mapping[int, datetime]


@dataclass(frozen=True)
class Revised:
    """The last change of each slot, session and program's calendar, by their numbers.

    That somebody else leads a session now is no change of its row: it is one of the calendar.
    """

    patterns: Moments
    sessions: Moments
    programs: Moments

    def of_series(self, series: Series) -> datetime:
        """Return when any session of the slot was last changed, told of or not."""
        return max(
            self.patterns.get(series.pattern.pk, LONG_AGO),
            self.programs.get(series.program.pk, LONG_AGO),
        )

    def of(self, session: GroupSession) -> datetime:
        """Return when a session that stands alone was last changed."""
        return max(
            self.sessions.get(session.pk, LONG_AGO),
            self.programs.get(session.group.program_id, LONG_AGO),
        )


def revised(agenda: Agenda) -> Revised:
    """Read it for all of the agenda, in three queries at most."""
    programs = {each.program.pk for each in agenda.series}
    programs |= {each.group.program_id for each in agenda.alone}
    changes = ScheduleChange.objects.order_by().filter(program__in=programs)
    last = Max(Greatest("made_at", "undone_at"))
    return Revised(
        patterns=_last_in_history("pattern", [each.pattern.pk for each in agenda.series]),
        sessions=_last_in_history("pgh_obj", [each.pk for each in agenda.alone]),
        programs=dict(changes.values_list("program").annotate(last=last)),
    )


def _last_in_history(field: str, keys: Collection[int]) -> Moments:
    history = GroupSession.pgh_event_model.objects.order_by()  # type: ignore[attr-defined]
    found = history.filter(**{f"{field}__in": keys}).values_list(field)
    return dict(found.annotate(last=Max("pgh_created_at")))
