"""By how much sessions become longer to make up for a closed day."""

from __future__ import annotations

import pytest

from accounts.models import User
from groups.closing.closing_plan import plan_closing
from groups.closing.longer import Extension, Stretchable, extensions_of, fewest_steps
from groups.models import TherapyGroup
from groups.schedule.proposal import Proposal
from programs.models import Enrollment, Program
from tests import build
from tests.build import NOW, moment, on
from tests.groups.closing import FRIDAY, THURSDAY, TUESDAY, WEDNESDAY, a_wish

ADA, BEA = 1, 2


def stretchable(steps: int, *people: int, gain: int = 5) -> Stretchable:
    session = Proposal(None, 1, on(TUESDAY), moment(TUESDAY, "09:00"), moment(TUESDAY, "12:00"))
    return Stretchable(session, steps, gain, frozenset(people))


@pytest.mark.parametrize(
    ("sessions", "needs", "steps"),
    [
        ([stretchable(24, ADA)], {ADA: 5}, 1),
        ([stretchable(24, ADA)], {ADA: 6}, 2),
        ([stretchable(24, ADA), stretchable(24, ADA)], {ADA: 20}, 2),
        ([stretchable(24, ADA, gain=6)], {ADA: 60}, 10),
        ([stretchable(24, ADA)], {ADA: 120}, 24),
        ([stretchable(24, ADA)], {ADA: 121}, 0),
        ([stretchable(23, ADA)], {ADA: 120}, 0),
        # One that cannot be so much longer leaves the others to it.
        ([stretchable(2, ADA), stretchable(24, ADA)], {ADA: 20}, 2),
        ([stretchable(2, ADA), stretchable(24, ADA)], {ADA: 30}, 6),
        # As many people as can be reached, then the fewest steps.
        ([stretchable(24, ADA), stretchable(24, BEA)], {ADA: 5, BEA: 50}, 10),
        ([stretchable(24, ADA), stretchable(3, BEA)], {ADA: 5, BEA: 50}, 1),
        ([stretchable(24, ADA)], {ADA: 10, BEA: 10}, 2),
        ([stretchable(24, ADA, gain=0)], {ADA: 5}, 0),
        ([], {ADA: 5}, 0),
    ],
)
def test_the_fewest_steps_are_taken(sessions, needs, steps: int):
    assert fewest_steps(sessions, needs) == steps


@pytest.fixture
def core(program: Program) -> TherapyGroup:
    group = build.a_group(program)
    build.a_session(group, TUESDAY)
    build.a_session(group, WEDNESDAY, "09:00", "10:00")
    build.a_session(group, THURSDAY)
    return group


@pytest.fixture
def ada(program: Program, core: TherapyGroup) -> Enrollment:
    """Somebody who needs the seven hours that they are offered."""
    build.a_rule(program, min_minutes_per_week=420)
    enrollment = build.an_enrollment(program)
    build.a_membership(core, enrollment)
    return enrollment


def found(program: Program) -> list[Extension]:
    (plan,) = plan_closing(a_wish(program), NOW).programs
    return extensions_of(plan, NOW)


def dates(extension: Extension) -> list[str]:
    return [each.held_on.isoformat() for each in extension.sessions]


@pytest.mark.django_db
def test_the_other_sessions_of_the_week_share_it(ada: Enrollment, program: Program, core):
    build.a_session(core, "2026-12-08")
    build.a_session(build.a_group(program), FRIDAY)
    (extension,) = found(program)
    assert (extension.week_on, extension.minutes) == (on("2026-11-30"), 30)
    assert dates(extension) == [TUESDAY, THURSDAY]
    assert [each.ends_at for each in extension.longer] == [
        moment(TUESDAY, "12:30"),
        moment(THURSDAY, "12:30"),
    ]


@pytest.mark.django_db
def test_a_session_on_which_another_follows_for_its_people_stays(
    ada: Enrollment, program: Program, core: TherapyGroup
):
    lunch = build.a_group(program, kind="family")
    program.rules.update(counts=["skills"])
    build.a_membership(lunch, ada)
    build.a_session(lunch, TUESDAY, "12:15", "13:00")
    (extension,) = found(program)
    assert (dates(extension), extension.minutes) == ([THURSDAY], 60)


@pytest.mark.django_db
def test_so_does_one_whose_room_or_facilitator_is_wanted(
    ada: Enrollment, program: Program, core: TherapyGroup, facilitator: User
):
    room = build.a_room(program.site, turnover_minutes=10)
    core.sessions.filter(held_on=TUESDAY).update(room=room)
    build.a_session(build.a_group(program), TUESDAY, "12:35", "14:00", room=room)
    (extension,) = found(program)
    assert (dates(extension), extension.minutes) == ([THURSDAY], 60)
    build.a_facilitation(core.sessions.get(held_on=THURSDAY), facilitator)
    build.a_session(build.a_group(program), THURSDAY, "12:30", "13:00", facilitators=[facilitator])
    assert found(program) == []


@pytest.mark.django_db
def test_no_session_goes_past_midnight(ada: Enrollment, program: Program, core: TherapyGroup):
    core.sessions.filter(held_on=TUESDAY).update(
        starts_at=moment(TUESDAY, "20:40"), ends_at=moment(TUESDAY, "23:40")
    )
    (extension,) = found(program)
    assert (dates(extension), extension.minutes) == ([THURSDAY], 60)


@pytest.mark.django_db
def test_what_has_attendance_or_has_begun_is_not_made_longer(
    ada: Enrollment, program: Program, core: TherapyGroup
):
    build.a_sign_off(core.sessions.get(held_on=TUESDAY))
    (extension,) = found(program)
    assert dates(extension) == [THURSDAY]


@pytest.mark.django_db
def test_a_group_whose_kind_does_not_count_helps_nobody(ada: Enrollment, program: Program):
    program.rules.update(counts=["process"])
    assert found(program) == []
