"""Who leads one session: who may choose, what is offered, what changes, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import Facilitation, GroupSession, ScheduleChange, ScheduleException
from programs.models import Program, Role
from programs.weeks import local_date
from tests import build, build_staff

pytestmark = pytest.mark.django_db

MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def tomorrow(program: Program) -> date:
    return local_date(timezone.now(), program.zone) + timedelta(days=1)


@pytest.fixture
def session(program: Program, facilitator: User, tomorrow: date) -> GroupSession:
    """Tomorrow morning, led by Fay, of a kind for which an LPC is asked."""
    rule = build.a_schedule_rule(program, min_days_per_week=None, max_days_per_week=None)
    build_staff.a_required_credential(rule, "LPC", "process")
    group = build.a_group(program, name="Process A", kind="process")
    return build.a_session(group, tomorrow, "09:00", "11:00", facilitators=[facilitator])


@pytest.fixture
def ines(program: Program) -> User:
    user = build.a_colleague(program, Role.FACILITATOR, name="Ines Haddad")
    build_staff.a_license(user)
    return user


@pytest.fixture
def url(program: Program, session: GroupSession) -> str:
    return f"/staff/{program.public_id}/session/{session.public_id}/"


@pytest.fixture
def post(client_of, clinician, url) -> Callable[..., str]:
    """Return a function that sends the form and returns the page that answers in the end."""

    def send(**fields: str) -> str:
        return client_of(clinician).post(url, fields, follow=True).content.decode()

    return send


def leading(session: GroupSession) -> list[str]:
    found = Facilitation.objects.filter(session=session, is_former=False)
    return sorted(found.values_list("user__name", flat=True))


def untouched(session: GroupSession) -> bool:
    return leading(session) == ["Fay Marlow"] and not ScheduleChange.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_who_may(client_of, program, url, role):
    may = role in (Role.CLINICIAN, Role.DIRECTOR)
    client = client_of(build.a_colleague(program, role))
    assert client.get(url).status_code == (200 if may else 403)
    assert client.post(url).status_code == (200 if may else 403)


def test_who_may_not(client_of, clinician, stranger, program, session, url):
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_of(clinician).put(url).status_code == 405
    elsewhere = build.a_session()
    wrong = f"/staff/{program.public_id}/session/{elsewhere.public_id}/"
    assert client_of(clinician).get(wrong).status_code == 404
    GroupSession.objects.filter(pk=session.pk).update(status="withdrawn")
    assert client_of(clinician).get(url).status_code == 404


def test_who_could_lead_it_the_best_first(client_of, clinician, url, ines, tomorrow):
    busy = build.a_group(build.a_program(), name="Trauma core")
    build.a_session(busy, tomorrow, "10:00", "12:00", facilitators=[ines])
    page = client_of(clinician).get(url).content.decode()
    assert "<title>Who leads · Prairie Clinic</title>" in page
    assert "Process A" in page
    assert page.index("Cleo Ortiz, LCSW</span>") < page.index("Ines Haddad</span>")
    assert "busy 10:00 AM to 12:00 PM" in page
    assert "Trauma core" not in page
    assert "Ines Haddad · Busy</option>" in page
    assert 'type="radio" name="instead_of"' in page
    assert 'type="radio" name="leader" value="' in page


def test_a_substitute_is_chosen_and_can_be_undone(
    post, client_of, clinician, session, facilitator, ines
):
    page = post(
        act="substitute",
        instead_of=str(facilitator.public_id),
        leader=str(ines.public_id),
        reason="Ill",
    )
    assert "Ines Haddad leads the session." in page
    assert leading(session) == ["Ines Haddad"]
    row = Facilitation.objects.get(session=session, user=ines)
    former = Facilitation.objects.get(session=session, user=facilitator)
    assert (row.instead_of, row.reason, former.is_former) == (former, "Ill", True)
    change = ScheduleChange.objects.get()
    assert (change.made_by, change.reason) == (clinician, "Ill")
    assert AuditEvent.objects.get(verb="schedule.substituted").by == clinician
    undo = f"/sessions/{session.group.program.public_id}/undo/{change.public_id}/"
    assert f'action="{undo}"' in page
    client_of(clinician).post(undo)
    assert leading(session) == ["Fay Marlow"]


def test_what_was_chosen_is_shown_with_its_reason(
    client_of, clinician, session, facilitator, ines, url
):
    former = session.facilitations.get()
    session.facilitations.update(is_former=True)
    build.a_facilitation(session, ines, instead_of=former, reason="In court")
    page = client_of(clinician).get(url).content.decode()
    assert "instead of Fay Marlow, LPC: In court" in page
    assert "On record, no longer leading it: Fay Marlow, LPC" in page


def test_where_nobody_leads_it_nobody_is_replaced(post, client_of, clinician, session, ines, url):
    session.facilitations.update(is_former=True)
    assert "Nobody leads it." in client_of(clinician).get(url).content.decode()
    post(act="substitute", leader=str(ines.public_id), reason="Fay has left")
    assert leading(session) == ["Ines Haddad"]
    assert Facilitation.objects.get(session=session, user=ines).instead_of is None
    assert ScheduleChange.objects.get().reason == "Fay has left"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "Say why somebody stands in"),
        ({"reason": "x" * 201}, "at most 200 characters"),
        ({"reason": "a\0b"}, "Null characters"),
        ({"leader": ""}, "Choose who leads instead"),
        ({"leader": "someone"}, "Choose who leads instead"),
        ({"leader": MISSING}, "Choose who leads instead"),
        ({"instead_of": ""}, "Choose whom the substitute stands in for"),
        ({"instead_of": MISSING}, "Choose whom the substitute stands in for"),
    ],
)
def test_bad_input_is_said_and_nothing_is_changed(post, session, facilitator, ines, change, words):
    sent = {"instead_of": str(facilitator.public_id), "leader": str(ines.public_id)}
    page = post(act="substitute", **{**sent, "reason": "Ill", **change})
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert page.count(words) >= 2
    assert untouched(session)


def test_a_stranger_to_the_program_cannot_be_chosen(post, session, facilitator):
    other = build.a_colleague(build.a_program(), Role.FACILITATOR)
    page = post(
        act="substitute",
        instead_of=str(facilitator.public_id),
        leader=str(other.public_id),
        reason="Ill",
    )
    assert "Choose who leads instead" in page
    assert untouched(session)


@pytest.mark.parametrize(
    ("reads_there", "words"),
    [(False, "Ines Haddad is busy"), (True, "Ines Haddad leads Trauma core")],
)
def test_who_is_busy_is_refused(
    post, session, facilitator, clinician, ines, tomorrow, reads_there, words
):
    there = build.a_group(build.a_program(), name="Trauma core")
    build.a_session(there, tomorrow, "10:00", "12:00", facilitators=[ines])
    if reads_there:
        build.an_assignment(clinician, there.program, Role.CLINICIAN)
    page = post(
        act="substitute",
        instead_of=str(facilitator.public_id),
        leader=str(ines.public_id),
        reason="Ill",
        override="All the same",
    )
    assert "Something is in the way. Nothing is saved." in page
    assert words in page
    assert ("Trauma core" in page) is reads_there
    assert untouched(session)


def test_a_warning_takes_a_second_reason(post, session, facilitator, clinician):
    sent = {
        "act": "substitute",
        "instead_of": str(facilitator.public_id),
        "leader": str(clinician.public_id),
        "reason": "Ill",
    }
    page = post(**sent)
    assert "Cleo Ortiz has no LPC license in force" in page
    assert page.count("Say why this goes ahead in spite of the warnings") == 2
    assert 'name="override"' in page
    assert untouched(session)
    post(**sent, override="Nobody else is here")
    assert leading(session) == ["Cleo Ortiz"]
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.reason) == ("credential", "Nobody else is here")


def test_a_co_facilitator_is_added_and_taken_out(post, session, facilitator, ines):
    page = post(act="add", **{"add-leader": str(ines.public_id)})
    assert "Ines Haddad leads the session, too." in page
    assert leading(session) == ["Fay Marlow", "Ines Haddad"]
    page = post(act="take_out", **{"out-leader": str(facilitator.public_id)})
    assert "Fay Marlow, LPC leads the session no longer." in page
    assert leading(session) == ["Ines Haddad"]
    assert Facilitation.objects.get(session=session, user=facilitator).is_former


def test_the_only_one_is_offered_no_way_out(client_of, clinician, post, url, session, facilitator):
    assert "Take out" not in client_of(clinician).get(url).content.decode()
    page = post(act="take_out", **{"out-leader": str(facilitator.public_id)})
    assert "Nobody else leads it. Choose a substitute instead." in page
    assert untouched(session)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "add"}, "Choose who is to lead it, too"),
        ({"act": "add", "add-leader": MISSING}, "Choose who is to lead it, too"),
        ({"act": "take_out"}, "This person does not lead the session."),
        ({"act": "take_out", "out-leader": "x"}, "This person does not lead the session."),
    ],
)
def test_bad_input_about_a_co_facilitator(post, session, fields, words):
    assert words in post(**fields)
    assert untouched(session)


def test_what_is_not_asked_for_changes_nothing(post, session):
    assert "There is a problem" not in post(act="dance")
    assert untouched(session)


def test_taking_out_may_warn_too(post, session, ines, program):
    program.schedule_rules.update(max_per_facilitator=1)
    build.a_facilitation(session, ines)
    for _person in range(2):
        build.a_membership(session.group, build.an_enrollment(program, admitted_on="2020-01-06"))
    out = {"act": "take_out", "out-leader": str(ines.public_id)}
    page = post(**out)
    assert "expects 2 people" in page
    assert 'name="out-override"' in page
    assert leading(session) == ["Fay Marlow", "Ines Haddad"]
    post(**out, **{"out-override": "For an hour"})
    assert leading(session) == ["Fay Marlow"]


@pytest.mark.parametrize(
    ("status", "words"),
    [("cancelled", "This session is cancelled."), ("scheduled", "Attendance is recorded")],
)
def test_where_nobody_can_be_chosen_it_says_why(client_of, clinician, url, session, status, words):
    if status == "scheduled":
        build.a_record(session, build.a_participant())
    GroupSession.objects.filter(pk=session.pk).update(status=status)
    page = client_of(clinician).get(url).content.decode()
    assert "Nobody can be chosen." in page
    assert words in page
    assert "Choose as substitute" not in page


@pytest.mark.parametrize("asked", ["", "nonsense", MISSING])
def test_an_address_that_names_nobody_suggests_nobody(
    client_of, clinician, url, session, ines, asked
):
    build.a_facilitation(session, ines)
    page = client_of(clinician).get(f"{url}?instead_of={asked}").content.decode()
    assert " checked" not in page


def test_whom_the_address_names_is_ticked(client_of, clinician, url, session, ines):
    build.a_facilitation(session, ines)
    page = client_of(clinician).get(f"{url}?instead_of={ines.public_id}").content.decode()
    assert page.count(" checked") == 1


def test_the_cost_does_not_grow(client_of, clinician, url, program, tomorrow):
    client = client_of(clinician)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    def one_more() -> None:
        user = build.a_colleague(program, Role.FACILITATOR)
        build_staff.a_license(user)
        build_staff.an_availability(user)
        build.a_session(None, tomorrow, "10:00", "10:30", facilitators=[user])

    one_more()
    few = cost()
    one_more()
    one_more()
    assert cost() == few
    assert few <= 20
