"""The rules about notes: names, likeness, what is missing, when they are due."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.notes.actual import nearest
from attendance.notes.folding import folded
from attendance.notes.likeness import Compared, compared, percent_same
from attendance.notes.missing import OF_GROUP, OF_PERSON, There, missing_in
from attendance.notes.naming import Named, names_in
from attendance.notes.signing import due_at, needs_cosignature
from attendance.notes.words import elapsed, entered_late, late_by
from tests.build import CHICAGO, moment, on

BEN, HUGO = Named("Benjamin", "Tran", "Ben"), Named("Hugo", "Santos")
GRACE, HOPE = Named("Grace", "Lindqvist"), Named("Hope", "King")
JOSE, ROBERT = Named("José", "Ruiz-Ortega"), Named("Robert", "O’Brien")
VAN, AN = Named("Anna-Lena", "Van der Berg"), Named("An", "Yu")
ROSTER = (BEN, HUGO, GRACE, HOPE, JOSE, ROBERT, VAN, AN)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Practise the wave exercise daily; check with Hugo on Thursday.", ["Hugo"]),
        ("HUGO spoke, then hugo left.", ["HUGO"]),
        ("Hugo's sponsor and Hugo’s wife.", ["Hugo"]),
        ("He likes Hugoland.", []),
        ("Told Mr. Santos.", ["Santos"]),
        ("jose, José, JOSE\u0301", ["jose"]),
        ("Talked to ortega and ruiz.", ["ortega", "ruiz"]),
        ("Benji was loud.", ["Benji"]),
        ("Bob and O'Brien agreed.", ["Bob", "O'Brien"]),
        ("Robbie was there", ["Robbie"]),
        ("Lena helped.", ["Lena"]),
        ("They went der way of van life", []),
        ("Mrs Berg", ["Berg"]),
        # names that are words as well
        ("Accepted the loss with grace and hope.", []),
        ("Grace was needed.", []),
        ("She said that Grace was late.", ["Grace"]),
        ("It went well. Hope is what he named.", []),
        ("Shared a story about Hope.", ["Hope"]),
        ("Spoke of the king.", []),
        ("“Grace” is a word here", []),
        ("New line:\n- Grace under pressure", []),
        ("Sat with Ms. Grace", ["Grace"]),
        # names of two letters
        ("Ate an apple. An hour later.", []),
        ("Worked with An on it.", ["An"]),
        ("Went with Yu", ["Yu"]),
        ("yu", []),
        ("", []),
    ],
)
def test_names_of_others(text, names):
    assert list(names_in(text, of=ROSTER)) == names


def test_own_names_do_not_count():
    assert names_in("Ben and Benji Tran said so", of=[BEN, HUGO], own=BEN) == ()
    other_ben = Named("Ben", "Okoye")
    assert names_in("Ben and Okoye", of=[other_ben], own=BEN) == ("Okoye",)


WORDS = ("wave", "calm", "named", "two", "signs", "today", "sponsor", "slept", "badly", "plan")


@given(
    said=st.lists(
        st.sampled_from([*WORDS, "Hugo", "sántos", "BEN", "tran", "Robért"]), max_size=12
    ),
    glue=st.sampled_from([" ", ", ", ". ", "; ", " / "]),
)
@example(said=["Hugo"], glue=" ")
@example(said=[], glue=" ")
def test_a_name_is_found_exactly_where_it_stands(said, glue):
    """Oracle: the names, folded by hand, that are among the words."""
    plain = {"hugo", "santos", "ben", "tran", "robert"}
    expected = []
    for word in said:
        bare = "".join(
            each for each in unicodedata.normalize("NFD", word.lower()) if each.isascii()
        )
        if bare in plain and bare not in expected:
            expected.append(bare)
    found = names_in(glue.join(said), of=ROSTER)
    assert [folded(each) for each in found] == expected


def lcs(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for place, each in enumerate(other, 1):
            kept = row[place]
            row[place] = before + 1 if letter == each else max(row[place], row[place - 1])
            before = kept
    return row[-1]


LONG = "named two early signs of a craving and practised the wave"


@given(
    st.text("abc de", max_size=12),
    st.text("abc de", max_size=12),
    st.integers(0, len(LONG)),
)
@example("", "", 0)
@example("abcdabcdabcd", "", 5)
def test_likeness_is_that_of_insertions_and_deletions(one, other, cut):
    """Oracle: the longest common subsequence by the textbook's table."""
    first, second = LONG[:cut] + one + LONG[cut:], LONG[:cut] + other + LONG[cut:]
    total = len(first) + len(second)
    ratio = 200 * lcs(first, second) / total
    expected = int(ratio) if ratio >= 90 else None
    assert percent_same(Compared(first), Compared(second)) == expected


