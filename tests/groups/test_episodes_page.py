"""The episode page: who may, what it says, what it offers, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from programs.models import Enrollment, FollowUp, Program, Role
from programs.weeks import local_date
from tests import build
from tests.build_episodes import a_follow_up, a_referral, a_step
from tests.groups.episodes import call_off, discharge, leave, put_off, stay_after_all
from tests.groups.joining import a_weekly_group

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today(program: Program) -> date:
    return local_date(timezone.now(), program.zone)


@pytest.fixture
def ada(program: Program, today: date) -> Enrollment:
    person = build.a_participant(first_name="Ada", last_name="Nolan")
    return build.an_enrollment(program, person, admitted_on=today - timedelta(days=21))


def url_of(enrollment: Enrollment, rest: str = "") -> str:
    base = f"/episodes/{enrollment.program.public_id}/"
    return f"{base}{enrollment.participant.public_id}/{rest}"


def change_url(enrollment: Enrollment, what: str) -> str:
    return f"/episodes/{enrollment.program.public_id}/{enrollment.public_id}/{what}/"


@pytest.mark.parametrize(
    ("role", "reads", "changes", "reverses"),
    [
        (Role.DIRECTOR, 200, 200, 200),
        (Role.ADMISSIONS, 200, 200, 403),
        (Role.CLINICIAN, 200, 403, 403),
        (Role.FACILITATOR, 403, 403, 403),
        (Role.BILLING, 403, 403, 403),
    ],
)
def test_who_may(client_of: ClientOf, program, ada, role, reads, changes, reverses):
    client = client_of(build.a_colleague(program, role))
    assert client.get(url_of(ada)).status_code == reads
    assert client.get(f"/episodes/{program.public_id}/follow-ups/").status_code == reads
    for what in ("discharge", "transfer", "step-up", "step-down", "leave", "put-off", "call-off"):
        assert client.get(change_url(ada, what)).status_code == changes, what
    assert client.get(change_url(ada, "reverse")).status_code == reverses


def test_nothing_for_a_stranger(client_of: ClientOf, stranger, ada):
    client = client_of(stranger)
    away = build.a_leave(ada.participant, ada.admitted_on, None)
    due = a_follow_up(ada)
    more = [f"leave/{away.public_id}/{what}" for what in ("back", "longer", "call-off")]
    addresses = [url_of(ada), *(change_url(ada, what) for what in ("discharge", *more))]
    addresses.append(f"/episodes/{ada.program.public_id}/follow-ups/{due.public_id}/")
    assert [client.get(each).status_code for each in addresses] == [404] * len(addresses)
    # Through a program of one's own neither.
    own = stranger.assignments.get().program.public_id
    other = f"/episodes/{own}/{ada.public_id}/discharge/"
    assert client.get(other).status_code == 404


def labels(client: Client, enrollment: Enrollment) -> list[str]:
    page = client.get(url_of(enrollment)).context["page"]
    return [each.label for each in page.buttons] + ["Enroll"] * page.can_enroll


ACTIVE = ["Discharge", "Transfer", "Step down", "Step up", "Begin leave"]


def test_what_can_be_done(client_of: ClientOf, director, administrator, clinician, ada, today):
    desk, boss = client_of(administrator), client_of(director)
    assert labels(desk, ada) == ACTIVE
    assert labels(client_of(clinician), ada) == []
    now = timezone.now()
    away = leave(ada, today + timedelta(days=1), None, now=now)
    (row,) = desk.get(url_of(ada)).context["page"].leaves
    assert [each.label for each in row.buttons] == ["Change the last day", "Call off"]
    type(away).objects.update(first_on=today)
    page = desk.get(url_of(ada)).context["page"]
    assert page.chip.label == "On leave"
    assert [each.label for each in page.leaves[0].buttons] == ["Back from leave"]
    discharge(ada, today, now=now)
    assert "Discharge" not in labels(desk, ada)
    assert labels(boss, ada)[-1] == "Take the discharge back"
    Enrollment.objects.update(discharged_on=today - timedelta(days=2))
    assert labels(desk, ada)[-1] == "Enroll"
    enroll = f"/enroll/{ada.program.public_id}/"
    assert f'action="{enroll}"' in desk.get(url_of(ada)).content.decode()
    chosen = desk.post(enroll, {"participant": ada.participant.public_id})
    assert "Ada Nolan" in chosen.content.decode()


def test_before_the_first_day(client_of: ClientOf, administrator, program, today):
    ahead = build.an_enrollment(program, admitted_on=today + timedelta(days=3))
    client = client_of(administrator)
    assert labels(client, ahead) == ["Put off the first day", "Call off", "Begin leave"]
    put_off(ahead, today + timedelta(days=9), now=timezone.now())
    call_off(ahead, now=timezone.now())
    assert labels(client, ahead) == ["Enroll"]
    page = client.get(url_of(ahead)).context["page"]
    assert page.chip.label == "Called off"
    words = [each.words.split(" from ")[0] for each in page.timeline]
    assert words == ["First day put off", "Called off before the first day"]


def test_a_leave_called_off_is_not_shown_as_planned(client_of, administrator, ada, today):
    away = leave(ada, today + timedelta(days=5), None, now=timezone.now())
    stay_after_all(away, now=timezone.now())
    (row,) = client_of(administrator).get(url_of(ada)).context["page"].leaves
    assert (row.chip.label, row.words[:13], row.buttons) == ("Called off", "was to begin ", ())


def test_what_happened(client_of: ClientOf, administrator, director, program, ada, today):
    a_step(ada, made_at=timezone.now() - timedelta(days=30), made_by=director)
    build.a_membership(a_weekly_group(program), ada)
    discharge(ada, today, "moved", "other", note="To Omaha", now=timezone.now(), by=administrator)
    response = client_of(administrator).get(url_of(ada))
    page = response.context["page"]
    said = [each.words.rsplit(" ", 3)[0] for each in page.timeline]
    assert said == ["Discharged, the last day is", "Active since", "Enrolled, to begin on"]
    assert (page.timeline[0].by, page.timeline[0].reason) == ("Adam Reyes", "To Omaha")
    assert dict(page.discharge)["Reason"] == "Moved"
    assert dict(page.admission)["Length of stay"] == "22 days"
    assert [each.chip.label for each in page.follow_ups] == ["Planned"] * 4
    html = response.content.decode()
    assert "To Omaha" in html
    assert "Say how it went" in html
    assert "<title>Episode · Prairie Clinic</title>" in html
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.detail["page"], event.participant_id) == ("episode", ada.participant.public_id)


def test_every_earlier_episode_stays(client_of: ClientOf, administrator, program, ada):
    dates = {"admitted_on": "2025-01-06", "discharged_on": "2025-03-07"}
    old = build.an_enrollment(program, ada.participant, discharge_reason="completed", **dates)
    elsewhere = build.an_enrollment(
        None,
        ada.participant,
        admitted_on="2025-05-05",
        discharged_on="2025-06-01",
        discharge_reason="moved",
    )
    client = client_of(administrator)
    page = client.get(url_of(ada)).context["page"]
    assert [each.is_current for each in page.episodes] == [True, False]
    shown = client.get(page.episodes[1].url).context["page"]
    assert shown.heading == "Jan 6, 2025 to Mar 7, 2025"
    assert client.get(url_of(ada, "?episode=nonsense%00")).context["page"].chip.label == "Active"
    build.an_assignment(administrator, elsewhere.program, Role.ADMISSIONS)
    assert len(client.get(url_of(ada)).context["page"].episodes) == 3
    assert old.pk != elsewhere.pk


def test_somebody_who_is_referred(client_of: ClientOf, administrator, program):
    referral = a_referral(program)
    response = client_of(administrator).get(
        f"/episodes/{program.public_id}/{referral.participant.public_id}/"
    )
    assert response.context["page"].chip is None
    assert "Not enrolled in this program." in response.content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    return len(found)


def test_no_query_more_for_three_of_each(client_of: ClientOf, administrator, program, ada, today):
    client = client_of(administrator)

    def one_more(number: int) -> None:
        first = today - timedelta(days=300 + 30 * number)
        old = build.an_enrollment(
            program,
            ada.participant,
            admitted_on=first,
            discharged_on=first + timedelta(days=9),
            discharge_reason="moved",
        )
        a_step(ada, made_at=timezone.now() - timedelta(days=number))
        build.a_leave(ada.participant, today + timedelta(number), today + timedelta(number))
        build.a_membership(build.a_group(program), ada)
        a_follow_up(ada, days=number, due_on=today)
        a_follow_up(old, days=1, due_on=today)

    one_more(1)
    list_url = f"/episodes/{program.public_id}/follow-ups/"
    counts = queries(client, url_of(ada)), queries(client, list_url)
    one_more(2)
    one_more(3)
    assert (queries(client, url_of(ada)), queries(client, list_url)) == counts


def test_follow_ups_due_the_overdue_first(client_of: ClientOf, administrator, program, ada, today):
    now = timezone.now()
    discharge(ada, today, now=now)
    Enrollment.objects.update(discharged_on=today - timedelta(days=9))
    FollowUp.objects.filter(days=7).update(due_on=today - timedelta(days=2))
    back = build.an_enrollment(
        program, admitted_on="2025-01-06", discharged_on="2025-03-07", discharge_reason="moved"
    )
    a_follow_up(back)
    build.an_enrollment(build.a_program(), back.participant, admitted_on=today)
    url = f"/episodes/{program.public_id}/follow-ups/"
    client = client_of(administrator)
    rows = client.get(url).context["rows"]
    assert [each.name for each in rows] == ["Ada Nolan"] * 4
    assert rows[0].chip.label == "2 days overdue"
    record = client.get(rows[0].url)
    assert "Follow-up 7 days after discharge" in record.content.decode()
    wrong = client.post(rows[0].url, {"outcome": "mars\x00", "note": "x"})
    assert "Choose how it went" in wrong.content.decode()
    assert client.post(rows[0].url, {"outcome": "reached", "note": "Well."}).status_code == 302
    done = FollowUp.objects.get(enrollment=ada, days=7)
    assert (done.outcome, done.note, done.done_by) == ("reached", "Well.", administrator)
    event = AuditEvent.objects.get(verb="follow_up.recorded")
    assert event.detail == {"outcome": "reached", "days": 7, "called_off": 0}
    assert len(client.get(url).context["rows"]) == 3
    client.post(rows[1].url, {"outcome": "does_not_want", "note": ""})
    assert client.get(url).context["rows"] == ()
    assert "Nobody is to be called." in client.get(url).content.decode()
    assert client.get(rows[2].url).status_code == 404
