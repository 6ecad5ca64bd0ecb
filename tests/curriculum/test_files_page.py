"""The library's file in the browser: who may, what a file would do, what it does, what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEvent, User
from curriculum.files.actions import CannotImport, import_library
from curriculum.files.checking import check
from curriculum.files.entry import Entry, Page
from curriculum.files.parsing import parse
from curriculum.files.planning import plan_entries
from curriculum.files.stored import lessons_of
from curriculum.files.written import COLUMNS
from curriculum.models import (
    Lesson,
    LessonVersion,
    Prerequisite,
    Track,
    VersionHandout,
)
from programs.models import Program, Role
from tests import build, build_curriculum

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def page_of(program: Program) -> str:
    return f"/curriculum-files/{program.public_id}/"


def lines(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """A curriculum.csv of these lines; names that are not given are ordinary ones."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    usual = {"track": "CBT", "module": "Thoughts", "lesson": "One"}
    writer.writerows({**usual, **row} for row in rows)
    return out.getvalue().encode()


def sent(content: bytes, **fields: str) -> dict:
    return {"file": SimpleUploadedFile("curriculum.csv", content), "act": "look", **fields}


def problems(program: Program, content: bytes) -> list[tuple[int, str, str]]:
    checked = check(parse(content), program.code, lessons_of(program))
    return [(each.line, each.column, each.words) for each in checked.problems]


def put_in(client: Client, program: Program, content: bytes, **fields: str):
    """Look at the file, then put in what was shown."""
    looked = client.post(page_of(program), sent(content))
    kept = {"kept": looked.context["kept"], "seen": looked.context["page"].shown.mark}
    return client.post(page_of(program), {**kept, "act": "save", **fields})


def test_a_file_is_looked_at_and_then_put_in(program: Program, director: User, client_of: ClientOf):
    client = client_of(director)
    content = lines(
        {"lesson": "One", "minutes": "50", "required": "yes", "guide": "Begin."},
        {"lesson": "Two", "minutes": "40", "prerequisites": "One"},
    )
    looked = client.post(page_of(program), sent(content))
    assert "What this file would do" in looked.content.decode()
    assert not Lesson.objects.exists()
    assert put_in(client, program, content).status_code == 302
    one, two = Lesson.objects.order_by("name")
    assert (one.minutes, one.is_core, two.minutes) == (50, True, 40)
    assert Prerequisite.objects.get(lesson=two).needs == one
    event = AuditEvent.objects.get(verb="curriculum.imported")
    assert (event.by, event.detail["added"]) == (director, 2)
    again = client.post(page_of(program), sent(content)).content.decode()
    assert "Nothing would change." in again


def test_changed_words_are_a_new_version_that_keeps_handouts_and_draft(
    program: Program, director: User, client_of: ClientOf
):
    lesson = build.a_lesson(module=build_module(program), name="One", minutes=50)
    draft = build_curriculum.a_draft(lesson, guide="Not yet")
    page = build_curriculum.a_page(lesson)
    VersionHandout.objects.create(version=draft, handout=page)
    put_in(client_of(director), program, lines({"minutes": "60", "guide": "New."}), note="Longer")
    lesson.refresh_from_db()
    draft.refresh_from_db()
    latest = lesson.versions.published().last()
    assert latest is not None
    assert (lesson.minutes, latest.number, latest.guide, latest.change_note) == (
        60,
        2,
        "New.",
        "Longer",
    )
    assert (draft.number, draft.published_at, draft.guide) == (3, None, "Not yet")
    assert [each.handout for each in draft.handouts.all()] == [page]


def build_module(program: Program):
    return build.a_module(track=build.a_track(program, name="CBT"), name="Thoughts")


def test_handouts_come_along_to_the_new_version(program: Program):
    entry = Entry(track="CBT", module="Thoughts", lesson="One")
    pages = {entry.key: Page("My week", "- Monday")}
    import_library(program=program, entries=[entry], pages=pages, now=build.NOW, by=None)
    newer = entry.with_(guide="New.")
    import_library(program=program, entries=[newer], now=build.NOW, by=None)
    first, second = LessonVersion.objects.order_by("number")
    assert [each.handout for each in first.handouts.all()] == [
        each.handout for each in second.handouts.all()
    ]
    assert second.handouts.count() == 1


