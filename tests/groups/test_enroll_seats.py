"""Seats: groups that are full or promised, the program's own, waiting lists, and two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.enrolling.actions import CannotEnroll, Plan, enroll_participant, wait_for_program
from groups.enrolling.choices import choices_of
from groups.joining.seats import seats_for
from groups.models import GroupMembership, ScheduleException, TherapyGroup, WaitingPlace
from programs.models import Enrollment, EpisodeStep, Participant, Program, Referral, Role
from programs.referring.actions import Call
from tests import build
from tests.build import NOW, on
from tests.build_episodes import a_referral
from tests.groups.enrolling import NEXT, a_plan, boxes, filled
from tests.groups.joining import WHY, a_weekly_group, somebody, wait
from tests.test_races import second_is_refused_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def group(program: Program) -> TherapyGroup:
    return a_weekly_group(program, capacity=1, name="Evening core")


def enroll(plan: Plan) -> Enrollment:
    return enroll_participant(plan=plan, now=NOW, by=None)


def refused(plan: Plan) -> CannotEnroll:
    rows = (Enrollment, GroupMembership, WaitingPlace, ScheduleException, EpisodeStep, AuditEvent)
    before = [model._default_manager.count() for model in rows]
    with pytest.raises(CannotEnroll) as caught:
        enroll(plan)
    assert [model._default_manager.count() for model in rows] == before
    return caught.value


def words_of(refusal: CannotEnroll, field: str) -> str:
    """Return the first words about the field."""
    return str(next(iter(refusal.words[field])))


def test_a_full_group_takes_a_reason_which_the_director_reads(group: TherapyGroup) -> None:
    build.a_membership(group)
    assert "no free seat" in words_of(refused(a_plan(group.program, group)), "groups")
    made = enroll(a_plan(group.program, group, override=WHY))
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.reason) == ("group_capacity", WHY)
    assert exception.membership == made.memberships.get()
    event = AuditEvent.objects.get(verb="participant.enrolled")
    assert event.detail["overridden"] == ["group_capacity"]


def test_who_enrolls_may_wait_for_a_full_group(group: TherapyGroup) -> None:
    build.a_membership(group)
    made = enroll(a_plan(group.program, waits_for=[group]))
    assert WaitingPlace.objects.waiting().get().enrollment == made
    assert not made.memberships.exists()


def test_nobody_waits_where_a_seat_is_free(group: TherapyGroup) -> None:
    caught = refused(a_plan(group.program, waits_for=[group]))
    assert "A seat is free from" in words_of(caught, "waits")


def test_a_seat_is_not_taken_past_those_who_wait(group: TherapyGroup) -> None:
    leaving = build.a_membership(group)
    first = somebody(group.program)
    wait(group, first)
    GroupMembership.objects.filter(pk=leaving.pk).update(last_on="2026-11-24")
    assert "groups" in refused(a_plan(group.program, group)).words
    (choice,) = choices_of(group.program, first_on=on(NEXT), last_on=None)
    assert (choice.free, choice.waiting, choice.is_free) == (1, 1, False)
    assert choice.is_free is seats_for(group, None, first_on=on(NEXT)).is_free


def test_groups_that_meet_at_once_take_a_reason(group: TherapyGroup) -> None:
    other = a_weekly_group(group.program, name="Other")
    found = refused(a_plan(group.program, group, other))
    assert {each.kind for each in found.clashes} == {"participant"}
    assert found.words == {}
    enroll(a_plan(group.program, group, other, override=WHY))
    assert ScheduleException.objects.get().kind == "participant"


def test_past_rosters_stay(group: TherapyGroup) -> None:
    made = enroll(a_plan(group.program, group, admitted_on=on("2026-11-16")))
    assert made.admitted_on == on("2026-11-16")
    assert made.memberships.get().first_on == on("2026-11-25")
    assert EpisodeStep.objects.get().to == "active"


def test_a_full_program_takes_a_reason_that_stands_with_the_step(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.an_enrollment(program)
    words = words_of(refused(a_plan(program)), "over_seats")
    assert words.startswith("The one seat of the program is taken from Mon Nov 30.")
    made = enroll(a_plan(program, over_seats=WHY))
    assert made.steps.get().reason == WHY
    assert AuditEvent.objects.get(verb="participant.enrolled").detail["is_over_seats"] is True


@pytest.mark.parametrize(("last_on", "is_free"), [("2026-11-29", True), ("2026-11-30", False)])
def test_a_seat_of_the_program_is_free_the_day_after_a_discharge(
    program: Program, last_on: str, is_free: bool
) -> None:
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.an_enrollment(program, discharged_on=last_on, discharge_reason="completed")
    if is_free:
        assert enroll(a_plan(program))
    else:
        assert "over_seats" in refused(a_plan(program)).words


def test_a_seat_promised_for_later_is_taken(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.an_enrollment(program, admitted_on="2026-12-14")
    assert "over_seats" in refused(a_plan(program)).words


def test_waiting_for_the_program_uses_the_open_call(program: Program) -> None:
    referral = a_referral(program)
    draft_id = build.a_user().public_id
    call = Call(draft_id, program, referral.participant, source="self")
    for _ in range(2):
        wait_for_program(call=call, draft_id=draft_id, now=NOW, by=None)
    referral.refresh_from_db()
    assert (referral.status, Referral.objects.count()) == ("waitlisted", 1)
    assert [each.to for each in EpisodeStep.objects.all()] == ["waitlisted"]


def told(plan: Plan, refusals: list[CannotEnroll]) -> Callable[[], None]:
    def step() -> None:
        try:
            enroll(plan)
        except CannotEnroll as said:
            refusals.append(said)

    return step


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_program_is_taken_once() -> None:
    program = build.a_program(seats=1)
    one, other = a_plan(program), a_plan(program)
    refusals: list[CannotEnroll] = []
    assert second_is_refused_by(lambda: enroll(one), told(other, refusals)) is None
    assert ["over_seats" in each.words for each in refusals] == [True]
    assert Enrollment.objects.get().participant == one.participant


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_one_gets_the_seat_and_the_other_the_waiting_list(
    client_of: ClientOf,
) -> None:
    """Both press Enroll for the last seat of a group; what the second typed stays."""
    build.a_clinic()
    program = build.a_program()
    group = build.a_group(program, name="Evening core", capacity=1)
    build.a_pattern(group, first_on="2020-01-06")
    desks = [client_of(build.a_colleague(program, Role.ADMISSIONS)) for _ in range(2)]
    url, pages = f"/enroll/{program.public_id}/", []
    first = filled(program, group, chart_number="C-1")
    second = filled(program, group, chart_number="C-2", first_name="Omar", ordered_hours="12")
    refusal = second_is_refused_by(
        lambda: desks[0].post(url, first), lambda: pages.append(desks[1].post(url, second))
    )
    assert refusal is None
    page = pages[0].content.decode()
    assert "Evening core has no free seat on these dates." in page
    assert "Waiting list of Evening core" in page
    for typed in ("Omar", "C-2", "(402) 555-0142", "12"):
        assert f'value="{typed}"' in page
    assert Enrollment.objects.get().participant.chart_number == "C-1"
    waits = second | {"groups": [], "waits": [str(group.public_id)]}
    assert desks[1].post(url, waits).status_code == 302
    assert WaitingPlace.objects.get().enrollment.participant.first_name == "Omar"


def test_a_full_program_offers_its_waiting_list(
    client_of: ClientOf, administrator: User, program: Program
) -> None:
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.an_enrollment(program)
    client, url = client_of(administrator), f"/enroll/{program.public_id}/"
    data = filled(program, source="hospital", sms_consent="", email_consent="")
    page = client.post(url, data).content.decode()
    assert "No seat is free in this program." in page
    assert client.post(url, {**data, "act": "wait", "last_name": ""}).status_code == 200
    assert not Referral.objects.exists()
    page = client.post(url, {**data, "act": "wait"}, follow=True).content.decode()
    assert "They are on the waiting list of the program." in page
    made = Referral.objects.get()
    assert (made.status, made.source, made.participant.last_name) == (
        "waitlisted",
        "hospital",
        "Farah",
    )
    assert Enrollment.objects.count() == 1


def test_a_program_without_a_seat_takes_a_reason_on_the_page(
    client_of: ClientOf, administrator: User, program: Program
) -> None:
    Program.objects.filter(pk=program.pk).update(seats=1)
    build.an_enrollment(program)
    client, url = client_of(administrator), f"/enroll/{program.public_id}/"
    assert "The one seat of the program" in client.post(url, filled(program)).content.decode()
    assert client.post(url, filled(program, over_seats=WHY)).status_code == 302
    assert Participant.objects.filter(last_name="Farah").count() == 1


def test_seats_are_those_of_the_first_day_and_programs_can_be_switched(
    client_of: ClientOf, administrator: User, program: Program
) -> None:
    other = build.a_program(name="Day IOP", seats=10)
    build.an_assignment(administrator, other, Role.ADMISSIONS)
    today = timezone.localdate()
    soon = today + timedelta(days=30)
    build.an_enrollment(
        program, admitted_on=today, discharged_on=soon, discharge_reason="completed"
    )
    hidden = build.a_program(name="Not theirs")
    data = filled(program, build.a_group(program, name="Old"), act="work_out")
    later = soon + timedelta(days=1)
    data |= boxes("admitted_on", later.month, later.day, later.year)
    client = client_of(administrator)
    page = client.post(f"/enroll/{program.public_id}/", data).content.decode()
    assert f"24 of 24 free from {later:%b} {later.day}" in page
    page = client.post(f"/enroll/{other.public_id}/", data).content.decode()
    assert "10 of 10 free from" in page
    assert 'value="Farah"' in page
    assert "There is a problem" not in page
    assert hidden.name not in page
