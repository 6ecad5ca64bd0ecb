"""Makes up a clinic of ten sites with so many people who use it, and so many weeks behind it.

In a process of its own (`python -m tests.bench_load_seed USERS WEEKS`), on the bench's database.
Every user directs a program and leads a session of their own that is going on, with people whom
nobody else marks. Prints what their
browsers know, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, time, timedelta
from typing import Any

SITES, PEOPLE = 10, 4


def main(users: int, weeks: int) -> None:
    """Fill the database named by DATABASE_URL."""
    import django

    django.setup()
    from iop.scale.actions import seed_clinic
    from iop.scale.size import Size
    from programs.models import Clinic, Program

    now = datetime.now(UTC)
    size = Size(today=now.date(), sites=SITES, weeks=weeks)
    seed_clinic(size=size, password="!", say=lambda line: None, by=None)
    # Only a demo is served without https.
    Clinic.objects.update(is_demo=True)
    programs = list(Program.objects.select_related("site").order_by("pk"))
    known = [a_user(programs[number % len(programs)], now) for number in range(users)]
    print(json.dumps(known))


def a_user(program: Any, now: datetime) -> dict[str, Any]:
    """Return what the browser of a new colleague of the program knows."""
    from django.conf import settings
    from django.test import Client

    from groups.models import GroupSession
    from programs.models import Role
    from tests import build
    from tests.attendance.sheet import a_member

    user = build.a_colleague(program, Role.DIRECTOR)
    starts_at, ends_at = around(now, program.zone)
    session = GroupSession.objects.create(
        group=build.a_group(program),
        held_on=starts_at.astimezone(program.zone).date(),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    build.a_facilitation(session, user)
    client = Client()
    client.force_login(user)
    return {
        "program": str(program.public_id),
        "session": str(session.public_id),
        "began": int(starts_at.timestamp()) // 60,
        "people": [str(a_member(session).public_id) for _ in range(PEOPLE)],
        "cookie": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }


def around(now: datetime, zone: Any) -> tuple[datetime, datetime]:
    """Return the hour before now and five more, as far as they lie on the same date there."""
    here = now.astimezone(zone).replace(second=0, microsecond=0)
    midnight = datetime.combine(here.date(), time(), zone)
    start = max(here - timedelta(hours=1), midnight)
    end = min(start + timedelta(hours=6), midnight + timedelta(hours=23, minutes=59))
    return start.astimezone(UTC), end.astimezone(UTC)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")
    main(int(sys.argv[1]), int(sys.argv[2]))
