"""The pages about a relapse prevention plan: who may, what they say, what is refused in words."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import RelapsePlan
from attendance.relapse.content import Contact, PlanContent, content_of
from attendance.relapse.reading import latest_plan
from programs.models import Participant, Program, Role
from tests import build
from tests.attendance.relapse import JO, WEDDING, WHOLE, sent, stored, without
from tests.build_trust import taken_out
from tests.programs.record_pages import queries_of, read, send

pytestmark = pytest.mark.django_db
# What lies in the future of the clock on the wall, as the form asks for.
AHEAD = timezone.now().date() + timedelta(days=14)
LATER = replace(WHOLE, review_on=AHEAD)


@pytest.fixture
def person(program: Program) -> Participant:
    named = build.a_participant(first_name="Elena", last_name="Moss")
    return build.an_enrollment(program, named, admitted_on="2026-01-05").participant


def url_of(name: str, program: Program, person: Participant, *more) -> str:
    return reverse(f"relapse:{name}", args=[program.public_id, person.public_id, *more])


def newest(person: Participant) -> RelapsePlan:
    plan = latest_plan(person)
    assert plan is not None
    return plan


@pytest.fixture
def urls(program: Program, person: Participant) -> dict[str, str]:
    plan = stored(person)
    return {
        "plan": url_of("plan", program, person),
        "edit": url_of("edit", program, person),
        "version": url_of("version", program, person, plan.public_id),
        "paper": url_of("paper", program, person, "en"),
    }


@pytest.mark.parametrize("doorway", ["plan", "edit", "version", "paper"])
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
def test_who_may(client_of, program, urls, doorway: str, role: Role, status: int):
    client = client_of(build.a_colleague(program, role))
    assert client.get(urls[doorway]).status_code == status
    if doorway == "edit" and status != 200:
        assert client.post(urls[doorway], sent(LATER)).status_code == status
        assert RelapsePlan.objects.count() == 1


def test_a_facilitator_of_their_session_may(client_of, facilitator, program, urls, person):
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    build.a_membership(session.group, person.enrollments.get())
    for page in urls.values():
        assert client_of(facilitator).get(page).status_code == 200


def test_a_stranger_finds_nothing(client_of, stranger, urls, person, clinician, program):
    for page in urls.values():
        assert client_of(stranger).get(page).status_code == 404
        assert Client().get(page).status_code == 302
    another = stored(build.an_enrollment(program).participant)
    address = url_of("version", program, person, another.public_id)
    assert client_of(clinician).get(address).status_code == 404
    assert client_of(clinician).get(url_of("paper", program, person, "fr")).status_code == 404
    nobody = reverse("relapse:plan", args=[program.public_id, uuid.uuid4()])
    assert client_of(clinician).get(nobody).status_code == 404


def test_before_there_is_one(client_of, clinician, program, person):
    page = read(client_of(clinician), url_of("plan", program, person))
    assert "<title>Relapse prevention plan · Prairie Clinic</title>" in page
    assert "No plan yet." in page
    assert "Call or text 988" in page
    assert url_of("edit", program, person) in page
    answer = client_of(clinician).get(url_of("paper", program, person, "en"))
    assert answer.status_code == 404


def test_what_it_says(client_of, clinician, urls, program, person):
    page = read(client_of(clinician), urls["plan"])
    for said in (
        *("Call or text 988", "My daughter", "My work", "Payday", "Lonely on Sundays"),
        *("Cousin&#x27;s wedding", "Hold a soda", "Come late", "My own car", "Call Jo"),
        *('href="tel:4025550100"', "(402) 555-0100", "My aunt", "100 %", "9 of 9 parts"),
        *("Dec 9, 2026", "Version 1", "English", "Español"),
    ):
        assert said in page, said
    stored(person, without("reasons", "contacts", "review_on"))
    page = read(client_of(clinician), urls["plan"])
    assert "66 %" in page
    for missing in ("my reasons for recovery", "with a phone number", "a day to look at it again"):
        assert missing in page


def test_an_earlier_version_and_what_changed(client_of, clinician, urls, program, person):
    new = stored(person, replace(WHOLE, reasons="My daughter\nMy dog"))
    page = read(client_of(clinician), urls["version"])
    assert "This is an earlier version." in page
    assert "What is new since" not in page
    page = read(client_of(clinician), url_of("version", program, person, new.public_id))
    assert "What is new since version 1" in page
    assert "New:</span> My dog" in page
    assert "No longer:</span> My work" in page
    assert "This is an earlier version." not in page


def test_the_trail(client_of, clinician, urls, program, person):
    for page in urls.values():
        client_of(clinician).get(page)
    taken_out(client_of(clinician), urls["paper"])
    events = AuditEvent.objects.filter(verb="relapse_plan.read").order_by("pk")
    pages = ["relapse_plan", "relapse_plan_edit", "relapse_plan", "relapse_plan_paper"]
    assert [each.detail for each in events] == [{"page": page} for page in pages]
    assert {each.participant_id for each in events} == {person.public_id}


def test_the_first_version(client_of, clinician, program, person):
    page = send(client_of(clinician), url_of("edit", program, person), sent(LATER))
    assert "The plan is saved as a new version." in page
    plan = newest(person)
    assert content_of(plan) == LATER
    assert (plan.number, plan.written_by) == (1, clinician)
    event = AuditEvent.objects.get(verb="relapse_plan.saved")
    assert (event.participant_id, event.detail) == (
        person.public_id,
        {"version": 1, "percent": 100},
    )


def test_the_next_one_leaves_the_first_as_it_was(client_of, clinician, program, person):
    first = stored(person, LATER)
    page = client_of(clinician).get(url_of("edit", program, person)).content.decode()
    assert f'value="{first.public_id}"' in page
    assert page.count('name="situation-') == 3 * 5  # its own and two empty ones
    new = replace(LATER, reasons="My dog", situations=(), contacts=(Contact("Al", "", ""),))
    send(client_of(clinician), url_of("edit", program, person), sent(new, first.public_id))
    assert content_of(latest_plan(person)) == new
    first.refresh_from_db()
    assert content_of(first) == LATER
    assert newest(person).number == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"contact-0-phone": "12"}, "Enter a phone number like (402) 555-0100"),
        ({"contact-1-phone": "(402) 555-0101"}, "Say who it is"),
        ({"situation-1-cope": "Breathe"}, "Say which situation it is"),
        ({"review_on": "2020-01-01"}, "Enter today or a later day"),
        ({"review_on": "2098-01-01"}, "Enter a day within the next two years"),
        ({"review_on": "soon"}, "Enter a real date, like 11/23/2026"),
        ({"reasons": "x" * 501}, "My reasons for recovery: at most 500 letters; there are 501"),
        ({"reasons": "x\n" * 8}, "My reasons for recovery: at most 7 lines; there are 8"),
        (
            {"situation-0-avoid": "x" * 161},
            "Situation 1, Avoid: at most 160 letters; there are 161",
        ),
        ({"situation-0-situation": "x" * 101}, "Situation 1: at most 100 letters; there are 101"),
        ({"contact-0-name": "x" * 61}, "Person 1: at most 60 letters; there are 61"),
        ({"language": "fr"}, "Select a valid choice. fr is not one of the available choices."),
        ({"reasons": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_refused_in_words_and_nothing_lost(
    client_of, clinician, program, person, changes: dict[str, str], words: str
):
    typed = sent(LATER) | {"what_worked": "Walking by the river"} | changes
    page = send(client_of(clinician), url_of("edit", program, person), typed)
    assert "There is a problem" in page
    assert words in page
    for kept in ("Walking by the river", "Hold a soda", "Payday", "My aunt"):
        assert kept in page
    for value in changes.values():
        assert value.strip().splitlines()[0][:90].strip("\x00") in page or "\x00" in value
    assert RelapsePlan.objects.count() == 0


def test_nothing_at_all_is_no_version(client_of, clinician, program, person):
    page = send(client_of(clinician), url_of("edit", program, person), sent(PlanContent()))
    assert "Nothing is filled in yet. Begin with any section." in page
    assert RelapsePlan.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("402.555.0100", "(402) 555-0100"),
        ("+52 55 1234 5678", "+52 55 1234 5678"),
        ("988", "988"),
        ("(402) 555-0100 ext. 5", "(402) 555-0100 ext. 5"),
    ],
)
def test_numbers_are_kept_readable(client_of, clinician, program, person, typed: str, kept: str):
    plan = replace(LATER, contacts=(replace(JO, phone=typed),))
    send(client_of(clinician), url_of("edit", program, person), sent(plan))
    assert newest(person).contacts.get().phone == kept


@pytest.mark.parametrize(
    ("kind", "head", "most"), [("situation", "cope", 5), ("contact", "name", 6)]
)
def test_one_more_row_without_javascript(
    client_of, clinician, program, person, kind: str, head: str, most: int
):
    typed = sent(LATER) | {f"{kind}-1-{head}": "Half typed", "review_on": "soon"}
    client, kind_head = client_of(clinician), {"contact": "name"}.get(kind, kind)
    for shown in (4, 5, most, most):
        page = send(client, url_of("edit", program, person), typed | {"add": kind})
        count = min(shown, most)
        assert f'name="{kind}-{count - 1}-{head}"' in page
        assert f'name="{kind}-{count}-{head}"' not in page
        assert 'value="soon"' in page
        assert "Half typed" in page
        assert "There is a problem" not in page
        box = page.split(f'name="{kind}-{count - 1}-{kind_head}"')[1].split(">")[0]
        assert "autofocus" in box
        typed |= {f"{kind}-{n}-{f}": "" for n in range(3, count) for f in ("situation", "name")}
    assert RelapsePlan.objects.count() == 0


def test_somebody_was_first(client_of, clinician, director, program, person):
    first = stored(person, LATER)
    mine = sent(replace(LATER, reasons="My words"), first.public_id)
    theirs = replace(LATER, what_worked="A walk with the dog\nTheir words")
    second = stored(person, theirs, written_by=director)
    page = send(client_of(clinician), url_of("edit", program, person), mine)
    assert "Somebody else has saved a version of this plan meanwhile." in page
    assert "My words" in page
    assert "New:</span> Their words" in page
    assert f'value="{second.public_id}"' in page
    assert latest_plan(person) == second
    send(client_of(clinician), url_of("edit", program, person), mine | {"seen": second.public_id})
    assert (newest(person).number, newest(person).reasons) == (3, "My words")


def test_nothing_is_saved_without_the_trail(client_of, clinician, program, person, audit_fails):
    with pytest.raises(Exception, match="audit_fails"):
        client_of(clinician).post(url_of("edit", program, person), sent(LATER))


def test_queries(client_of, clinician, program, person, urls):
    client = client_of(clinician)
    once = queries_of(client, urls["plan"]), queries_of(client, urls["edit"])
    more = replace(WHOLE, situations=(WEDDING,) * 5, contacts=(JO,) * 6)
    for _ in range(3):
        stored(person, more)
    assert (queries_of(client, urls["plan"]), queries_of(client, urls["edit"])) == once
    assert once[0] <= 16
