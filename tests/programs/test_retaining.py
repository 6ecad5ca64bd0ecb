"""How long charts are kept: years after discharge and after coming of age, and holds over both."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.keeping import NotKept
from accounts.models import AuditEvent
from programs.models import LegalHold, Participant, RetentionRule, Role
from programs.retaining.actions import add_retention_rule, lift_hold, place_hold
from programs.retaining.keeping import Chart, kept_until, years_after
from programs.retaining.page import rows_of, rule_on
from tests import build
from tests.refusals import explains, refused

TODAY = date(2026, 11, 25)
RULE = RetentionRule(adult_years=7, minor_years=3)
days = st.dates(date(1950, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born", "left", "until"),
    [
        ("1990-03-09", "2026-11-25", "2033-11-25"),
        (None, "2026-11-25", "2033-11-25"),
        # 17 at discharge: of age on 2027-01-10, and three years more is sooner than seven.
        ("2009-01-10", "2026-11-25", "2033-11-25"),
        # 12 at discharge: of age in 2032, and three years more is later.
        ("2014-06-01", "2026-11-25", "2035-06-01"),
        # On the very day they come of age they are no minor.
        ("2008-11-25", "2026-11-25", "2033-11-25"),
        # Born and discharged on a day that not every year has.
        ("2012-02-29", "2024-02-29", "2033-03-01"),
        ("1990-03-09", None, None),
    ],
)
def test_until_when(born: str | None, left: str | None, until: str | None) -> None:
    birth, discharge, end = (day and date.fromisoformat(day) for day in (born, left, until))
    assert kept_until(Chart(birth or None, discharge or None), RULE) == end


@given(day=days, years=st.integers(0, 50))
def test_a_year_later_is_the_same_day_or_the_next_that_there_is(day: date, years: int) -> None:
    later = years_after(day, years)
    is_gone = (day.month, day.day) == (2, 29) and not isleap(day.year + years)
    shown = (3, 1) if is_gone else (day.month, day.day)
    assert (later.year, later.month, later.day) == (day.year + years, *shown)


@given(born=st.none() | days, left=days, adult=st.integers(1, 50), minor=st.integers(0, 50))
def test_never_shorter_than_either_asks(
    born: date | None, left: date, adult: int, minor: int
) -> None:
    rule = RetentionRule(adult_years=adult, minor_years=minor)
    until = kept_until(Chart(born, left), rule)
    # Counted in days, the other way around: how long ago would discharge and birthday be?
    assert until is not None
    assert (until - left).days >= adult * 365
    if born and (left - born).days < 18 * 365:
        assert (until - born).days >= (18 + minor) * 365


@pytest.fixture
def person(program) -> Participant:
    found = build.a_participant(first_name="Ada", last_name="Nolan", birth_date="1990-03-09")
    build.an_enrollment(
        program, found, admitted_on="2010-01-04", discharged_on="2010-03-05",
        discharge_reason="completed",
    )  # fmt: skip
    return Participant.objects.get(pk=found.pk)


def rows(program, django_assert_num_queries=None) -> dict[str, tuple[date | None, bool]]:
    people = Participant.objects.of_program(program).kept()
    return {
        row.person.first_name: (row.until, row.is_held)
        for row in rows_of(people, RetentionRule(adult_years=10, minor_years=10))
    }


def test_an_episode_that_goes_on_keeps_the_chart_also_elsewhere(program, person) -> None:
    assert rows(program) == {"Ada": (date(2020, 3, 5), False)}
    other = build.a_program(code="morning-iop", name="Morning IOP")
    build.an_enrollment(other, person, admitted_on="2026-11-02")
    assert rows(program) == {"Ada": (None, False)}


def test_a_duplicates_episode_and_hold_count(program, person, director) -> None:
    twin = build.a_participant(first_name="Adah", last_name="Nolan")
    build.an_enrollment(
        program, twin, admitted_on="2015-01-05", discharged_on="2015-03-06",
        discharge_reason="completed",
    )  # fmt: skip
    Participant.objects.filter(pk=twin.pk).update(merged_into=person, merged_at=build.NOW)
    place_hold(person=twin, program=program, reason="A suit", today=TODAY, by=director)
    assert rows(program) == {"Ada": (date(2025, 3, 6), True)}


@pytest.mark.parametrize("people", [1, 12])
def test_three_statements_for_any_number(program, people, django_assert_num_queries) -> None:
    for _ in range(people):
        build.an_enrollment(program, build.a_participant())
    with django_assert_num_queries(3):
        assert len(rows_of(Participant.objects.of_program(program).kept(), RULE)) == people


def test_the_rule_of_a_date_is_the_latest_that_has_begun(program, director) -> None:
    assert rule_on(program, TODAY).adult_years == 10
    for day, years in ((TODAY, 7), (TODAY + timedelta(days=30), 11)):
        rule = RetentionRule(program=program, effective_from=day, adult_years=years, minor_years=3)
        add_retention_rule(rule=rule, today=TODAY, by=director)
    assert rule_on(program, TODAY).adult_years == 7
    assert rule_on(program, TODAY + timedelta(days=29)).adult_years == 7
    assert rule_on(program, TODAY + timedelta(days=30)).adult_years == 11
    assert AuditEvent.objects.filter(verb="retention_rule.added").count() == 2


def test_a_rule_does_not_begin_in_the_past_nor_twice(program, director) -> None:
    def add(day: date) -> None:
        rule = RetentionRule(program=program, effective_from=day)
        add_retention_rule(rule=rule, today=TODAY, by=director)

    with pytest.raises(NotKept, match="today or later"):
        add(TODAY - timedelta(days=1))
    add(TODAY)
    with pytest.raises(NotKept, match="from that date already"):
        add(TODAY)


def test_the_database_keeps_rules_whole(program) -> None:
    RetentionRule.objects.create(program=program, effective_from=TODAY, adult_years=50)
    with refused("retention_rule_once_per_date"):
        RetentionRule.objects.create(program=program, effective_from=TODAY)
    for years in ({"adult_years": 0}, {"adult_years": 51}, {"minor_years": 51}):
        with refused("retention_rule_in_years"):
            RetentionRule.objects.create(program=program, effective_from="2026-12-01", **years)
    RetentionRule.objects.create(program=program, effective_from="2026-12-01", minor_years=0)
    explains(
        RetentionRule(program=program, effective_from="2027-01-01"),
        "retention_rule_in_years",
        adult_years=0,
    )


def test_a_hold_is_lifted_once_by_somebody_and_stays(program, person, director) -> None:
    hold = place_hold(person=person, program=program, reason="A suit", today=TODAY, by=director)
    lift_hold(hold=hold, program=program, reason="Settled", today=TODAY, by=director)
    with pytest.raises(NotKept, match="lifted this hold already"):
        lift_hold(hold=hold, program=program, reason="Again", today=TODAY, by=director)
    stored = LegalHold.objects.get()
    assert (stored.reason, stored.lifted_reason) == ("A suit", "Settled")
    trail = AuditEvent.objects.filter(participant_id=person.public_id)
    assert set(trail.values_list("verb", flat=True)) == {"legal_hold.placed", "legal_hold.lifted"}
    assert "suit" not in str(list(trail.values()))


def test_the_database_keeps_holds_whole(program, person, director) -> None:
    whole = {"participant": person, "reason": "A suit", "placed_on": TODAY}
    with refused("legal_hold_lifted_by_someone"):
        LegalHold.objects.create(**whole, lifted_on=TODAY)
    with refused("legal_hold_lifted_by_someone"):
        LegalHold.objects.create(**whole, lifted_on=TODAY, lifted_by=director)
    with refused("legal_hold_lifted_after_placed"):
        LegalHold.objects.create(
            **whole, lifted_on="2026-11-24", lifted_by=director, lifted_reason="Settled"
        )
    LegalHold.objects.create(**whole, lifted_on=TODAY, lifted_by=director, lifted_reason="Settled")


def test_a_director_adds_a_rule_and_holds_a_record(client_of, program, person, director) -> None:
    client = client_of(director)
    home = reverse("retention:retention", args=[program.public_id])
    page = client.get(home)
    assert "Ada Nolan" in page.content.decode()
    answer = client.post(
        home, {"effective_from": "2020-01-01", "adult_years": "7", "minor_years": "x"}
    )
    assert "Enter whole years, such as 10" in answer.content.decode()
    assert not RetentionRule.objects.exists()
    own = reverse("retention:person", args=[program.public_id, person.public_id])
    assert "Say why" in client.post(own, {"reason": " "}).content.decode()
    assert client.post(own, {"reason": "A subpoena <b>"}).status_code == 302
    assert "A subpoena &lt;b&gt;" in client.get(own).content.decode()
    hold = LegalHold.objects.get()
    lift = reverse("retention:lift", args=[program.public_id, person.public_id, hold.public_id])
    assert client.get(lift).status_code == 200
    assert client.post(lift, {"reason": "Settled"}).status_code == 302
    assert not LegalHold.objects.in_force().exists()
    assert "Nolan" not in home + own + lift


def test_only_a_director_of_the_program_does(client_of, program, person, clinician) -> None:
    own = reverse("retention:person", args=[program.public_id, person.public_id])
    assert client_of(clinician).get(own).status_code == 403
    stranger = build.a_colleague(build.a_program(code="x", name="X"), Role.DIRECTOR)
    assert client_of(stranger).get(own).status_code == 404
