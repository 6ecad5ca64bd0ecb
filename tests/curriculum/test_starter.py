"""The starter libraries: what is in them, who may add them, what is added, what stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEvent, User
from curriculum.files.actions import CannotImport
from curriculum.files.entry import WORDS
from curriculum.files.planning import circle_in
from curriculum.models import Handout, Lesson, LessonVersion, Module, Prerequisite, Track
from curriculum.starter.adding import add_starters
from curriculum.starter.shelf import starter, starters
from programs.models import Program
from tests import build

ClientOf = Callable[[User], Client]


def page_of(program: Program) -> str:
    return f"/starter/{program.public_id}/"


def test_matrix_has_the_published_sessions():
    matrix = starter("matrix")
    counts = {name: sum(each.module == name for each in matrix.entries) for name in matrix.modules}
    assert list(counts.values()) == [8, 32, 12, 1]
    minutes = {each.module: each.minutes for each in matrix.entries}
    assert list(minutes.values()) == [50, 90, 90, 90]
    titles = [each.lesson for each in matrix.entries]
    assert titles[:3] == [
        "Stop the Cycle",
        "Identifying External Triggers",
        "Identifying Internal Triggers",
    ]
    assert (titles[8], titles[39]) == ("Alcohol", "One Day at a Time")
    sources = {each.source for each in matrix.entries}
    assert sources == {"Titles: SAMHSA, Matrix Intensive Outpatient Treatment, public domain"}


def test_dbt_is_names_only_of_24_weeks():
    dbt = starter("dbt")
    assert dbt.is_names_only
    names = [each.lesson.rsplit(",", 1)[0] for each in dbt.entries]
    assert names == (
        ["Mindfulness"] * 2
        + ["Emotion regulation"] * 7
        + ["Mindfulness"] * 2
        + ["Distress tolerance"] * 6
        + ["Mindfulness"] * 2
        + ["Interpersonal effectiveness"] * 5
    )
    assert not any(getattr(each, word) for each in dbt.entries for word in WORDS)


@pytest.mark.parametrize("library", [each for each in starters() if not each.is_names_only])
def test_every_lesson_says_something_and_fits_the_tables(library):
    assert circle_in({each.key: each.prerequisites for each in library.entries}) == ()
    keys = {each.key for each in library.entries}
    for entry in library.entries:
        assert entry.objectives.count(".") >= 1, entry.lesson
        assert entry.guide.count(".") + entry.guide.count("?") >= 2, entry.lesson
        assert entry.prerequisites <= keys
        assert all(len(skill) <= 80 for skill in entry.skills)
        assert all(len(step) <= 160 for step in entry.checklist)


@pytest.mark.django_db
def test_all_of_it_is_added_once(program: Program, director: User):
    done = add_starters(program=program, starters=starters(), now=build.NOW, by=director)
    count = sum(len(each.entries) for each in starters())
    assert len(done.new) == count == Lesson.objects.count()
    versions = LessonVersion.objects.published()
    assert versions.count() == count
    assert set(versions.values_list("number", "written_by", "published_at")) == {
        (1, director.pk, build.NOW)
    }
    pages = sum(len(each.pages) for each in starters())
    assert Handout.objects.filter(kind="page", versions__version__number=1).count() == pages > 5
    assert list(Track.objects.values_list("name", flat=True)) == [each.name for each in starters()]
    needed = Prerequisite.objects.get(lesson__name="Writing the plan").needs
    assert needed.name == "High-risk situations"
    again = add_starters(program=program, starters=starters(), now=build.NOW, by=director)
    assert not again.has_changes
    event = AuditEvent.objects.get(verb="curriculum.started")
    assert event.detail["added"] == count


@pytest.mark.django_db
def test_what_is_there_by_name_stays_as_it_is(program: Program, director: User):
    track = build.a_track(program, name="CBT skills", source="Ours", subject="own")
    module = Module.objects.create(track=track, name="Thoughts")
    mine = build.a_lesson(module=module, name="Thought, feeling, act", minutes=20)
    add_starters(program=program, starters=[starter("cbt")], now=build.NOW, by=director)
    mine.refresh_from_db()
    track.refresh_from_db()
    assert (mine.minutes, mine.versions.count()) == (20, 1)
    assert (track.source, track.subject) == ("Ours", "own")
    assert Lesson.objects.of_program(program).count() == 6
    needs = Prerequisite.objects.filter(lesson__name="Automatic thoughts")
    assert [each.needs for each in needs] == [mine]


@pytest.mark.django_db
def test_a_library_that_changed_meanwhile_is_looked_at_again(program: Program):
    with pytest.raises(CannotImport, match="changed meanwhile"):
        add_starters(program=program, starters=[starter("cbt")], seen="x", now=build.NOW, by=None)
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_nothing_is_added_where_the_trail_cannot_be_written(program: Program, audit_fails):
    with pytest.raises(IntegrityError), transaction.atomic():
        add_starters(program=program, starters=[starter("cbt")], now=build.NOW, by=None)
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_the_page_shows_adds_and_says_so(program: Program, director: User, client_of: ClientOf):
    client = client_of(director)
    page = client.get(page_of(program)).content.decode()
    assert "Matrix" in page
    assert "Names only" in page
    looked = client.post(page_of(program), {"tracks": ["cbt", "mindfulness"], "act": "look"})
    assert not Lesson.objects.exists()
    shown = looked.content.decode()
    assert "What would be added" in shown
    assert "Opposite action" not in shown.split("starter-cards")[0]
    seen = looked.context["page"].chosen.plan.mark
    sent = {"tracks": ["cbt", "mindfulness"], "seen": seen, "act": "save"}
    answer = client.post(page_of(program), sent)
    assert answer.status_code == 302
    assert Lesson.objects.of_program(program).count() == 11
    there = client.get(page_of(program)).content.decode()
    assert there.count("In your library") == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "look"}, "Choose at least one library"),
        ({"act": "save", "tracks": ["cooking"]}, "Choose libraries from the list"),
        ({"act": "save", "tracks": ["cbt"], "seen": "old"}, "changed meanwhile"),
        ({"act": "save", "tracks": ["cbt"]}, "changed meanwhile"),
    ],
)
def test_bad_input_is_refused_in_words(
    sent: dict, words: str, program: Program, director: User, client_of: ClientOf
):
    answer = client_of(director).post(page_of(program), sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_who_may(
    program: Program,
    clinician: User,
    facilitator: User,
    stranger: User,
    client_of: ClientOf,
):
    assert client_of(clinician).get(page_of(program)).status_code == 200
    assert client_of(facilitator).get(page_of(program)).status_code == 403
    assert client_of(stranger).get(page_of(program)).status_code == 404


@pytest.mark.django_db
def test_adding_and_showing_take_few_statements(
    program: Program, director: User, client_of: ClientOf, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        add_starters(program=program, starters=starters(), now=build.NOW, by=director)
    client = client_of(director)
    client.get(page_of(program))
    with django_assert_max_num_queries(30):
        client.get(page_of(program))
