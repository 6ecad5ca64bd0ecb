"""Who may be on record already: what is shown of whom, and what is only reported."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from programs.merging.actions import report_duplicates
from programs.merging.likely import facts_of, likely_duplicates
from programs.models import DuplicateReport, Participant, Role
from tests import build
from tests.build import NOW
from tests.build_episodes import a_duplicate_report, a_referral
from tests.programs.many_people import many_people
from tests.programs.merging import BORN, KNOWN, known_in

pytestmark = pytest.mark.django_db
TYPED = {"first_name": "Jose", "last_name": "Jonhson", "birth_date": "1990-03-09"}
HIDDEN = "Someone like this may be on record in another program. A director will look at it."


@pytest.fixture
def url(program) -> str:
    return f"/duplicates/{program.public_id}/likely/"


def said(client, url: str, **typed: str) -> str:
    answer = client.post(url, typed)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whom_one_may_see_is_shown(client_of, administrator, program, url):
    person = known_in(program, chart_number="C-77")
    page = said(client_of(administrator), url, **TYPED)
    for words in ("José Johnson", "C-77", "Mar 9, 1990", program.name, "similar name, same birth"):
        assert words in page
    assert f'name="participant" value="{person.public_id}"' in page
    assert "another program" not in page
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("participants.compared", {"found": 1, "hidden": 0})


def test_of_whom_one_may_not_see_there_is_one_neutral_sentence(client_of, administrator, url):
    for _ in range(2):
        known_in(build.a_program(name="Secret PHP"), chart_number=f"S-{_}")
    page = said(client_of(administrator), url, **TYPED)
    assert page.count(HIDDEN) == 1
    for words in ("José", "S-", "Secret", "1990", "This is them", "Likely on record"):
        assert words not in page


@pytest.mark.parametrize(
    ("typed", "is_likely"),
    [
        (TYPED, True),
        ({**TYPED, "birth_date": ""}, False),
        ({**TYPED, "last_name": "Johnson", "birth_date": ""}, True),
        ({"last_name": "Johnson", "phone": "(402) 555-0100"}, True),
        ({"last_name": "Jonhson", "email": "JOSE@example.org"}, True),
        ({"first_name": "Pepe", "last_name": "Johnson"}, True),
        ({"first_name": "Tom", "last_name": "Johnson"}, False),
        ({"first_name": "Jose", "birth_date": "1990-03-09"}, False),
        ({}, False),
        ({"last_name": "x" * 81, "first_name": "Jose"}, False),
        ({"first_name": "\x00", "last_name": "%", "phone": "1", "email": "@"}, False),
        ({**TYPED, "birth_date": "0000-99-99"}, False),
    ],
)
def test_what_is_typed_so_far(client_of, administrator, program, url, typed, is_likely):
    more = {"phone": "+14025550100", "email": "jose@example.org", "preferred_name": "Pepe"}
    known_in(program, **more)
    page = said(client_of(administrator), url, **typed)
    assert ("Likely on record already" in page) is is_likely
    assert AuditEvent.objects.exists() is is_likely


@pytest.mark.parametrize(
    ("boxes", "is_read"),
    [(("3", "9", "1990"), True), (("13", "9", "1990"), False), (("3", "9", "9" * 30), False)],
)
def test_a_birth_date_in_boxes(client_of, administrator, program, url, boxes, is_read):
    known_in(program)
    typed = {f"birth_date_{box}": value for box, value in enumerate(boxes)}
    page = said(client_of(administrator), url, first_name="Jose", last_name="Jonhson", **typed)
    assert ("Likely on record already" in page) is is_read


def test_a_duplicate_leads_to_the_record_that_is_kept(program, administrator):
    kept = known_in(program, last_name="Keller", first_name="Joe")
    known_in(program, "2026-09-02", merged_into=kept, merged_at=NOW)
    found = likely_duplicates(facts_of(Participant(**KNOWN)), user=administrator)
    assert [each.person for each in found.visible] == [kept]


def test_the_likeliest_first_and_a_caller_is_found_too(program, administrator):
    by_name = build.a_participant(**{**KNOWN, "birth_date": None})
    a_referral(program, by_name)
    similar, same = known_in(program, last_name="Jonson"), known_in(program)
    found = likely_duplicates(facts_of(Participant(**KNOWN)), user=administrator)
    assert [each.person for each in found.visible] == [same, similar, by_name]
    assert found.visible[2].programs == program.name


def test_a_role_that_reads_no_record_is_shown_none(program, facilitator, administrator):
    other = build.a_program()
    build.an_assignment(administrator, other, Role.BILLING)
    known_in(other)
    found = likely_duplicates(facts_of(Participant(**KNOWN)), user=administrator)
    assert (found.visible, found.hidden_count) == ((), 1)


def test_who_may_ask(client_of, url, clinician, billing, facilitator, stranger, administrator):
    for user, status in ((clinician, 403), (billing, 403), (facilitator, 403), (stranger, 404)):
        assert client_of(user).post(url, TYPED).status_code == status
    assert client_of(administrator).get(url).status_code == 405


def test_few_statements_that_use_the_indexes(program, administrator):
    for _ in range(6):
        known_in(program)
    many_people(500, program)
    facts = facts_of(Participant(phone="+14025550100", email="a@example.org", **KNOWN))
    with CaptureQueriesContext(connection) as queries:
        found = likely_duplicates(facts, user=administrator)
    assert len(found.visible) == 5
    assert len(queries) <= 5
    with connection.cursor() as cursor:
        # Among so few the planner would read them all; each part of the question has its index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "participant_names" in plan
    assert "participant_born" in plan
    assert "Seq Scan" not in plan


def report(person: Participant, program, by) -> int:
    return report_duplicates(entered=person, now=NOW, by=by, program=program)


def test_hidden_ones_are_reported_once(program, administrator, stranger):
    entered, known_here = known_in(program), known_in(program)
    hidden = known_in(build.a_program(), last_name="Jonhson")
    assert report(entered, program, administrator) == 1
    assert report(entered, program, administrator) == 0
    row = DuplicateReport.objects.get()
    assert (row.entered, row.known, row.program) == (entered, hidden, program)
    assert (row.reported_by, row.reported_at) == (administrator, NOW)
    assert known_here not in (row.known, row.entered)
    event = AuditEvent.objects.get()
    assert (event.verb, event.participant_id) == ("duplicates.reported", entered.public_id)
    assert event.detail == {"reports": 1}


def test_what_was_answered_or_reported_the_other_way_round_is_not_asked_again(program):
    entered, one, other = (known_in(program) for _ in range(3))
    a_duplicate_report(
        entered=entered, known=one, settled_at=NOW, outcome="different", program=program
    )
    a_duplicate_report(entered=other, known=entered, program=program)
    assert report(entered, program, None) == 0
    assert DuplicateReport.objects.count() == 2


def test_nobody_like_them_is_no_report(program, administrator):
    known_in(build.a_program(), first_name="Tom", last_name="Keller", birth_date=BORN)
    assert report(known_in(program), program, administrator) == 0
    assert not AuditEvent.objects.exists()


def test_no_report_without_its_line_on_the_trail(program, request):
    entered = known_in(program)
    known_in(build.a_program())
    request.getfixturevalue("audit_fails")
    with pytest.raises(Exception, match="audit_fails"):
        report(entered, program, None)
    assert not DuplicateReport.objects.exists()