def test_what_is_no_word_makes_no_version(program: Program):
    entry = Entry(track="CBT", module="Thoughts", lesson="One", minutes=50)
    import_library(program=program, entries=[entry], now=build.NOW, by=None)
    changed = entry.with_(is_core=True, position=3, is_retired=True, subject="cbt", source="Ours")
    plan = plan_entries([changed], lessons_of(program))
    assert [each.makes_version for each in plan.changed] == [False]
    import_library(program=program, entries=[changed], now=build.NOW, by=None)
    lesson = Lesson.objects.get()
    assert (lesson.is_core, lesson.position, lesson.retired_at) == (True, 3, build.NOW)
    assert lesson.versions.count() == 1
    assert Track.objects.get().source == "Ours"
    back = changed.with_(is_retired=False)
    import_library(program=program, entries=[back], now=build.NOW, by=None)
    lesson.refresh_from_db()
    assert lesson.retired_at is None


def test_columns_that_are_missing_leave_what_is_stored(program: Program):
    entry = Entry(
        track="CBT", module="Thoughts", lesson="One", minutes=50, guide="Old", subject="cbt"
    )
    import_library(program=program, entries=[entry], now=build.NOW, by=None)
    short = ("program", "track", "module", "lesson", "required")
    content = lines({"required": "yes"}, {"lesson": "Two"}, columns=short)
    checked = check(parse(content), program.code, lessons_of(program))
    one, two = checked.entries
    assert (one.minutes, one.guide, one.is_core) == (50, "Old", True)
    assert two.subject == "cbt"


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        (lines({"minutes": "ninety"}), 2, "minutes", "a whole number from 1"),
        (lines({"minutes": "0"}), 2, "minutes", "a whole number from 1"),
        (lines({"position": "-1"}), 2, "position", "a whole number from 0"),
        (lines({"required": "maybe"}), 2, "required", "yes or no"),
        (lines({"subject": "cooking"}), 2, "subject", "one of cbt"),
        (lines({"lesson": "  "}), 2, "lesson", "may not be blank"),
        (lines({"lesson": "x" * 161}), 2, "lesson", "at most 160 characters"),
        (lines({"skills": "y" * 81}), 2, "skills", "at most 80 characters"),
        (lines({}, {}), 3, "lesson", "line 2 is the same"),
        (lines({}, {"program": "other"}, {"program": "third"}), 3, "program", "one program"),
        (lines({"source": "A"}, {"lesson": "Two", "source": "B"}), 3, "source", "line 2 has"),
        (lines({"prerequisites": "Nowhere"}), 2, "prerequisites", "a lesson of this library"),
        (lines({"prerequisites": "A > B"}), 2, "prerequisites", "Track > Module > Lesson"),
        (lines({"prerequisites": "One"}), 2, "prerequisites", "“One” → “One”"),
        (b"track,lesson\nA,B\n", 1, "program", "missing from the first line"),
        (b"program,track,module,lesson,colour\nA,B,C,D,E\n", 1, "colour", "one of the columns"),
        (b"program,track,module,lesson,lesson\nA,B,C,D,E\n", 1, "lesson", "one column of this"),
        (b"program,track,module,lesson\nA,B,C\n", 2, "", "4 cells"),
        (b'program,track,module,lesson\nA,B,C,"D\n', 2, "", "Close its quotes"),
        (b"program,track,module,lesson\n\xff,B,C,D\n", 2, "", "not UTF-8"),
        (b"program,track,module,lesson\nA,B,C,\x00\n", 2, "", "no text"),
        (b"", 0, "", "no lessons"),
        (b"program,track,module,lesson\n", 0, "", "no lessons"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(
    content: bytes, line: int, column: str, words: str, program: Program
):
    found = problems(program, content)
    assert any(each[:2] == (line, column) and words in each[2] for each in found), found


def test_every_mistake_is_told_at_once(program: Program):
    content = lines({"minutes": "ninety", "required": "x"}, {"lesson": "Two", "position": "z"})
    assert [each[:2] for each in problems(program, content)] == [
        (2, "minutes"),
        (2, "required"),
        (3, "position"),
    ]


def test_circles_through_what_is_stored_are_refused(program: Program):
    import_library(
        program=program,
        entries=[
            Entry(track="CBT", module="Thoughts", lesson="One"),
            Entry(
                track="CBT",
                module="Thoughts",
                lesson="Two",
                prerequisites=frozenset({("CBT", "Thoughts", "One")}),
            ),
        ],
        now=build.NOW,
        by=None,
    )
    ((line, column, words),) = problems(program, lines({"prerequisites": "Two"}))
    assert (line, column) == (2, "prerequisites")
    assert "in a circle: “One” → “Two” → “One”" in words
    circle = Entry(
        track="CBT",
        module="Thoughts",
        lesson="One",
        prerequisites=frozenset({("CBT", "Thoughts", "Two")}),
    )
    with pytest.raises(CannotImport, match="in a circle"):
        import_library(program=program, entries=[circle], now=build.NOW, by=None)


def test_two_lessons_can_change_places_in_what_they_need(program: Program):
    one, two = (("CBT", "Thoughts", name) for name in ("One", "Two"))
    first = [entry_of(one, two), entry_of(two)]
    import_library(program=program, entries=first, now=build.NOW, by=None)
    second = [entry_of(one), entry_of(two, one)]
    import_library(program=program, entries=second, now=build.NOW, by=None)
    needs = Prerequisite.objects.get()
    assert (needs.lesson.name, needs.needs.name) == ("Two", "One")


def entry_of(key: tuple[str, str, str], *needs: tuple[str, str, str]) -> Entry:
    return Entry(track=key[0], module=key[1], lesson=key[2], prerequisites=frozenset(needs))


def test_nothing_is_put_in_where_the_library_changed_meanwhile(
    program: Program, director: User, client_of: ClientOf
):
    client = client_of(director)
    looked = client.post(page_of(program), sent(lines({"minutes": "50"})))
    kept = {"kept": looked.context["kept"], "seen": looked.context["page"].shown.mark}
    build.a_lesson(module=build_module(program), name="One", minutes=20)
    answer = client.post(page_of(program), {**kept, "act": "save"})
    assert "changed meanwhile" in answer.content.decode()
    assert Lesson.objects.get().minutes == 20
    unseen = client.post(page_of(program), {"kept": kept["kept"], "act": "save"})
    assert "changed meanwhile" in unseen.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "look"}, "Choose a curriculum.csv"),
        ({"act": "save", "kept": "%%%"}, "Choose a curriculum.csv"),
        (
            {"act": "look", "file": SimpleUploadedFile("a.csv", b"x" * 1_000_001)},
            "larger than 1 MB",
        ),
        (
            {"act": "look", "file": SimpleUploadedFile("a.csv", b"")},
            "There are no lessons in this file",
        ),
    ],
)
def test_no_file_or_one_too_large(
    fields: dict, words: str, program: Program, director: User, client_of: ClientOf
):
    answer = client_of(director).post(page_of(program), fields)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_nothing_is_written_where_the_trail_cannot_be(program: Program, audit_fails):
    entry = Entry(track="CBT", module="Thoughts", lesson="One")
    with pytest.raises(IntegrityError), transaction.atomic():
        import_library(program=program, entries=[entry], now=build.NOW, by=None)
    assert not Track.objects.exists()


