"""What the page of requirements shows: the rules, the core lessons, the topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.models import CurriculumRule, Lesson, RequiredTopic, TopicLesson
from curriculum.requiring.jurisdictions import LISTS, Jurisdiction
from curriculum.requiring.rule_words import RuleCard, rule_cards
from curriculum.tabs import curriculum_tabs
from programs.access import Access
from programs.models import Program
from programs.weeks import DAYS
from programs.whose import Tab

HERE = "requiring:requirements"


@dataclass(frozen=True)
class CoreTrack:
    """The core lessons of one track, and how many lessons it has."""

    name: str
    core: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class TopicRow:
    """A topic with the lessons that meet it. Without one in use, nobody can be taught it."""

    topic: RequiredTopic
    since: str
    lessons: tuple[str, ...]
    is_over: bool

    @property
    def lacks_lessons(self) -> bool:
        """Whether somebody has to say which lesson meets it."""
        return not self.lessons and not self.is_over


@dataclass(frozen=True)
class RequirementsPage:
    """What one program requires, on one date. `lists` can be added in one go."""

    program: Program
    tabs: tuple[Tab, ...]
    can_edit: bool
    sees_completion: bool
    ahead: tuple[RuleCard, ...]
    in_force: RuleCard | None
    before: tuple[RuleCard, ...]
    tracks: tuple[CoreTrack, ...]
    topics: tuple[TopicRow, ...]
    over: tuple[TopicRow, ...]
    lists: tuple[Jurisdiction, ...]

    @property
    def has_rule(self) -> bool:
        """Whether a rule is in force or to come."""
        return bool(self.ahead or self.in_force)

    @property
    def core_count(self) -> int:
        """How many lessons are core."""
        return sum(len(track.core) for track in self.tracks)

    @property
    def unmet(self) -> int:
        """How many topics no lesson meets."""
        return sum(row.lacks_lessons for row in self.topics)


def requirements_page(*, program: Program, access: Access, today: date) -> RequirementsPage:
    """Return the page; four queries."""
    cards = rule_cards(CurriculumRule.objects.filter(program=program), today=today)
    rows = [_row(topic, today) for topic in topics_of(program)]
    return RequirementsPage(
        program=program,
        tabs=curriculum_tabs(access, program, here=HERE),
        can_edit=access.scope("curriculum.require", program) is not None,
        sees_completion=access.scope("coverage.read", program) is not None,
        ahead=tuple(card for card in cards if card.is_ahead),
        in_force=next((card for card in cards if card.is_in_force), None),
        before=tuple(card for card in cards if not card.is_ahead and not card.is_in_force),
        tracks=_tracks(lessons_to_choose(program)),
        topics=tuple(row for row in rows if not row.is_over),
        over=tuple(row for row in rows if row.is_over),
        lists=tuple(each for each in LISTS if _is_missing(each, rows)),
    )


def lessons_to_choose(program: Program) -> Iterable[Lesson]:
    """Return the program's lessons in use, in the library's order, with module and track."""
    lessons = Lesson.objects.of_program(program).in_use().in_order()
    return lessons.select_related("module__track")


def lessons_for_topic(topic: RequiredTopic) -> tuple[list[Lesson], list[Lesson]]:
    """Return the lessons to choose from, with retired ones that meet it; those that meet it."""
    choice = Lesson.objects.of_program(topic.program).in_order().select_related("module__track")
    meets = set(topic.lessons.values_list("lesson", flat=True))
    lessons = [each for each in choice if each.retired_at is None or each.pk in meets]
    return lessons, [each for each in lessons if each.pk in meets]


def topics_of(program: Program) -> Iterable[RequiredTopic]:
    """Return the program's topics, each with its lessons in use."""
    links = TopicLesson.objects.filter(lesson__retired_at=None).select_related("lesson")
    found = RequiredTopic.objects.filter(program=program)
    return found.prefetch_related(Prefetch("lessons", links.order_by("lesson__name")))


def suggested_start(program: Program, before: CurriculumRule | None, today: date) -> date:
    """Return when a new rule would begin: today if it is the first, else with a week to come."""
    if before is None:
        return today
    week = program.week_of(max(today, before.effective_from))
    return week.first_on + timedelta(days=DAYS)


def _tracks(lessons: Iterable[Lesson]) -> tuple[CoreTrack, ...]:
    found: dict[int, tuple[str, list[Lesson]]] = {}
    for lesson in lessons:
        track = lesson.module.track
        found.setdefault(track.pk, (track.name, []))[1].append(lesson)
    return tuple(
        CoreTrack(name, tuple(each.name for each in listed if each.is_core), len(listed))
        for name, listed in found.values()
    )


def _row(topic: RequiredTopic, today: date) -> TopicRow:
    return TopicRow(
        topic=topic,
        since=_since(topic),
        lessons=tuple(link.lesson.name for link in topic.lessons.all()),
        is_over=topic.last_on is not None and topic.last_on < today,
    )


def _since(topic: RequiredTopic) -> str:
    first = date_format(topic.first_on, "DATE_FORMAT")
    if topic.last_on is None:
        return _("From %(day)s on") % {"day": first}
    last = date_format(topic.last_on, "DATE_FORMAT")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _is_missing(listed: Jurisdiction, rows: Iterable[TopicRow]) -> bool:
    """Whether any of the list's topics is not on the page."""
    there = {row.topic.name for row in rows if row.topic.jurisdiction == listed.name}
    return any(name not in there for name in listed.topics)
