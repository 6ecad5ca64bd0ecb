"""Whoever is in a file, whatever releases there are: it goes where each has one, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from programs.disclosing.forms import StatementForm
from programs.disclosing.releases import choices_in, covered_by, same_name
from programs.models import Agreement, AgreementKind, Participant

TODAY = date(2026, 11, 23)
NAMES = ("Plains Health", "plains  HEALTH", "Plains Health Plan", "Dr. Hale")

release = st.tuples(
    st.sampled_from(NAMES),
    st.integers(-400, 2),
    st.none() | st.integers(-2, 2),
    st.booleans(),
)
crowd = st.lists(st.lists(release, max_size=3), min_size=1, max_size=4)


def an_agreement_of(person: Participant, drawn) -> Agreement:
    name, given, expires, is_revoked = drawn
    return Agreement(
        participant=person,
        kind=AgreementKind.RELEASE,
        recipient=name,
        purpose="Payment",
        scope="Attendance",
        given_on=TODAY + timedelta(days=given),
        expires_on=None if expires is None else TODAY + timedelta(days=expires),
        revoked_at=TODAY if is_revoked else None,
    )


def stands(drawn) -> bool:
    """Whether the release is in force today, worked out by days instead of dates."""
    _name, given, expires, is_revoked = drawn
    return given <= 0 and not is_revoked and (expires is None or expires >= 0)


def letters(name: str) -> str:
    return "".join(name.split()).lower()


@given(people=crowd, asked=st.sampled_from(NAMES))
@example(people=[[("Plains Health", 0, 0, False)]], asked="plains  HEALTH")
@example(people=[[("Plains Health", 1, 1, False)]], asked="Plains Health")
@example(people=[[("Plains Health", -9, -1, False)]], asked="Plains Health")
def test_it_goes_where_each_has_a_release_in_force(people, asked) -> None:
    crowd = [Participant(pk=number, chart_number=f"C-{number}") for number in range(len(people))]
    releases = {
        person.pk: [an_agreement_of(person, each) for each in drawn if stands(each)]
        for person, drawn in zip(crowd, people, strict=True)
    }
    lacking = [
        person
        for person, drawn in zip(crowd, people, strict=True)
        if not [each for each in drawn if stands(each) and letters(each[0]) == letters(asked)]
    ]
    covered = covered_by(crowd, releases, asked)
    assert list(covered.lacking) == lacking
    assert set(covered.by_person) == {each.pk for each in crowd} - {each.pk for each in lacking}
    sent = {"way": "payer:consent", "recipient_name": asked, "purpose": "Claim"}
    form = StatementForm(sent, people=crowd, releases=releases)
    assert form.is_valid() is not bool(lacking)
    assert sum(each.people for each in choices_in(releases)) >= len(covered.by_person)


@given(one=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
def test_two_names_are_one_but_for_capitals_and_spaces(one: str, other: str) -> None:
    assert same_name(one, other) == (letters(one) == letters(other))
