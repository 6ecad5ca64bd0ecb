"""Taps that come late, twice or in the wrong order; undo; and what others see of them."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import AttendanceRecord
from attendance.sheet.actions import NotRecorded
from attendance.sheet.people import RecordHistory
from attendance.sheet.states import Ask
from attendance.sheet.wishes import RowMarks
from groups.models import GroupSession
from tests import build
from tests.attendance.sheet import (
    AT_TEN,
    a_member,
    a_running_session,
    on_sheet,
    record,
    row,
    said,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(program) -> GroupSession:
    return build.a_session(build.a_group(program))


@pytest.fixture
def person(session):
    return a_member(session)


def tap(session, person, act, seen=None, **fields) -> RowMarks:
    """A tap with a name of its own, on the row as it stands or as it was seen."""
    seen = on_sheet(session, person).state if seen is None else seen
    return RowMarks(person.public_id, seen, Ask(act), mark_id=uuid.uuid4(), **fields)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_a_tap_means_the_minute_in_which_it_was_made(session, person, facilitator):
    late = tap(session, person, "late", age=minutes(48))
    record(session, facilitator, late)
    assert said(session, person) == "09:12-"
    assert on_sheet(session, person).recorded_at == AT_TEN
    record(session, facilitator, tap(session, person, "left", age=timedelta(seconds=61)))
    assert said(session, person) == "09:12-09:58"


def test_a_tap_that_comes_twice_changes_nothing(session, person, facilitator, clinician):
    late = tap(session, person, "late")
    record(session, facilitator, late)
    record(session, clinician, tap(session, person, "excused"))
    again = record(session, facilitator, late, now=AT_TEN + minutes(5))
    assert (again.changed, again.conflicts) == ((), {})
    assert said(session, person) == "excused"
    assert AttendanceRecord.objects.get().mark_id != late.mark_id


def test_taking_back_is_known_again_too(session, person, facilitator):
    record(session, facilitator, tap(session, person, "late"))
    clear = tap(session, person, "clear")
    record(session, facilitator, clear)
    assert said(session, person) == "-"
    # Marked once more just as it was seen when it was taken back.
    record(session, facilitator, tap(session, person, "late"))
    assert not record(session, facilitator, clear, now=AT_TEN + minutes(3)).changed
    assert said(session, person) == "10:00-"


@pytest.mark.parametrize("is_same_person", [True, False])
def test_an_older_tap_never_overwrites_a_newer_record(
    session, person, facilitator, clinician, is_same_person
):
    older = tap(session, person, "excused", age=minutes(30))
    record(session, facilitator, tap(session, person, "late", age=minutes(10)))
    second = facilitator if is_same_person else clinician
    kept = record(session, second, older).conflicts[person.public_id]
    assert str(kept.wanted) == "a:excused"
    assert said(session, person) == "09:50-"


def test_the_next_tap_of_a_queue_is_made_on_what_the_first_left(session, person, facilitator):
    """Both waited: the second was made before the first was recorded, but on top of it."""
    record(session, facilitator, tap(session, person, "present", age=minutes(30)))
    record(session, facilitator, tap(session, person, "left", age=minutes(20)))
    assert said(session, person) == "09:00-09:40"


def test_what_somebody_took_back_is_not_marked_anew_by_an_older_tap(
    session, person, facilitator, clinician
):
    record(session, facilitator, tap(session, person, "present"))
    older = tap(session, person, "left", age=minutes(5))
    record(session, clinician, tap(session, person, "clear"))
    assert person.public_id in record(session, facilitator, older).conflicts
    assert said(session, person) == "-"


@pytest.mark.parametrize("age", [None, timedelta(seconds=-1), timedelta(hours=24, seconds=1)])
def test_ages_that_cannot_be(session, person, facilitator, age):
    with pytest.raises(NotRecorded, match="tapped"):
        record(session, facilitator, tap(session, person, "late", age=age))
    assert not AttendanceRecord.objects.exists()


def test_a_day_is_not_too_long(session, person, facilitator):
    waited = tap(session, person, "late", age=timedelta(hours=24))
    record(session, facilitator, waited, now=AT_TEN + timedelta(hours=24))
    assert said(session, person) == "10:00-"


def test_video_is_a_way_of_being_there(session, person, facilitator):
    record(session, facilitator, tap(session, person, "video"))
    assert str(on_sheet(session, person).state).startswith("v:")
    record(session, facilitator, tap(session, person, "left"))
    record(session, facilitator, tap(session, person, "back"), now=AT_TEN + minutes(9))
    assert AttendanceRecord.objects.get().is_by_video
    with connection.cursor() as cursor:
        cursor.execute("SELECT attendance_state(%s, %s)", [session.pk, person.pk])
        assert cursor.fetchone()[0] == str(on_sheet(session, person).state)
    record(session, facilitator, tap(session, person, "in_person"))
    assert not AttendanceRecord.objects.get().is_by_video
    record(session, facilitator, tap(session, person, "video"))
    record(session, facilitator, tap(session, person, "unexcused"))
    assert str(on_sheet(session, person).state) == "a:unexcused"
    with pytest.raises(NotRecorded, match="marked absent"):
        record(session, facilitator, tap(session, person, "video"))


def test_typed_times_leave_the_way_as_it_is(session, person, facilitator):
    record(session, facilitator, tap(session, person, "video"))
    seen = on_sheet(session, person).state
    times = {"arrived": "09:00", "left": "09:30"}
    record(session, facilitator, RowMarks(person.public_id, seen, times=times))
    assert said(session, person) == "09:00-09:30"
    assert AttendanceRecord.objects.get().is_by_video


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"arrived": "10:01"}, "arrived"),
        ({"arrived": "09:00", "left": "10:01"}, "left"),
        ({"arrived": "09:00", "out1": "09:30", "back1": "10:10"}, "back1"),
    ],
)
def test_times_still_to_come(session, person, facilitator, times, field):
    with pytest.raises(NotRecorded, match="still to come") as refused:
        record(session, facilitator, RowMarks(person.public_id, times=times))
    assert refused.value.problems[0].field == field
    record(session, facilitator, RowMarks(person.public_id, times=times), now=AT_TEN + minutes(10))
    assert AttendanceRecord.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-01", "2026-03-08"])
def test_the_nights_on_which_clocks_change(program, facilitator, day):
    """A tap waits in real minutes, and the hour that comes twice is not taken for the first."""
    session = build.a_session(build.a_group(program), day, "00:30", "03:30")
    person, start = a_member(session), session.starts_at
    arrives = tap(session, person, "late", age=minutes(45))
    record(session, facilitator, arrives, now=start + minutes(150))
    came = on_sheet(session, person).state.stretches
    assert came == ((start + minutes(105), None),)
    seen = on_sheet(session, person).state
    shown = f"{came[0][0].astimezone(program.zone):%H:%M}"
    untouched = RowMarks(person.public_id, seen, times={"arrived": shown, "left": ""})
    assert not record(session, facilitator, untouched, now=start + minutes(151)).changed
    assert on_sheet(session, person).state.stretches == came


# --- over the wire ----------------------------------------------------------------------------


@pytest.fixture
def live(program, facilitator) -> GroupSession:
    return a_running_session(program, timezone.now(), facilitator)


@pytest.fixture
def grace(live):
    return a_member(live, first_name="Grace", last_name="Lindqvist")


def post(client, live, person, seen="-", view="sheet:sheet", **fields):
    url = reverse(view, args=[live.group.program.public_id, live.public_id])
    named = {key: fields.pop(key) for key in ("act", "use", "mark_id", "age") if key in fields}
    data = row(person, seen, **fields) | named | {"only": str(person.public_id)}
    return client.post(url, data, headers=HTMX)


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_row_says_what_it_is_and_that_it_is_saved(client_of, live, grace, facilitator):
    answer = post(client_of(facilitator), live, grace, mark="present", mark_id=str(uuid.uuid4()))
    page = answer.content.decode()
    assert answer["X-Seen"] == str(on_sheet(live, grace).state)
    assert "X-Kept" not in answer
    assert re.search(r"Saved \d+:\d\d [AP]M", words_of(answer))
    assert f'id="top-{grace.public_id}"' in page
    assert 'class="row-parts"' not in page


def test_undo_brings_back_what_was_there(client_of, live, grace, facilitator):
    client = client_of(facilitator)
    first = post(client, live, grace, mark="late")
    excused = post(client, live, grace, seen=first["X-Seen"], mark="excused")
    (back,) = re.findall(r'name="use" value="([^"]+)"', excused.content.decode())
    assert back == first["X-Seen"]
    undone = post(client, live, grace, seen=excused["X-Seen"], use=back)
    assert undone["X-Seen"] == first["X-Seen"] == str(on_sheet(live, grace).state)


def test_undoing_an_absence_brings_its_reason_back(session, person, facilitator):
    record(session, facilitator, tap(session, person, "excused"))
    AttendanceRecord.objects.update(reason="Child is ill", notice_at=AT_TEN)
    before = on_sheet(session, person).state
    record(session, facilitator, tap(session, person, "present"))
    assert AttendanceRecord.objects.get().reason == ""
    record(
        session,
        facilitator,
        RowMarks(person.public_id, on_sheet(session, person).state, use=before),
    )
    stored = AttendanceRecord.objects.get()
    assert (stored.absence, stored.reason, stored.notice_at) == ("excused", "Child is ill", AT_TEN)


def test_a_newer_record_is_told_of(client_of, live, grace, facilitator, clinician):
    post(client_of(clinician), live, grace, mark="excused")
    answer = post(client_of(facilitator), live, grace, mark="present", age="30")
    assert (answer["X-Seen"], answer["X-Kept"]) == ("a:excused", "newer")
    assert "Cleo Ortiz marked Excused at" in words_of(answer)
    assert "you said Present" in words_of(answer)


@pytest.mark.parametrize("age", ["soon", "-1", "1.5", "٣", "9" * 40, "90000"])
def test_garbage_of_a_device_gets_words(client_of, live, grace, facilitator, age):
    answer = post(client_of(facilitator), live, grace, mark="present", age=age)
    assert answer.status_code == 422
    assert answer["X-Seen"] == "-"
    assert "tapped" in words_of(answer)
    assert not AttendanceRecord.objects.exists()


def test_a_garbage_name_of_a_tap_is_none(client_of, live, grace, facilitator):
    assert (
        post(client_of(facilitator), live, grace, mark="present", mark_id="me").status_code == 200
    )
    assert RecordHistory.objects.get().mark_id is None


def ask_news(client, live, *shown, **extra):
    url = reverse("sheet:news", args=[live.group.program.public_id, live.public_id])
    data = {"row": [str(each.public_id) for each, _seen in shown], **extra}
    data |= {f"seen-{each.public_id}": seen for each, seen in shown}
    return client.post(url, data, headers=HTMX)


def test_news_are_what_differs(client_of, live, grace, facilitator, clinician):
    ann = a_member(live, first_name="Ann", last_name="Yu")
    client = client_of(facilitator)
    assert ask_news(client, live, (grace, "-"), (ann, "-")).status_code == 204
    seen = post(client_of(clinician), live, grace, mark="excused")["X-Seen"]
    news = ask_news(client, live, (grace, "-"), (ann, "-"))
    page = news.content.decode()
    assert f'id="top-{grace.public_id}"' in page
    assert str(ann.public_id) not in page.partition('id="marked"')[0]
    assert "1 of 2 marked" in words_of(news)
    assert ask_news(client, live, (grace, seen), (ann, "-")).status_code == 204


def test_news_of_who_came_and_who_is_gone(client_of, live, grace, facilitator):
    client = client_of(facilitator)
    walk_in = build.an_enrollment(live.group.program, admitted_on="2020-01-01").participant
    post(client, live, walk_in, act=f"walk_in:{walk_in.public_id}")
    page = ask_news(client, live, (grace, "-")).content.decode()
    assert '<ol hx-swap-oob="beforeend:#roster">' in page
    assert f'id="parts-{walk_in.public_id}"' in page
    here = [str(grace.public_id), str(walk_in.public_id)]
    assert ask_news(client, live, (grace, "-"), here=here).status_code == 204
    seen = str(on_sheet(live, walk_in).state)
    post(client, live, walk_in, seen=seen, act=f"clear:{walk_in.public_id}")
    gone = ask_news(client, live, (grace, "-"), (walk_in, seen)).content.decode()
    assert f'id="row-{walk_in.public_id}" hx-swap-oob="delete"' in gone


def test_news_of_what_is_to_be_done(client_of, live, grace, facilitator):
    client = client_of(facilitator)
    page = client.get(reverse("sheet:sheet", args=[live.group.program.public_id, live.public_id]))
    (todo,) = re.findall(r'data-version="(\w+)"', page.content.decode())
    assert ask_news(client, live, (grace, "-"), todo=todo).status_code == 204
    assert ask_news(client, live, (grace, "-"), todo="another").status_code == 200


def test_news_of_a_signature_reload_the_page(client_of, live, grace, facilitator):
    build.a_sign_off(live, facilitator)
    answer = ask_news(client_of(facilitator), live, (grace, "-"))
    assert answer.headers["HX-Refresh"] == "true"


def test_who_may_ask_for_news(client_of, live, grace, administrator, stranger):
    assert ask_news(client_of(administrator), live).status_code == 403
    assert ask_news(client_of(stranger), live).status_code == 404
    url = reverse("sheet:news", args=[live.group.program.public_id, live.public_id])
    assert client_of(stranger).get(url).status_code == 405


def test_news_write_nothing_and_cost_the_same_for_all(client_of, live, grace, facilitator):
    client, costs = client_of(facilitator), []
    for people in (1, 11):
        shown = [(a_member(live), "a:excused") for _ in range(people)]
        with CaptureQueriesContext(connection) as queries:
            assert ask_news(client, live, (grace, "-"), *shown).status_code == 200
        costs.append(len(queries))
        assert not [each for each in queries if not each["sql"].startswith("SELECT")]
    assert costs[0] == costs[1] <= 10
    assert not AuditEvent.objects.filter(subject_id=live.public_id).exists()
