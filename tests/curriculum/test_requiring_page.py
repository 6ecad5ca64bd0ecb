"""The page of requirements: who may, what it says, in how many queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from curriculum.models import CurriculumRule, Lesson, RequiredTopic
from programs.models import Program
from programs.weeks import local_date
from tests import build
from tests.build_curriculum import a_curriculum_rule, a_topic

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
RULE = {
    "effective_from": "2098-01-06",
    "citation": "Example rule 7.8",
    "received_percent": "80",
    "min_core_percent": "90",
    "has_all_topics": "on",
    "min_weeks": "8",
    "min_hours": "72",
    "min_weeks_met_percent": "75",
    "min_plan_percent": "100",
    "min_homework_percent": "",
}


def url(program: Program, rest: str = "") -> str:
    return f"/required/{program.public_id}/{rest}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("&#x27;", "'")
    return " ".join(text.split())


def posted(client: Client, address: str, data: dict) -> str:
    """Send the form; return the page that follows."""
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_program_without_anything_says_what_holds(
    client_of: ClientOf, director: User, program: Program
) -> None:
    page = said(client_of(director), url(program))
    assert "No curriculum rule yet." in page
    assert "from three quarters of its minutes" in page
    assert "No lessons yet." in page
    assert "No topics yet." in page
    assert "Add the topics of Texas" in page
    assert "Add the topics of New Jersey" in page


def test_it_says_the_rule_in_words(client_of: ClientOf, director: User, program: Program) -> None:
    a_curriculum_rule(
        program,
        min_weeks=8,
        min_hours=72,
        min_weeks_met_percent=80,
        min_plan_percent=90,
        min_homework_percent=50,
    )
    a_curriculum_rule(program, effective_from=build.on("2098-01-06"), received_percent=100)
    page = said(client_of(director), url(program))
    for words in (
        "A lesson counts as received from 75 % of its minutes.",
        "A lesson counts as received by whoever was there for all of its minutes.",
        "Every core lesson received, or waived.",
        "Every topic that a jurisdiction demands.",
        "8 weeks in the program.",
        "72 hours attended.",
        "The hours met in 80 % of the weeks.",
        "90 % of the relapse prevention plan filled in.",
        "50 % of the homework done or partly done.",
        "Example rule 5.6",
        "Jan 1, 2026 to Jan 5, 2098",
        "From Jan 6, 2098 on",
    ):
        assert words in page
    assert page.index("Still to come") < page.index("In force")


def test_a_rule_that_asks_for_nothing_says_so(
    client_of: ClientOf, director: User, program: Program
) -> None:
    a_curriculum_rule(program, min_core_percent=None, has_all_topics=False)
    assert "Nothing is asked for" in said(client_of(director), url(program))


def test_topics_without_a_lesson_are_warned_about(
    client_of: ClientOf, director: User, program: Program
) -> None:
    lesson, retired = (
        build.a_lesson(program, name="Living with hepatitis"),
        build.a_lesson(program, retired_at=build.NOW),
    )
    a_topic(program, lesson, name="Hepatitis")
    a_topic(program, retired, name="Tobacco")
    a_topic(program, name="Family", last_on=build.on("2026-02-01"))
    page = said(client_of(director), url(program))
    assert "No lesson meets 1 topic." in page
    assert "Met by any one of: Living with hepatitis" in page
    assert "1 topic no longer demanded" in page
    assert page.count("No lesson meets it") == 1


@pytest.mark.parametrize("role", ["administrator", "facilitator", "clinician"])
def test_others_read_it_and_change_nothing(
    client_of: ClientOf, program: Program, role: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(role))
    rule = a_curriculum_rule(program, effective_from=build.on("2098-01-06"))
    topic = a_topic(program)
    page = said(client, url(program))
    assert "New rule" not in page
    assert "Add a topic" not in page
    assert f"/required/{program.public_id}/rules/" not in page
    for rest in (
        "rules/new/",
        f"rules/{rule.public_id}/",
        "core/",
        "topics/new/",
        "topics/of-a-state/",
        f"topics/{topic.public_id}/",
    ):
        assert client.get(url(program, rest)).status_code == 403
        assert client.post(url(program, rest)).status_code == 403
    assert client.post(url(program, f"rules/{rule.public_id}/delete/")).status_code == 403


def test_billing_and_strangers_see_nothing(
    client_of: ClientOf, program: Program, billing: User, stranger: User
) -> None:
    assert client_of(billing).get(url(program)).status_code == 403
    assert client_of(stranger).get(url(program)).status_code == 404


def test_the_rows_of_another_program_are_not_found(
    client_of: ClientOf, program: Program, director: User
) -> None:
    other = build.a_program()
    rule, topic = a_curriculum_rule(other), a_topic(other)
    client = client_of(director)
    for rest in (f"rules/{rule.public_id}/", f"topics/{topic.public_id}/"):
        assert client.get(url(program, rest)).status_code == 404
    assert client.post(url(program, f"rules/{rule.public_id}/delete/")).status_code == 404


def test_a_rule_is_added_changed_and_taken_back(
    client_of: ClientOf, director: User, program: Program
) -> None:
    client = client_of(director)
    page = posted(client, url(program, "rules/new/"), RULE)
    assert "The rule is added." in page
    rule = CurriculumRule.objects.get()
    assert (rule.received_percent, rule.min_hours, rule.min_homework_percent) == (80, 72, None)
    address = url(program, f"rules/{rule.public_id}/")
    assert "The rule is saved." in posted(client, address, RULE | {"min_homework_percent": "60"})
    rule.refresh_from_db()
    assert rule.min_homework_percent == 60
    assert "The rule is deleted." in posted(client, address + "delete/", {})
    verbs = AuditEvent.objects.filter(subject_id=rule.public_id).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "curriculum_rule.added",
        "curriculum_rule.changed",
        "curriculum_rule.deleted",
    ]
    assert not CurriculumRule.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"received_percent": "0"}, "Enter 1 or more"),
        ({"received_percent": "101"}, "Enter 100 or less"),
        ({"received_percent": "most"}, "Enter a whole number"),
        ({"received_percent": ""}, "Enter the share, such as 75"),
        ({"min_core_percent": "101"}, "Enter 100 or less"),
        ({"min_weeks": "105"}, "Enter 104 or less"),
        ({"min_hours": "2001"}, "Enter 2000 or less"),
        ({"effective_from": "2026-01-05"}, "A rule begins today or later."),
        ({"effective_from": "2026-02-30"}, "Enter a real date"),
        ({"effective_from": "0026-02-03"}, "Enter a date between 2000 and 2099"),
        ({"effective_from": ""}, "Enter the first day"),
        ({"effective_from": "2098-01-07"}, "There is a curriculum rule from that date already."),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(
    client_of: ClientOf, director: User, program: Program, changed: dict, words: str
) -> None:
    a_curriculum_rule(program, effective_from=build.on("2098-01-07"))
    page = posted(client_of(director), url(program, "rules/new/"), RULE | changed)
    assert "There is a problem" in page
    assert words in page
    assert "Example rule 7.8" in page
    assert CurriculumRule.objects.count() == 1


def test_a_rule_that_has_begun_stays(client_of: ClientOf, director: User, program: Program) -> None:
    rule, client = a_curriculum_rule(program), client_of(director)
    address = url(program, f"rules/{rule.public_id}/")
    assert "This rule has begun." in said(client, address)
    words = "A rule that has begun stays as it is. Add one from a later date."
    assert words in posted(client, address, RULE)
    assert words in posted(client, address + "delete/", {})
    rule.refresh_from_db()
    assert rule.received_percent == 75


def test_a_new_rule_is_filled_in_as_the_one_before(
    client_of: ClientOf, director: User, program: Program
) -> None:
    a_curriculum_rule(program, min_hours=72)
    page = said(client_of(director), url(program, "rules/new/"))
    assert "Filled in as in the rule before." in page
    assert 'value="72"' in page


def test_core_lessons_are_saved_at_once(
    client_of: ClientOf, director: User, program: Program
) -> None:
    first, second, third = (build.a_lesson(program, is_core=each) for each in (True, False, False))
    client = client_of(director)
    assert f'name="was" value="{first.public_id}"' in said(client, url(program, "core/"))
    # Somebody else makes the third core in the meantime; that stays.
    Lesson.objects.filter(pk=third.pk).update(is_core=True)
    sent = {"was": [str(first.public_id)], "lessons": [str(second.public_id)]}
    assert "2 lessons are changed." in posted(client, url(program, "core/"), sent)
    core = Lesson.objects.filter(is_core=True).values_list("pk", flat=True)
    assert set(core) == {second.pk, third.pk}
    event = AuditEvent.objects.get(verb="core_lessons.changed")
    assert event.detail == {"core": [str(second.public_id)], "elective": [str(first.public_id)]}
    assert "Nothing has changed." in posted(
        client,
        url(program, "core/"),
        {"was": [str(second.public_id)], "lessons": [str(second.public_id)]},
    )


@pytest.mark.parametrize("sent", ["no-id", "00000000-0000-0000-0000-000000000000", "other"])
def test_what_is_no_lesson_of_the_program_changes_nothing(
    client_of: ClientOf, director: User, program: Program, sent: str
) -> None:
    mine, other = build.a_lesson(program), build.a_lesson(build.a_program())
    asked = str(other.public_id) if sent == "other" else sent
    data = {"was": ["x"], "lessons": [asked, str(mine.public_id)]}
    page = posted(client_of(director), url(program, "core/"), data)
    assert "Choose lessons of this program from the list." in page
    assert not Lesson.objects.filter(is_core=True).exists()


def test_a_topic_is_added_with_its_lessons_and_ended(
    client_of: ClientOf, director: User, program: Program
) -> None:
    client, lesson = client_of(director), build.a_lesson(program)
    other = build.a_lesson(program)
    sent = {
        "jurisdiction": "Louisiana",
        "name": "Living skills",
        "citation": "48:I-5698",
        "first_on": "2026-11-01",
        "last_on": "",
        "lessons": [str(lesson.public_id)],
    }
    assert "The topic is added." in posted(client, url(program, "topics/new/"), sent)
    topic = RequiredTopic.objects.get()
    assert [link.lesson for link in topic.lessons.all()] == [lesson]
    address = url(program, f"topics/{topic.public_id}/")
    ended = sent | {"last_on": "2026-11-20", "lessons": [str(other.public_id)]}
    assert "The topic is saved." in posted(client, address, ended)
    topic.refresh_from_db()
    assert topic.last_on == build.on("2026-11-20")
    assert [link.lesson for link in topic.lessons.all()] == [other]
    event = AuditEvent.objects.get(verb="required_topic.changed")
    assert event.detail["lessons"] == [str(other.public_id)]
    assert "Living" not in str(event.detail)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter the topic, such as Hepatitis"),
        ({"jurisdiction": ""}, "Enter who demands it, such as Texas"),
        ({"last_on": "2026-10-31"}, "The last day is on or after the first."),
        ({"name": "HIV and hepatitis"}, "This topic of the jurisdiction is listed already."),
        ({"lessons": ["x"]}, "Choose lessons of this program from the list."),
        ({"name": "n" * 161}, "at most 160"),
    ],
)
def test_a_topic_that_cannot_be_is_refused_in_words(
    client_of: ClientOf, director: User, program: Program, changed: dict, words: str
) -> None:
    a_topic(program)
    sent = {"jurisdiction": "Texas", "name": "Tobacco", "first_on": "2026-11-01"} | changed
    page = posted(client_of(director), url(program, "topics/new/"), sent)
    assert words in page
    assert RequiredTopic.objects.count() == 1


def test_the_topics_of_a_state_are_shown_then_added_once(
    client_of: ClientOf, director: User, program: Program
) -> None:
    a_topic(program, name="Hepatitis")
    client = client_of(director)
    page = said(client, url(program, "topics/of-a-state/?state=TX"))
    assert page.count("There already") == 1
    assert page.count("Will be added") == 4
    assert "25 TAC 448.901" in page
    sent = {"jurisdiction": "TX", "first_on": "2026-11-01"}
    answer = posted(client, url(program, "topics/of-a-state/"), sent)
    assert "4 topics are added." in answer
    assert "Add the topics of Texas" not in answer
    assert "Add the topics of New Jersey" in answer
    assert RequiredTopic.objects.filter(jurisdiction="Texas").count() == 5
    assert "there already" in posted(client, url(program, "topics/of-a-state/"), sent)
    assert AuditEvent.objects.filter(verb="required_topic.added").count() == 4


@pytest.mark.parametrize("state", ["XX", ""])
def test_a_state_without_a_list_is_named(
    client_of: ClientOf, director: User, program: Program, state: str
) -> None:
    client = client_of(director)
    address = url(program, f"topics/of-a-state/?state={state}")
    assert "There is no ready-made list of that state." in said(client, address)
    sent = {"jurisdiction": state, "first_on": "2026-11-01"}
    assert "There is a problem" in posted(client, url(program, "topics/of-a-state/"), sent)
    assert not RequiredTopic.objects.exists()


def test_the_first_rule_may_begin_today(
    client_of: ClientOf, director: User, program: Program
) -> None:
    today = local_date(timezone.now(), program.zone)
    page = posted(
        client_of(director), url(program, "rules/new/"), RULE | {"effective_from": f"{today}"}
    )
    assert "The rule is added." in page
    assert "In force" in page


def test_the_queries_do_not_grow(client_of: ClientOf, director: User, program: Program) -> None:
    client, counts = client_of(director), []
    for number in range(1, 4):
        lessons = [build.a_lesson(program, is_core=True) for _each in range(number)]
        a_curriculum_rule(program, effective_from=build.on(f"2026-0{number}-01"))
        a_topic(program, *lessons, name=f"Topic {number}")
        with CaptureQueriesContext(connection) as queries:
            said(client, url(program))
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 12


def test_nothing_is_changed_that_is_not_on_the_trail(
    client_of: ClientOf, director: User, program: Program, audit_fails: None
) -> None:
    client, lesson = client_of(director), build.a_lesson(program)
    client.raise_request_exception = False
    sent = {"jurisdiction": "Texas", "name": "Tobacco", "first_on": "2026-11-01"}
    assert client.post(url(program, "rules/new/"), RULE).status_code == 500
    assert client.post(url(program, "topics/new/"), sent).status_code == 500
    core = {"lessons": [str(lesson.public_id)]}
    assert client.post(url(program, "core/"), core).status_code == 500
    assert not CurriculumRule.objects.exists()
    assert not RequiredTopic.objects.exists()
    assert not Lesson.objects.filter(is_core=True).exists()
