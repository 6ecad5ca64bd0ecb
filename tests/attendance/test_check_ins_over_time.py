"""A person's check-ins over time: who may, which ones, what the pictures and the words say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from groups.models import GroupSession
from programs.models import Participant, Program, Role
from tests import build
from tests.attendance.sheet import a_member
from tests.build import MONDAY, NOW
from tests.build_episodes import a_referral
from tests.build_records import a_check_in, a_safety_alert
from tests.programs.record_pages import queries_of, read

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def sessions(program: Program, count: int, *leaders: User, back: int = 0) -> list[GroupSession]:
    """Return that many sessions on days before MONDAY, the earliest first."""
    group = build.a_group(program)
    days = [MONDAY - timedelta(days=back + number) for number in range(count)]
    return [build.a_session(group, day, facilitators=leaders) for day in reversed(days)]


@pytest.fixture
def person(program: Program) -> Participant:
    named = build.a_participant(first_name="Elena", last_name="Moss")
    return build.an_enrollment(program, named, admitted_on="2026-01-05").participant


@pytest.fixture
def url(program: Program, person: Participant) -> str:
    return reverse("check_ins:over_time", args=[program.public_id, person.public_id])


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 200),
        (Role.FACILITATOR, 404),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, url, person, role, status):
    a_check_in(sessions(program, 1)[0], person)
    assert client_of(build.a_colleague(program, role)).get(url).status_code == status


def test_a_stranger_finds_nothing(client_of, stranger, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_it_leaves_a_trace(client_of, clinician, url, person, program):
    client_of(clinician).get(url)
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.by, event.participant_id) == (clinician, person.public_id)
    assert (event.program_id, event.detail) == (program.public_id, {"page": "check_ins"})


def test_before_there_is_one_it_says_what_to_do(client_of, clinician, url, program):
    page = read(client_of(clinician), url)
    assert "<title>Check-ins · Prairie Clinic</title>" in page
    assert "No check-in yet." in page
    assert f'href="/today/{program.public_id}/"' in page
    assert "<svg viewBox" not in page


def test_somebody_who_has_only_called(client_of, clinician, program):
    caller = a_referral(program).participant
    address = reverse("check_ins:over_time", args=[program.public_id, caller.public_id])
    assert "No check-in yet." in read(client_of(clinician), address)


def test_what_it_says(client_of, clinician, url, person, program):
    first, second, third = sessions(program, 3)
    a_check_in(first, person, mood=3, craving=8, used_since="yes", setback="Argued <b>")
    a_check_in(second, person, mood=None, craving=None, safety="")
    latest = a_check_in(third, person, mood=4, craving=6, went_well="Slept", homework="partly")
    page = read(client_of(clinician), url)
    for said in (
        "the last 3 check-ins",
        "Mood over 3 check-ins, the latest last: 3, –, 4",
        "Craving over 3 check-ins, the latest last: 8, –, 6; used since at 1 of them",
        '<b>4</b> <span class="muted">was 3</span>',
        '<b>6</b> <span class="muted">was 8</span>',
        "Argued &lt;b&gt;",
        "Partly done",
        "Slept",
    ):
        assert said in page, said
    assert page.count('class="use"') == 2  # in the picture, and in its key
    assert page.index("Mon Nov 23") < page.index("Sun Nov 22") < page.index("Sat Nov 21")
    assert "Waits" not in page
    alert = a_safety_alert(latest)
    page = read(client_of(clinician), url)
    assert "Waits" in page
    assert str(alert.public_id) in page
    assert 'aria-current="page"' in page


def test_a_day_of_another_year_says_so(client_of, clinician, url, person, program):
    for days in (0, 400):
        a_check_in(sessions(program, 1, back=days)[0], person)
    page = read(client_of(clinician), url)
    assert "Mon Nov 23<" in page
    assert "Oct 19, 2025" in page


def test_a_single_one(client_of, clinician, url, person, program):
    a_check_in(sessions(program, 1)[0], person, mood=3, craving=None)
    page = read(client_of(clinician), url)
    assert "Mood at the one check-in: 3" in page
    assert "1 check-in<" in page
    assert "was" not in page[page.index("check-ins-sparks") : page.index("table-wrap")]
    assert "Nothing was said in words." in page


def test_only_the_last_sixty(client_of, clinician, url, person, program):
    for number, session in enumerate(sessions(program, 61)):
        a_check_in(session, person, setback=f"Setback {number:02}")
    page = read(client_of(clinician), url)
    assert "the last 60 check-ins" in page
    assert "Setback 60" in page
    assert "Setback 01" in page
    assert "Setback 00" not in page


def test_a_facilitator_sees_those_of_the_own_sessions(client_of, facilitator, person, program, url):
    [mine] = sessions(program, 1, facilitator)
    [theirs] = sessions(program, 1, back=7)
    [handed_over] = sessions(program, 1, back=14)
    build.a_facilitation(handed_over, facilitator, is_former=True)
    for session, words in ((mine, "Mine"), (theirs, "Theirs"), (handed_over, "Handed over")):
        a_check_in(session, person, setback=words)
    page = read(client_of(facilitator), url)
    assert "Mine" in page
    assert "Theirs" not in page
    assert "Handed over" not in page
    assert "Mood at the one check-in: 6" in page


@pytest.mark.parametrize("how", ["member", "guest", "walk-in", "member before", "of others"])
def test_whose_a_facilitator_may_open(client_of, facilitator, program, how):
    [session] = sessions(program, 1, facilitator)
    enrollment = build.an_enrollment(program, admitted_on="2026-01-05")
    if how.startswith("member"):
        last = {"last_on": MONDAY - timedelta(days=1)} if how.endswith("before") else {}
        build.a_membership(session.group, enrollment, first_on="2026-11-01", **last)
    elif how == "guest":
        build.a_make_up_seat(session, enrollment)
    elif how == "walk-in":
        build.a_record(session, enrollment.participant)
    else:
        [other] = sessions(program, 1, back=3)
        build.a_membership(other.group, enrollment)
        a_check_in(other, enrollment.participant)
    ids = [program.public_id, enrollment.participant.public_id]
    answer = client_of(facilitator).get(reverse("check_ins:over_time", args=ids))
    is_theirs = how in ("member", "guest", "walk-in")
    assert answer.status_code == (200 if is_theirs else 404)
    if is_theirs:
        assert b"No check-in yet." in answer.content


def test_a_duplicates_check_ins_are_the_persons(client_of, clinician, person, program, url):
    duplicate = build.a_participant(merged_into=person, merged_at=NOW)
    [session] = sessions(program, 1)
    build.an_enrollment(program, duplicate, admitted_on="2026-01-05")
    a_check_in(session, duplicate, setback="Under the other number")
    address = reverse("check_ins:over_time", args=[program.public_id, duplicate.public_id])
    for each in (url, address):
        assert "Under the other number" in read(client_of(clinician), each)


def test_another_programs_stay_there(client_of, clinician, person, program, url):
    elsewhere = build.a_program()
    build.an_assignment(clinician, elsewhere, Role.CLINICIAN)
    a_check_in(sessions(elsewhere, 1)[0], person, setback="Said elsewhere")
    assert "Said elsewhere" not in read(client_of(clinician), url)


def test_a_tab_leads_there(client_of, clinician, facilitator, administrator, program):
    [session] = sessions(program, 1, facilitator)
    member = a_member(session)
    ids = [program.public_id, member.public_id]
    link = reverse("check_ins:over_time", args=ids)
    record = reverse("profile:profile", args=ids)
    assert f'href="{link}"' in read(client_of(clinician), record)
    assert f'href="{link}"' not in read(client_of(administrator), record)
    assert client_of(facilitator).get(link).status_code == 200


def test_its_queries_do_not_grow(client_of, clinician, facilitator, person, program, url):
    counts = []
    for number in range(3):
        for session in sessions(program, 3, facilitator, back=number * 3):
            a_safety_alert(a_check_in(session, person, setback="x"))
        counts.append([queries_of(client_of(user), url) for user in (clinician, facilitator)])
    assert counts == [counts[0]] * 3
    assert counts[0] == [7, 8]
