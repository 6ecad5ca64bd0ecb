"""The pages on which lessons are planned: who may, what they say, previews before changes."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Rotation, SessionLesson
from groups.rotation.actions import choose_lessons
from programs.models import Role
from tests import build, build_curriculum
from tests.groups.rotations import Plan, a_plan, planned

pytestmark = pytest.mark.django_db
IN_ORDER = ["Triggers", "Cravings", "Sleep", "Anger", "Triggers", "Cravings"]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """It is Wednesday noon."""
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)


@pytest.fixture
def plan(clinic) -> Plan:
    return a_plan()


@pytest.fixture
def client(client_of, plan) -> Client:
    return client_of(plan.director)


def url_of(plan: Plan, name: str = "rotation", *more: object) -> str:
    ids = [] if name == "rotations" else [plan.group.public_id]
    return reverse(f"rotation:{name}", args=[plan.program.public_id, *ids, *more])


def slot_url(plan: Plan, number: int) -> str:
    return url_of(plan, "lessons", plan.sessions[number].public_id)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def seen_in(response) -> str:
    return re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]  # type: ignore[index]


def ordering(plan: Plan, *numbers: int, **more: object) -> dict:
    keys = [str(plan.lessons[number].public_id) for number in numbers]
    return {"lessons": keys, "on_cancel": "shift", "is_repeating": "on", **more}


@pytest.mark.parametrize("name", ["rotations", "rotation", "order", "start"])
@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [
        (Role.DIRECTOR, 200, 200),
        (Role.CLINICIAN, 200, 200),
        (Role.FACILITATOR, 200, 403),
        (Role.ADMISSIONS, 200, 403),
        (Role.BILLING, 403, 403),
    ],
)
def test_who_may(client_of, plan, name, role, reads, edits):
    client = client_of(build.a_colleague(plan.program, role))
    expected = reads if name in ("rotations", "rotation") else edits
    if name == "start":
        answer = client.post(url_of(plan, name), follow=True)
    else:
        answer = client.get(url_of(plan, name))
    assert answer.status_code == expected


def test_another_programs_groups_and_sessions_are_not_found(client_of, client, plan):
    stranger = client_of(a_plan_elsewhere().director)
    assert stranger.get(url_of(plan)).status_code == 404
    elsewhere = build.a_session(build.a_group(plan.program), "2026-12-01")
    assert client.get(url_of(plan, "lessons", elsewhere.public_id)).status_code == 404


def a_plan_elsewhere() -> Plan:
    program = build.a_program()
    group = build.a_group(program)
    return Plan(program, group, (), (), None, build.a_colleague(program, Role.DIRECTOR))  # type: ignore[arg-type]


def test_all_groups_say_how_far_they_are_planned(client, plan):
    bare = build.a_group(plan.program, name="Process B")
    build.a_session(bare, "2026-12-01")
    said = text_of(client.get(url_of(plan, "rotations")))
    assert "Next: Triggers, Mon Nov 30" in said
    assert "Planned until Wed Dec 16" in said
    assert "All planned" in said
    assert "No rotation yet" in said
    assert "1 session without a lesson" in said


def test_a_program_without_groups_says_so(client_of, program, director):
    url = reverse("rotation:rotations", args=[program.public_id])
    assert "No groups yet." in text_of(client_of(director).get(url))


def test_a_group_shows_its_sessions_and_who_still_needs_the_lesson(client, plan):
    for number in range(2):
        person = build.an_enrollment(plan.program)
        build.a_membership(plan.group, person)
        if number:
            build_curriculum.a_waiver(person, plan.lessons[0])
    said = text_of(client.get(url_of(plan)))
    assert re.search(r"Mon Nov 30 .*?Triggers +core +1 of 2 expected still need it", said)
    assert "Shift: its lesson moves to the next session" in said


def test_what_was_taught_is_shown_as_such(client, plan):
    past = build.a_session(plan.group, "2026-11-23")
    build_curriculum.taught(past, plan.lessons[2])
    build.a_session(plan.group, "2026-11-18")
    said = text_of(client.get(url_of(plan)))
    assert re.search(r"Mon Nov 23 +Sleep", said)
    assert re.search(r"Wed Nov 18 +Nothing on record +Not confirmed", said)


def test_a_rotation_is_made_from_the_groups_track_in_one_tap(client, plan):
    build_curriculum.needs(plan.lessons[0], plan.lessons[1])
    track = plan.lessons[0].module.track
    group = build.a_group(plan.program, teaches=track)
    build.a_session(group, "2026-12-01")
    url = reverse("rotation:rotation", args=[plan.program.public_id, group.public_id])
    assert f"Make one from {track.name}" in text_of(client.get(url))
    said = text_of(client.post(f"{url}start/", follow=True))
    assert "The plan of lessons is made." in said
    assert planned(group) == ["Cravings"]
    assert "This group has a rotation" in text_of(client.post(f"{url}start/", follow=True))


def test_lessons_move_up_and_down_without_a_script(client, plan):
    form = ordering(plan, 0, 1, 2, 3, act=f"down:{plan.lessons[0].public_id}")
    page = client.post(url_of(plan, "order"), form).content.decode()
    names = re.findall(r'rotation-name strong">([^<]+)', page)
    assert names == ["Cravings", "Triggers", "Sleep", "Anger"]
    assert planned(plan.group) == IN_ORDER


def test_lessons_are_left_out_and_added(client, plan):
    new = build.a_lesson(plan.program, name="Boundaries")
    drop = str(plan.lessons[0].public_id)
    form = ordering(plan, 0, 1, act="add", drop=[drop], add=[str(new.public_id)])
    page = client.post(url_of(plan, "order"), form).content.decode()
    assert re.findall(r'rotation-name strong">([^<]+)', page) == ["Cravings", "Boundaries"]


def test_a_new_order_is_looked_at_and_then_saved(client, plan):
    url = url_of(plan, "order")
    preview = client.post(url, ordering(plan, 1, 0, 2, 3, act="preview"))
    said = text_of(preview)
    assert "Cravings moves from Wed Dec 2 to Mon Nov 30." in said
    assert planned(plan.group) == IN_ORDER
    form = ordering(plan, 1, 0, 2, 3, act="save", seen=seen_in(preview))
    assert "The plan of lessons is saved." in text_of(client.post(url, form, follow=True))
    assert planned(plan.group)[:3] == ["Cravings", "Triggers", "Sleep"]


def test_a_plan_that_changed_meanwhile_is_shown_anew(client, plan):
    url = url_of(plan, "order")
    seen = seen_in(client.post(url, ordering(plan, 1, 0, 2, 3, act="preview")))
    choose_lessons(session=plan.sessions[0], lessons=[plan.lessons[3]], by=plan.director)
    before = planned(plan.group)
    again = client.post(url, ordering(plan, 1, 0, 2, 3, act="save", seen=seen))
    assert "The plan has changed since you looked at it." in text_of(again)
    assert planned(plan.group) == before
    form = ordering(plan, 1, 0, 2, 3, act="save", seen=seen_in(again))
    client.post(url, form)
    assert planned(plan.group)[:3] == ["Anger", "Cravings", "Triggers"]


def test_an_order_that_breaks_a_prerequisite_is_refused_and_kept(client, plan):
    build_curriculum.needs(plan.lessons[3], plan.lessons[0])
    page = client.post(url_of(plan, "order"), ordering(plan, 3, 0, act="preview"))
    assert "Anger needs Triggers first. Put Triggers before it." in text_of(page)
    assert re.findall(r'rotation-name strong">([^<]+)', page.content.decode()) == [
        "Anger",
        "Triggers",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lessons": []}, "Choose at least one lesson"),
        ({"lessons": ["nonsense"]}, "cannot be planned any more"),
        ({"on_cancel": "maybe"}, "Choose shift or skip"),
        ({"on_cancel": ""}, "Say what happens when a session is cancelled"),
    ],
)
def test_a_wrong_order_is_refused_in_words(client, plan, changes, words):
    form = {**ordering(plan, 0, 1, act="preview"), **changes}
    answer = client.post(url_of(plan, "order"), form)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert planned(plan.group) == IN_ORDER


def test_a_session_gets_another_lesson_and_is_given_back(client, plan):
    url = slot_url(plan, 0)
    choice = {"lessons": [str(plan.lessons[3].public_id)]}
    preview = client.post(url, {**choice, "act": "preview"})
    assert "Triggers moves from Mon Nov 30 to Wed Dec 2." in text_of(preview)
    assert not SessionLesson.objects.filter(is_fixed=True).exists()
    client.post(url, {**choice, "act": "save", "seen": seen_in(preview)})
    assert planned(plan.group)[:3] == ["Anger", "Triggers", "Cravings"]
    assert "Chosen by hand" in text_of(client.get(url_of(plan)))
    preview = client.post(url, {"give_back": "on"})
    client.post(url, {"give_back": "on", "act": "save", "seen": seen_in(preview)})
    assert planned(plan.group) == IN_ORDER


def test_a_lesson_dragged_to_another_session_takes_its_choice_along(client, plan):
    choose_lessons(session=plan.sessions[0], lessons=[plan.lessons[3]], by=plan.director)
    form = {
        "lessons": [str(plan.lessons[3].public_id)],
        "came_from": str(plan.sessions[0].public_id),
    }
    preview = client.post(slot_url(plan, 1), form)
    assert "Anger moves from Mon Nov 30 to Wed Dec 2." in text_of(preview)
    client.post(slot_url(plan, 1), {**form, "act": "save", "seen": seen_in(preview)})
    assert planned(plan.group)[:3] == ["Triggers", "Anger", "Cravings"]
    assert SessionLesson.objects.get(is_fixed=True).session == plan.sessions[1]


def test_a_choice_that_does_not_fit_is_refused_with_both_lengths(client, plan):
    long = build.a_lesson(plan.program, name="Marathon", minutes=200)
    answer = client.post(slot_url(plan, 0), {"lessons": [str(long.public_id)]})
    assert "Marathon takes 200 minutes; the session has 180" in text_of(answer)
    assert re.search(rf'value="{long.public_id}"[^>]* checked', answer.content.decode())


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"act": "preview"}, "Choose at least one lesson"),
        ({"lessons": ["7"]}, "Choose lessons of this program that are in use"),
        ({"came_from": "soon"}, "This session does not exist."),
    ],
)
def test_a_wrong_choice_is_refused_in_words(client, plan, form, words):
    answer = client.post(slot_url(plan, 0), form)
    assert answer.status_code == 200
    assert words in text_of(answer)


def test_the_choice_says_which_lesson_serves_most(client, plan):
    person = build.an_enrollment(plan.program)
    build.a_membership(plan.group, person)
    for lesson in plan.lessons[:3]:
        build_curriculum.a_waiver(person, lesson)
    said = text_of(client.get(slot_url(plan, 0)))
    assert re.search(r"Anger .*?Serves most +1 of 1 need it", said)
    assert said.count("Serves most") == 1


def test_the_group_page_leads_here(client, plan):
    page = client.get(reverse("groups:group", args=[plan.program.public_id, plan.group.public_id]))
    assert url_of(plan) in page.content.decode()


@pytest.mark.parametrize("name", ["rotations", "rotation"])
def test_more_groups_and_sessions_take_no_more_queries(
    client, plan, name, django_assert_max_num_queries
):
    for number in range(3):
        group = build.a_group(plan.program, name=f"More {number}")
        build_curriculum.a_rotation(group, plan.lessons)
        build.a_session(group, "2026-12-03")
        build.a_session(plan.group, f"2026-12-2{number}")
    client.get(url_of(plan, name))
    with django_assert_max_num_queries(27):
        client.get(url_of(plan, name))


def test_a_group_without_sessions_or_track_says_what_to_do(client, plan):
    group = build.a_group(plan.program)
    url = reverse("rotation:rotation", args=[plan.program.public_id, group.public_id])
    said = text_of(client.get(url))
    assert "No rotation yet" in said
    assert "Choose the lessons" in said
    assert "No session is in the calendar." in said
    assert not Rotation.objects.filter(group=group).exists()
