"""The pages of the trail: whose lines they show, in which words, and how they are signed off."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import Disclosure, Program, Role, TrailReview
from programs.trail.grouping import Known, days_of
from programs.trail.reading import sheet_of
from programs.trail.trail_page import days_to_review, is_due
from programs.weeks import local_date
from tests import build
from tests.build import CHICAGO, NOW, moment, on
from tests.build_trust import a_line, a_trail_review, stated, taken_out
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def url(view: str, program: Program, *ids: Any) -> str:
    return reverse(f"trail:{view}", args=[program.public_id, *ids])


def text_of(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def person(program):
    person = build.a_participant(first_name="Marta", last_name="Quill")
    build.an_enrollment(program, person)
    return person


@pytest.mark.parametrize("role", [*(each for each in Role if each != Role.DIRECTOR), None])
def test_only_a_director_reads_it(client_of, program, person, role):
    user = build.a_colleague(program, role) if role else build.a_user()
    client, status = client_of(user), 403 if role else 404
    for here in (
        url("trail", program),
        url("person", program, person.public_id),
        url("colleague", program, user.public_id),
        url("person_csv", program, person.public_id),
        url("colleague_csv", program, user.public_id),
    ):
        assert client.get(here).status_code == status


def test_who_looked_at_somebody(client_of, program, director, clinician, person):
    at = moment("2026-11-23", "09:01")
    for minutes in (0, 5, 9):
        read = at + timedelta(minutes=minutes)
        a_line(
            read, clinician, "participant.read", person=person, program=program, address="10.1.2.3"
        )
    a_line(at, clinician, "notes.signed", person=person, program=program)
    a_line(at, clinician, "participant.read", person=build.a_participant(), program=program)
    here = url("person", program, person.public_id)
    text = text_of(client_of(director).get(here))
    assert "Nov 23, 2026 · Cleo Ortiz, LCSW" in text
    assert re.search(r"Read the record ×3 9:01.AM to 9:10.AM · 10\.1\.2\.3", text)
    assert "Signed notes" in text
    line = AuditEvent.objects.get(verb="trail.read")
    assert (line.by, line.participant_id, line.detail) == (director, person.public_id, {"rows": 4})
    only = text_of(client_of(director).get(f"{here}?kind=change&first_on=2026-11-23"))
    assert "Signed notes" in only
    assert "Read the record" not in only
    other_day = text_of(client_of(director).get(f"{here}?last_on=2026-11-22"))
    assert "Nothing is on the trail here" in other_day


def test_lines_under_a_duplicate_are_shown_too(client_of, program, director, clinician, person):
    duplicate = build.a_participant(merged_into=person, merged_at=NOW)
    a_line(NOW, clinician, "notes.signed", person=duplicate, program=program)
    page = client_of(director).get(url("person", program, person.public_id))
    assert "Signed notes" in text_of(page)


def test_what_a_colleague_did(client_of, program, director, clinician, person, stranger):
    elsewhere = stranger.assignments.get().program
    theirs = build.an_enrollment(elsewhere, build.a_participant(last_name="Elsewhere")).participant
    a_line(NOW, clinician, "participant.read", person=person, program=program)
    a_line(NOW, clinician, "notes.saved", person=person, program=elsewhere)
    a_line(NOW, clinician, "relapse_plan.saved", person=theirs, program=elsewhere)
    a_line(NOW, clinician, "user.signed_in", subject_id=clinician.public_id)
    a_line(NOW, None, "user.sign_in_refused", subject_id=clinician.public_id)
    a_line(NOW, director, "census.exported", program=program)
    text = text_of(client_of(director).get(url("colleague", program, clinician.public_id)))
    for words in ("Read the record · Marta Quill", "Signed in", "A sign-in was refused"):
        assert words in text
    assert "another program" in text
    for other in ("Saved the relapse plan", "Elsewhere", "Exported the census", "Day PHP"):
        assert other not in text
    assert client_of(director).get(url("colleague", program, stranger.public_id)).status_code == 404
    assert client_of(stranger).get(url("person", elsewhere, person.public_id)).status_code == 404


def test_the_same_lines_as_a_file_without_names(client_of, program, director, clinician, person):
    a_line(NOW, clinician, "participant.read", person=person, program=program, address="10.1.2.3")
    a_line(NOW, clinician, "notes.signed", person=person, program=program)
    client = client_of(director)
    asked = f"{url('person_csv', program, person.public_id)}?kind=read"
    answer = taken_out(client, asked)
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["what"], row["colleague"], row["address"]) for row in rows] == [
        ("Read the record", "Cleo Ortiz, LCSW", "10.1.2.3")
    ]
    assert rows[0]["participant"] == str(person.public_id)
    assert "Quill" not in answer.content.decode()
    line = AuditEvent.objects.get(verb="trail.exported")
    assert (line.by, line.participant_id) == (director, person.public_id)
    assert line.detail == {"rows": 1}
    assert Disclosure.objects.get().disclosed.get().participant == person
    page = client.get(url("person", program, person.public_id) + "?kind=read&before=x")
    assert f'href="{asked}"' in page.content.decode()
    assert "Before this leaves" in text_of(client.get(asked))
    assert AuditEvent.objects.filter(verb="trail.exported").count() == 1


def test_the_file_of_a_colleague_tells_of_everybody_in_it(
    client_of, program, director, clinician, person
):
    other = build.an_enrollment(program).participant
    double = build.a_participant(merged_into=other, merged_at=NOW)
    a_line(NOW, clinician, "participant.read", person=person, program=program)
    a_line(NOW, clinician, "notes.signed", person=double, program=program)
    a_line(NOW, clinician, "user.signed_in", subject_id=clinician.public_id)
    client, asked = client_of(director), url("colleague_csv", program, clinician.public_id)
    page = client.get(url("colleague", program, clinician.public_id))
    assert f'href="{asked}"' in page.content.decode()
    taken_at = stated(client, asked)
    held = Disclosure.objects.get().disclosed
    assert set(held.values_list("participant", flat=True)) == {person.pk, other.pk}
    answer = client.get(taken_at)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted(row["what"] for row in rows) == ["Read the record", "Signed in", "Signed notes"]
    line = AuditEvent.objects.get(verb="trail.exported")
    assert (line.subject_id, line.detail) == (clinician.public_id, {"rows": 3})
    # Where nobody in treatment is in it there is nothing to state.
    entries = client.get(f"{asked}?kind=entry")
    assert entries["Content-Type"].startswith("text/csv")


def test_pages_by_cursor_show_each_line_once(clinician):
    for number in range(7):
        a_line(NOW - timedelta(hours=number // 3), clinician, f"comet.seen{number}")
    seen, before = [], ""
    for _ in range(4):
        sheet = sheet_of(AuditEvent.objects.all(), before=before, size=3)
        seen += [each.verb for each in sheet.lines]
        before = sheet.older
        if not before:
            break
    assert len(seen) == 7
    assert sorted(seen) == sorted(AuditEvent.objects.values_list("verb", flat=True))
    for odd in ("x", "_", "2026-11-23_x", f"2026-11-23T09:00:00_{NOW}"):
        assert len(sheet_of(AuditEvent.objects.all(), before=odd, size=9).lines) == 7


def test_a_search_is_posted_and_finds_people_and_colleagues(
    client_of, program, director, clinician, person, stranger
):
    client, here = client_of(director), url("trail", program)
    found = client.post(here, {"q": "quill"})
    assert url("person", program, person.public_id) in found.content.decode()
    found = client.post(here, {"q": "cleo"})
    assert url("colleague", program, clinician.public_id) in found.content.decode()
    assert "has such a name" in text_of(client.post(here, {"q": "stella"}))
    assert "Enter a part of a name" in text_of(client.post(here, {"q": " "}))
    title = re.search(r"<title>(.*?)</title>", found.content.decode(), re.S)
    assert title
    assert "Cleo" not in title[1]


def test_what_stands_out_is_on_top_and_signed_off(client_of, program, director, person):
    own = build.a_colleague(program, Role.CLINICIAN, name="Marta Quill")
    now = timezone.now()
    a_line(now - timedelta(minutes=5), own, "participant.read", person=person, program=program)
    client, here = client_of(director), url("trail", program)
    text = text_of(client.get(here))
    assert "A sign-off is due." in text
    assert "Own record" in text
    assert "1 line about a record with the same name or email as theirs." in text
    today = local_date(now, program.zone)
    asked = f"?first_on={today - timedelta(days=3)}&last_on={today}"
    answer = client.post(here + asked, {"sign_off": "1", "note": " Spoke with her. "})
    assert answer.url == here
    review = TrailReview.objects.get()
    assert (review.first_on, review.last_on) == (today - timedelta(days=3), today)
    assert review.unusual["own"] == 1
    assert review.note == "Spoke with her."
    line = AuditEvent.objects.get(verb="trail.signed_off")
    assert line.detail["unusual"] == sum(review.unusual.values())
    text = text_of(client.get(here))
    assert "A sign-off is due." not in text
    assert "Own record: 1" in text
    again = client.post(here + asked, {"sign_off": "1", "note": ""})
    assert "You have signed off these days already." in text_of(again)
    assert TrailReview.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?first_on=2026-11-23&last_on=2026-11-22", "turn them round"),
        ("?first_on=2026-01-01&last_on=2026-11-22", "more than 92 days"),
        ("?first_on=soon", "This is not a date"),
        ("?last_on=1999-11-22", "Choose a day after 1999."),
    ],
)
def test_days_that_cannot_be_read_are_named(client_of, program, director, asked, words):
    assert words in text_of(client_of(director).get(url("trail", program) + asked))


def test_the_days_since_the_last_sign_off(program):
    today = date(2026, 11, 25)

    def days(*reviews: TrailReview) -> tuple[date, date]:
        span = days_to_review(reviews, today=today, zone=CHICAGO)
        return span.first_on, span.last_on

    assert days() == (date(2026, 10, 25), today)
    # Signed on the day after, and on the last day itself, which still ran.
    after = a_trail_review(
        program, last_on=on("2026-11-20"), reviewed_at=moment("2026-11-21", "08:00")
    )
    assert days(after) == (date(2026, 11, 21), today)
    while_it_ran = a_trail_review(
        program, last_on=on("2026-11-21"), reviewed_at=moment("2026-11-21", "23:59")
    )
    assert days(while_it_ran, after) == (date(2026, 11, 21), today)
    assert is_due([after], today=date(2026, 12, 21)) is False
    assert is_due([after], today=date(2026, 12, 22)) is True
    assert is_due([], today=today) is True


def test_what_the_database_refuses_of_a_review(program, director):
    review = a_trail_review(program, reviewed_by=director)
    with refused("trail_review_once"):
        a_trail_review(program, reviewed_by=director)
    a_trail_review(program, reviewed_by=build.a_user())
    twin = a_trail_review(program, reviewed_by=director, last_on=on("2026-11-23"))
    explains(twin, "trail_review_once", last_on=review.last_on)
    with refused("trail_review_last_after_first"):
        TrailReview.objects.filter(pk=review.pk).update(last_on=on("2026-10-31"))
    TrailReview.objects.filter(pk=review.pk).update(last_on=review.first_on)
    explains(review, "trail_review_last_after_first", last_on=on("2026-10-31"))


def test_two_colleagues_of_one_day_are_two_groups(program, clinician, director):
    for minutes, who in enumerate([clinician, director, clinician, None]):
        a_line(NOW + timedelta(minutes=minutes), who, "participant.read", program=program)
    lines = AuditEvent.objects.select_related("by")
    found = days_of(lines, Known({}, {program.public_id: program.name}), program.zone)
    assert [(each.who, len(each.entries), each.entries[0].count) for each in found] == [
        ("the system, or nobody signed in", 1, 1),
        ("Cleo Ortiz, LCSW", 1, 2),
        ("Dina Osei", 1, 1),
    ]


def test_as_many_statements_for_many_lines_as_for_one(client_of, program, director, clinician):
    client = client_of(director)
    build.a_colleague(program, Role.FACILITATOR)
    counts: dict[str, set[int]] = {}
    for more in (1, 2, 40):
        for _ in range(more):
            someone = build.an_enrollment(program).participant
            leads = build.a_colleague(program, Role.FACILITATOR)
            a_line(timezone.now(), leads, "participant.read", person=someone, program=program)
        for view, ids in (("trail", ()), ("colleague", (clinician.public_id,))):
            with CaptureQueriesContext(connection) as made:
                client.get(url(view, program, *ids))
            counts.setdefault(view, set()).add(len(made))
    assert {view: len(each) for view, each in counts.items()} == {"trail": 1, "colleague": 1}
    assert max(counts["trail"]) <= 26
