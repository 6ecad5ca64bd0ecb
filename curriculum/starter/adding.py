"""Adds lessons of ours to a program's library: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from curriculum.files.actions import import_library
from curriculum.files.planning import Plan
from curriculum.files.stored import lessons_of
from curriculum.library.holding import hold_library
from curriculum.starter.choosing import chosen
from curriculum.starter.shelf import Starter
from programs.models import Program


@transaction.atomic
def add_starters(
    *,
    program: Program,
    starters: Sequence[Starter],
    seen: str = "",
    now: datetime,
    by: User | None,
) -> Plan:
    """Add the lessons that the program does not have, published, with their handouts.

    `seen`: the mark of what somebody looked at. Raises CannotImport where it is another by now.
    """
    hold_library(program.pk)
    found = chosen(starters, lessons_of(program))
    return import_library(
        program=program,
        entries=found.plan.new,
        seen=seen,
        pages=found.pages,
        verb="curriculum.started",
        now=now,
        by=by,
    )
