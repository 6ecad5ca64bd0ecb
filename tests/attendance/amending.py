"""Short calls for the tests of amendments: a signed session, local times, one amendment."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from accounts.models import User
from attendance.amending.actions import amend_record
from attendance.models import Amendment
from attendance.sheet.states import State, present
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.attendance.sheet import a_member
from tests.build import CHICAGO, MONDAY, NOW, moment

WHY = "Marked in the wrong row."


def there(
    *stretches: str, day: date = MONDAY, zone: ZoneInfo = CHICAGO, is_by_video: bool = False
) -> State:
    """Return presence such as "09:00-12:00", in local times of the session's date."""
    stays = []
    for stretch in stretches:
        came, left = stretch.split("-")
        stays.append((moment(day, came, zone), moment(day, left, zone) if left else None))
    return present(*stays, is_by_video=is_by_video)


def a_signed_session(
    *stretches: str, absence: str = "", **fields: Any
) -> tuple[GroupSession, Participant]:
    """A signed session with one member on record: all of nine to twelve unless said otherwise."""
    session = build.a_session(**fields)
    person = a_member(session)
    stays = () if absence else stretches or ("09:00-12:00",)
    build.a_record(session, person, *stays, absence=absence)
    build.a_sign_off(session)
    return session, person


def amend(
    session: GroupSession, person: Participant, target: State, by: User | None = None, **given: Any
) -> Amendment:
    """Amend, and have the database look at once at what it otherwise looks at at the commit."""
    given = {"reason": WHY, "now": NOW, **given}
    made = amend_record(
        session=GroupSession.objects.filter(pk=session.pk),
        participant=person,
        target=target,
        by=by or build.a_user(),
        **given,
    )
    connection.check_constraints()
    return made
