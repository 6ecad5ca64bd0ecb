"""What changed between two versions, held to counting every point by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from attendance.relapse.changes import Change, changes, points_of
from attendance.relapse.content import Contact, PlanContent, Situation
from tests.attendance.relapse import JO, WEDDING, WHOLE

lines = st.lists(st.sampled_from("abc"), max_size=5).map("\n".join)
plans = st.builds(
    PlanContent,
    language=st.sampled_from(["en", "es"]),
    reasons=lines,
    emergency=lines,
    situations=st.lists(st.builds(Situation, st.sampled_from("xy"), lines), max_size=3).map(tuple),
    contacts=st.lists(st.builds(Contact, st.sampled_from("xy")), max_size=3).map(tuple),
)


@given(plans, plans)
def test_the_old_with_the_changes_is_the_new(before: PlanContent, after: PlanContent):
    found = {each.title: each for each in changes(before, after)}
    new = dict(points_of(after))
    for title, points in points_of(before):
        change = found.get(title, Change(title, (), ()))
        worked_out = Counter(points) - Counter(change.removed) + Counter(change.added)
        assert worked_out == Counter(new[title])
        assert not set(change.added) & set(change.removed)


@given(plans)
def test_the_same_is_no_change(plan: PlanContent):
    assert changes(plan, plan) == ()


def test_in_words():
    after = replace(
        WHOLE,
        reasons="My dog\nMy daughter",
        situations=(replace(WEDDING, cope="Tea"),),
        contacts=(replace(JO, phone=""),),
        review_on=None,
        language="es",
    )
    assert changes(WHOLE, after) == (
        Change("My reasons for recovery", ("My dog",), ("My work",)),
        Change(
            "High-risk situations",
            (
                "Cousin's wedding · Cope: Tea · Avoid: Come late · Escape: My own car"
                " · Support: Call Jo",
            ),
            (
                "Cousin's wedding · Cope: Hold a soda · Avoid: Come late · Escape: My own car"
                " · Support: Call Jo",
            ),
        ),
        Change("People I can turn to", ("Jo (My aunt)",), ("Jo (My aunt): (402) 555-0100",)),
        Change("To be looked at again", (), ("Dec 9, 2026",)),
        Change("Language of the printed page", ("Español",), ("English",)),
    )
