"""The alerts in the browser: who may see which, what they say, filters, actions, and queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from hours.models import Alert, Digest
from programs.models import Program
from tests import build
from tests.build import MONDAY, NOW
from tests.build_episodes import an_authorization
from tests.build_hours import an_alert
from tests.programs.record_pages import queries_of, read, send

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = date(2026, 11, 25)
REASON = "Her sister calls on Friday."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def someone(program: Program, name: str = "Ada", **fields):
    person = build.a_participant(first_name=name, last_name="Nolan")
    return build.an_enrollment(program, person, **fields)


@pytest.fixture
def alert(program) -> Alert:
    return an_alert(someone(program))


def page_of(program: Program, **asked: str) -> str:
    return f"/alerts/{program.public_id}/?{urlencode(asked)}"


def one_of(alert: Alert, act: str = "") -> str:
    return f"/alerts/{alert.enrollment.program.public_id}/{alert.public_id}/{act}"


def snoozed(alert: Alert, by: User, **fields) -> None:
    put_off = {"snooze_ends_on": TODAY + timedelta(days=2), "snoozed_by": by}
    for name, value in ({"snooze_reason": REASON} | put_off | fields).items():
        setattr(alert, name, value)
    alert.save()


class TestWhoMay:
    def test_everybody_of_the_program_sees_the_list(
        self, client_of: ClientOf, program, alert, director, clinician, administrator, billing
    ):
        for user in (director, clinician, administrator, billing):
            assert "Ada Nolan" not in (said := read(client_of(user), page_of(program)))
            assert "Ada N" in said

    def test_a_facilitator_sees_their_own_people_and_what_is_theirs(
        self, client_of: ClientOf, program, facilitator, alert
    ):
        group = build.a_group(program)
        build.a_session(group, MONDAY, facilitators=[facilitator])
        an_alert(mine := someone(program, "Bea"))
        build.a_membership(group, mine)
        given = an_alert(someone(program, "Cal"), user=facilitator)
        said = read(client_of(facilitator), page_of(program))
        assert "Bea N" in said
        assert "Cal N" in said
        assert "Ada N" not in said
        assert "Your people." in said
        assert "Take it" not in said
        assert client_of(facilitator).get(one_of(given)).status_code == 200
        assert client_of(facilitator).get(one_of(alert)).status_code == 403

    def test_a_stranger_finds_nothing(self, client_of: ClientOf, program, alert, stranger):
        client = client_of(stranger)
        for address in (page_of(program), one_of(alert)):
            assert client.get(address).status_code == 404

    @pytest.mark.parametrize("act", ["give", "take", "snooze", "wake"])
    def test_who_only_reads_changes_nothing(
        self, client_of: ClientOf, alert, facilitator, billing, stranger, act
    ):
        for user, status in ((facilitator, 403), (billing, 403), (stranger, 404)):
            assert client_of(user).post(one_of(alert, f"{act}/")).status_code == status
        assert client_of(billing).get(one_of(alert, f"{act}/")).status_code == 405
        alert.refresh_from_db()
        assert (alert.user, alert.snooze_ends_on) == (None, None)

    def test_the_reason_is_for_those_who_may_put_off(
        self, client_of: ClientOf, program, alert, clinician, billing
    ):
        snoozed(alert, clinician)
        said = read(client_of(billing), page_of(program))
        assert "snoozed until Fri Nov 27" in said
        assert REASON not in said
        assert REASON not in read(client_of(billing), one_of(alert))
        said = read(client_of(clinician), page_of(program))
        assert f"snoozed until Fri Nov 27 by Cleo Ortiz, LCSW: {REASON}" in said


CARE = {"minutes_short": 0, "due_on": date(2026, 11, 30), "week_on": date(2026, 11, 30)}
WORDS = [
    ({}, "3 h short; recoverable", "/rescue/"),
    ({"kind": "unreachable"}, "3 h short; no seat is enough", "why="),
    ({"kind": "not_met"}, "3 h short; the week is over", "why="),
    ({"kind": "pending"}, "the hours hang on missing records", "why="),
    ({"kind": "days_short"}, "too few days can still qualify", "why="),
    ({"kind": "over_maximum"}, "more hours than the rule allows", "why="),
    ({"kind": "gap", "days": 5}, "5 days in a row without attendance", "why="),
    ({"kind": "gap", "days": 1}, "1 day without attendance", "why="),
    ({"kind": "unrecorded"}, "a session has no record", "/owed/"),
    ({"kind": "expiring", **CARE}, "ends Mon Nov 30; nothing is in force", "/authorizations/"),
    (
        {"kind": "expiring", **CARE, "due_on": date(2026, 11, 24)},
        "ended yesterday; nothing is in force",
        "/authorizations/",
    ),
    ({"kind": "review_due", **CARE}, "due Mon Nov 30", "/fuel/"),
    ({"kind": "recertification", **CARE, "due_on": TODAY}, "due today", "/plan/"),
    ({"kind": "recertification", **CARE, "due_on": MONDAY}, "was due Mon Nov 23", "/plan/"),
    ({"kind": "units_low", **CARE, "units_left": 2}, "2 days left of 12, ends Nov 30", "/auth"),
    ({"kind": "units_low", **CARE, "units_left": -1}, "used up: 13 of 12, ends Nov 30", "/auth"),
]


@pytest.mark.parametrize(("fields", "words", "leads_to"), WORDS)
def test_what_each_says_and_where_it_leads(
    client_of: ClientOf, program, director, fields, words, leads_to
):
    alert = an_alert(enrollment := someone(program), **fields)
    an_authorization(enrollment, last_on=date(2026, 11, 30))
    for address in (page_of(program), one_of(alert)):
        said = read(client_of(director), address)
        assert words in said
        assert leads_to in said
        assert "open since today" in said


def test_an_unrecorded_session_is_named_and_led_to(client_of: ClientOf, program, clinician):
    group = build.a_group(program, name="Skills")
    an_alert(person := someone(program), kind="unrecorded", minutes_short=0)
    build.a_membership(group, person)
    recorded = build.a_session(group, MONDAY)
    build.a_record(recorded, person.participant, "09:00-12:00")
    session = build.a_session(group, MONDAY + timedelta(days=1))
    build.a_session(group, MONDAY + timedelta(days=2), "08:00", "11:00")
    said = read(client_of(clinician), page_of(program))
    assert "no record for Skills since yesterday" in said
    assert f"/sheet/{program.public_id}/{session.public_id}/" in said


def test_a_facilitator_is_led_to_no_sheet_of_a_colleague(
    client_of: ClientOf, program, facilitator, clinician
):
    own, other = build.a_group(program, name="Skills"), build.a_group(program, name="Family")
    mine = build.a_session(own, MONDAY, facilitators=[facilitator])
    theirs = build.a_session(other, MONDAY, "13:00", "14:00", facilitators=[clinician])
    for name, group in (("Ada", own), ("Bea", other)):
        alert = an_alert(person := someone(program, name), kind="unrecorded", user=facilitator)
        build.a_membership(group, person)
        said = read(client_of(facilitator), one_of(alert))
        assert (f"/sheet/{program.public_id}/{mine.public_id}/" in said) is (group == own)
        assert str(theirs.public_id) not in said


@pytest.mark.parametrize("kind", ["expiring", "review_due", "units_low", "recertification"])
def test_care_is_for_those_who_read_authorizations(
    client_of: ClientOf, program, facilitator, billing, kind
):
    group = build.a_group(program)
    build.a_session(group, MONDAY, facilitators=[facilitator])
    alert = an_alert(person := someone(program), kind=kind, **CARE)
    build.a_membership(group, person)
    for user, status in ((billing, 200), (facilitator, 403)):
        assert ("Ada N" in read(client_of(user), page_of(program))) is (status == 200)
        assert client_of(user).get(one_of(alert)).status_code == status
    Alert.objects.update(user=facilitator)
    assert "Ada N" in read(client_of(facilitator), page_of(program))


class TestTheList:
    def order(self, said: str, *words: str) -> bool:
        places = [said.index(word) for word in words]
        return places == sorted(places)

    def test_worst_first_by_kind_or_by_person(self, client_of: ClientOf, program, director):
        ada, bea = someone(program), someone(program, "Bea")
        an_alert(ada, kind="days_short", minutes_short=0)
        an_alert(ada, minutes_short=60)
        an_alert(bea, minutes_short=120)
        an_alert(bea, kind="unreachable")
        client = client_of(director)
        said = read(client, page_of(program))
        assert "4 alerts about 2 people" in said
        assert self.order(said, "Unreachable: the week", "Recoverable: a make-up", "Too few days")
        assert self.order(said, "no seat", "2 h short", "1 h short")
        by_person = read(client, page_of(program, by="person"))
        assert self.order(by_person, "no seat", "2 h", "1 h", "too few")
        assert by_person.count('class="panel-head"') == 2

    def test_what_can_wait_and_what_is_resolved_stand_below(
        self, client_of: ClientOf, program, director, alert
    ):
        snoozed(alert, director)
        an_alert(someone(program, "Bea"))
        an_alert(someone(program, "Cal"), resolved_at=NOW)
        long_ago = {"opened_at": NOW - timedelta(days=30), "updated_at": NOW}
        gone = {"resolved_at": NOW - timedelta(days=15)}
        an_alert(someone(program, "Dan"), **long_ago, **gone)
        said = read(client_of(director), page_of(program))
        assert self.order(said, "Bea N", "Can wait", "Ada N", "Resolved", "Cal N", "resolved today")
        assert "Dan N" not in said
        assert "1 alert about 1 person" in said

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({}, "Ada Bea Cal"),
            ({"kind": "gap"}, "Bea"),
            ({"mine": "1"}, "Ada"),
            ({"snoozed": "no"}, "Ada Bea"),
            ({"snoozed": "only"}, "Cal"),
            ({"week": "2026-11-18"}, "Bea"),
            ({"kind": "gap", "mine": "1"}, ""),
        ],
    )
    def test_filters(self, client_of: ClientOf, program, director, alert, asked, names):
        alert.user = director
        alert.save()
        an_alert(someone(program, "Bea"), kind="gap", days=4, week_on=date(2026, 11, 16))
        snoozed(an_alert(someone(program, "Cal")), director)
        said = read(client_of(director), page_of(program, **asked))
        shown = [name for name in ("Ada", "Bea", "Cal") if f"{name} N" in said]
        assert " ".join(shown) == names
        assert ("None of these." in said) == (not names or names == "Cal")

    @pytest.mark.parametrize("name", ["kind", "snoozed", "by", "mine", "week"])
    def test_what_cannot_be_read_is_named_and_left_out(
        self, client_of: ClientOf, program, director, alert, name
    ):
        said = read(client_of(director), page_of(program, **{name: "nonsense"}))
        assert "This address could not be read whole:" in said
        assert "Ada N" in said

    def test_nothing_waits(self, client_of: ClientOf, program, director):
        said = read(client_of(director), page_of(program))
        assert "Nothing waits." in said
        assert f"/hours/{program.public_id}/" in said

    def test_as_many_queries_with_one_as_with_many(
        self, client_of: ClientOf, program, director, facilitator
    ):
        def one_of_each(name: str) -> None:
            person = someone(program, name)
            an_alert(person, user=facilitator)
            an_alert(person, kind="unrecorded")
            an_alert(person, kind="units_low", units_left=1, due_on=date(2026, 11, 29))
            an_alert(person, kind="gap", days=3, resolved_at=NOW)
            snoozed(an_alert(person, kind="days_short"), director)

        client = client_of(director)
        one_of_each("Ada")
        first = queries_of(client, page_of(program))
        for name in ("Bea", "Cal", "Dan"):
            one_of_each(name)
        assert queries_of(client, page_of(program)) == first <= 9


class TestActing:
    def test_taken_from_the_list_and_back_to_the_same_list(
        self, client_of: ClientOf, program, clinician, alert
    ):
        answer = client_of(clinician).post(one_of(alert, "take/"), {"here": "?by=person&next=//x"})
        assert answer.url == page_of(program, by="person")
        said = read(client_of(clinician), page_of(program))
        assert "yours" in said
        alert.refresh_from_db()
        assert alert.user == clinician

    def test_given_to_somebody_it_says_whose_it_was(
        self, client_of: ClientOf, alert, clinician, director
    ):
        client = client_of(director)
        to = {"give-to": str(clinician.public_id)}
        assert "It is Cleo Ortiz’s, who is told." in send(client, one_of(alert, "give/"), to)
        to = {"give-to": str(director.public_id)}
        assert "It is yours. It was Cleo Ortiz’s." in send(client, one_of(alert, "give/"), to)
        to = {"give-to": "nobody"}
        assert "It is nobody’s in particular. It was yours." in send(
            client, one_of(alert, "give/"), to
        )

    def test_to_nobody_that_is_not_here(self, client_of: ClientOf, alert, director, stranger):
        for to in (str(stranger.public_id), "", "x"):
            said = send(client_of(director), one_of(alert, "give/"), {"give-to": to})
            assert "Choose somebody of this program, or nobody" in said

    def test_snoozed_and_woken(self, client_of: ClientOf, alert, clinician):
        client = client_of(clinician)
        sent = {"snooze-until": "2026-11-30", "snooze-reason": REASON}
        assert "It waits until then" in send(client, one_of(alert, "snooze/"), sent)
        assert "Wake it now" in read(client, one_of(alert))
        assert "among those that wait again" in send(client, one_of(alert, "wake/"), {})
        assert "Wake it now" not in read(client, one_of(alert))

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({}, "Enter the day it comes back"),
            ({"snooze-until": "2026-11-25"}, "Enter a day after today"),
            ({"snooze-until": "2026-12-10"}, "until Wed Dec 9 at the latest"),
            ({"snooze-until": "soon"}, "Enter a real date"),
            ({"snooze-until": "2026-11-30", "snooze-reason": " "}, "why it can wait"),
        ],
    )
    def test_what_is_wrong_is_said_where_it_is(
        self, client_of: ClientOf, alert, clinician, sent, said
    ):
        sent = {"snooze-reason": REASON} | sent
        page = send(client_of(clinician), one_of(alert, "snooze/"), sent)
        assert "There is a problem" in page
        assert said in page
        alert.refresh_from_db()
        assert alert.snooze_ends_on is None

    def test_what_is_resolved_takes_no_more(self, client_of: ClientOf, alert, clinician):
        Alert.objects.update(resolved_at=NOW)
        client = client_of(clinician)
        said = read(client, one_of(alert))
        assert "Resolved." in said
        assert "Snooze it" not in said
        assert "This alert is resolved" in send(client, one_of(alert, "take/"), {})
        assert "This alert is resolved" in send(client, one_of(alert, "wake/"), {})
        assert "This alert is resolved" in send(
            client, one_of(alert, "give/"), {"give-to": "nobody"}
        )

    def test_a_page_about_somebody_is_on_the_trail(self, client_of: ClientOf, alert, billing):
        read(client_of(billing), one_of(alert))
        line = AuditEvent.objects.get(verb="participant.read")
        assert (line.by, line.participant_id) == (billing, alert.enrollment.participant.public_id)
        assert line.detail == {"page": "alert"}


class TestDigest:
    def test_chosen_by_a_director_for_herself(self, client_of: ClientOf, program, director):
        address = f"/alerts/{program.public_id}/digest/"
        assert '<option value="2" selected>' in read(client_of(director), address)
        said = send(client_of(director), address, {"weekday": "4"})
        assert "The week in numbers comes as you chose." in said
        assert '<option value="4" selected>' in said
        row = Digest.objects.get()
        assert (row.user, row.weekday, row.is_at_close) == (director, 4, False)
        send(client_of(director), address, {"weekday": "", "is_at_close": "on"})
        row.refresh_from_db()
        assert (row.weekday, row.is_at_close) == (None, True)
        assert '<option value="" selected>' in read(client_of(director), address)

    def test_no_such_day(self, client_of: ClientOf, program, director):
        said = send(
            client_of(director), f"/alerts/{program.public_id}/digest/", {"weekday": "nine"}
        )
        assert "Choose a weekday, or none" in said
        assert not Digest.objects.exists()

    def test_nobody_else(self, client_of: ClientOf, program, clinician, facilitator, stranger):
        for user, status in ((clinician, 403), (facilitator, 403), (stranger, 404)):
            answer = client_of(user).get(f"/alerts/{program.public_id}/digest/")
            assert answer.status_code == status
