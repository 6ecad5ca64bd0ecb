"""The pages that change who is in a group: who may, what they save, what they say beforehand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from groups.models import GroupMembership, ScheduleException, TherapyGroup, WaitingPlace
from programs.models import Role
from programs.weeks import local_date
from tests import build

pytestmark = pytest.mark.django_db
HIRED = "2020-01-06"
EDITORS = (Role.ADMISSIONS, Role.CLINICIAN, Role.DIRECTOR)


def boxes(name: str, day: date | None) -> dict[str, str]:
    """Return a date as its three boxes send it."""
    parts = (day.month, day.day, day.year) if day else ("", "", "")
    return {f"{name}_{number}": str(part) for number, part in enumerate(parts)}


def a_group_of(program, today: date, starts: str, **fields):
    """A group that meets on this weekday, with sessions in one, two and three weeks."""
    hour = int(starts[:2])
    group = build.a_group(program, **fields)
    times = (starts, f"{hour + 3:02}:00")
    pattern = build.a_pattern(group, *times, first_on=HIRED, weekday=today.weekday())
    for week in (1, 2, 3):
        build.a_session(group, today + timedelta(weeks=week), *times, pattern=pattern)
    return group


@pytest.fixture
def today(program):
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def next_on(today):
    return today + timedelta(weeks=1)


@pytest.fixture
def group(program, today):
    build.a_rule(program, effective_from="2020-01-01", min_minutes_per_week=180)
    return a_group_of(program, today, "09:00", name="Process A", capacity=2)


@pytest.fixture
def other(program, today):
    return a_group_of(program, today, "13:00", name="Skills B", capacity=2)


@pytest.fixture
def ada(program):
    person = build.a_participant(first_name="Ada", last_name="Nolan")
    return build.an_enrollment(program, person, admitted_on=HIRED)


@pytest.fixture
def member(group, program):
    person = build.a_participant(first_name="Ben", last_name="Diaz")
    return build.a_membership(group, build.an_enrollment(program, person, admitted_on=HIRED))


@pytest.fixture
def urls(program, group, member, ada):
    """The addresses of a group with a member, for which Ada waits."""
    base = f"/members/{program.public_id}"
    place = WaitingPlace.objects.create(group=group, enrollment=ada, asked_at=timezone.now())
    return {
        "join": f"{base}/{group.public_id}/join/",
        "wait": f"{base}/{group.public_id}/wait/",
        "promote": f"{base}/{group.public_id}/promote/",
        "move": f"{base}/move/{member.public_id}/",
        "end": f"{base}/end/{member.public_id}/",
        "put_off": f"{base}/put-off/{member.public_id}/",
        "stop": f"{base}/stop-waiting/{place.public_id}/",
    }


@pytest.fixture
def desk(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def join_url(program, group):
    return f"/members/{program.public_id}/{group.public_id}/join/"


@pytest.fixture
def asked(ada, next_on):
    """What the join form sends for Ada and the next session."""
    return {
        "person": str(ada.public_id),
        **boxes("first_on", next_on),
        **boxes("last_on", None),
        "override": "",
    }


def words_of(answer) -> str:
    return answer.content.decode()


# --- who may ----------------------------------------------------------------------------------

PAGES = ("join", "wait", "promote", "move", "end", "put_off", "stop")


@pytest.mark.parametrize("page", PAGES)
def test_who_may_change_a_group(client, client_of, program, stranger, facilitator, urls, page):
    method = "post" if page == "promote" else "get"
    expected = 302 if page == "promote" else 200
    for role in EDITORS:
        user = build.a_colleague(program, role)
        assert getattr(client_of(user), method)(urls[page]).status_code == expected
    for user in (facilitator, build.a_colleague(program, Role.BILLING)):
        assert getattr(client_of(user), method)(urls[page]).status_code == 403
    assert getattr(client_of(stranger), method)(urls[page]).status_code == 404
    answer = getattr(client, method)(urls[page])
    assert (answer.status_code, "/members/" in answer.url.partition("?")[0]) == (302, False)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_of_another_program_is_not_found(client_of, program, stranger, urls, page):
    own = stranger.assignments.get().program
    url = urls[page].replace(str(program.public_id), str(own.public_id))
    assert client_of(stranger).post(url).status_code == 404


def test_promoting_is_posted(desk, urls):
    assert desk.get(urls["promote"]).status_code == 405


# --- joining ----------------------------------------------------------------------------------


def test_the_next_session_is_suggested_and_people_by_their_short_names(
    desk, join_url, ada, member, next_on
):
    page = words_of(desk.get(join_url))
    assert "<title>Add to a group · Prairie Clinic</title>" in page
    assert f'<option value="{ada.public_id}">Ada N.</option>' in page
    assert "Ben D." not in page
    assert f'name="first_on_1" value="{next_on.day}"' in page
    assert "1 of 2 seats are free from" in page
    assert "Nolan" not in page


def test_somebody_joins(desk, join_url, asked, ada, group, next_on, administrator):
    answer = desk.post(join_url, asked, follow=True)
    place = ada.memberships.get()
    assert (place.group, place.first_on, place.last_on) == (group, next_on, None)
    assert AuditEvent.objects.get(verb="membership.started").by == administrator
    page = words_of(answer)
    assert answer.redirect_chain[0][0] == join_url.replace("join/", "")
    assert "Added. The first day is" in page
    assert "Ada N." in page[page.index("Join later") :]


def test_the_form_sent_twice(desk, join_url, asked, ada):
    for _ in range(2):
        assert desk.post(join_url, asked).status_code == 302
    assert ada.memberships.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"person": ""}, "Choose somebody"),
        ({"person": "nobody"}, "Choose somebody who is enrolled in this program"),
        (boxes("first_on", None), "Enter the first day"),
        ({"first_on_0": ""}, "Fill in month, day and year"),
        ({"first_on_0": "13"}, "Enter a real date"),
        ({"first_on_2": "0"}, "Enter a real date"),
        ({"first_on_2": "2062"}, "Enter a date within a year of today"),
        ({"last_on_0": "2", "last_on_1": "30", "last_on_2": "2027"}, "Enter a real date"),
        (boxes("last_on", date(2020, 3, 1)), "Enter a date within a year of today"),
        ({"override": "x" * 501}, "at most 500 characters"),
        ({"person": "\x00"}, "Choose somebody who is enrolled in this program"),
    ],
)
def test_bad_input_is_summed_up_and_nothing_saved(desk, join_url, asked, change, words):
    page = words_of(desk.post(join_url, asked | change))
    assert "There is a problem" in page
    assert words in page
    assert "<title>Error:" in page
    assert not GroupMembership.objects.exists()


def test_a_past_day_is_refused_at_its_field(desk, join_url, asked, today):
    page = words_of(desk.post(join_url, asked | boxes("first_on", today - timedelta(1))))
    assert page.count("Past rosters stay as they were.") >= 2
    assert not GroupMembership.objects.exists()


def test_somebody_of_another_program_cannot_be_sent(desk, join_url, asked):
    stranger = build.an_enrollment()
    page = words_of(desk.post(join_url, asked | {"person": str(stranger.public_id)}))
    assert "Choose somebody who is enrolled in this program" in page
    assert not stranger.memberships.exists()


def test_a_full_group_asks_why_or_offers_to_wait(desk, join_url, asked, ada, group, member):
    group.capacity = 1
    group.save()
    page = words_of(desk.post(join_url, asked))
    assert "Process A expects 2 people" in page
    assert "Say why it is right all the same" in page
    assert "Put on the waiting list" in page
    assert not ada.memberships.exists()
    desk.post(join_url, asked | {"override": "Team decision"})
    assert ScheduleException.objects.get().membership == ada.memberships.get()


def test_the_waiting_list_instead(desk, join_url, asked, ada, group, member):
    group.capacity = 1
    group.save()
    page = words_of(desk.post(join_url.replace("join", "wait"), asked, follow=True))
    assert "On the waiting list." in page
    assert WaitingPlace.objects.get().enrollment == ada


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_worked_out_before_it_is_saved(desk, join_url, asked, ada, other, htmx):
    build.a_membership(other, ada)
    headers = {"HX-Request": "true"} if htmx else {}
    page = words_of(desk.post(join_url, asked | {"act": "work_out"}, headers=headers))
    assert ("<html" in page) is not htmx
    for words in ("2 of 2 seats are free", "none at the same time", "3\xa0h before, 6\xa0h after"):
        assert words in page
    assert "3\xa0h required" in page
    assert "There is a problem" not in page
    assert not GroupMembership.objects.filter(group__name="Process A").exists()


def test_their_clash_is_told_beforehand(desk, join_url, asked, ada, today, program):
    clashing = a_group_of(program, today, "10:00", name="Skills C")
    build.a_membership(clashing, ada)
    sent = asked | {"act": "work_out"}
    page = words_of(desk.post(join_url, sent, headers={"HX-Request": "true"}))
    assert "Ada N. is expected in Skills C" in page
    assert "Why all the same" in page


@pytest.mark.parametrize("change", [{"person": ""}, {"first_on_0": "x"}, {"last_on_0": "x"}])
def test_half_a_form_is_worked_out_without_complaint(desk, join_url, asked, change):
    page = words_of(desk.post(join_url, asked | change | {"act": "work_out"}))
    assert "There is a problem" not in page


# --- the other pages --------------------------------------------------------------------------


def test_somebody_moves(desk, urls, member, other, next_on):
    page = words_of(desk.get(urls["move"]))
    assert "Move Ben D." in page
    assert "2 free of 2" in page
    assert "<title>Move to another group · Prairie Clinic</title>" in page
    sent = {"to": str(other.public_id), **boxes("first_on", next_on), "override": ""}
    worked_out = words_of(desk.post(urls["move"], sent | {"act": "work_out"}))
    assert "Offered hours" in worked_out or "stay as they are" in worked_out
    answer = desk.post(urls["move"], sent)
    assert answer.url == f"/members/{other.program.public_id}/{other.public_id}/"
    member.refresh_from_db()
    assert member.last_on == next_on - timedelta(1)
    assert other.memberships.get().first_on == next_on
    assert desk.post(urls["move"], sent).status_code == 302
    assert member.enrollment.memberships.count() == 2


@pytest.mark.parametrize(
    ("to", "words"), [("", "Choose a group"), ("x", "Choose a group of this program")]
)
def test_a_move_to_nowhere(desk, urls, to, words, next_on):
    page = words_of(desk.post(urls["move"], {"to": to, **boxes("first_on", next_on)}))
    assert words in page
    assert GroupMembership.objects.count() == 1


def test_a_group_of_another_program_is_no_choice(desk, urls, next_on):
    elsewhere = build.a_pattern(first_on=HIRED).group
    sent = {"to": str(elsewhere.public_id), **boxes("first_on", next_on)}
    assert "Choose a group of this program" in words_of(desk.post(urls["move"], sent))
    assert not elsewhere.memberships.exists()


def test_somebody_leaves_and_the_first_in_line_comes_in(desk, urls, group, member, ada, next_on):
    group.capacity = 1
    group.save()
    page = words_of(desk.get(urls["end"]))
    assert "Ben D. leaves Process A" in page
    assert "3\xa0h before, 0\xa0h after" in page
    answer = desk.post(urls["end"], boxes("last_on", next_on - timedelta(1)), follow=True)
    assert "The last day is" in words_of(answer)
    assert "1 person came in from the waiting list." in words_of(answer)
    member.refresh_from_db()
    assert member.last_on == next_on - timedelta(1)
    assert ada.memberships.get().first_on == next_on


def test_a_last_day_that_cannot_be(desk, urls, today):
    day = today - timedelta(9)
    page = words_of(desk.post(urls["end"], boxes("last_on", day)))
    assert "Past rosters stay as they were." in page
    assert "There is a problem" in page
    assert not AuditEvent.objects.filter(verb="membership.ended").exists()


def test_somebody_begins_later(desk, urls, member, next_on):
    GroupMembership.objects.filter(pk=member.pk).update(first_on=next_on)
    assert "Ben D. begins later" in words_of(desk.get(urls["put_off"]))
    later = next_on + timedelta(weeks=1)
    desk.post(urls["put_off"], boxes("first_on", later))
    member.refresh_from_db()
    assert member.first_on == later
    page = words_of(desk.post(urls["put_off"], boxes("first_on", next_on)))
    assert "Choose a later day." in page


def test_somebody_waits_and_steps_out(desk, urls, group, ada):
    group.capacity = 1
    group.save()
    WaitingPlace.objects.all().update(left_at=timezone.now())
    page = words_of(desk.get(urls["wait"]))
    assert "Put someone on the waiting list" in page
    assert "none stays free" in page
    desk.post(urls["wait"], {"person": str(ada.public_id)})
    place = WaitingPlace.objects.waiting().get()
    assert place.enrollment == ada
    assert "Ada N." not in words_of(desk.get(urls["wait"]))
    url = urls["stop"].rpartition("stop-waiting/")[0] + f"stop-waiting/{place.public_id}/"
    assert "number 1 in line" in words_of(desk.get(url))
    assert "Off the waiting list." in words_of(desk.post(url, follow=True))
    assert not WaitingPlace.objects.waiting().exists()
    assert desk.post(url).status_code == 302


def test_nobody_is_put_on_the_list_of_a_group_with_a_seat(desk, urls, ada):
    WaitingPlace.objects.all().update(left_at=timezone.now())
    page = words_of(desk.post(urls["wait"], {"person": str(ada.public_id)}))
    assert "Add them to the group." in page


def test_the_first_in_line_is_let_in(desk, urls, group, ada):
    page = words_of(desk.post(urls["promote"], follow=True))
    assert "1 person came in from the waiting list." in page
    assert "From the waiting list" in page
    page = words_of(desk.post(urls["promote"], follow=True))
    assert "Nobody came in: no seat stays free for the first in line." in page


# --- what it costs ----------------------------------------------------------------------------


def test_the_same_queries_with_one_and_with_many(desk, urls, program, group, ada, other, next_on):
    sent = {
        "person": str(ada.public_id),
        "to": str(other.public_id),
        **boxes("first_on", next_on),
        **boxes("last_on", next_on),
        "act": "work_out",
    }

    def cost():
        found = {}
        for page in ("join", "move", "end", "put_off", "wait"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.post(urls[page], sent).status_code == 200
            found[page] = len(queries)
        return found

    TherapyGroup.objects.all().update(capacity=12)

    def fill(number):
        for each in (group, other):
            build.a_membership(each, build.an_enrollment(program, admitted_on=HIRED))
            build.a_session(each, next_on + timedelta(number), "16:00", "17:00")
        build.a_membership(build.a_group(program), ada)
        WaitingPlace.objects.create(
            group=group,
            enrollment=build.an_enrollment(program, admitted_on=HIRED),
            asked_at=timezone.now(),
        )

    fill(1)
    few = cost()
    for number in (2, 3):
        fill(number)
    assert cost() == few
    assert max(few.values()) <= 60
