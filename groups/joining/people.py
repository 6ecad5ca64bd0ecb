"""Who can be chosen for a group: people enrolled in its program, by the names of rosters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from groups.models import TherapyGroup, WaitingPlace
from groups.wording import short_day
from programs.models import Enrollment
from programs.names import roster_names


@dataclass(frozen=True)
class People:
    """Everybody who is enrolled in the program or will be, and which of them are offered.

    Both go by the public id of the enrollment. Those who are not offered are understood all the
    same: a form may be sent twice.
    """

    enrolled: Mapping[str, Enrollment]
    offered: tuple[tuple[str, str], ...]


def people_to_join(group: TherapyGroup, *, today: date) -> People:
    """Return the people, those offered who are not in the group for good already."""
    for_good = group.memberships.filter(last_on=None).values_list("enrollment", flat=True)
    ending = group.memberships.lasting(today).values_list("enrollment", "last_on")
    ends = {enrollment: last_on for enrollment, last_on in ending if last_on}
    return _people(group, set(for_good), ends, today)


def people_to_wait(group: TherapyGroup, *, today: date) -> People:
    """Return the people, those offered who neither are in the group nor wait for it."""
    inside = group.memberships.lasting(today)
    waiting = WaitingPlace.objects.waiting().filter(group=group)
    there = {key for rows in (inside, waiting) for key in rows.values_list("enrollment", flat=True)}
    return _people(group, there, {}, today)


def _people(
    group: TherapyGroup, there: set[int], ending: Mapping[int, date], today: date
) -> People:
    enrolled = list(
        Enrollment.objects.filter(program=group.program)
        .begun()
        .filter(Q(discharged_on=None) | Q(discharged_on__gte=today))
        .select_related("participant", "program__site")
    )
    names = roster_names([each.participant for each in enrolled])
    offered = [
        (names[each.participant.chart_number], _remark(each, ending.get(each.pk), today), each)
        for each in enrolled
        if each.pk not in there
    ]
    return People(
        enrolled={str(each.public_id): each for each in enrolled},
        offered=tuple(
            (str(each.public_id), f"{name} ({remark})" if remark else name)
            for name, remark, each in sorted(offered, key=lambda one: one[0].casefold())
        ),
    )


def _remark(enrollment: Enrollment, ends_on: date | None, today: date) -> str:
    """Return what to know before choosing: still in the group, enrolled later, discharged soon."""
    if ends_on is not None:
        return _("in the group until %(day)s") % {"day": short_day(ends_on)}
    if enrollment.admitted_on > today:
        return _("enrolled from %(day)s") % {"day": short_day(enrollment.admitted_on)}
    if enrollment.discharged_on is not None:
        return _("enrolled until %(day)s") % {"day": short_day(enrollment.discharged_on)}
    return ""
