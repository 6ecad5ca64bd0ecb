"""The page of one's calendar addresses: made, shown once, made anew, revoked."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from html import unescape

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.feeds.actions import make_feed, note_reading, revoke_feed
from groups.models import CalendarFeed
from programs.models import Role, StaffAssignment
from tests import build

pytestmark = pytest.mark.django_db

MINE, MAKE = "/calendar-address/", "/calendar-address/make/"
ADDRESS = re.compile(r"http://testserver(/feed/([\w-]{43})\.ics)")


def revoke_url(feed: CalendarFeed) -> str:
    return f"/calendar-address/{feed.public_id}/revoke/"


@pytest.fixture
def page_of(client_of):
    def page(user) -> str:
        answer = client_of(user).get(MINE)
        assert answer.status_code == 200
        return said(answer)

    return page


def said(answer) -> str:
    return unescape(answer.content.decode())


def shown(answer) -> tuple[str, str]:
    """Return the path and the secret that the page shows."""
    found = ADDRESS.search(said(answer))
    assert found
    return found[1], found[2]


@pytest.mark.parametrize(
    "who", ["facilitator", "clinician", "administrator", "director", "billing"]
)
def test_everybody_who_works_here_may_have_one(page_of, request, program, who):
    page = page_of(request.getfixturevalue(who))
    assert "<title>My calendar address · Prairie Clinic</title>" in page
    assert "My sessions" in page
    assert ("All sessions of the program" in page) is (who != "facilitator")
    assert "No address" in page


def test_who_works_nowhere_may_not(client_of, facilitator):
    StaffAssignment.objects.update(ended_at=timezone.now())
    assert client_of(facilitator).get(MINE).status_code == 403
    assert client_of(facilitator).post(MAKE, {"of": "own"}).status_code == 403
    assert not CalendarFeed.objects.exists()


def test_strangers_sign_in_first(db):
    for url in (MINE, MAKE):
        answer = Client().post(url) if url == MAKE else Client().get(url)
        assert answer["Location"].startswith("/sign-in/")


def test_the_account_menu_leads_here(client_of, director, program):
    assert f'href="{MINE}"' in said(client_of(director).get(f"/groups/{program.public_id}/"))


def test_an_address_is_made_and_shown_once(client_of, facilitator):
    browser = client_of(facilitator)
    answer = browser.post(MAKE, {"of": "own"})
    path, secret = shown(answer)
    assert "shown only this once" in said(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(path).status_code == 200
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.program, feed.revoked_at) == (facilitator, None, None)
    assert feed.secret_hash == sha256(secret.encode()).hexdigest()
    assert not ADDRESS.search(said(browser.get(MINE)))
    assert browser.get(MAKE)["Location"] == MINE
    line = AuditEvent.objects.get(verb="feed.made")
    assert (line.by, line.subject_id, line.detail) == (facilitator, feed.public_id, {})


def test_the_secret_is_kept_nowhere(client_of, facilitator):
    _path, secret = shown(client_of(facilitator).post(MAKE, {"of": "own"}))
    with connection.cursor() as cursor:
        # A month of the trail is read through the trail.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_of_a_program_that_one_reads_in_whole(client_of, director, program):
    answer = client_of(director).post(MAKE, {"of": str(program.public_id)})
    assert "New address of “Evening IOP”" in said(answer)
    assert CalendarFeed.objects.get().program == program
    assert AuditEvent.objects.get(verb="feed.made").program_id == program.public_id


@pytest.mark.parametrize("of", [None, "", "all", "own’s", "\x00", "x" * 5000, "’"])
def test_what_is_not_on_the_page_is_refused(client_of, director, of):
    answer = client_of(director).post(MAKE, {} if of is None else {"of": of})
    assert answer.status_code == 200
    assert "There is a problem" in said(answer)
    assert not CalendarFeed.objects.exists()


def test_of_another_program_it_is_refused(client_of, director, facilitator, program, stranger):
    elsewhere = stranger.assignments.get().program
    for user, of in ((director, elsewhere), (facilitator, program)):
        answer = client_of(user).post(MAKE, {"of": str(of.public_id)})
        assert "Choose one of the calendars on this page" in said(answer)
        assert "Day PHP" not in said(answer)
    assert not CalendarFeed.objects.exists()


def test_made_anew_the_old_one_ends(client_of, facilitator):
    browser = client_of(facilitator)
    old, new = (shown(browser.post(MAKE, {"of": "own"}))[0] for _ in range(2))
    assert old != new
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert CalendarFeed.objects.live().count() == 1
    verbs = AuditEvent.objects.filter(verb__in=["feed.made", "feed.revoked"]).order_by("pk")
    assert [line.verb for line in verbs] == ["feed.made", "feed.revoked", "feed.made"]


def test_only_that_of_the_same_calendar_ends(director, program):
    make_feed(program=None, now=timezone.now(), by=director)
    make_feed(program=program, now=timezone.now(), by=director)
    make_feed(program=program, now=timezone.now(), by=build.a_colleague(program, Role.DIRECTOR))
    assert CalendarFeed.objects.live().count() == 3


def test_revoked_it_ends_and_says_so(client_of, facilitator):
    browser = client_of(facilitator)
    path = shown(browser.post(MAKE, {"of": "own"}))[0]
    feed = CalendarFeed.objects.get()
    for _ in range(2):
        answer = browser.post(revoke_url(feed), follow=True)
        assert answer.redirect_chain == [(MINE, 302)]
        assert "Revoked." in said(answer)
        assert "No address" in said(answer)
    assert Client().get(path).status_code == 404
    line = AuditEvent.objects.get(verb="feed.revoked")
    assert (line.by, line.subject_id) == (facilitator, feed.public_id)


def test_nobody_revokes_anothers(client_of, facilitator, director, stranger):
    feed = make_feed(program=None, now=timezone.now(), by=facilitator).feed
    for user in (director, stranger):
        assert client_of(user).post(revoke_url(feed)).status_code == 404
    assert client_of(facilitator).get(revoke_url(feed)).status_code == 405
    assert CalendarFeed.objects.live().exists()


def test_the_page_says_since_when_and_when_last_read(page_of, facilitator):
    now = timezone.now()
    made_at = now - timedelta(days=400)
    feed = make_feed(program=None, now=made_at, by=facilitator).feed
    assert "not read yet" in page_of(facilitator)
    note_reading(feed=feed, now=now, by=facilitator)
    page = page_of(facilitator)
    assert f"Made {made_at.astimezone(build.CHICAGO):%b}" in page
    assert f"last read {now.astimezone(build.CHICAGO):%b}" in page


def test_an_address_that_answers_nothing_any_more_can_be_revoked(page_of, director, program):
    feed = make_feed(program=program, now=timezone.now(), by=director).feed
    StaffAssignment.objects.filter(user=director).update(role=Role.FACILITATOR)
    page = page_of(director)
    assert "Evening IOP" in page
    assert "this address answers nothing" in page
    assert revoke_url(feed) in page
    assert f'value="{program.public_id}"' not in page
    StaffAssignment.objects.filter(user=director).update(ended_at=timezone.now())
    build.an_assignment(director, build.a_program(), Role.BILLING)
    page = page_of(director)
    assert "A program you worked in" in page
    assert "Evening IOP" not in page


def test_nothing_changes_where_it_cannot_be_written_down(facilitator, request):
    feed = make_feed(program=None, now=timezone.now(), by=facilitator).feed
    request.getfixturevalue("audit_fails")
    now = timezone.now()
    for act in (
        lambda: make_feed(program=None, now=now, by=facilitator),
        lambda: revoke_feed(feed=feed, now=now, by=facilitator),
        lambda: note_reading(feed=feed, now=now, by=facilitator),
    ):
        with pytest.raises(IntegrityError):
            act()
        assert CalendarFeed.objects.live().get() == feed


def test_it_costs_the_same_for_one_address_and_for_three(client_of, director, program):
    def count() -> int:
        browser = client_of(director)
        with CaptureQueriesContext(connection) as found:
            browser.get(MINE)
        return len(found)

    make_feed(program=program, now=timezone.now(), by=director)
    few = count()
    for _ in range(2):
        other = build.a_program(program.site)
        build.an_assignment(director, other, Role.DIRECTOR)
        make_feed(program=other, now=timezone.now(), by=director)
    assert count() == few
    assert few <= 10
