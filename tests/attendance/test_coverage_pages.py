"""The coverage pages: who may, what they say, what they do, in how many statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import LessonWaiver
from groups.models import MakeUpSeat
from programs.models import Role
from tests import build, build_curriculum
from tests.build_trust import taken_out

pytestmark = pytest.mark.django_db


class Clinic:
    """A group in which "Triggers" was missed; an open group that teaches it next week."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.program = build.a_program()
        module = build.a_module(self.program, name="Early recovery")
        self.triggers = build.a_lesson(module=module, name="Triggers", minutes=60, is_core=True)
        self.sleep = build.a_lesson(module=module, name="Sleep", minutes=60)
        self.group, self.open = (build.a_group(self.program, name=n) for n in ("Core A", "Open B"))
        self.person = self.a_person("Ada")
        past, coming = self.today - timedelta(days=7), self.today + timedelta(days=7)
        self.leader = build.a_colleague(self.program, Role.FACILITATOR)
        self.over = build.a_session(self.group, past, facilitators=[self.leader])
        build_curriculum.taught(self.over, self.triggers)
        build.a_record(self.over, self.person.participant, absence="excused")
        self.next = build.a_session(self.open, coming)
        build_curriculum.planned(self.next, self.triggers)

    def a_person(self, name: str):
        enrollment = build.an_enrollment(
            self.program,
            build.a_participant(first_name=name, last_name="Nolan"),
            admitted_on=self.today - timedelta(days=20),
            planned_discharge_on=self.today + timedelta(days=30),
        )
        build.a_membership(self.group, enrollment)
        return enrollment

    def url(self, *parts: object) -> str:
        return "/".join(["/coverage", str(self.program.public_id), *map(str, parts), ""])

    def person_url(self, *parts: object) -> str:
        return self.url("person", self.person.participant.public_id, *parts)


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


@pytest.fixture
def clinician(clinic, client):
    user = build.a_colleague(clinic.program, Role.CLINICIAN)
    client.force_login(user)
    return user


