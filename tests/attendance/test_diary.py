"""The skills diary: who may, what is added and taken off, what is refused, what it shows."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from attendance.models import SkillUse
from curriculum.models import LessonVersion
from programs.models import Participant, Program, Role
from tests import build
from tests.attendance.test_relapse_paper import words_of
from tests.build import MONDAY, NOW
from tests.build_curriculum import a_skill_use, taught
from tests.build_trust import taken_out
from tests.programs.record_pages import queries_of, read, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday_noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def enrollment(program: Program):
    named = build.a_participant(first_name="Elena", last_name="Moss")
    return build.an_enrollment(program, named, admitted_on="2026-11-02")


@pytest.fixture
def person(enrollment) -> Participant:
    return enrollment.participant


def url_of(name: str, program: Program, person: Participant, *more) -> str:
    return reverse(f"diary:{name}", args=[program.public_id, person.public_id, *more])


def sent(**changes: str) -> dict[str, str]:
    """Return what the form for one entry sends."""
    blank = {"skill": "", "listed": "", "own": "Urge surfing", "words": "", "helped": "yes"}
    return blank | {"used_on": "2026-11-24"} | changes


def a_lesson_with(program: Program, track: str, *skills: str):
    module = build.a_module(program, track=build.a_track(program, name=track))
    lesson = build.a_lesson(program, module=module)

    LessonVersion.objects.create(
        lesson=lesson,
        number=2,
        skills=list(skills),
        written_at=NOW,
        published_at=NOW,
        minutes=lesson.minutes,
    )
    return lesson


@pytest.mark.parametrize("doorway", ["diary", "enter", "card", "withdraw"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 200),
        (Role.CLINICIAN, 200),
        (Role.FACILITATOR, 404),
        (Role.ADMISSIONS, 403),
        (Role.BILLING, 403),
    ],
)
def test_who_may(client_of, program, enrollment, person, doorway: str, role: Role, status: int):
    more = [a_skill_use(enrollment).public_id] if doorway == "withdraw" else []
    client = client_of(build.a_colleague(program, role))
    url = url_of(doorway, program, person, *more)
    assert client.get(url).status_code == status
    if status != 200 and doorway != "card":
        assert client.post(url, sent()).status_code == status
        assert SkillUse.objects.on_record().count() == len(more)


def test_a_facilitator_of_their_session_may(client_of, facilitator, program, enrollment, person):
    session = build.a_session(build.a_group(program), facilitators=[facilitator])
    build.a_membership(session.group, enrollment)
    assert client_of(facilitator).get(url_of("diary", program, person)).status_code == 200


def test_a_stranger_finds_nothing(client_of, stranger, clinician, program, enrollment, person):
    url = url_of("diary", program, person)
    assert client_of(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    another = a_skill_use(build.an_enrollment(program))
    for use_id in (another.public_id, uuid.uuid4()):
        address = url_of("withdraw", program, person, use_id)
        assert client_of(clinician).post(address).status_code == 404
    assert SkillUse.objects.on_record().count() == 1


def test_an_entry(client_of, clinician, program, enrollment, person):
    page = send(client_of(clinician), url_of("diary", program, person), sent(words="In line <b>"))
    assert "The entry is in the diary." in page
    assert "Urge surfing" in page
    assert "In line &lt;b&gt;" in page
    assert "Tue Nov 24, 2026" in page
    use = SkillUse.objects.get()
    assert (use.enrollment, use.skill, use.helped) == (enrollment, "Urge surfing", "yes")
    assert (use.entered_by, use.entered_at) == (clinician, NOW)
    event = AuditEvent.objects.get(verb="skill_use.added")
    assert (event.participant_id, event.detail) == (person.public_id, {"used_on": "2026-11-24"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM attendance_skilluse")
        assert "In line" not in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"own": ""}, "Choose which skill was used, or name it"),
        ({"listed": "Cold water"}, "Name one skill only: several are chosen."),
        ({"helped": ""}, "Choose whether it helped"),
        ({"helped": "maybe"}, "maybe is not one of the available choices"),
        ({"used_on": "2026-11-26"}, "Enter today or an earlier day"),
        ({"used_on": "2026-11-01"}, "it began on Nov 2, 2026"),
        ({"used_on": "someday"}, "Enter a real date"),
        ({"used_on": ""}, "Enter the day"),
        ({"own": "x" * 81}, "Ensure this value has at most 80 characters"),
    ],
)
def test_refused_in_words_and_what_was_typed_stays(
    client_of, clinician, program, person, changes: dict[str, str], words: str
):
    a_lesson_with(program, "DBT", "Cold water")
    typed = sent(words="What I typed") | changes
    page = send(client_of(clinician), url_of("diary", program, person), typed)
    assert "There is a problem" in page
    assert words in page
    assert "What I typed" in page
    assert not SkillUse.objects.exists()


def test_the_skills_of_the_lessons_by_track(client_of, clinician, program, enrollment, person):
    a_lesson_with(program, "DBT", "Cold water", "Paced breathing")
    lesson = a_lesson_with(program, "CBT", "Thought record")
    a_lesson_with(build.a_program(), "Elsewhere", "Not ours")
    page = read(client_of(clinician), url_of("diary", program, person))
    assert '<optgroup label="DBT"> <option value="Cold water">' in page
    assert '<optgroup label="CBT"> <option value="Thought record">' in page
    assert "Not ours" not in page
    session = build.a_session(build.a_group(program))
    taught(session, lesson, version=lesson.versions.last())
    build.a_presence(build.a_record(session, person), "09:00-10:00")
    a_skill_use(enrollment, skill="My own walk")
    page = read(client_of(clinician), url_of("diary", program, person))
    taps = page.split("Another one, below")[0]
    places = [taps.index(f'value="{each}"') for each in ("My own walk", "Thought record")]
    assert places == sorted(places)
    assert taps.index('value="Thought record"') < taps.index('value="Cold water"')


def test_taken_off_the_record_it_stays_in_the_history(
    client_of, clinician, program, enrollment, person
):
    use = a_skill_use(enrollment, skill="A slip", words="Typed twice")
    url = url_of("withdraw", program, person, use.public_id)
    assert "Typed twice" in read(client_of(clinician), url)
    page = send(client_of(clinician), url, {})
    assert "The entry is off the record." in page
    assert "Typed twice" not in page
    use.refresh_from_db()
    assert (use.withdrawn_at, use.withdrawn_by) == (NOW, clinician)
    assert AuditEvent.objects.filter(verb="skill_use.withdrawn").count() == 1
    assert client_of(clinician).post(url).status_code == 404


def test_the_weeks_and_the_skills(client_of, clinician, program, enrollment, person):
    for helped in ("yes", "yes", "little"):
        a_skill_use(enrollment, helped=helped)
    a_skill_use(enrollment, skill="cold water", helped="no", used_on=MONDAY - timedelta(days=7))
    page = read(client_of(clinician), url_of("diary", program, person))
    weeks, _heading, skills = page.split("Skill by skill")
    numbers = '<td class="r num">{}</td>' * 4
    assert numbers.format(3, 2, 1, 0) in weeks
    assert numbers.format(1, 0, 0, 1) in weeks
    assert weeks.index("Week of Nov 23") < weeks.index("Week of Nov 16")
    assert skills.index("Urge surfing") < skills.index("cold water")
    assert "4 entries" in page


def test_a_paper_card_at_once(client_of, clinician, program, enrollment, person):
    a_skill_use(enrollment, skill="Cold water", used_on="2026-11-09")
    url = url_of("enter", program, person) + "?week=2026-11-16"
    page = read(client_of(clinician), url)
    assert "Cold water" in page
    assert 'name="shown" value="1"' in page
    # Somebody added another one meanwhile: the rows stay those of the card.
    a_skill_use(enrollment, skill="Meanwhile", used_on="2026-11-10")
    typed = {"shown": "1", "skill-0": "Cold water"}
    typed |= {"mark-0-2026-11-16": "yes", "mark-0-2026-11-18": "no"}
    typed |= {"skill-1": "A walk", "mark-1-2026-11-16": "little"}
    assert "3 entries are added." in send(client_of(clinician), url, typed)
    rows = SkillUse.objects.filter(used_on__gte="2026-11-11").order_by("pk")
    assert [(str(each.used_on), each.skill, each.helped) for each in rows] == [
        ("2026-11-16", "Cold water", "yes"),
        ("2026-11-16", "A walk", "little"),
        ("2026-11-18", "Cold water", "no"),
    ]
    assert "This week has 3 entries already" in read(client_of(clinician), url)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"shown": "0"}, "Nothing is marked yet. Choose 0, 1 or 2 under a day."),
        ({"skill-0": "A walk", "shown": "x"}, "Mark a day on which it was used"),
        ({"skill-0": "A walk", "shown": "9" * 5_000}, "Mark a day on which it was used"),
        ({"mark-0-2026-11-24": "yes", "shown": "-1"}, "Name the skill that was used"),
        ({"skill-0": "A", "mark-0-2026-11-26": "yes"}, "Thu Nov 26: Enter today or an earlier day"),
        ({"skill-0": "A", "mark-0-2026-11-24": "7"}, "7 is not one of the available choices"),
    ],
)
def test_a_card_is_added_whole_or_not(client_of, clinician, program, person, typed, words: str):
    good = {"skill-1": "Kept as typed", "mark-1-2026-11-23": "yes"} if len(typed) > 1 else {}
    page = send(client_of(clinician), url_of("enter", program, person), typed | good)
    assert words in page
    assert not good or "Kept as typed" in page
    assert not SkillUse.objects.exists()


def test_the_card_to_print(client_of, clinician, program, enrollment, person):
    a_skill_use(enrollment, skill="Cold water")
    answer = taken_out(client_of(clinician), url_of("card", program, person) + "?week=2026-11-16")
    assert answer["Content-Disposition"] == 'attachment; filename="my-week-2026-11-16.pdf"'
    pages, said = words_of(answer.content)
    assert pages == 1
    for words in ("My week", "Cold water", "Nov 16, 2026 to Nov 22, 2026", "Mon"):
        assert words in said
    for secret in ("Prairie", "IOP", "Elena", "Moss"):
        assert secret not in said
    for number in range(40):
        a_skill_use(enrollment, skill=f"{number} {'W' * 70}")
    answer = taken_out(client_of(clinician), url_of("card", program, person))
    assert words_of(answer.content)[0] == 1


def test_the_trail_and_the_queries(client_of, clinician, program, enrollment, person):
    a_skill_use(enrollment)
    client, url = client_of(clinician), url_of("diary", program, person)
    once = queries_of(client, url)
    event = AuditEvent.objects.get(verb="participant.read")
    assert (event.participant_id, event.detail) == (person.public_id, {"page": "skills_diary"})
    for number in range(30):
        a_skill_use(enrollment, skill=f"Skill {number}")
    assert queries_of(client, url) == once <= 20


def test_nothing_is_added_without_the_trail(client_of, clinician, program, person, audit_fails):
    with pytest.raises(Exception, match="audit_fails"):
        client_of(clinician).post(url_of("diary", program, person), sent())
