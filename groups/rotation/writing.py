"""Writes what sessions are planned to teach. Checks nothing; what was taught is left alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from groups.models import GroupSession, SessionLesson
from groups.rotation.flow import Flow, Key
from groups.rotation.plan import GroupPlan

# What a session teaches, in order, and whether by hand.
Wanted = Sequence[tuple[Key, bool]]


def write_flow(plan: GroupPlan, flowing: Flow) -> int:
    """Write the flow of the plan; return how many sessions teach something else than before."""
    return write(_wanted(plan, flowing))


def _wanted(plan: GroupPlan, flowing: Flow) -> dict[Key, Wanted]:
    """Return what each session is to hold; a cancelled one keeps what was passed over with it."""
    taken = {lesson for lessons in flowing.carried.values() for lesson in lessons}
    wanted: dict[Key, Wanted] = {}
    for slot in plan.slots:
        lost = [] if taken.issuperset(slot.fixed) else slot.fixed
        passed = flowing.passed.get(slot.session, lost)
        teaches = passed if slot.is_cancelled else flowing.teaches[slot.session]
        by_hand = {*slot.fixed, *flowing.carried.get(slot.session, ())}
        wanted[slot.session] = [(lesson, lesson in by_hand) for lesson in teaches]
    return wanted


def write(wanted: Mapping[Key, Wanted]) -> int:
    """Let the sessions (keys) plan exactly these; return how many teach something else now."""
    keys = sorted(wanted)
    list(GroupSession.objects.filter(pk__in=keys).select_for_update().order_by("pk"))
    rows: dict[Key, list[SessionLesson]] = {key: [] for key in keys}
    planned = SessionLesson.objects.planned().filter(session__in=keys)
    for row in planned.order_by("position", "pk"):
        rows[row.session_id].append(row)
    changed = [key for key in keys if _held(rows[key]) != list(wanted[key])]
    others = [key for key in changed if {e for e, _ in wanted[key]} != _lessons(rows[key])]
    SessionLesson.objects.planned().filter(session__in=changed).delete()
    SessionLesson.objects.bulk_create(
        SessionLesson(session_id=key, lesson_id=lesson, position=position, is_fixed=is_fixed)
        for key in changed
        for position, (lesson, is_fixed) in enumerate(wanted[key])
    )
    return len(others)


def _held(rows: Sequence[SessionLesson]) -> list[tuple[Key, bool]]:
    return [(row.lesson_id, row.is_fixed) for row in rows]


def _lessons(rows: Sequence[SessionLesson]) -> Collection[Key]:
    return {row.lesson_id for row in rows}
