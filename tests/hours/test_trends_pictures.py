"""The pictures of the trends: every number at its height, and colors that can be seen."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hours.trends.attendance import Places
from hours.trends.chart import (
    TICKS,
    Chart,
    Column,
    Look,
    Tick,
    hours_segments,
    stacked,
    steps_to,
)
from hours.trends.drawing import GROUND, TOP, drawing_of
from hours.trends.heat import SHADES, cell_of
from hours.trends.tables import how_it_differs
from hours.trends.tally import Concluded, WeekTally
from tests.attendance.test_check_ins_pictures import contrast, tokens

AMOUNTS = st.tuples(*(st.integers(0, 400) for _look in range(3)))
LOOKS = (Look.SOLID, Look.HATCHED, Look.CROSSED)


def a_chart(weeks: list[tuple[int, ...]], aims: list[int | None] | None = None) -> Chart:
    columns = tuple(
        Column(
            f"week {at}",
            stacked(tuple(zip(LOOKS, amounts, strict=True))),
            note=str(sum(amounts)),
            aim=(aims or [None] * len(weeks))[at],
        )
        for at, amounts in enumerate(weeks)
    )
    top = max([sum(amounts) for amounts in weeks] + [aim for aim in aims or [] if aim], default=0)
    return Chart("", columns, (), tuple(Tick(step, str(step)) for step in steps_to(top)))


@given(st.lists(AMOUNTS, max_size=53))
@example([])
@example([(0, 0, 0)])
@example([(1, 0, 0)])
def test_every_amount_is_drawn_once_at_its_height(weeks: list[tuple[int, ...]]) -> None:
    chart = a_chart(weeks)
    boxes = list(drawing_of(chart).boxes)
    assert len(boxes) == sum(amount > 0 for amounts in weeks for amount in amounts)
    scale = (GROUND - TOP) / chart.top
    for amounts in weeks:
        ground = float(GROUND)
        for look, amount in zip(LOOKS, amounts, strict=True):
            if not amount:
                continue
            box = boxes.pop(0)
            assert box.css == look.value
            assert float(box.height) == pytest.approx(amount * scale, abs=0.06)
            assert float(box.y) + float(box.height) == pytest.approx(ground, abs=0.11)
            ground -= amount * scale
            assert float(box.y) >= TOP - 0.1


@given(st.lists(AMOUNTS, min_size=1, max_size=53))
def test_columns_stand_beside_each_other_inside_the_picture(weeks: list[tuple[int, ...]]) -> None:
    drawing = drawing_of(a_chart(weeks))
    spans = sorted({(float(b.x[:-1]), float(b.width[:-1])) for b in drawing.boxes})
    for (x, width), (following, _width) in itertools.pairwise(spans):
        assert x + width < following
    assert all(x >= 0 and x + width <= 100 for x, width in spans)
    named = [name.text for name in drawing.names]
    assert named[-1] == f"week {len(weeks) - 1}"
    assert len(named) <= 7


@given(st.integers(0, 10**6))
@example(0)
@example(1)
@example(4)
@example(5)
def test_the_scale_is_round_and_holds_everything(most: int) -> None:
    steps = steps_to(most)
    assert steps[0] == 0
    assert steps[-1] >= max(most, 1)
    assert 2 <= len(steps) <= TICKS + 1
    step = steps[1]
    assert steps == tuple(step * number for number in range(len(steps)))
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert steps[-1] - step < max(most, 1)


def test_required_is_a_line_across_the_column() -> None:
    drawing = drawing_of(a_chart([(10, 0, 0), (0, 0, 0)], aims=[20, None]))
    (aim,) = drawing.aims
    assert float(aim.y) == TOP
    assert aim.x1 < aim.x2


def test_attended_stands_slim_inside_what_was_offered() -> None:
    offered, attended, late = hours_segments(offered=600, attended=300, unrecorded=120)
    assert (offered.look, offered.is_slim, offered.high) == (Look.HOLLOW, False, 600)
    assert (attended.low, attended.high, late.low, late.high) == (0, 300, 300, 420)
    assert attended.is_slim
    assert late.is_slim
    assert hours_segments(offered=0, attended=0, unrecorded=0) == ()


@pytest.mark.parametrize(
    ("attended", "expected", "css"),
    [
        (100, 100, "heat-4"),
        (85, 100, "heat-4"),
        (84, 100, "heat-2"),
        (70, 100, "heat-2"),
        (69, 100, "heat-1"),
        (50, 100, "heat-1"),
        (49, 100, "heat-0"),
        (0, 1, "heat-0"),
    ],
)
def test_shades(attended: int, expected: int, css: str) -> None:
    assert cell_of(Places(expected=expected, attended=attended)).css == css


def test_where_nothing_is_recorded_there_is_no_shade() -> None:
    cell = cell_of(Places(expected=2, unrecorded=2))
    assert (cell.css, cell.share, cell.parts) == ("heat-none", "–", ())
    assert cell.says == "0 excused, 0 not excused, 2 not recorded"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_small_bar_is_full(attended: int, excused: int, other: int) -> None:
    cell = cell_of(Places(attended + excused + other, attended, excused, other))
    widths = [float(part.width[:-1]) for part in cell.parts]
    assert len(widths) == sum(amount > 0 for amount in (attended, excused, other))
    if widths:
        assert sum(widths) == pytest.approx(100, abs=0.02)


def a_tally(met: int, concluded: Concluded | None) -> WeekTally:
    return WeekTally(date(2026, 11, 16), met, 1, 0, 0, 0, 0, 0, 0, 0, concluded)


@pytest.mark.parametrize(
    ("concluded", "words"),
    [
        (None, ""),
        (Concluded(4, 0), ""),
        (Concluded(3, 1), "3 met as concluded, 4 now"),
        (Concluded(4, 1), "1 person stands differently than concluded"),
        (Concluded(4, 2), "2 people stand differently than concluded"),
    ],
)
def test_what_a_closed_week_says(concluded: Concluded | None, words: str) -> None:
    assert how_it_differs(a_tally(4, concluded)) == words


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        # words: on the picture, and on each shade
        ("ink", "surface", 4.5),
        ("ink-2", "surface", 4.5),
        ("ink", "heat-0", 4.5),
        ("ink", "heat-1", 4.5),
        ("ink", "heat-2", 4.5),
        ("on-accent", "heat-4", 4.5),
        # what is drawn: solid, hatched, crossed, dark, dotted, hollow, the line, the sign
        ("bar-attended", "surface", 3),
        ("bar-unrecorded", "surface", 3),
        ("lost", "surface", 3),
        ("lost", "lost-bg", 3),
        ("go", "surface", 3),
        ("go", "go-bg", 3),
        ("calm", "surface", 3),
        ("bar-required", "surface", 3),
        ("risk", "surface", 3),
        ("control", "surface", 3),
    ],
)
def test_what_is_drawn_can_be_seen(theme: str, ink: str, ground: str, least: float) -> None:
    colors = tokens(theme)
    assert contrast(colors[ink], colors[ground]) >= least


def test_every_shade_is_one_of_those_whose_words_are_checked() -> None:
    assert {css for _least, css in SHADES} == {"heat-0", "heat-1", "heat-2", "heat-4"}
