"""Puts a file's lessons, or ours, into a program's library: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import write_audit
from accounts.models import User
from curriculum.files.entry import Entry, Key, Page
from curriculum.files.planning import Plan, circle_in, plan_entries
from curriculum.files.stored import lessons_of
from curriculum.files.writing import By, write_plan
from curriculum.library.holding import hold_library
from programs.models import Program


class CannotImport(Exception):
    """The entries were not put in, and nothing was changed; the text says why."""


@transaction.atomic
def import_library(
    *,
    program: Program,
    entries: Sequence[Entry],
    seen: str = "",
    note: str = "",
    pages: Mapping[Key, Page] | None = None,
    verb: str = "curriculum.imported",
    now: datetime,
    by: User | None,
) -> Plan:
    """Add and change the lessons; return what was done. What is the same is left alone.

    `seen`: the mark of the plan that somebody looked at; where it is another one by now, nothing
    is written. `note` says what is new in new versions; `pages` are handouts of new lessons.
    Raises CannotImport.
    """
    hold_library(program.pk)
    stored = lessons_of(program)
    plan = plan_entries(entries, stored)
    if seen and seen != plan.mark:
        raise CannotImport(_("The library was changed meanwhile. Look at the preview again."))
    needs = {key: each.entry.prerequisites for key, each in stored.items()}
    if circle := circle_in(needs | {entry.key: entry.prerequisites for entry in entries}):
        way = " → ".join(f"“{key[2]}”" for key in circle)
        raise CannotImport(_("Lessons would need each other in a circle: %(way)s") % {"way": way})
    if plan.has_changes:
        write_plan(program, plan, stored, By(by, now, note, pages or {}))
        _audit(verb, program, plan, by)
    return plan


def _audit(verb: str, program: Program, plan: Plan, by: User | None) -> None:
    write_audit(
        verb,
        by=by,
        subject=program,
        program_id=program.public_id,
        added=len(plan.new),
        changed=len(plan.changed),
        versions=plan.versions,
    )
