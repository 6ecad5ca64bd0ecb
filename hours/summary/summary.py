"""An episode of care summed up in plain words: who, from when to when, hours, goals, what next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from groups.census.stay import days_of_stay, length_of_stay
from hours.summary.attendance import attendance_of, counts_in_words, percent_in_words
from hours.summary.lessons import LessonsPart, lessons_part
from hours.summary.weeks import WeeksPart, weeks_of_episode, weeks_part
from programs.disclosing.notice import notice_words
from programs.models import Clinic, Enrollment, FollowUp, Goal, Leave, Participant, Program
from programs.weeks import local_date

# What one page holds; more is said by its number.
GOALS, LEAVES, FOLLOW_UPS = 6, 4, 6


@dataclass(frozen=True)
class Fact:
    """A term and what is on record for it."""

    term: str
    text: str


@dataclass(frozen=True)
class Summary:
    """Everything the page says, in the words of whoever asked for it."""

    title: str
    clinic: str
    program: str
    name: str
    person: tuple[Fact, ...]
    episode: tuple[Fact, ...]
    attendance: tuple[tuple[str, int], ...]
    attendance_words: str
    weeks: WeeksPart
    lessons: LessonsPart | None
    goals: tuple[Fact, ...]
    more_goals: str
    leaves: tuple[str, ...]
    follow_ups: tuple[str, ...]
    made: str
    made_at: datetime
    notice: str


def summary_of(enrollment: Enrollment, *, made_by: User, now: datetime) -> Summary:
    """Return the episode summed up as of a moment; `made_by` stands on it."""
    program, today = enrollment.program, local_date(now, enrollment.program.zone)
    until = min(enrollment.discharged_on or today, today)
    weeks, without_rule = weeks_of_episode(enrollment, until=until, as_of=now)
    lines = [line for each in weeks for line in each.row.person.lines]
    attendance, goals = attendance_of(lines, as_of=now), list(enrollment.goals.all())
    return Summary(
        title=_("Discharge summary") if enrollment.discharged_on else _("Summary so far"),
        clinic=Clinic.objects.values_list("name", flat=True).first() or "",
        program=program_words(program),
        name=full_name(enrollment.participant.kept),
        person=_person(enrollment),
        episode=_episode(enrollment, today),
        attendance=counts_in_words(attendance),
        attendance_words=percent_in_words(attendance),
        weeks=weeks_part(weeks, without_rule=without_rule),
        lessons=lessons_part(enrollment, now=now),
        goals=tuple(Fact(each.text, goal_words(each)) for each in goals[:GOALS]),
        more_goals=_more_goals(len(goals) - GOALS),
        leaves=_leaves(enrollment, today),
        follow_ups=_follow_ups(enrollment),
        made=made_words(made_by, now.astimezone(program.zone)),
        made_at=now,
        notice=notice_words(),
    )


def program_words(program: Program) -> str:
    """Return the program with its site and level of care."""
    level = _("ASAM %(level)s") % {"level": program.get_level_of_care_display()}
    return f"{program.name} · {program.site.name} · {level}"


def full_name(person: Participant) -> str:
    """Return first and last name, with what the person is called where that is another one."""
    name = f"{person.first_name} {person.last_name}"
    if person.preferred_name in ("", person.first_name):
        return name
    return _("%(name)s (%(preferred)s)") % {"name": name, "preferred": person.preferred_name}


def _person(enrollment: Enrollment) -> tuple[Fact, ...]:
    recorded, person = enrollment.participant, enrollment.participant.kept
    chart = person.chart_number
    if recorded != person:
        chart = _("%(kept)s (recorded under %(other)s)") % {
            "kept": chart,
            "other": recorded.chart_number,
        }
    born = _day(person.birth_date) if person.birth_date else _("not on record")
    return Fact(_("Born"), born), Fact(_("Chart number"), chart)


def _episode(enrollment: Enrollment, today: date) -> tuple[Fact, ...]:
    planned_on = enrollment.planned_discharge_on
    facts = [
        Fact(_("Admitted"), _admitted(enrollment)),
        Fact(_("Planned last day"), _day(planned_on) if planned_on else _("not set")),
    ]
    if enrollment.discharged_on:
        destination = enrollment.get_destination_display() or _("not on record")
        facts += [
            Fact(_("Last day"), _day(enrollment.discharged_on)),
            Fact(_("Length of stay"), _days(length_of_stay(enrollment) or 0)),
            Fact(_("Reason"), str(enrollment.get_discharge_reason_display())),
            Fact(_("Goes on to"), str(destination)),
        ]
    elif enrollment.admitted_on <= today:
        so_far = _("%(days)s so far") % {"days": _days(days_of_stay(enrollment, today))}
        facts.append(Fact(_("Length of stay"), so_far))
    return tuple(facts)


def _admitted(enrollment: Enrollment) -> str:
    parts = [_day(enrollment.admitted_on), str(enrollment.get_admission_display()).lower()]
    if enrollment.came_from:
        care = str(enrollment.get_came_from_display()).lower()
        parts.append(_("from %(care)s") % {"care": care})
    return " · ".join(parts)


def goal_words(goal: Goal) -> str:
    """Return what came of a goal, or that it is open."""
    if goal.ended_on:
        outcome = {"outcome": goal.get_outcome_display(), "day": _day(goal.ended_on)}
        return _("%(outcome)s, %(day)s") % outcome
    if goal.target_on:
        return _("Open, by %(day)s") % {"day": _day(goal.target_on)}
    return _("Open")


def _more_goals(count: int) -> str:
    if count <= 0:
        return ""
    said = ngettext(
        "%(count)s more goal is in the plan of care.",
        "%(count)s more goals are in the plan of care.",
        count,
    )
    return said % {"count": count}


def _leaves(enrollment: Enrollment, today: date) -> tuple[str, ...]:
    """Return the leaves that touch the episode; one that never began is none."""
    end = enrollment.discharged_on or today
    leaves = Leave.objects.filter(
        Q(last_on=None) | Q(last_on__gte=enrollment.admitted_on) & Q(last_on__gte=F("first_on")),
        participant=enrollment.participant_id,
        first_on__lte=end,
    )
    return _at_most(LEAVES, [_leave(each) for each in leaves.order_by("first_on")])


def _leave(leave: Leave) -> str:
    first = _day(leave.first_on)
    if leave.last_on is None:
        return _("since %(first)s") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": _day(leave.last_on)}


def _follow_ups(enrollment: Enrollment) -> tuple[str, ...]:
    planned = enrollment.follow_ups.filter(called_off_at=None)
    return _at_most(FOLLOW_UPS, [_follow_up(each) for each in planned])


def _follow_up(follow_up: FollowUp) -> str:
    due = {"day": _day(follow_up.due_on), "after": _days(follow_up.days)}
    said = _("%(day)s (after %(after)s)") % due
    return f"{said}: {follow_up.get_outcome_display().lower()}" if follow_up.outcome else said


def _at_most(count: int, said: Sequence[str]) -> tuple[str, ...]:
    """Return the first of them, and how many more there are."""
    more = len(said) - count
    if more <= 0:
        return tuple(said)
    return *said[:count], _("and %(count)s more") % {"count": more}


def made_words(made_by: User, moment: datetime) -> str:
    """Return who made a page, and when."""
    when = date_format(moment, "DATETIME_FORMAT")
    return _("Made by %(name)s, %(moment)s") % {"name": made_by.display_name, "moment": when}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _days(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
