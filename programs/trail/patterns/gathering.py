"""Gathers what the patterns look at, for one program and period, in a few statements."""

from __future__ import annotations

from programs.models import Participant, Program, Role, StaffAssignment
from programs.trail.patterns.facts import Colleague, Facts, Line, Somebody
from programs.trail.patterns.nights import hours_around
from programs.trail.patterns.reach import own_people, session_times
from programs.trail.reading import Span, of_program, staff_of

ONLY = {Role.FACILITATOR.value}
FIELDS = ("at", "by", "verb", "participant_id", "subject_id")


def facts_of(program: Program, span: Span) -> Facts:
    """Return the facts; the same number of statements for any number of lines."""
    rows = of_program(program, span).order_by("at", "pk").values_list(*FIELDS)
    lines = [Line(*row) for row in rows.iterator(chunk_size=5000)]
    leads_only = _leads_only(program)
    opens, closes = hours_around(*session_times(program, span.since, span.until))
    return Facts(
        lines=lines,
        staff={
            key: Colleague(public_id, name, email)
            for key, public_id, name, email in staff_of([program]).values_list(
                "pk", "public_id", "name", "email"
            )
        },
        people=_people(program),
        zone=program.zone,
        opens=opens,
        closes=closes,
        leads_only=leads_only,
        own_people=own_people(program, leads_only),
    )


def _people(program: Program) -> dict:
    rows = Participant.objects.of_program(program).values_list(
        "public_id", "first_name", "last_name", "preferred_name", "email"
    )
    return {key: Somebody(*names) for key, *names in rows}


def _leads_only(program: Program) -> frozenset[int]:
    """Return who is or was a facilitator there, and nothing else: they see their own people."""
    rows = StaffAssignment.objects.filter(program=program).values_list("user", "role")
    roles: dict[int, set[str]] = {}
    for user, role in rows:
        roles.setdefault(user, set()).add(role)
    return frozenset(user for user, held in roles.items() if held <= ONLY)
