"""Which directors are told that a record was opened, or a file left, in an emergency."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from accounts.models import User
from programs.models import Disclosure, EmergencyAccess, Role, StaffAssignment
from reminders.models import NoticeKind, StaffNotice
from reminders.notices.telling import tell


def tell_directors(access: EmergencyAccess, *, now: datetime) -> int:
    """Plan a notice to each of the record's program, due now, and return how many.

    Of a record of another program the directors of whoever opened it are told too.
    """
    own = StaffAssignment.objects.current().filter(user=access.user_id)
    programs = sorted(set(own.values_list("program", flat=True)))
    also = [] if access.program_id in programs else programs
    told = _directors([access.program_id, *also], but=access.user)
    return _tell(access.public_id, told, now)


def tell_of_disclosure(disclosure: Disclosure, now: datetime) -> int:
    """Plan a notice to each of the program's, due now, and return how many."""
    told = _directors([disclosure.program_id], but=disclosure.by)
    return _tell(disclosure.public_id, told, now)


def _directors(programs: Sequence[int], *, but: User) -> dict[int, int]:
    """Return the directors, each with the first of the programs they direct.

    Left out is who did it, and knows.
    """
    working = StaffAssignment.objects.current().filter(
        program__in=programs, role=Role.DIRECTOR, user__is_active=True
    )
    pairs = working.exclude(user=but).values_list("user", "program")
    latest_first = sorted(pairs, key=lambda pair: programs.index(pair[1]), reverse=True)
    return dict(latest_first)


def _tell(about: uuid.UUID, told: Mapping[int, int], now: datetime) -> int:
    """Plan the notices, each in the director's own program."""
    tell(
        (
            StaffNotice(
                user_id=user_id,
                program_id=program_id,
                kind=NoticeKind.OPENED,
                about=about,
                due_at=now,
            )
            for user_id, program_id in sorted(told.items())
        ),
        now=now,
    )
    return len(told)
