"""Why somebody does not finish under a plan, and what one plan gives up for another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attendance.proposing.problem import Attendee, Key, Plan, Problem
from attendance.proposing.tally import Tally, fits, tally


class Why(StrEnum):
    """Why a core lesson does not reach somebody, the first that holds."""

    # Neither among this group's lessons nor planned by another group of theirs.
    NOT_TAUGHT = "not_taught"
    # No session is left before they leave.
    NO_SESSION = "no_session"
    # Every session they have left is shorter than the lesson.
    TOO_LONG = "too_long"
    # It needs a lesson that does not reach them either.
    NEEDS_FIRST = "needs_first"
    # They miss more lessons than they have sessions.
    TOO_MANY = "too_many"
    # Their sessions go to lessons that others need.
    OTHERS = "others"


def why_not(problem: Problem, result: Tally) -> dict[Key, dict[Why, tuple[Key, ...]]]:
    """Return, by person who does not finish, the core lessons they will not get, by reason."""
    found: dict[Key, dict[Why, tuple[Key, ...]]] = {}
    for person in problem.people:
        if person.key in result.finish:
            continue
        lost = sorted(person.missing - result.got[person.key])
        reasons = {lesson: _why(problem, result, person, lesson) for lesson in lost}
        found[person.key] = {
            why: tuple(lesson for lesson in lost if reasons[lesson] is why)
            for why in Why
            if why in reasons.values()
        }
    return found


def _why(problem: Problem, result: Tally, person: Attendee, lesson: Key) -> Why:
    taught = {each.lesson: each for each in problem.lessons}
    if lesson not in taught:
        return Why.NOT_TAUGHT
    if not person.at:
        return Why.NO_SESSION
    theirs = [slot for slot in problem.slots if slot.session in person.at]
    if not any(fits(taught[lesson], slot) for slot in theirs):
        return Why.TOO_LONG
    has = person.had | person.elsewhere.keys() | result.received[person.key].keys()
    if taught[lesson].needs - has:
        return Why.NEEDS_FIRST
    here = (person.missing - person.elsewhere.keys()) & taught.keys()
    return Why.TOO_MANY if len(here) > len(person.at) else Why.OTHERS


@dataclass(frozen=True)
class Trade:
    """A lesson whose sessions change: which go, which come, how many more people receive it.

    `finish`: of those who receive it only by the new plan, how many finish only by it.
    """

    lesson: Key
    gone: tuple[Key, ...]
    come: tuple[Key, ...]
    more: int
    finish: int


def trades(problem: Problem, before: Plan, after: Plan) -> list[Trade]:
    """Return what changes from one plan to the other, what brings most people first."""
    then, now = tally(problem, before), tally(problem, after)
    new = now.finish - then.finish
    order = [slot.session for slot in problem.slots]
    found = []
    for lesson in dict.fromkeys([*before.values(), *after.values()]):
        gone = tuple(key for key in order if before.get(key) == lesson != after.get(key))
        come = tuple(key for key in order if after.get(key) == lesson != before.get(key))
        if gone or come:
            had, have = then.receivers(lesson), now.receivers(lesson)
            finish = len((have - had) & new)
            found.append(Trade(lesson, gone, come, len(have) - len(had), finish))
    return sorted(found, key=lambda each: (-each.finish, -each.more, order.index(_first(each))))


def _first(trade: Trade) -> Key:
    return (trade.come or trade.gone)[0]
