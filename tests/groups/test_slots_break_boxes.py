"""Breaks typed as pairs of times: read, put in order, refused in words."""

from __future__ import annotations

from datetime import time

import pytest
from django import forms

from groups.editing.break_boxes import BreaksField


class Asked(forms.Form):
    breaks = BreaksField(label="Breaks")


def sent(*boxes: str) -> Asked:
    return Asked({f"breaks_{place}": value for place, value in enumerate(boxes)})


@pytest.mark.parametrize(
    ("boxes", "breaks"),
    [
        ((), ()),
        (("", "", "", ""), ()),
        (("10:30", "10:45"), ((time(10, 30), time(10, 45)),)),
        (("", "", "10:30", "10:45"), ((time(10, 30), time(10, 45)),)),
        (
            ("11:00", "11:10", "10:00", "10:15"),
            ((time(10), time(10, 15)), (time(11), time(11, 10))),
        ),
        (
            ("10:00", "10:15", "10:15", "10:30"),
            ((time(10), time(10, 15)), (time(10, 15), time(10, 30))),
        ),
    ],
)
def test_what_is_read(boxes, breaks):
    form = sent(*boxes)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["breaks"] == breaks


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("10:30", ""), "Fill in when the break starts and when it ends"),
        (("", "10:30"), "Fill in when the break starts and when it ends"),
        (("x", "10:30"), "Enter the times of a break like 10:30"),
        (("25:00", "26:00"), "Enter the times of a break like 10:30"),
        (("10:00", "10:20", "10:19", "10:30"), "Breaks do not overlap"),
    ],
)
def test_what_is_refused(boxes, words):
    assert sent(*boxes).errors["breaks"] == [words]


def test_stored_breaks_stand_in_their_boxes():
    form = Asked(initial={"breaks": [[time(10, 30), time(10, 45)]]})
    html = str(form["breaks"])
    assert 'name="breaks_0" value="10:30"' in html
    assert 'name="breaks_1" value="10:45"' in html
    assert 'name="breaks_2" value' not in html
    assert form["breaks"].id_for_label == "id_breaks_0"


@pytest.mark.parametrize(
    ("boxes", "has_changed"),
    [
        (("10:30", "10:45", "", ""), False),
        (("", "", "10:30", "10:45"), False),
        (("10:30", "10:50", "", ""), True),
        (("", "", "", ""), True),
        (("10:30", "", "", ""), True),
    ],
)
def test_whether_they_differ_from_those_stored(boxes, has_changed):
    data = {f"breaks_{place}": value for place, value in enumerate(boxes)}
    form = Asked(data, initial={"breaks": [[time(10, 30), time(10, 45)]]})
    assert (form.changed_data == ["breaks"]) is has_changed
