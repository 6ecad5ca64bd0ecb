"""The small pictures: each answer at its height, breaks where there is none; colors that show."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attendance.check_ins.pictures import picture_of
from tests.source import ROOT

ANSWER = st.one_of(st.none(), st.integers(0, 10))


def drawn(values: list[int | None], marked: list[bool] | None = None) -> dict[float, float]:
    """Read the picture back: the answer at each place, by the places along it."""
    picture = picture_of(values, marked or [])
    points = [pair.split(",") for line in picture.lines for pair in line.split(" ")]
    points += [[dot.x, dot.y] for dot in picture.dots]
    if picture.last:
        points.append([picture.last.x, picture.last.y])
    return {float(x): (80 - float(y)) / 7.2 for x, y in points}


@given(st.lists(ANSWER, max_size=60))
@example([])
@example([None])
@example([0])
@example([10, None, 0])
@example([None, 3, None, 4, 5, None])
def test_every_answer_is_in_the_picture_once(values: list[int | None]):
    places = [330 * at / max(1, len(values) - 1) for at in range(len(values))]
    if len(values) == 1:
        places = [330]
    known = [(x, y) for x, y in zip(places, values, strict=True) if y is not None]
    found = sorted(drawn(values).items())
    assert len(found) == len(known)
    for (x, y), (wanted_x, wanted_y) in zip(found, known, strict=True):
        assert abs(x - wanted_x) <= 0.06
        assert abs(y - wanted_y) <= 0.02


@given(st.lists(ANSWER, max_size=60))
def test_a_line_never_crosses_a_gap(values: list[int | None]):
    runs = "".join("." if value is None else "x" for value in values)
    lines = picture_of(values).lines
    assert [line.count(",") for line in lines] == [len(run) for run in re.findall(r"x{2,}", runs)]


def test_marks_stand_where_somebody_used():
    picture = picture_of([3, None, 5], [True, False, True])
    assert picture.marks == ("0.0", "330.0")
    assert picture_of([None], [True]).marks == ("330.0",)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(theme: str) -> dict[str, str]:
    """Return the colors of a theme, with the names that point at others followed."""
    text = (ROOT / "static/css/tokens.css").read_text()
    block = re.search(rf'\[data-bs-theme="{theme}"\] {{(.*?)\n}}', text, re.S)
    assert block
    found = dict(re.findall(r"--([\w-]+):\s*(#\w{6}|var\(--[\w-]+\))", block[1]))
    return {
        name: found[value[6:-1]] if value.startswith("var") else value
        for name, value in found.items()
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        # what is drawn
        ("accent", "surface", 3),
        ("risk", "surface", 3),
        ("ink-2", "surface", 3),
        # words on a ground of their own, which a page checker does not see in every state
        ("lost-ink", "lost-bg", 4.5),
        ("on-accent", "accent", 4.5),
        ("surface", "lost", 4.5),
        ("ink-2", "lost-bg", 4.5),
    ],
)
def test_what_is_drawn_can_be_seen(theme: str, ink: str, ground: str, least: float):
    colors = tokens(theme)
    assert contrast(colors[ink], colors[ground]) >= least
