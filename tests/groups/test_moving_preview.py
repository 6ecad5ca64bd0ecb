"""A preview as a page tells it: how many sessions, which stay, whose offered hours change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groups.models import ChangeKind, ClashKind, SessionStatus
from groups.schedule.clashes import Clash
from groups.schedule.edit import Edit, Kept, SessionEdit, Why
from groups.schedule.in_the_way import others_of
from groups.schedule.offered_change import OfferedChange
from groups.schedule.preview import Preview
from groups.schedule.preview_page import preview_page
from groups.schedule.proposal import Proposal
from programs.access import access_of
from tests import build
from tests.build import MONDAY, moment

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def told(program, director):
    """Return a function that gives the page of a preview as the director reads it."""

    def page(edit=None, *, clashes=(), offered=(), user=director):
        edit = edit or Edit(ChangeKind.MOVED, program)
        preview = Preview(edit, clashes, offered)
        return preview_page(preview, access=access_of(user), program=program)

    return page


@pytest.fixture
def ada(program):
    return build.an_enrollment(program, build.a_participant(first_name="Ada", last_name="Katz"))


def held(weeks=0, **fields):
    day = MONDAY + timedelta(weeks=weeks)
    times = {"starts_at": moment(day, "09:00"), "ends_at": moment(day, "10:30")}
    return Proposal(**{"key": 1, "group": 1, "held_on": day, **times, **fields})


def change(enrollment, weeks=0, after=180, required=540, **fields):
    """Three hours on Monday that become `after` minutes on Tuesday."""
    ahead = timedelta(weeks=weeks)
    usual = {"before": {MONDAY + ahead: 180}, "after": {TUESDAY + ahead: after} if after else {}}
    return OfferedChange(enrollment, MONDAY + ahead, required=required, **{**usual, **fields})


def test_it_counts_what_happens_to_how_many(told, program):
    sessions = [
        SessionEdit(held()),
        SessionEdit(held(1)),
        SessionEdit(held(2), SessionStatus.CANCELLED),
        SessionEdit(held(3), SessionStatus.WITHDRAWN),
        SessionEdit(held(4, key=None)),
    ]
    assert told(Edit(ChangeKind.SERIES, program, sessions)).facts == (
        "1 session leaves the calendar.",
        "1 session is cancelled.",
        "2 sessions move.",
        "1 session is added.",
        "Mon Nov 23, 9:00 to 10:30 AM, and on 2 more dates, to Mon Dec 21.",
    )


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (ChangeKind.MOVED, ("1 session moves.", "Mon Nov 23, 9:00 to 10:30 AM.")),
        (ChangeKind.REINSTATED, ("1 session comes back.",)),
        (ChangeKind.SUBSTITUTED, ("1 session is led by somebody else.",)),
        (ChangeKind.COMBINED, ("Its people are expected in the other one.",)),
    ],
)
def test_each_kind_of_change_has_its_words(told, program, kind, facts):
    assert told(Edit(kind, program, [SessionEdit(held())])).facts == facts


def test_what_stays_says_why_once(told, program):
    kept = [Kept(each, MONDAY + timedelta(weeks=each), Why.RECORDED) for each in range(3)]
    kept.append(Kept(9, TUESDAY, Why.BY_HAND))
    assert told(Edit(ChangeKind.SERIES, program, kept=kept)).kept == (
        "Mon Nov 23 and on 2 more dates, to Mon Dec 7: attendance is recorded",
        "Tue Nov 24: it was moved by hand",
    )


def test_warnings_want_a_reason_and_hard_ones_stop(told, program):
    proposal = held(group=build.a_group(program).pk)
    warning = Clash(ClashKind.STAFF_AWAY, MONDAY, proposal, user=(1, "Fay Marlow"))
    other = others_of([build.a_session(build.a_group(program)).pk]).popitem()[1]
    hard = Clash(ClashKind.SAME_TIME, MONDAY, proposal, other)
    calm, warned, stopped = told(), told(clashes=[warning]), told(clashes=[warning, hard])
    assert (calm.is_clear, calm.needs_reason) == (True, False)
    assert (warned.is_clear, warned.needs_reason) == (False, True)
    assert (stopped.is_clear, stopped.needs_reason) == (False, False)
    assert [len(stopped.stops), len(stopped.warnings)] == [1, 1]


@pytest.mark.parametrize(
    ("after", "required", "label"),
    [
        (180, 180, "Enough"),
        (179, 180, "Falls below"),
        (180, 181, "Below, as before"),
        (60, None, "No rule"),
    ],
)
def test_hours_are_held_against_what_is_required(told, ada, after, required, label):
    (line,) = told(offered=[change(ada, after=after, required=required)]).offered
    assert line.label == label
    assert ("required" in line.words) is (required is not None)


def test_weeks_of_one_person_and_people_of_the_same_weeks_are_one_line(told, program, ada):
    ben = build.an_enrollment(program, build.a_participant(first_name="Ben", last_name="Katz"))
    changes = [
        change(each, weeks, after=0, before={MONDAY + timedelta(weeks=weeks): 180})
        for weeks in range(3)
        for each in (ada, ben)
    ]
    (line,) = told(offered=changes).offered
    assert line.who == "Ada K. and Ben K."
    assert line.words == (
        f"Week of Mon Nov 23 and on 2 more dates, to Mon Dec 7:"
        f" 3{SPACE}h before, 0{SPACE}h after, 9{SPACE}h required"
    )


def test_other_days_of_the_same_hours_are_said(told, ada):
    (line,) = told(offered=[change(ada)]).offered
    said = f"3{SPACE}h as before, on Tue Nov 24 instead of Mon Nov 23, 9{SPACE}h required"
    assert line.words == f"Week of Mon Nov 23: {said}"


def test_the_short_ones_come_first(told, program, ada):
    ben = build.an_enrollment(program, build.a_participant(first_name="Ben", last_name="Katz"))
    lines = told(offered=[change(ada, required=60), change(ben, after=30, required=60)]).offered
    assert [line.who for line in lines] == ["Ben K.", "Ada K."]


def test_nobody_is_named_to_who_may_not_read_names(told, stranger, ada):
    (line,) = told(offered=[change(ada)], user=stranger).offered
    assert line.who == "1 participant"
