"""Takes the places in groups that come with an enrollment. It is for the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from groups.enrolling.plan import CannotEnroll
from groups.joining.actions.waiting import ask_to_wait
from groups.joining.days import changes_from
from groups.joining.places import Accepted, begin, facts_of
from groups.joining.stay import Stay, warnings
from groups.models import ClashKind, TherapyGroup
from groups.schedule.clashes import Clash
from programs.models import Enrollment


def enter_groups(
    enrollment: Enrollment,
    groups: Sequence[TherapyGroup],
    *,
    reason: str,
    now: datetime,
    by: User | None,
) -> list[str]:
    """Take a place in each group, which are locked; return the kinds of warnings overridden.

    Past rosters stay: of an admission in the past the places begin with the next roster that may
    change. Raises CannotEnroll where something warns and there is no reason.
    """
    found: list[Clash] = []
    for group in groups:
        stay = Stay(group, enrollment, max(enrollment.admitted_on, changes_from(group, now)))
        accepted = Accepted(warnings(stay, now), reason, now, by)
        place = begin(stay, accepted)
        write_audit("membership.started", by=by, overridden=accepted.kinds, **facts_of(place))
        found += accepted.clashes
    if found and not reason.strip():
        raise CannotEnroll(_full(found, groups), found)
    return sorted({str(each.kind) for each in found})


def wait_for_groups(
    enrollment: Enrollment, groups: Sequence[TherapyGroup], *, now: datetime, by: User | None
) -> None:
    """Put the person at the end of the line for each group. Raises CannotSchedule with words."""
    for group in groups:
        ask_to_wait(group=group, enrollment=enrollment, now=now, by=by)


def _full(found: Sequence[Clash], groups: Sequence[TherapyGroup]) -> dict[str, list[str]]:
    """Return the words for groups without a free seat; other warnings speak for themselves."""
    names = {group.pk: group.name for group in groups}
    full = [
        names[each.proposal.group]
        for each in found
        if each.kind == ClashKind.GROUP_CAPACITY and each.proposal
    ]
    words = _(
        "%(group)s has no free seat on these dates. Let them wait for one, choose another group,"
        " or say why one more may come in."
    )
    return {"groups": [words % {"group": name} for name in full]} if full else {}
