"""What a review packet says: who, what was approved and used, hours by week, absences, goals.

What a reader may not read elsewhere is not in the packet they make: reasons of absences need the
record, mood and craving the notes, orders and goals the plan of care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.papers.content import Fact
from hours.facts import SessionLine
from hours.fuel.gauge import Gauge
from hours.fuel.packet.absences import absence_facts, reasons_of
from hours.fuel.packet.check_ins import WeekAnswers, answers_by_week, trend_words
from hours.fuel.packet.facts import authorization_facts, care_facts, goal_facts, person_facts
from hours.fuel.packet.span import weeks_between
from hours.fuel.packet.weeks import (
    WeekLine,
    in_sum,
    lines_of,
    packet_weeks,
    week_lines,
    without_rule,
)
from hours.fuel.reading import gauges_for
from hours.fuel.words import coming_words, end_words, used_words
from hours.summary.attendance import attendance_of, counts_in_words, percent_in_words
from hours.summary.summary import full_name, made_words, program_words
from programs.access import Access
from programs.disclosing.notice import notice_words
from programs.models import Authorization, Clinic, Enrollment
from programs.plan.wording import span_words
from programs.weeks import Week, local_date


@dataclass(frozen=True)
class Wanted:
    """A packet as it is asked for: of which episode, from when to when, by whom."""

    enrollment: Enrollment
    first_on: date
    last_on: date
    authorization: Authorization | None
    access: Access
    now: datetime

    def may(self, action: str) -> bool:
        """Whether whoever asks may read this elsewhere."""
        return self.access.scope(action, self.enrollment.program) is not None


@dataclass(frozen=True)
class GaugeLine:
    """The gauge in words and numbers."""

    gauge: Gauge
    used: str
    ends: str


@dataclass(frozen=True)
class Who:
    """The person with the authorization, and the care they are in."""

    name: str
    facts: tuple[Fact, ...]
    care: tuple[Fact, ...]


@dataclass(frozen=True)
class Attended:
    """Attendance in numbers and a sentence; the absences by kind."""

    counts: tuple[tuple[str, int], ...]
    words: str
    absences: tuple[Fact, ...]


@dataclass(frozen=True)
class Packet:
    """Everything the page says, in the words of whoever asked for it."""

    title: str
    clinic: str
    program: str
    span: str
    who: Who
    gauge: GaugeLine | None
    attended: Attended
    weeks: tuple[WeekLine, ...]
    weeks_sum: str
    weeks_note: str
    trend: str
    goals: tuple[Fact, ...] | None
    made: str
    made_at: datetime
    notice: str

    @property
    def has_answers(self) -> bool:
        """Whether mood and craving stand beside the weeks."""
        return any(each.mood or each.craving for each in self.weeks)


def packet_of(asked: Wanted) -> Packet:
    """Return the packet; whole weeks are counted."""
    program = asked.enrollment.program
    today = local_date(asked.now, program.zone)
    dates = weeks_between(program, asked.first_on, asked.last_on)
    weeks = packet_weeks(asked.enrollment, weeks=dates, as_of=asked.now)
    answers = _answers(asked, dates)
    return Packet(
        title=_("Utilization review"),
        clinic=Clinic.objects.values_list("name", flat=True).first() or "",
        program=program_words(program),
        span=span_words(dates[0].first_on, min(dates[-1].last_on, today)),
        who=_who(asked),
        gauge=_gauge(asked),
        attended=_attended(asked, lines_of(weeks)),
        weeks=week_lines(weeks, answers),
        weeks_sum=in_sum(weeks) if weeks else "",
        weeks_note=without_rule(len(dates) - len(weeks)),
        trend=trend_words(answers) if answers else "",
        goals=goal_facts(asked.enrollment) if asked.may("orders.read") else None,
        made=made_words(asked.access.user, asked.now.astimezone(program.zone)),
        made_at=asked.now,
        notice=notice_words(),
    )


def _who(asked: Wanted) -> Who:
    enrollment = asked.enrollment
    return Who(
        name=full_name(enrollment.participant.kept),
        facts=(*person_facts(enrollment), *authorization_facts(asked.authorization)),
        care=care_facts(enrollment, with_plan=asked.may("orders.read")),
    )


def _attended(asked: Wanted, lines: Sequence[SessionLine]) -> Attended:
    attendance = attendance_of(lines, as_of=asked.now)
    can_read = asked.may("participants.read")
    reasons = reasons_of(asked.enrollment, lines, as_of=asked.now) if can_read else {}
    return Attended(
        counts=counts_in_words(attendance),
        words=percent_in_words(attendance),
        absences=absence_facts(lines, reasons, as_of=asked.now),
    )


def _answers(asked: Wanted, dates: list[Week]) -> dict[date, WeekAnswers]:
    if not asked.may("notes.read"):
        return {}
    person, program = asked.enrollment.participant.kept, asked.enrollment.program
    return answers_by_week(asked.access, program, person, weeks=dates)


def _gauge(asked: Wanted) -> GaugeLine | None:
    """Return how the authorization stands now, whatever the packet's dates; one statement."""
    if asked.authorization is None:
        return None
    (gauge,) = gauges_for([asked.authorization], now=asked.now)
    today = local_date(asked.now, asked.enrollment.program.zone)
    strong, rest = used_words(gauge)
    as_of = _("as of %(day)s") % {"day": date_format(today, "DATE_FORMAT")}
    return GaugeLine(
        gauge=gauge,
        used=f"{strong} {rest} · {coming_words(gauge)} · {as_of}",
        ends=end_words(gauge, today),
    )
