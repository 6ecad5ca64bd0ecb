"""The page of replies: what waits, the oldest first; and what was done about it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.models import Role
from reminders.models import Reply
from reminders.replies.actions import see_to_reply
from tests import build
from tests.build import NOW
from tests.build_reminders import a_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(program):
    found = build.a_participant(first_name="Ada", last_name="Nolan", safe_contact="Not at work")
    build.an_enrollment(program, found)
    return found


@pytest.fixture
def url(program) -> str:
    return f"/reminders/{program.public_id}/replies/"


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def see_to(client, url: str, reply: Reply, how: str, **options):
    form = {f"reply-{reply.public_id}-how": how}
    return client.post(f"{url}{reply.public_id}/", form, **options)


def test_what_waits_stands_there_the_oldest_first(client_of, administrator, program, person, url):
    a_reply(person, program, text="When is it?", received_at=NOW)
    a_reply(None, None, text="Who are you?", received_at=NOW - timedelta(days=1))
    page = words(client_of(administrator).get(url))
    assert page.index("Who are you?") < page.index("When is it?")
    assert "2 replies, the oldest first" in page
    assert "Ada N. (312) 555-0123 · Wed, Nov 25, 12:00 PM · Not understood" in page
    assert "Somebody we do not know (312) 555-0123" in page
    assert "Safe contact: Not at work" in page


def test_a_number_is_called_and_a_record_opened_with_one_touch(
    client_of, administrator, program, person, url
):
    a_reply(person, program)
    html = client_of(administrator).get(url).content.decode()
    assert 'href="tel:+13125550123"' in html
    assert f"/{person.public_id}/" in html


def test_what_somebody_wrote_is_shown_as_text(client_of, administrator, program, person, url):
    a_reply(person, program, text="<script>alert(1)</script>\nsecond line")
    html = client_of(administrator).get(url).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in html


def test_where_nothing_waits_it_says_so(client_of, administrator, program, person, url):
    page = words(client_of(administrator).get(url))
    assert "Nothing waits." in page
    assert "Understood, or seen to" not in page
    a_reply(person, program, meaning="stop", text="Basta")
    page = words(client_of(administrator).get(url))
    assert "Nothing waits." in page
    assert "Basta" in page
    assert "No more messages" in page


def test_what_was_done_is_kept(client_of, administrator, program, person, url):
    reply = a_reply(person, program)
    client = client_of(administrator)
    response = see_to(client, url, reply, " Called her back. ", follow=True)
    assert response.redirect_chain == [(url, 302)]
    reply.refresh_from_db()
    assert (reply.handled_by, reply.handled_how) == (administrator, "Called her back.")
    assert reply.handled_at is not None
    page = words(response)
    assert "Nothing waits." in page
    assert "What was done: Called her back. (Adam Reyes" in page
    line = AuditEvent.objects.get(verb="reply.seen_to")
    assert (line.by, line.subject_id, line.participant_id) == (
        administrator,
        reply.public_id,
        person.public_id,
    )
    assert "Called" not in str(line.detail)


def test_without_a_word_nothing_is_kept_and_nothing_is_lost(
    client_of, administrator, program, person, url
):
    reply, other = a_reply(person, program), a_reply(None, None)
    client = client_of(administrator)
    response = see_to(client, url, reply, "   ")
    assert response.status_code == 200
    assert "Error: Replies" in words(response)
    assert "Write in a few words what was done" in words(response)
    assert f'href="#id_reply-{reply.public_id}-how"' in response.content.decode()
    long = "called " * 100
    assert long.strip() in words(see_to(client, url, other, long))
    assert not Reply.objects.exclude(handled_at=None).exists()


def test_the_second_of_two_hears_that_it_was_seen_to(
    client_of, administrator, director, program, person, url
):
    reply = a_reply(person, program)
    see_to(client_of(director), url, reply, "Called.")
    response = see_to(client_of(administrator), url, reply, "I called as well.")
    assert "Somebody has seen to this reply already" in words(response)
    reply.refresh_from_db()
    assert (reply.handled_by, reply.handled_how) == (director, "Called.")


def test_what_was_understood_is_not_seen_to(program, person, administrator):
    reply = a_reply(person, program, meaning="stop")
    with pytest.raises(NotKept):
        see_to_reply(reply=reply, how="Done.", now=NOW, by=administrator)
    with pytest.raises(NotKept):
        see_to_reply(reply=a_reply(None, None), how=" ", now=NOW, by=administrator)


def test_nothing_is_kept_where_the_trail_cannot_be_written(
    program, person, administrator, audit_fails
):
    reply = a_reply(person, program)
    with pytest.raises(IntegrityError), transaction.atomic():
        see_to_reply(reply=reply, how="Called.", now=NOW, by=administrator)
    reply.refresh_from_db()
    assert reply.handled_at is None


def test_another_programs_replies_are_theirs(client_of, administrator, stranger, program, url):
    elsewhere = stranger.assignments.get().program
    theirs = a_reply(build.an_enrollment(elsewhere).participant, elsewhere, text="Not for you")
    client = client_of(administrator)
    assert "Not for you" not in words(client.get(url))
    assert see_to(client, url, theirs, "Done.").status_code == 404
    build.an_assignment(administrator, elsewhere, Role.ADMISSIONS)
    assert "Not for you" not in words(client.get(url))
    assert see_to(client, url, theirs, "Done.").status_code == 404
    there = f"/reminders/{elsewhere.public_id}/replies/"
    assert "Not for you" in words(client.get(there))
    assert see_to(client, there, theirs, "Done.").status_code == 302


def test_a_strangers_reply_is_seen_to_in_any_program(client_of, stranger, director, url):
    reply = a_reply(None, None)
    there = f"/reminders/{stranger.assignments.get().program.public_id}/replies/"
    assert see_to(client_of(stranger), there, reply, "Wrong number.").status_code == 302
    assert "Wrong number." in words(client_of(director).get(url))


def test_who_may(client_of, facilitator, clinician, billing, stranger, director, url, client):
    for user, status in (
        (facilitator, 403),
        (clinician, 403),
        (billing, 403),
        (stranger, 404),
        (director, 200),
    ):
        assert client_of(user).get(url).status_code == status
        assert see_to(client_of(user), url, a_reply(None, None), "Done.").status_code in (
            302 if status == 200 else status,
        )
    assert client.get(url).status_code == 302
    assert Reply.objects.filter(handled_by=director).count() == 1


def test_whoever_comes_back_to_the_address_of_one_finds_the_list(client_of, director, url):
    response = client_of(director).get(f"{url}{a_reply(None, None).public_id}/")
    assert (response.status_code, response["Location"]) == (302, url)


def test_reading_it_is_on_the_trail(client_of, director, program, url):
    a_reply(None, None)
    client_of(director).get(url)
    line = AuditEvent.objects.get(verb="replies.read")
    assert (line.by, line.program_id) == (director, program.public_id)
    assert line.detail == {"waiting": 1, "past": 0}


def test_as_many_statements_for_one_as_for_many(
    client_of, director, program, person, url, django_assert_num_queries
):
    client = client_of(director)
    a_reply(person, program)
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
    for _each in range(60):
        another = build.an_enrollment(program).participant
        a_reply(another, program)
        a_reply(another, program, meaning="stop")
        a_reply(None, None, handled_at=NOW, handled_by=director, handled_how="Done.")
    with django_assert_num_queries(9):
        page = words(client.get(url))
    assert "61 replies, the oldest first" in page
    assert "These are the oldest; there are more." in page
