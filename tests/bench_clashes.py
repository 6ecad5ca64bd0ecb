"""The clash check of a 12-week series beside a chain's whole calendar, and how it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from django.db import connection, transaction

from accounts.models import User
from groups.models import Facilitation, GroupSession, TherapyGroup
from groups.schedule.edit import SlotWish
from groups.schedule.planning import plan_slot_change
from groups.schedule.preview import preview_of
from programs.models import Program, Room
from tests import build
from tests.build import NOW

# Sessions a week in the whole clinic.
SIZES = (70, 700, 7_000)
WEEKS = 12
A_WEEK = 14
PEOPLE = 12
# How many of the groups have people in them; the others only fill rooms and days.
PEOPLED = 20
FIRST_ON = date(2026, 11, 30)
Median = Callable[[Callable[[], object]], float]


def bench_clashes(median: Median) -> None:
    """Print one line per size of calendar, then the growth from the smallest to the largest."""
    print(f"\n{'sessions a week':>15}  {'preview':>9}  {'plain read':>10}  {'ratio':>6}")
    first = last = 0.0
    for size in SIZES:
        with transaction.atomic():
            last = _one_size(size, median)
            transaction.set_rollback(True)
        first = first or last
    print(
        f"From {SIZES[0]} to {SIZES[-1]} sessions a week ({SIZES[-1] // SIZES[0]} times as many)"
        f" the preview of a {WEEKS}-week series takes {last / first:.1f} times as long."
    )


def _one_size(size: int, median: Median) -> float:
    program = build.a_program()
    build.a_rule(program)
    groups = _calendar(program, size)
    slot = build.a_pattern(groups[0], "09:00", "11:00", first_on=FIRST_ON)
    own = GroupSession.objects.filter(group=groups[0], starts_at__hour=15).order_by("held_on")
    mondays = [each for each in own if each.held_on.weekday() == 0]
    for session in mondays:
        session.pattern, session.slot_on = slot, session.held_on
    GroupSession.objects.bulk_update(mondays, ["pattern", "slot_on"])
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE")
        cursor.execute("SET ROLE iop_app")
    room = Room.objects.filter(site=program.site).order_by("pk")[0]
    leaders = tuple(mondays[0].facilitations.values_list("user", flat=True))
    wish = SlotWish(1, time(9, 30), time(11), FIRST_ON, room=room.pk, leaders=leaders)

    def preview() -> object:
        edit = plan_slot_change(pattern=slot, wish=wish, from_on=FIRST_ON, now=NOW)
        return preview_of(edit)

    assert preview_of(plan_slot_change(pattern=slot, wish=wish, from_on=FIRST_ON, now=NOW)).hard
    takes = median(preview)
    plain = GroupSession.objects.filter(room=room, held_on__gte=FIRST_ON)
    reads = median(lambda: list(plain.values_list("starts_at", "ends_at")))
    print(f"{size:>15}  {takes * 1000:>6.1f} ms  {reads * 1000:>7.1f} ms  {takes / reads:>6.1f}")
    return takes


def _calendar(program: Program, size: int) -> list[TherapyGroup]:
    """Fill twelve weeks with groups of 14 sessions a week, each in its own room."""
    groups, sessions, leading = [], [], []
    for number in range(size // A_WEEK):
        group, room = build.a_group(program), build.a_room(program.site)
        user = User.objects.create(email=f"leader{number}@clinic.example")
        groups.append(group)
        for _ in range(PEOPLE if number < PEOPLED else 0):
            build.a_membership(group, build.an_enrollment(program))
        sessions += [_session(group, room, *each) for each in _times()]
        leading += [(user, session) for session in sessions[-2 * 7 * WEEKS :]]
    GroupSession.objects.bulk_create(sessions, batch_size=5_000)
    Facilitation.objects.bulk_create(
        [Facilitation(session=session, user=user) for user, session in leading], batch_size=5_000
    )
    return groups


def _times() -> Iterator[tuple[date, str, str]]:
    for day in range(7 * WEEKS):
        yield FIRST_ON + timedelta(days=day), "09:00", "11:00"
        yield FIRST_ON + timedelta(days=day), "13:00", "15:00"


def _session(group: TherapyGroup, room: Room, day: date, starts: str, ends: str) -> GroupSession:
    return GroupSession(
        group=group,
        held_on=day,
        starts_at=build.moment(day, starts),
        ends_at=build.moment(day, ends),
        room=room,
    )
