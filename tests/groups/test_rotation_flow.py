"""A rotation goes through its lessons in order, and says whatever it repeats or leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groups.rotation.flow import Flow, Slot, Step, Turn, flow

START = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
A, B, C, D, E = range(1, 6)


def steps(*lessons: int) -> list[Step]:
    return [Step(lesson) for lesson in lessons]


def a_slot(number: int, minutes: int = 60, **fields: object) -> Slot:
    starts_at = START + timedelta(days=number)
    return Slot(session=100 + number, starts_at=starts_at, minutes=minutes, **fields)  # type: ignore[arg-type]


def slots(*cancelled: int, count: int = 5) -> list[Slot]:
    return [a_slot(number, is_cancelled=number in cancelled) for number in range(count)]


def flowing(order: list[Step], held: list[Slot], **said: object) -> Flow:
    usual = {"on_cancel": "shift", "is_repeating": True, "heard": ()}
    return flow(order, held, **{**usual, **said})  # type: ignore[arg-type]


def lessons_of(flown: Flow) -> list[int | None]:
    """Return the lesson of each session in order, None where there is none."""
    return [next(iter(lessons), None) for _session, lessons in sorted(flown.teaches.items())]


def adopted(held: list[Slot], flown: Flow) -> list[Slot]:
    """Return the sessions once the flow is written, as the database would give them back."""
    new = []
    for slot in held:
        fixed = flown.carried.get(slot.session, slot.fixed)
        if slot.is_cancelled:
            is_taken = {*slot.fixed} <= {e for found in flown.carried.values() for e in found}
            fixed = () if is_taken and slot.session not in flown.passed else slot.fixed
            planned = flown.passed.get(slot.session, fixed)
        else:
            planned = flown.teaches[slot.session]
        new.append(replace(slot, planned=planned, fixed=fixed))
    return new


def test_lessons_come_in_order_and_begin_again() -> None:
    assert lessons_of(flowing(steps(A, B, C), slots())) == [A, B, C, A, B]


def test_a_rotation_that_does_not_repeat_ends() -> None:
    found = flowing(steps(A, B, C), slots(), is_repeating=False)
    assert lessons_of(found) == [A, B, C, None, None]


def test_it_goes_on_after_what_was_taught_last() -> None:
    assert lessons_of(flowing(steps(A, B, C), slots(), heard=[A, B, C, A])) == [B, C, A, B, C]


def test_shift_hands_the_lesson_of_a_cancelled_session_on() -> None:
    held = adopted(slots(), flowing(steps(A, B, C, D, E), slots()))
    held[1] = replace(held[1], is_cancelled=True)
    found = flowing(steps(A, B, C, D, E), held)
    assert lessons_of(found) == [A, None, B, C, D]
    assert found.moved == [(B, 101, 102), (C, 102, 103), (D, 103, 104)]
    assert found.dropped == [E]


def test_skip_leaves_it_out_and_the_others_keep_their_dates() -> None:
    held = adopted(slots(), flowing(steps(A, B, C, D, E), slots()))
    held[1] = replace(held[1], is_cancelled=True)
    found = flowing(steps(A, B, C, D, E), held, on_cancel="skip")
    assert lessons_of(found) == [A, None, C, D, E]
    assert (list(found.moved), found.dropped, found.passed) == ([], [B], {101: (B,)})


def test_a_lesson_fixed_ahead_is_not_repeated_in_its_round() -> None:
    held = slots()
    held[1] = replace(held[1], fixed=(C,))
    found = flowing(steps(A, B, C), held)
    assert lessons_of(found) == [A, C, B, A, B]
    assert not found.repeated


def test_a_lesson_fixed_after_the_round_counts_for_the_next_one() -> None:
    held = slots(count=6)
    held[4] = replace(held[4], fixed=(C,))
    assert lessons_of(flowing(steps(A, B, C), held)) == [A, B, C, A, C, B]


def test_a_repeat_by_hand_is_told() -> None:
    held = slots()
    held[1] = replace(held[1], fixed=(A,))
    found = flowing(steps(A, B, C), held, heard=[A])
    assert (lessons_of(found), found.repeated) == ([B, A, C, A, B], [(A, 101)])


def test_a_repeat_by_hand_begins_no_round() -> None:
    had = [Turn(A), Turn(B), Turn(A, is_by_hand=True)]
    found = flowing(steps(A, B, C), slots(), heard=[A, B, A], turns=had)
    assert lessons_of(found) == [C, A, B, C, A]


def test_a_turn_that_passed_does_not_come_back_in_its_round() -> None:
    had = [Turn(A), Turn(B, is_taught=False)]
    found = flowing(steps(A, B, C), slots(count=3), heard=[A], turns=had)
    assert lessons_of(found) == [C, A, B]


def test_a_lesson_waits_for_what_it_needs() -> None:
    order = [Step(A, needs=frozenset({C})), Step(B), Step(C)]
    assert lessons_of(flowing(order, slots())) == [B, C, A, A, B]


def test_what_can_never_be_is_refused_with_why() -> None:
    order = [Step(A, needs=frozenset({E})), Step(B, 90), Step(C, needs=frozenset({A})), Step(D)]
    found = flowing(order, slots())
    assert lessons_of(found) == [D, D, D, D, D]
    assert dict(found.refused) == {A: "needs", B: "too_long", C: "needs"}


def test_a_long_lesson_waits_for_a_long_session() -> None:
    held = [a_slot(0), a_slot(1), a_slot(2, 90), a_slot(3)]
    found = flowing([Step(A, 90), Step(B, 60)], held)
    assert lessons_of(found) == [B, None, A, B]
    assert not found.refused


def test_a_lesson_fixed_too_early_or_too_long_stays_and_is_told() -> None:
    held = [a_slot(0, fixed=(A,)), a_slot(1, fixed=(B,))]
    order = [Step(A, needs=frozenset({B})), Step(B, 90)]
    found = flowing(order, held)
    assert lessons_of(found) == [A, B]
    assert dict(found.refused) == {A: "fixed_too_early", B: "fixed_too_long"}


def test_a_choice_for_a_cancelled_session_goes_to_the_next_free_one() -> None:
    held = [
        a_slot(0, is_cancelled=True, fixed=(E,), planned=(E,)),
        a_slot(1, fixed=(B,)),
        a_slot(2),
    ]
    found = flowing(steps(A, B), held, others=[Step(E, 60)])
    assert lessons_of(found) == [None, B, E]
    assert found.carried == {102: (E,)}
    assert found.moved[-1] == (E, 100, 102)


def test_a_retired_choice_without_a_free_session_is_told() -> None:
    held = [a_slot(0, is_cancelled=True, fixed=(E,), planned=(E,)), a_slot(1, 30)]
    found = flowing(steps(A), held, others=[Step(E, 60)])
    assert (lessons_of(found), found.dropped) == ([None, A], [E])


@pytest.mark.parametrize("on_cancel", ["shift", "skip"])
def test_nothing_to_teach_is_nothing_planned(on_cancel: str) -> None:
    found = flowing([], slots(1), on_cancel=on_cancel)
    assert lessons_of(found) == [None] * 5


# --- properties -------------------------------------------------------------------------------


@st.composite
def rotations(draw: st.DrawFn) -> tuple[list[Step], list[Slot], dict]:
    """A rotation, sessions (some cancelled, some fixed), and what was heard before."""
    count = draw(st.integers(1, 6))
    lessons = draw(st.permutations(range(1, count + 1)))
    order = [
        Step(
            lesson,
            draw(st.sampled_from([None, 30, 60, 90])),
            frozenset(draw(st.sets(st.sampled_from(range(1, lesson)), max_size=2)))
            if lesson > 1
            else frozenset(),
        )
        for lesson in lessons
    ]
    by_hand = st.lists(st.sampled_from([*lessons, 9]), max_size=2, unique=True).map(tuple)
    held = [
        a_slot(
            number,
            draw(st.sampled_from([30, 60, 90])),
            is_cancelled=draw(st.integers(0, 3)) == 0,
            fixed=draw(by_hand) if draw(st.integers(0, 4)) == 0 else (),
            planned=draw(st.lists(st.sampled_from([*lessons, 8]), max_size=1).map(tuple)),
        )
        for number in range(draw(st.integers(0, 10)))
    ]
    said = {
        "on_cancel": draw(st.sampled_from(["shift", "skip"])),
        "is_repeating": draw(st.booleans()),
        "heard": draw(st.lists(st.sampled_from([*lessons, 7]), max_size=8)),
        "others": [Step(9, draw(st.sampled_from([None, 30, 90])))],
    }
    return order, held, said


@given(rotations())
def test_a_flow_of_a_flow_changes_nothing(drawn: tuple) -> None:
    order, held, said = drawn
    once = flow(order, held, **said)
    after = adopted(held, once)
    twice = flow(order, after, **said)
    assert twice.teaches == once.teaches
    assert (twice.passed, list(twice.moved)) == (once.passed, [])
    assert adopted(after, twice) == after


@given(rotations())
def test_nothing_is_left_out_or_repeated_in_silence(drawn: tuple) -> None:
    order, held, said = drawn
    found = flow(order, held, **said)
    teaches = [lesson for lessons in found.teaches.values() for lesson in lessons]
    was = [lesson for slot in held for lesson in slot.planned]
    assert {each for each in was if was.count(each) > teaches.count(each)} <= {*found.dropped}
    held_at = {slot.session: {*slot.planned} for slot in held}
    new = {(e, s) for s, lessons in found.teaches.items() for e in lessons if e not in held_at[s]}
    assert new == {(lesson, to) for lesson, _old, to in found.moved}


@given(rotations())
def test_what_is_fixed_stays_and_cancelled_sessions_teach_nothing(drawn: tuple) -> None:
    order, held, said = drawn
    found = flow(order, held, **said)
    assert found.teaches.keys() == {slot.session for slot in held}
    for slot in held:
        if slot.is_cancelled:
            assert found.teaches[slot.session] == ()
        elif slot.fixed:
            assert found.teaches[slot.session] == slot.fixed
        elif slot.session not in found.carried:
            assert len(found.teaches[slot.session]) <= 1


@given(rotations())
def test_lessons_of_the_rotation_fit_and_come_after_what_they_need(drawn: tuple) -> None:
    order, held, said = drawn
    found = flow(order, held, **said)
    known, heard = {step.lesson: step for step in order}, set(said["heard"])
    for slot in held:
        teaches = found.teaches[slot.session]
        if not slot.fixed and slot.session not in found.carried:
            assert all((known[each].minutes or 0) <= slot.minutes for each in teaches)
            assert all(known[each].needs <= heard for each in teaches)
        heard.update(teaches)


@given(rotations())
def test_the_rotation_repeats_a_lesson_only_in_another_round(drawn: tuple) -> None:
    """Between two times of a lesson the rotation offers every other one, or says why not."""
    order, held, said = drawn
    if any(slot.fixed for slot in held) or said["on_cancel"] == "skip" or said["heard"]:
        return
    found = flow(order, held, **said)
    row = [lessons[0] for lessons in found.teaches.values() if lessons]
    refused = {lesson for lesson, _why in found.refused}
    for first, lesson in enumerate(row):
        rest = row[first + 1 :]
        if lesson in rest:
            between = {*row[first : first + 1 + rest.index(lesson)], *row[:first]}
            assert {step.lesson for step in order} <= between | refused


def an_oracle(order: list[Step], held: list[Slot], said: dict) -> list[int | None]:
    """Return the lesson of each session, as a queue would do it that is refilled when stuck."""
    heard: list[int] = []
    queue = list(order)
    taught: list[int | None] = []
    later = [slot for slot in held if not slot.is_cancelled]
    for slot in held:
        if slot.is_cancelled and said["on_cancel"] == "shift":
            taught.append(None)
            continue
        for _attempt in range(2):
            ready = [s for s in queue if s.needs <= set(heard)]
            here = [s for s in ready if s.minutes is None or s.minutes <= slot.minutes]
            ahead = [each for each in later if each.starts_at >= slot.starts_at]
            longest = max([each.minutes for each in ahead], default=-1)
            stuck = not any((s.minutes or 0) <= longest for s in ready)
            if here or not stuck or not said["is_repeating"]:
                break
            queue = list(order)
        if here:
            queue.remove(here[0])
        if here and not slot.is_cancelled:
            heard.append(here[0].lesson)
        taught.append(here[0].lesson if here and not slot.is_cancelled else None)
        if not queue and said["is_repeating"]:
            queue = list(order)
    return taught


@settings(max_examples=300)
@given(rotations())
@example(([Step(1, 90), Step(2)], slots(), {"on_cancel": "skip", "is_repeating": True}))
def test_without_choices_it_is_what_a_queue_would_do(drawn: tuple) -> None:
    order, held, said = drawn
    plain = [replace(slot, fixed=()) for slot in held]
    found = flow(order, plain, **{**said, "heard": ()})
    assert lessons_of(found) == an_oracle(order, plain, said)


@given(rotations())
def test_time_that_passes_changes_no_plan(drawn: tuple) -> None:
    """Once the first session has taught what was planned, the others are planned as before."""
    order, held, said = drawn
    plain = [replace(slot, fixed=(), minutes=90) for slot in held]
    simple = [replace(step, needs=frozenset()) for step in order]
    before = flow(simple, plain, **said)
    if not plain:
        return
    first = plain[0].session
    now = [Turn(each) for each in said["heard"]]
    now += [Turn(each) for each in before.teaches[first]]
    now += [Turn(each, is_taught=False) for each in before.passed.get(first, ())]
    heard = [turn.lesson for turn in now if turn.is_taught]
    later = flow(simple, plain[1:], **{**said, "heard": heard, "turns": now})
    assert later.teaches == {k: v for k, v in before.teaches.items() if k != first}
