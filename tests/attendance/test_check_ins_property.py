"""Any order of saves, from any version, ends as a book in which nobody overwrites unread lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from attendance.check_ins.actions import NewerCheckIn
from attendance.check_ins.answers import Answers, answers_of
from attendance.models import CheckIn, SafetyAlert
from groups.models import GroupSession
from programs.models import Participant
from tests import build
from tests.attendance.check_ins import save
from tests.attendance.sheet import a_member

ANSWERS = st.fixed_dictionaries(
    {"mood": st.sampled_from([None, 0, 10]), "safety": st.sampled_from(["", "no", "yes"])}
)
STEPS = st.lists(
    st.tuples(ANSWERS, st.sampled_from([None, 1, 2, 3]), st.integers(0, 1)), max_size=8
)
Book = list[tuple[dict, User]]


def is_kept(
    session: GroupSession, person: Participant, by: User, version: int | None, answers: dict
) -> bool:
    try:
        save(session, person, by, version, **answers)
    except NewerCheckIn:
        return False
    return True


def assert_says(session: GroupSession, book: Book) -> None:
    """The row is the book's last line; a yes on any line has raised one alert."""
    row = CheckIn.objects.filter(session=session).first()
    assert (row.version if row else 0) == len(book)
    if row:
        assert (answers_of(row), row.entered_by) == (Answers(**book[-1][0]), book[-1][1])
    has_said_yes = any(answers["safety"] == "yes" for answers, _by in book)
    assert SafetyAlert.objects.filter(check_in__session=session).count() == has_said_yes


class SavesInAnyOrder(TestCase):
    @settings(max_examples=40)
    @given(steps=STEPS)
    def test_nothing_unread_is_overwritten(self, steps):
        session, users = build.a_session(), [build.a_user() for _ in range(2)]
        person = a_member(session)
        book: Book = []
        for answers, version, who in steps:
            is_same = bool(book) and book[-1][0] == answers
            may = is_same or not book or version == len(book)
            assert is_kept(session, person, users[who], version, answers) == may
            if may and not is_same:
                book.append((answers, users[who]))
            assert_says(session, book)
