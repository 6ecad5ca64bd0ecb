"""What the check-in's form takes, what it says of the rest, and the words of its answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from attendance.check_ins.answers import QUESTIONS, Answers
from attendance.check_ins.forms import CheckInForm, DoneForm
from attendance.check_ins.wording import day_and_clock, differing_lines, lines_of
from tests.build import CHICAGO

WORDS = ("setback", "went_well", "skill")


def test_every_question_may_stay_blank():
    form = CheckInForm({})
    assert form.is_valid()
    assert form.answers() == Answers()
    assert form.answers().is_blank


def test_it_takes_every_answer():
    data = {
        "mood": "0",
        "craving": "10",
        "used_since": "yes",
        "setback": "  one\r\ntwo  ",
        "went_well": "<script>alert(1)</script>",
        "skill": "Señal 🌊",
        "homework": "none_given",
        "safety": "no",
    }
    form = CheckInForm({f"p-{name}": value for name, value in data.items()}, prefix="p")
    assert form.is_valid(), form.errors
    assert form.answers() == Answers(
        mood=0,
        craving=10,
        used_since="yes",
        setback="one\ntwo",
        went_well="<script>alert(1)</script>",
        skill="Señal 🌊",
        homework="none_given",
        safety="no",
    )


@pytest.mark.parametrize("value", ["11", "-1", "4.5", "ten", "\0", "9" * 5000, "٣", " 4", "1e1"])
@pytest.mark.parametrize("name", ["mood", "craving"])
def test_what_is_not_on_the_scale(name: str, value: str):
    form = CheckInForm({name: value})
    assert form.errors[name] == [f"{name.capitalize()}: choose a number from 0 to 10"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("used_since", "Used since last time: choose yes or no"),
        ("safety", "Safety question: choose yes or no"),
        ("homework", "Homework: choose one of the answers on the list"),
    ],
)
@pytest.mark.parametrize("value", ["may", "\0", "YES", "y" * 1_000_000])
def test_what_is_no_answer(name: str, words: str, value: str):
    assert CheckInForm({name: value}).errors[name] == [words]


@pytest.mark.parametrize("name", WORDS)
def test_words_have_an_end(name: str):
    assert CheckInForm({name: "ñ" * 2_000}).is_valid()
    lines = "\r\n".join(["x" * 999, "x" * 1_000])
    assert len(CheckInForm({name: lines}).data[name]) == 2_001
    assert CheckInForm({name: lines}).is_valid()
    said = CheckInForm({name: "x" * 2_001}).errors[name]
    assert re.fullmatch(r"[A-Z][\w ]+: at most 2,000 letters; these are 2,001", str(said[0]))
    assert "1,048,576" in CheckInForm({name: "x" * 2**20}).errors[name][0]


@pytest.mark.parametrize("name", WORDS)
def test_a_character_that_cannot_be_kept(name: str):
    said = str(CheckInForm({name: "one\0two"}).errors[name].as_data()[0].message)
    assert said.endswith("it holds a character that cannot be kept. Type it anew")
    assert said.partition(":")[0] in {"One setback", "One thing that went well", "Skill practised"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write what was done: what you asked, whom you told"),
        (" \n ", "Write what was done: what you asked, whom you told"),
        ("a\0b", "What was done: it holds a character that cannot be kept. Type it anew"),
        ("x" * 2_001, "What was done: at most 2,000 letters; these are 2,001"),
    ],
)
def test_what_was_done_has_words(text: str, words: str):
    assert DoneForm({"what_was_done": text}).errors["what_was_done"] == [words]
    assert DoneForm({"what_was_done": "Stayed."}).is_valid()


def test_on_a_sheet_each_has_names_of_its_own_and_belongs_to_the_parts():
    form = CheckInForm(answers=Answers(mood=4, safety="yes"), prefix="p", owner="parts")
    html = "".join(str(form[name]) for name in QUESTIONS)
    assert html.count('form="parts"') == html.count(' name="p-')
    assert re.findall(r'name="(p-\w+)" value="(\w*)"[^>]*checked', html) == [
        ("p-mood", "4"),
        ("p-craving", ""),
        ("p-used_since", ""),
        ("p-safety", "yes"),
    ]


def test_answers_in_words():
    answers = Answers(mood=0, used_since="yes", homework="not_done", setback="Argued")
    said = {line.question: line.answer for line in lines_of(answers)}
    assert said == {
        "Mood": "0 of 10",
        "Craving": "–",
        "Used since last time": "Yes",
        "One setback": "Argued",
        "One thing that went well": "–",
        "Skill practised": "–",
        "Homework": "Not done",
        "Safety question": "–",
    }
    other = Answers(mood=1, used_since="yes", homework="not_done")
    differing = [
        (each.question, each.answer, each.other) for each in differing_lines(answers, other)
    ]
    assert differing == [
        ("Mood", "0 of 10", "1 of 10"),
        ("One setback", "Argued", "–"),
    ]


def test_in_another_language_it_still_reads():
    with translation.override("es"):
        assert CheckInForm({"mood": "11"}).errors["mood"]
        assert len(lines_of(Answers(mood=1))) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        # the clocks went back on the 1st, at two
        ("2026-11-01T06:59", "Sun Nov 1 at 1:59 AM"),
        ("2026-11-01T07:59", "Sun Nov 1 at 1:59 AM"),
        ("2026-11-01T08:00", "Sun Nov 1 at 2:00 AM"),
        # and forward on March 8
        ("2026-03-08T07:59", "Sun Mar 8 at 1:59 AM"),
        ("2026-03-08T08:00", "Sun Mar 8 at 3:00 AM"),
        # late in the evening at the site it is the next day elsewhere
        ("2026-11-24T04:30", "Mon Nov 23 at 10:30 PM"),
    ],
)
def test_when_is_said_in_the_clock_of_the_site(moment: str, said: str):
    assert day_and_clock(datetime.fromisoformat(moment).replace(tzinfo=UTC), CHICAGO) == said
