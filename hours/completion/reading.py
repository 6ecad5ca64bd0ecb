"""Where people stand with completion, out of the database: as many statements for one as for all.

The rule and the topics are those of today, or of the last day of whoever has left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from attendance.coverage.cells import Cell, Coverage, CoveredLesson, State
from attendance.coverage.reading import coverage_of
from attendance.relapse.share import plan_percents
from attendance.teaching.homework import NONE_GIVEN, HomeworkCount, homework_counts
from curriculum.models import CurriculumRule, Lesson, RequiredTopic
from hours.completion.readiness import Asked, Facts, Parts, Readiness, Stay, readiness_of
from hours.completion.weeks import StayWeek, counted, weeks_of_all, weeks_of_one
from programs.models import Enrollment, Program
from programs.weeks import local_date

DONE = (State.RECEIVED, State.WAIVED)


@dataclass(frozen=True)
class LessonStanding:
    """A lesson and where the person stands with it."""

    lesson: CoveredLesson
    cell: Cell

    @property
    def is_done(self) -> bool:
        return self.cell.state in DONE


@dataclass(frozen=True)
class TopicStanding:
    """A topic and the lessons that meet it."""

    name: str
    lessons: tuple[LessonStanding, ...]

    @property
    def is_done(self) -> bool:
        return any(each.is_done for each in self.lessons)

    @property
    def next(self) -> LessonStanding | None:
        """The lesson that comes first, if one comes."""
        coming = [each for each in self.lessons if each.cell.coming_on]
        return min(coming, key=lambda each: each.cell.coming_on or date.max, default=None)


@dataclass(frozen=True)
class CompletionStanding:
    """Everything about one episode's completion."""

    enrollment: Enrollment
    name: str
    rule: CurriculumRule
    core: tuple[LessonStanding, ...]
    topics: tuple[TopicStanding, ...]
    facts: Facts
    readiness: Readiness

    @property
    def until(self) -> date | None:
        """The last day, or the planned one."""
        return self.enrollment.discharged_on or self.enrollment.planned_discharge_on


def standing_of(enrollment: Enrollment, *, now: datetime) -> CompletionStanding | None:
    """Return where one episode stands; None where it never began."""
    asked = Enrollment.objects.begun().filter(pk=enrollment.pk)
    return next(iter(standings_of(enrollment.program, asked, now=now)), None)


@dataclass(frozen=True)
class _Read:
    """What is read once for all of them."""

    coverage: Coverage
    in_use: frozenset[int]
    rules: Sequence[CurriculumRule]
    topics: Sequence[RequiredTopic]
    weeks: Mapping[int, Sequence[StayWeek]]
    plans: Mapping[int, int]
    homework: Mapping[int, HomeworkCount]


def standings_of(
    program: Program, enrollments: QuerySet[Enrollment], *, now: datetime
) -> tuple[CompletionStanding, ...]:
    """Return where these people of the program stand, by name; at most 14 statements."""
    today = local_date(now, program.zone)
    rows = list(enrollments.select_related("participant__merged_into", "program__site"))
    read = _read(program, enrollments, rows, now)
    by_key = {row.pk: row for row in rows}
    return tuple(
        _standing(by_key[person.enrollment_pk], person.name, read, today)
        for person in read.coverage.people
        if person.enrollment_pk in by_key
    )


def _read(
    program: Program, enrollments: QuerySet[Enrollment], rows: Sequence[Enrollment], now: datetime
) -> _Read:
    lessons = Lesson.objects.of_program(program)
    topics = RequiredTopic.objects.filter(program=program).prefetch_related("lessons")
    rules = CurriculumRule.objects.filter(program=program).order_by("effective_from")
    people = {row.participant.kept.pk for row in rows}
    return _Read(
        coverage=coverage_of(program, now=now, enrollments=enrollments, lessons=lessons),
        in_use=frozenset(lessons.in_use().values_list("pk", flat=True)),
        rules=list(rules),
        topics=list(topics),
        weeks=_weeks(program, rows, now),
        plans=plan_percents(people),
        homework=homework_counts(program, rows, now=now),
    )