def test_a_file_of_another_program_is_put_into_this_one(
    program: Program, director: User, client_of: ClientOf
):
    content = lines({"program": "elsewhere"})
    page = client_of(director).post(page_of(program), sent(content)).content.decode()
    assert "The file is of the program “elsewhere”." in page
    put_in(client_of(director), program, content)
    assert Lesson.objects.of_program(program).count() == 1


def test_the_library_is_handed_out_as_a_file(program: Program, director: User, client_of: ClientOf):
    build.a_lesson(module=build_module(program), name="=1+1", minutes=50)
    drafted = build.a_module(track=Track.objects.get(), name="Acts")
    lesson = Lesson.objects.create(module=drafted, name="Only a draft")
    build_curriculum.a_draft(lesson)
    answer = client_of(director).get(f"{page_of(program)}curriculum.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="curriculum.csv"'
    text = answer.content.decode("utf-8-sig")
    assert f"{program.code},CBT,Thoughts,'=1+1,50,no,0,own" in text
    assert "Only a draft" not in text
    page = client_of(director).get(page_of(program)).content.decode()
    assert "1 lesson that was never published is left out." in page


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CLINICIAN, 200), (Role.FACILITATOR, 403), (Role.BILLING, 403)]
)
@pytest.mark.parametrize("file", ["", "curriculum.csv"])
def test_who_may(role: Role, status: int, file: str, program: Program, client_of: ClientOf):
    client = client_of(build.a_colleague(program, role))
    assert client.get(f"{page_of(program)}{file}").status_code == status


def test_a_stranger_finds_nothing(program: Program, stranger: User, client_of: ClientOf):
    assert client_of(stranger).get(page_of(program)).status_code == 404
