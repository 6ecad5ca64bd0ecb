"""The page of a program's authorizations: who may, what it says, its filters and its files."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from groups.models import TherapyGroup
from programs.models import Enrollment, Program
from tests import build
from tests.build_episodes import an_authorization
from tests.build_trust import taken_out
from tests.hours.fuel import at_work, attend, in_group, schedule

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Wednesday, November 25."""
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)


@pytest.fixture
def amara(program: Program) -> Enrollment:
    """Two of four days used, two more to come."""
    _program, enrollment, group = at_work(program)
    an_authorization(
        enrollment,
        approved_units=4,
        last_on="2026-12-18",
        next_review_on="2026-11-24",
        number="A-77",
        days_per_week=1,
    )
    attend(group, enrollment, "2026-11-16", "2026-11-18")
    schedule(group, "2026-11-27", "2026-11-30", "2026-12-04")
    return enrollment


@pytest.fixture
def group(amara: Enrollment) -> TherapyGroup:
    return amara.memberships.get().group


@pytest.fixture
def url(program: Program) -> str:
    return f"/fuel/{program.public_id}/"


def words_at(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("role", ["administrator", "clinician", "director", "billing"])
def test_who_keeps_authorizations_sees_them(
    request: pytest.FixtureRequest, client_of: ClientOf, amara: Enrollment, url: str, role: str
) -> None:
    page = words_at(client_of(request.getfixturevalue(role)), url)
    assert "Amara O." in page
    assert ("Review packet" in page) == (role != "administrator")
    assert ("authorizations.csv" in page) == (role != "administrator")


def test_others_do_not(
    client_of: ClientOf, facilitator: User, stranger: User, amara: Enrollment, url: str
) -> None:
    assert client_of(facilitator).get(url).status_code == 403
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    for kind in ("csv", "xlsx"):
        file = f"{url}authorizations.{kind}"
        assert client_of(facilitator).get(file).status_code == 403
        assert client_of(stranger).get(file).status_code == 404


def test_admissions_may_take_no_file_along(
    client_of: ClientOf, administrator: User, amara: Enrollment, url: str
) -> None:
    assert client_of(administrator).get(f"{url}authorizations.csv").status_code == 403


def test_what_a_gauge_says(client_of: ClientOf, billing: User, amara: Enrollment, url: str) -> None:
    page = words_at(client_of(billing), url)
    for said in (
        "<b>2 of 4 days</b> used, 2 left",
        'aria-label="2 used, 3 scheduled, of 4 approved"',
        "3 scheduled",
        "Runs out Mon Nov 30 at the scheduled pace.",
        "Runs out in 5 days",
        "Review overdue since Nov 24, 2026",
        "More scheduled than 1 day a week",
        "More than 1 day is scheduled in the week of Mon Nov 30.",
        "Dec 18, 2026",
        "Prairie Health Plan",
        "Next review",
    ):
        assert said in page
    assert "Okoye" not in page


def test_what_runs_out_first_is_on_top(
    client_of: ClientOf, director: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    an_authorization(in_group(group, "Bo"), last_on="2026-12-31", approved_units=90)
    an_authorization(in_group(group, "Cyd"), last_on="2026-11-27", approved_units=90)
    page = words_at(client_of(director), url)
    assert page.index("Cyd O.") < page.index("Amara O.") < page.index("Bo O.")
    # Six days are left of Bo's dates, and never of units.
    assert "Lasts to its last day, with 87 left over." in page


def test_who_has_none_in_force_comes_first(
    client_of: ClientOf, director: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    an_authorization(in_group(group, "Bo"), last_on="2026-11-20")
    an_authorization(in_group(group, "Cyd"), first_on="2026-12-01", last_on="2026-12-31")
    an_authorization(in_group(group, "Dot"), status="pending")
    in_group(group, "Eve", admitted_on="2026-12-01")
    in_group(group, "Fay", discharged_on="2026-11-20", discharge_reason="completed")
    page = words_at(client_of(director), url)
    missing = page[page.index('id="h-missing"') : page.index('id="h-gauges"')]
    assert "No authorization in force since Nov 21, 2026." in missing
    assert "since Nov 2, 2026. One begins Dec 1, 2026." in missing
    assert "since Nov 2, 2026. One is pending." in missing
    assert "3 people" in missing
    assert not {"Eve", "Fay", "Amara"} & set(missing.replace("<", " ").replace(">", " ").split())


def test_days_attended_without_an_authorization(
    client_of: ClientOf, billing: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    bo = in_group(group, "Bo", discharged_on="2026-11-20", discharge_reason="completed")
    an_authorization(bo, first_on="2026-11-10", last_on="2026-11-20")
    attend(group, bo, "2026-11-03", "2026-11-09", "2026-11-10")
    attend(group, bo, "2026-11-05", until="11:00")
    page = words_at(client_of(billing), url)
    days = page[page.index('id="h-unauthorized"') :]
    assert "Bo O." in days
    assert "2 days: Tue Nov 3 and Mon Nov 9" in days
    assert "Amara" not in days


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?unit=hour", {"Bo"}),
        ("?payer=Other+Plan", {"Bo"}),
        ("?state=soon", {"Amara"}),
        ("?state=review", {"Amara"}),
        ("?state=over", {"Amara"}),
        ("?state=none", {"Cyd"}),
        ("?payer=Nobody", set()),
        ("?unit=week", {"Amara", "Bo", "Cyd"}),
    ],
)
def test_the_filters(
    client_of: ClientOf,
    director: User,
    amara: Enrollment,
    group: TherapyGroup,
    url: str,
    query: str,
    shown: set[str],
) -> None:
    bo = in_group(group, "Bo")
    an_authorization(bo, unit="hour", payer="Other Plan", last_on="2026-12-31", approved_units=90)
    in_group(group, "Cyd")
    page = words_at(client_of(director), url + query)
    assert {name for name in ("Amara", "Bo", "Cyd") if f"{name} O." in page} == shown
    if not shown:
        assert "No such authorization." in page


@pytest.mark.parametrize("query", ["?unit=week", "?state=lost", "?payer=" + "x" * 121])
def test_a_bad_address_is_named(
    client_of: ClientOf, director: User, amara: Enrollment, url: str, query: str
) -> None:
    client = client_of(director)
    assert "This address could not be read whole:" in words_at(client, url + query)
    assert client.get(f"{url}authorizations.csv{query}").status_code == 302


def test_without_any_it_says_what_to_do(
    client_of: ClientOf, director: User, program: Program, url: str
) -> None:
    page = words_at(client_of(director), url)
    assert "No authorization is in force." in page
    assert "Nobody is without one." in words_at(client_of(director), f"{url}?state=none")


def test_the_files(
    client_of: ClientOf, billing: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    in_group(group, "Cyd")
    answer = taken_out(client_of(billing), f"{url}authorizations.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("Cyd O.,")
    assert "No authorization in force since" in lines[1]
    assert ",Prairie Health Plan,A-77,Day,4,2,0,3,2,2026-11-30,2026-11-02,2026-12-18," in lines[2]
    assert answer["Content-Disposition"] == 'attachment; filename="authorizations-evening-iop.csv"'
    book = taken_out(client_of(billing), f"{url}authorizations.xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert "Prairie Health Plan" in texts
    assert "Authorization number" in texts
    events = AuditEvent.objects.filter(verb="authorizations.exported").order_by("pk")
    assert [event.detail for event in events] == [
        {"kind": "csv", "rows": 1},
        {"kind": "xlsx", "rows": 1},
    ]


def test_reading_is_on_the_trail(
    client_of: ClientOf, clinician: User, amara: Enrollment, url: str
) -> None:
    client_of(clinician).get(url)
    event = AuditEvent.objects.get(verb="authorizations.read")
    assert (event.by, event.program_id) == (clinician, amara.program.public_id)


def test_one_persons_gauges(
    client_of: ClientOf, billing: User, facilitator: User, amara: Enrollment
) -> None:
    program, person = amara.program, amara.participant
    url = f"/fuel/{program.public_id}/person/{person.public_id}/"
    page = words_at(client_of(billing), url)
    assert "<b>2 of 4 days</b> used, 2 left" in page
    assert f"/fuel/{program.public_id}/packet/{amara.public_id}/" in page
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.participant_id, event.detail) == (person.public_id, {"page": "fuel"})
    assert client_of(facilitator).get(url).status_code == 403
    nobody = f"/fuel/{program.public_id}/person/{uuid.uuid4()}/"
    assert client_of(billing).get(nobody).status_code == 404


def test_what_has_not_begun_has_no_packet_yet(
    client_of: ClientOf, director: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    eve = in_group(group, "Eve", admitted_on="2026-12-01")
    an_authorization(eve, first_on="2026-12-01", last_on="2026-12-31")
    page = words_at(client_of(director), url)
    assert "Begins Dec 1, 2026" in page
    assert "Review packet of Amara O." in page
    assert "Review packet of Eve O." not in page
    own = f"{url}person/{eve.participant.public_id}/"
    assert "packet" not in words_at(client_of(director), own).split("<main")[1]


def test_the_statements_do_not_grow(
    client_of: ClientOf, director: User, amara: Enrollment, group: TherapyGroup, url: str
) -> None:
    client = client_of(director)

    def measured() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    measured()
    with_one = measured()
    for name in ("Bo", "Cyd", "Dot"):
        an_authorization(in_group(group, name), last_on="2026-12-18")
        in_group(group, f"{name}y")
    assert measured() == with_one
