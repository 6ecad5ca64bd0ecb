"""The pages of the library: who may, what they say, what they refuse, how much they ask."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from curriculum.models import Lesson, LessonVersion, Module, Track
from programs.models import Program
from tests import build
from tests import build_curriculum as having

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(program: Program) -> Module:
    track = build.a_track(program, name="DBT skills", subject="dbt", source="Unit names only")
    return build.a_module(track=track, name="Distress tolerance")


@pytest.fixture
def lesson(module: Module) -> Lesson:
    return build.a_lesson(module=module, name="TIPP", minutes=50, is_core=True)


@pytest.fixture
def desk(clinician: User, client_of) -> Client:
    return client_of(clinician)


def url(program: Program, name: str = "library", *ids: uuid.UUID) -> str:
    return reverse(f"library:{name}", args=[program.public_id, *ids])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def words(**fields: str) -> dict[str, str]:
    said = {"minutes": "50", "objectives": "", "guide": "", "skills": "", "homework": ""}
    return {**said, "checklist": "", **fields}


def test_who_may_read_and_who_may_change(
    program, lesson, client_of, facilitator, administrator, billing, stranger
):
    read = [url(program), url(program, "lesson", lesson.public_id)]
    read.append(url(program, "changes", lesson.public_id))
    change = [url(program, "new_track"), url(program, "change_lesson", lesson.public_id)]
    for person in (facilitator, administrator):
        assert [client_of(person).get(each).status_code for each in read] == [200] * 3
        assert [client_of(person).get(each).status_code for each in change] == [403] * 2
        assert "Start a draft" not in text(client_of(person).get(read[1]))
    assert [client_of(billing).get(each).status_code for each in read] == [403] * 3
    assert [client_of(stranger).get(each).status_code for each in read + change] == [404] * 5
    start = url(program, "start_draft", lesson.public_id)
    assert client_of(facilitator).post(start).status_code == 403
    assert not LessonVersion.objects.filter(published_at=None).exists()


def test_what_belongs_to_another_program_is_not_found(program, desk):
    other = build.a_lesson()
    for name, row in (
        ("lesson", other),
        ("draft", other),
        ("retire", other),
        ("track", other.module.track),
        ("module", other.module),
        ("new_lesson", other.module),
    ):
        assert desk.get(url(program, name, row.public_id)).status_code == 404


def test_an_empty_library_leads_to_its_beginnings(program, desk, facilitator, client_of):
    page = text(desk.get(url(program)))
    assert reverse("starter:starter", args=[program.public_id]) in page
    assert reverse("curriculum_files:files", args=[program.public_id]) in page
    assert "Clinicians and directors fill the library." in text(
        client_of(facilitator).get(url(program))
    )


def test_the_library_says_what_there_is(program, module, lesson, desk):
    other = build.a_lesson(module=module, name="STOP", minutes=30)
    having.needs(other, lesson)
    having.a_draft(other)
    build.a_lesson(module=module, name="Old", retired_at=build.NOW)
    page = text(desk.get(url(program)))
    assert "2 lessons · 1 core · 1" in page
    assert "After TIPP" in page
    assert "1 retired lesson" in page
    assert "Source: Unit names only" in page
    assert "<title>Curriculum" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=tipp", {"TIPP"}),
        ("q=cold+water", {"STOP"}),
        ("q=old+words", set()),
        ("q=urge+surfing", {"STOP"}),
        ("q=dbt", {"TIPP", "STOP"}),
        ("q=%25", set()),
        ("q=%00", {"TIPP", "STOP", "Cravings"}),
        ("subject=own", {"Cravings"}),
        ("subject=nonsense", {"TIPP", "STOP", "Cravings"}),
        ("kind=core", {"TIPP"}),
        ("kind=elective&subject=dbt", {"STOP"}),
        ("state=draft", {"STOP"}),
    ],
)
def test_lessons_are_found(program, module, lesson, desk, asked, found):
    stop = build.a_lesson(module=module, name="STOP")
    having.a_draft(stop, guide="Old words", published_at=build.NOW)
    said = {"guide": "Cold water first", "skills": ["Urge surfing"], "published_at": build.NOW}
    having.a_draft(stop, **said)
    having.a_draft(stop)
    build.a_lesson(program, name="Cravings")
    page = text(desk.get(f"{url(program)}?{asked}"))
    assert {name for name in ("TIPP", "STOP", "Cravings") if f">{name}</a>" in page} == found
    assert ("No lesson is like that." in page) == (not found)


def test_the_library_asks_the_same_of_a_large_one(
    program, module, lesson, desk, django_assert_max_num_queries
):
    for number in range(12):
        build.a_lesson(program, name=f"Lesson {number}")
        having.a_draft(build.a_lesson(module=module, name=f"More {number}"))
    with django_assert_max_num_queries(16):
        assert desk.get(url(program)).status_code == 200


def test_a_lesson_asks_the_same_however_long_its_history(
    program, lesson, desk, django_assert_max_num_queries
):
    for number in range(8):
        having.needs(lesson, build.a_lesson(module=lesson.module))
        having.a_draft(lesson, guide=str(number), published_at=build.NOW)
    with django_assert_max_num_queries(19):
        assert desk.get(url(program, "lesson", lesson.public_id)).status_code == 200


def test_from_a_track_to_a_published_lesson(program, desk):
    sent = {"name": "Relapse prevention", "subject": "relapse_prevention", "source": ""}
    assert desk.post(url(program, "new_track"), sent).status_code == 302
    track = Track.objects.get()
    desk.post(url(program, "new_module", track.public_id), {"name": "Triggers"})
    module = Module.objects.get()
    lesson = {"name": "Inside", "minutes": "45", "is_core": "on", "place": ""}
    answer = desk.post(url(program, "new_lesson", module.public_id), lesson)
    made = Lesson.objects.get()
    assert answer.url == url(program, "draft", made.public_id)
    draft = made.versions.get()
    seen = {"seen": draft.written_at.isoformat()}
    sent = words(minutes="40", guide="# Open\r\n\r\nHello", skills="One\r\n\r\nOne\r\nTwo ", **seen)
    desk.post(url(program, "draft", made.public_id), sent)
    draft.refresh_from_db()
    assert (draft.guide, draft.skills) == ("# Open\n\nHello", ["One", "Two"])
    sent = {"change_note": "", "seen": draft.written_at.isoformat()}
    desk.post(url(program, "publish", made.public_id), sent)
    made.refresh_from_db()
    assert (made.minutes, made.is_core) == (40, True)
    assert "Taught now" in text(desk.get(url(program, "lesson", made.public_id)))


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("new_track", {"name": "", "subject": "dbt"}, "Enter the name of the track"),
        ("new_track", {"name": "DBT skills", "subject": "dbt"}, "has a track of that name already"),
        ("new_track", {"name": "x" * 121, "subject": "dbt"}, "at most 120 characters"),
        ("new_track", {"name": "New", "subject": "magic"}, "not one of the available choices"),
        ("new_track", {"name": "N\x00w", "subject": "dbt"}, "Null characters are not allowed"),
        ("new_lesson", {"name": "TIPP", "minutes": "50"}, "has a lesson of that name already"),
        ("new_lesson", {"name": "New", "minutes": ""}, "Enter the minutes it takes"),
        ("new_lesson", {"name": "New", "minutes": "0"}, "Enter 1 or more"),
        ("new_lesson", {"name": "New", "minutes": "481"}, "Enter 480 or less"),
        ("new_lesson", {"name": "New", "minutes": "50", "place": "x"}, "not one of the available"),
        ("draft", words(minutes="fifty"), "Enter a whole number"),
        ("draft", words(skills="x" * 81), "At most 80 characters a line"),
        ("draft", words(checklist="\n".join(map(str, range(31)))), "At most 30 lines"),
        ("draft", words(guide="x" * 20_001), "at most 20000 characters"),
        ("draft", words(seen="yesterday"), "Open this page again"),
        ("publish", {"change_note": "", "seen": ""}, "Say in a few words what is new in it"),
        ("module", {"name": "A", "track": "nonsense"}, "Choose one of the tracks listed"),
        ("change_lesson", {"name": "A", "module": str(uuid.uuid4())}, "one of the modules listed"),
        ("add_need", {"needs": "nonsense"}, "Choose one of the lessons listed"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    program, module, lesson, desk, name, sent, said
):
    having.a_draft(lesson, guide="New")
    counts = Track.objects.count(), Lesson.objects.count()
    ids = {"new_track": [], "new_lesson": [module.public_id], "module": [module.public_id]}
    answer = desk.post(url(program, name, *ids.get(name, [lesson.public_id])), sent)
    page = text(answer)
    assert answer.status_code == 200
    assert said in page
    assert "<title>Error:" in page
    if typed := sent.get("name", "").replace("\x00", ""):
        assert f'value="{typed[:20]}' in page or "\x00" in sent["name"]
    assert (Track.objects.count(), Lesson.objects.count()) == counts


def test_a_circle_is_refused_on_the_lesson_s_own_page(program, module, lesson, desk):
    other = build.a_lesson(module=module, name="STOP")
    desk.post(url(program, "add_need", lesson.public_id), {"needs": str(other.public_id)})
    answer = desk.post(url(program, "add_need", other.public_id), {"needs": str(lesson.public_id)})
    assert "“STOP” needs “TIPP”, “TIPP” needs “STOP”" in text(answer)
    desk.post(url(program, "remove_need", lesson.public_id, other.public_id))
    assert not lesson.prerequisites.exists()


def test_two_who_write_one_draft_lose_nothing(program, lesson, desk, director, client_of):
    draft = having.a_draft(lesson, guide="The words before")
    seen = draft.written_at.isoformat()
    address = url(program, "draft", lesson.public_id)
    client_of(director).post(address, words(guide="The words of hers", seen=seen))
    answer = desk.post(address, words(guide="The words of his", seen=seen))
    page = text(answer)
    assert "Somebody was first" in page
    assert "by Dina Osei" in page
    assert "The words of his</textarea>" in page
    assert "added:" in page
    draft.refresh_from_db()
    assert draft.guide == "The words of hers"
    again = words(guide="The words of both", seen=draft.written_at.isoformat())
    assert draft.written_at.isoformat() in page
    desk.post(address, again)
    draft.refresh_from_db()
    assert draft.guide == "The words of both"


def test_words_for_a_draft_published_meanwhile_go_to_a_new_one(program, lesson, desk):
    draft = having.a_draft(lesson, guide="Before")
    seen = draft.written_at.isoformat()
    draft.published_at = build.NOW
    draft.save()
    page = text(desk.post(url(program, "draft", lesson.public_id), words(guide="Mine", seen=seen)))
    assert "Mine</textarea>" in page
    assert "Draft of version 3" in page
    assert lesson.versions.get(number=3).guide == "Before"


def test_without_a_draft_its_pages_lead_back(program, lesson, desk):
    for name in ("draft", "publish", "drop_draft"):
        answer = desk.get(url(program, name, lesson.public_id), follow=True)
        assert "There is no draft any more" in text(answer)


def test_publishing_shows_what_is_new_and_asks_again_where_it_moved(program, lesson, desk):
    draft = having.a_draft(lesson, guide="Breathe slowly")
    address = url(program, "publish", lesson.public_id)
    page = text(desk.get(address))
    assert "Breathe slowly" in page
    assert "underlined: added" in page
    sent = {"change_note": "A guide", "seen": "2020-01-01T00:00:00+00:00"}
    assert "Somebody has changed this draft" in text(desk.post(address, sent))
    desk.post(address, {**sent, "seen": draft.written_at.isoformat()})
    draft.refresh_from_db()
    assert draft.change_note == "A guide"


def test_what_changed_between_any_two_versions(program, lesson, desk):
    having.a_draft(lesson, guide="Name three", minutes=40, published_at=build.NOW)
    having.a_draft(lesson, guide="Name four", minutes=40)
    address = url(program, "changes", lesson.public_id)
    page = text(desk.get(address))
    assert "added: </span>four" in page
    assert "removed: </span>three" in page
    assert "The same in both: Minutes" in page
    first = text(desk.get(f"{address}?before=2&after=1"))
    assert "removed: </span>50 min" in first
    assert "There is no version 9" in text(desk.get(f"{address}?before=9"))
    assert "Nothing changed." in text(desk.get(f"{address}?before=2&after=2"))


def test_a_version_has_a_page_of_its_own(program, lesson, desk):
    draft = having.a_draft(lesson, guide="- One\n- Two", skills=["Urge surfing"])
    page = text(desk.get(url(program, "version", lesson.public_id, draft.public_id)))
    assert "<li>Two</li>" in page
    assert "This is a draft." in page
    other = build.a_lesson(program).versions.get()
    wrong = url(program, "version", lesson.public_id, other.public_id)
    assert desk.get(wrong).status_code == 404


def test_things_move_and_lessons_retire(program, module, lesson, desk):
    build.a_lesson(module=module, name="STOP", position=1)
    back = desk.post(url(program, "move_lesson", lesson.public_id), {"down": "1"})
    assert back.url.endswith(f"?arrange=1#at-{lesson.public_id}")
    assert "Move TIPP up" in text(desk.get(back.url))
    desk.post(url(program, "move_module", module.public_id), {"up": "1"})
    desk.post(url(program, "move_track", module.track.public_id), {"up": "1"})
    lesson.refresh_from_db()
    assert lesson.position == 1
    retire = url(program, "retire", lesson.public_id)
    assert "Retire this lesson?" in text(desk.get(retire))
    having.a_rotation(build.a_group(program, name="Morning IOP"), [lesson])
    assert "the rotation of Morning IOP" in text(desk.post(retire, follow=True))
    lesson.rotations.all().delete()
    assert "The lesson is retired." in text(desk.post(retire, follow=True))
    page = text(desk.post(url(program, "bring_back", lesson.public_id), follow=True))
    assert "The lesson is in use again." in page
