"""What somebody last said of their safety and of how they are."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from attendance.check_ins.answers import answers_of
from attendance.check_ins.wording import NO_ANSWER, Line, day_and_clock, lines_of, said
from attendance.emergency.theirs import theirs
from attendance.models import CheckIn, SafetyAlert, YesNo
from programs.models import Participant

# As many answers to the safety question as show a change.
ANSWERS = 5


@dataclass(frozen=True)
class SafetyAnswer:
    """One answer to the safety question."""

    when: str
    answer: str
    is_yes: bool


@dataclass(frozen=True)
class Safety:
    """The alerts nobody has acted on, the last safety answers, and the last check-in whole."""

    waiting: tuple[str, ...]
    answers: tuple[SafetyAnswer, ...]
    checked_in: str
    lines: tuple[Line, ...]


def safety_of(person: Participant, zone: ZoneInfo) -> Safety:
    """Return them, the latest first; three statements."""
    alerts = SafetyAlert.objects.open().filter(theirs(person, "check_in__participant"))
    taken = CheckIn.objects.filter(theirs(person)).order_by("-taken_at", "-pk")
    last = taken.first()
    return Safety(
        waiting=tuple(day_and_clock(each.raised_at, zone) for each in alerts),
        answers=tuple(_answer(each, zone) for each in taken.exclude(safety="")[:ANSWERS]),
        checked_in=day_and_clock(last.taken_at, zone) if last else "",
        lines=_answered(last) if last else (),
    )


def _answer(check_in: CheckIn, zone: ZoneInfo) -> SafetyAnswer:
    return SafetyAnswer(
        when=day_and_clock(check_in.taken_at, zone),
        answer=said(answers_of(check_in), "safety"),
        is_yes=check_in.safety == YesNo.YES,
    )


def _answered(check_in: CheckIn) -> tuple[Line, ...]:
    return tuple(each for each in lines_of(answers_of(check_in)) if each.answer != NO_ANSWER)