def _weeks(
    program: Program, rows: Sequence[Enrollment], now: datetime
) -> Mapping[int, Sequence[StayWeek]]:
    today = local_date(now, program.zone)
    ends = {row: _end(row, today) or today for row in rows}
    if len(rows) == 1:
        return {row.pk: weeks_of_one(row, until=end, now=now) for row, end in ends.items()}
    return weeks_of_all(program, ends, now=now)


def _end(enrollment: Enrollment, today: date) -> date | None:
    """Return the last day, or the planned one, which is today where it has passed."""
    if enrollment.discharged_on or enrollment.planned_discharge_on is None:
        return enrollment.discharged_on
    return max(enrollment.planned_discharge_on, today)


def _standing(enrollment: Enrollment, name: str, read: _Read, today: date) -> CompletionStanding:
    day = min(enrollment.discharged_on or today, today)
    rule = _rule_on(day, read.rules, enrollment.program)
    theirs = {
        lesson.pk: LessonStanding(lesson, read.coverage.cell(enrollment.pk, lesson.pk))
        for lesson in read.coverage.lessons
    }
    core = tuple(each for pk, each in theirs.items() if each.lesson.is_core and pk in read.in_use)
    topics = tuple(
        TopicStanding(topic.name, tuple(theirs[link.lesson_id] for link in topic.lessons.all()))
        for topic in read.topics
        if topic.first_on <= day and (topic.last_on is None or topic.last_on >= day)
    )
    homework = read.homework.get(enrollment.pk, NONE_GIVEN)
    facts = Facts(
        core=_parts(core),
        topics=_topic_parts(topics),
        stay=_stay(enrollment, read.weeks.get(enrollment.pk, ()), today),
        plan_percent=read.plans.get(enrollment.participant.kept.pk, 0),
        homework_given=homework.given,
        homework_done=homework.done,
    )
    readiness = readiness_of(asked_by(rule), facts)
    return CompletionStanding(enrollment, name, rule, core, topics, facts, readiness)


def asked_by(rule: CurriculumRule) -> Asked:
    """Return the plain values of a rule, stored or not."""
    return Asked(
        core_percent=rule.min_core_percent,
        has_all_topics=rule.has_all_topics,
        weeks=rule.min_weeks,
        hours=rule.min_hours,
        weeks_met_percent=rule.min_weeks_met_percent,
        plan_percent=rule.min_plan_percent,
        homework_percent=rule.min_homework_percent,
    )


def _rule_on(day: date, rules: Sequence[CurriculumRule], program: Program) -> CurriculumRule:
    begun = [rule for rule in rules if rule.effective_from <= day]
    return begun[-1] if begun else CurriculumRule(program=program, effective_from=day)


def _parts(lessons: Sequence[LessonStanding]) -> Parts:
    return Parts(
        total=len(lessons),
        done=sum(each.is_done for each in lessons),
        coming=sum(each.cell.state is State.COMING for each in lessons),
    )


def _topic_parts(topics: Sequence[TopicStanding]) -> Parts:
    return Parts(
        total=len(topics),
        done=sum(each.is_done for each in topics),
        coming=sum(not each.is_done and each.next is not None for each in topics),
    )


def _stay(enrollment: Enrollment, weeks: Sequence[StayWeek], today: date) -> Stay:
    last, end = min(enrollment.discharged_on or today, today), _end(enrollment, today)
    met, not_met, ahead = counted(weeks)
    horizon = today + timedelta(weeks=settings.SESSION_HORIZON_WEEKS)
    return Stay(
        days=_days(enrollment.admitted_on, last),
        days_in_all=None if end is None else _days(enrollment.admitted_on, end),
        is_over=enrollment.discharged_on is not None and enrollment.discharged_on < today,
        sees_end=end is not None and end <= horizon,
        attended=sum(week.attended for week in weeks),
        minutes_ahead=sum(week.ahead for week in weeks),
        weeks_met=met,
        weeks_not_met=not_met,
        weeks_ahead=ahead,
    )


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)