def test_who_changes_the_name_copies_all_the_same():
    text = "%s named two early signs and practised with a partner. Tearful once."
    mine, theirs = compared([text % "Ben"], BEN), compared([text % "hugo"], HUGO)
    assert percent_same(mine, theirs) == 100
    accents = compared([(text % "José").upper(), " "], JOSE)
    assert percent_same(mine, accents) == 100


def test_short_notes_are_alike_by_nature():
    short, long = "No answer, left a message.", "a" * 40
    assert percent_same(compared([short], BEN), compared([short], HUGO)) is None
    assert percent_same(Compared(long), Compared(long)) == 100
    assert percent_same(Compared(long[1:]), Compared(long[1:])) is None
    assert percent_same(Compared(long), Compared("b" * 40)) is None


def test_a_copied_response_is_found_under_another_plan():
    response = "Named two early signs and where in the body they show."
    plans = ("Practise the wave exercise once a day.", "Go to one meeting with a friend, and call.")
    mine, theirs = compared([response, plans[0]], BEN), compared([response, plans[1]], HUGO)
    assert percent_same(Compared(mine.text), Compared(theirs.text)) is None
    assert percent_same(mine, theirs) == 100
    shared_plan = compared(["Quiet, and listened to everybody in the round.", plans[0]], HUGO)
    assert percent_same(mine, shared_plan) is None


@pytest.mark.parametrize(
    ("there", "written", "missing"),
    [
        (There.PRESENT, {}, ("participation", "response")),
        (There.PRESENT, {"participation": "some", "response": " \n"}, ("response",)),
        (There.PRESENT, {"participation": "some", "response": "Calm."}, ()),
        (There.ABSENT, {"response": "Ill."}, ("contact",)),
        (There.ABSENT, {"contact": "not_tried"}, ()),
        (There.UNMARKED, {}, ()),
    ],
)
def test_what_is_missing(there, written, missing):
    assert missing_in(OF_PERSON[there], written) == missing


def test_what_the_group_part_lacks():
    assert missing_in(OF_GROUP, {"topic": "Cravings"}) == ("intervention",)


@pytest.mark.parametrize(
    ("day", "ends", "due"),
    [
        ("2026-11-23", "12:00", ("2026-11-24", "12:00")),
        ("2026-10-31", "12:00", ("2026-11-01", "11:00")),
        ("2026-03-07", "12:00", ("2026-03-08", "13:00")),
    ],
)
def test_notes_are_due_after_elapsed_hours(day, ends, due):
    assert due_at(moment(day, ends), 24) == moment(*due)


# On the wall clock, as Hypothesis wants them.
BEGIN, END = (datetime(year, 1, 1) for year in (2026, 2027))  # noqa: DTZ001


@given(st.datetimes(BEGIN, END, timezones=st.just(CHICAGO)), st.integers(1, 168))
def test_due_is_so_many_seconds_later(ends, hours):
    """Oracle: seconds since 1970, which no clock change touches."""
    assert due_at(ends, hours).timestamp() == ends.timestamp() + hours * 3600


@pytest.mark.parametrize(
    ("credential", "listed", "is_needed"),
    [
        ("LPC-Associate", ["lpc-associate"], True),
        ("lpc associate, NCC", ["LPC Associate"], True),
        ("L.P.C.", ["LPC"], True),
        ("LPC", ["LPC-Associate"], False),
        ("", ["LPC"], False),
        ("", [""], False),
        ("LPC", [], False),
        ("NCC / LMSW", ["lmsw"], True),
    ],
)
def test_whose_notes_are_cosigned(credential, listed, is_needed):
    assert needs_cosignature(credential, listed) is is_needed


@pytest.mark.parametrize(
    ("day", "clock", "planned", "expected"),
    [
        ("2026-11-23", "09:05", "15:00", "15:05"),
        # comes twice: the nearer to the planned time
        ("2026-11-01", "01:30", "06:30", "06:30"),
        ("2026-11-01", "01:30", "07:30", "07:30"),
        # is skipped: as many minutes after the jump
        ("2026-03-08", "02:30", "08:30", "08:30"),
    ],
)
def test_a_local_time_is_the_instant_nearest_to_the_plan(day, clock, planned, expected):
    def utc(text: str) -> datetime:
        return datetime.combine(on(day), time.fromisoformat(text), tzinfo=UTC)

    found = nearest(on(day), time.fromisoformat(clock), CHICAGO, planned=utc(planned))
    assert found == utc(expected)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (40, "40 min"),
        (60, "1 h"),
        (320, "5 h 20 min"),
        (1_440, "1 day"),
        (3_060, "2 days 3 h"),
    ],
)
def test_spans_in_words(minutes, words):
    assert elapsed(timedelta(minutes=minutes)) == words


def test_late_is_later_than_due():
    due = moment("2026-11-24", "12:00")
    assert late_by(due, due) == entered_late(due, due) == ""
    late = due + timedelta(hours=5)
    assert late_by(late, due) == "Signed late: 5 h after it was due."
    assert entered_late(late, due) == "Late entry: 5 h after the notes were due."