def _said(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_map(clinic, clinician, client):
    said = _said(client.get(clinic.url()))
    assert '<td class="n"><i>never offered</i></td><td class="m"><i>missed</i></td>' in said
    assert "1 person by 2 lessons, 1 misses something" in said
    assert AuditEvent.objects.filter(verb="coverage.read").exists()
    core = _said(client.get(clinic.url(), {"core": "on"}))
    assert "never offered</i>" not in core


def test_table(clinic, clinician, client):
    said = _said(client.get(clinic.url(), {"shown": "table"}))
    assert "<td>Triggers (" in said
    assert "0 of 2 received" in said


def test_group_is_its_own_page(clinic, clinician, client):
    response = client.get(clinic.url(), {"group": str(clinic.open.public_id), "core": "on"})
    assert response.url == clinic.url("group", clinic.open.public_id) + "?core=on"
    assert "Nobody is here." in _said(client.get(response.url))
    assert "Ada N" in _said(client.get(clinic.url("group", clinic.group.public_id)))


def test_wrong_address_says_so(clinic, clinician, client):
    said = _said(client.get(clinic.url(), {"track": "nonsense", "order": "x", "group": "y"}))
    assert "There is no such track." in said
    assert "There is no such order." in said
    assert "There is no such group." in said
    assert "Ada N" in said


def test_lesson_offers_the_seat_and_books_it(clinic, clinician, client):
    page = clinic.url("lesson", clinic.triggers.public_id)
    said = _said(client.get(page))
    assert "0 of 1 person has received it, 1 is missing it." in said
    assert "12 seats free" in said
    book = clinic.url("seat", clinic.person.public_id, clinic.next.public_id)
    assert book in said
    response = client.post(book, {"back": page})
    assert response.url == page
    assert MakeUpSeat.objects.get().booked_by == clinician
    said = _said(client.get(page))
    assert "it is coming for 1" in said
    assert book not in said
    assert "in this session already" in _said(
        client.post(book, {"back": "//e.example"}, follow=True)
    )


def test_lesson_without_session(clinic, clinician, client):
    said = _said(client.get(clinic.url("lesson", clinic.sleep.public_id)))
    assert "No coming session plans it." in said


def test_no_seat_where_they_cannot_come(clinic, clinician, client):
    build.a_leave(clinic.person.participant, clinic.today, None)
    assert "/seat/" not in _said(client.get(clinic.url("lesson", clinic.triggers.public_id)))


def test_no_seat_where_they_are_elsewhere(clinic, clinician, client):
    build.a_session(clinic.group, clinic.next.held_on)
    assert "/seat/" not in _said(client.get(clinic.url("lesson", clinic.triggers.public_id)))


def test_person(clinic, clinician, client):
    said = _said(client.get(clinic.person_url()))
    assert "0 of 1 core lesson received, 1 was missed and is not coming again: Triggers." in said
    assert "never offered before" in said
    assert "/seat/" in said
    assert AuditEvent.objects.filter(verb="participant.read").exists()


def test_waive_and_take_back(clinic, clinician, client):
    url = clinic.person_url("waive", clinic.triggers.public_id)
    assert "Say why the lesson need not be heard" in _said(client.post(url, {"reason": " "}))
    assert not LessonWaiver.objects.exists()
    client.post(url, {"reason": "Residential care, September"})
    waiver = LessonWaiver.objects.get()
    assert (waiver.reason, waiver.waived_by) == ("Residential care, September", clinician)
    assert "This lesson is waived already." in _said(client.post(url, {"reason": "Again"}))
    assert "Residential care, September" in _said(client.get(clinic.person_url()))
    client.post(clinic.person_url("take-back", waiver.public_id))
    waiver.refresh_from_db()
    assert waiver.withdrawn_by == clinician
    verbs = AuditEvent.objects.filter(verb__startswith="lesson.").values_list("verb", flat=True)
    assert set(verbs) == {"lesson.waived", "lesson.waiver_taken_back"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files(clinic, clinician, client, kind):
    response = taken_out(client, clinic.url().rstrip("/") + f"/coverage.{kind}")
    assert response.status_code == 200
    if kind == "csv":
        assert "Early recovery,Triggers,yes,missed" in response.content.decode()
    assert AuditEvent.objects.get(verb="coverage.exported").detail["kind"] == kind


def test_own_people_only(clinic, client):
    """Whoever only leads sessions sees the people of these, and books nothing."""
    client.force_login(clinic.leader)
    other = build.a_group(clinic.program)
    stranger = build.an_enrollment(
        clinic.program,
        build.a_participant(first_name="Zoe"),
        admitted_on=clinic.today - timedelta(days=3),
    )
    build.a_membership(other, stranger)
    said = _said(client.get(clinic.url()))
    assert "Ada N" in said
    assert "Zoe" not in said
    assert "Zoe" not in taken_out(client, clinic.url() + "coverage.csv").content.decode()
    page = clinic.url("lesson", clinic.triggers.public_id)
    assert "/seat/" not in _said(client.get(page))
    assert _said(client.get(clinic.person_url()))
    assert client.get(clinic.url("person", stranger.participant.public_id)).status_code == 404
    assert client.get(clinic.url("group", other.public_id)).status_code == 403
    book = clinic.url("seat", clinic.person.public_id, clinic.next.public_id)
    assert client.post(book).status_code == 403
    assert client.post(clinic.person_url("waive", clinic.triggers.public_id)).status_code == 403


def test_not_for_billing_nor_strangers(clinic, client):
    pages = [
        clinic.url(),
        clinic.url("group", clinic.group.public_id),
        clinic.url("lesson", clinic.triggers.public_id),
        clinic.person_url(),
        clinic.url() + "coverage.csv",
        clinic.url() + "coverage.xlsx",
    ]
    client.force_login(build.a_colleague(clinic.program, Role.BILLING))
    assert {client.get(page).status_code for page in pages} == {403}
    client.force_login(build.a_colleague(build.a_program(), Role.DIRECTOR))
    assert {client.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize("page", ["map", "lesson", "person"])
def test_statements(clinic, clinician, client, page, django_assert_max_num_queries):
    """As many statements with one person and session as with three."""
    url = {
        "map": clinic.url(),
        "lesson": clinic.url("lesson", clinic.triggers.public_id),
        "person": clinic.person_url(),
    }[page]
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for name in ("Bea", "Cyd"):
        clinic.a_person(name)
        day = clinic.next.held_on + timedelta(days=len(name) if name == "Bea" else 5)
        build_curriculum.planned(build.a_session(clinic.open, day), clinic.triggers)
    with django_assert_max_num_queries(len(first)):
        client.get(url)
