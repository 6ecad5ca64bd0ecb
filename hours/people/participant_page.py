"""One participant as plain values: this week and why, the weeks before, and what is on record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.week_switch import query
from groups.wording import short_day
from hours.board_rows import progress
from hours.explanation import verdict_sentence
from hours.facts import ProgramWeek
from hours.ledger import Ledger, ledger_of
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.people.attendance_strip import Strip, strip_of
from hours.people.own_weeks import OwnWeeks, Which, own_weeks
from hours.people.record import (
    Contact,
    GroupLine,
    Line,
    contact_of,
    episode_lines,
    groups_of,
)
from hours.people.week_rows import Weeks, weeks_table
from hours.people.whose import people_of
from hours.program_week import current_week
from hours.verdict_looks import LOOKS, Look, standing_of
from hours.weekly_hours import WeeklyHours
from hours.what_it_means import what_it_means
from hours.wording import hours, session_name
from programs.access import Access
from programs.models import DischargeReason, Enrollment, Participant, Program
from programs.names import roster_names
from programs.weeks import local_date
from programs.who_may import Scope
from programs.whose import Tab, tabs_of

WEEKS_IN_STRIP = 5
FILES = (
    ("CSV", "people:weeks_csv"),
    ("XLSX", "people:weeks_xlsx"),
    ("PDF", "people:weeks_pdf"),
)


@dataclass(frozen=True)
class ThisWeek:
    """The running week: verdict, bar, what it means, and what it is made of."""

    look: Look
    progress: str
    bar: MinuteBar
    required: str
    words: str
    next: str
    ledger: Ledger


@dataclass(frozen=True)
class ParticipantPage:
    """Everything the template reads; `contact` is for those who may read more than a name.

    `board_url` is empty where the board shows only one's own people, who may not be on it;
    `emergency_url` where one reads the record anyway, or may not open it in an emergency.
    """

    program: Program
    participant_id: uuid.UUID
    as_of: datetime
    name: str
    facts: tuple[str, ...]
    this_week: ThisWeek | None
    instead: str
    weeks: Weeks
    strip: Strip
    groups: tuple[GroupLine, ...]
    episode: tuple[Line, ...]
    contact: Contact | None
    tabs: tuple[Tab, ...]
    board_url: str
    emergency_url: str
    exports: tuple[tuple[str, str], ...]


def participant_page(
    program: Program, participant_id: uuid.UUID, *, access: Access, is_all: bool, now: datetime
) -> ParticipantPage | None:
    """Return the page; None where this person may not know of the participant."""
    people = people_of(access, program, week=current_week(program, now))
    person = people.filter(public_id=participant_id).first()
    if person is None:
        return None
    own = own_weeks(program, person, is_all=is_all, now=now)
    return _page_of(person, program, access, own, now)


def _page_of(
    person: Participant, program: Program, access: Access, own: OwnWeeks, now: datetime
) -> ParticipantPage:
    today, participant_id = local_date(now, program.zone), person.public_id
    enrollment = _episode_to_show(person, program, today)
    facts, current = own.running, own.current.row if own.current else None
    is_read = access.scope("participants.read", program) is not None
    return ParticipantPage(
        program=program,
        participant_id=participant_id,
        as_of=now,
        name=_name(person, facts),
        facts=_facts(program, enrollment, current),
        this_week=_this_week(current, facts) if current and facts else None,
        instead=_instead(enrollment, facts, today),
        weeks=weeks_table(own),
        strip=_strip(own, now),
        groups=groups_of(access, program, person, today=today),
        episode=episode_lines(access, enrollment),
        contact=contact_of(person) if is_read else None,
        tabs=tabs_of(access, program, participant_id, here="people:participant"),
        board_url=_board_url(access, program),
        emergency_url="" if is_read else _emergency_url(access, program, participant_id),
        exports=_exports(access, program, participant_id, own),
    )


def _board_url(access: Access, program: Program) -> str:
    if access.scope("hours.read", program) is not Scope.PROGRAM:
        return ""
    return reverse("hours:board", args=[program.public_id])


def _emergency_url(access: Access, program: Program, participant_id: uuid.UUID) -> str:
    if access.scope("emergency.open", program) is None:
        return ""
    return reverse("emergency:ask", args=[program.public_id, participant_id])


def _exports(
    access: Access, program: Program, participant_id: uuid.UUID, own: OwnWeeks
) -> tuple[tuple[str, str], ...]:
    if access.scope("hours.export", program) is None or not own.weeks:
        return ()
    asked = query(weeks=Which.ALL.value) if own.is_all else ""
    key = (program.public_id, participant_id)
    return tuple((name, reverse(view, args=key) + asked) for name, view in FILES)


def _episode_to_show(person: Participant, program: Program, today: date) -> Enrollment:
    """Return the episode in force, else the next one, else the last; one called off if need be."""
    episodes = list(Enrollment.objects.of_person(person).filter(program=program))

    def nearness(episode: Enrollment) -> tuple[bool, bool, int]:
        last_on = episode.discharged_on or date.max
        has_no_dates = last_on < episode.admitted_on
        if episode.admitted_on > today:
            return has_no_dates, False, (episode.admitted_on - today).days
        return has_no_dates, last_on < today, max(0, (today - last_on).days)

    return min(episodes, key=nearness)


def _name(person: Participant, facts: ProgramWeek | None) -> str:
    return roster_names([*(facts.people if facts else ()), person])[person.chart_number]


def _facts(
    program: Program, enrollment: Enrollment, current: WeeklyHours | None
) -> tuple[str, ...]:
    said = [
        _("%(program)s, ASAM %(level)s") % {"program": program.name, "level": program.level_of_care}
    ]
    if current:
        said.append(progress(current))
    said.append(_("Admitted %(day)s") % {"day": short_day(enrollment.admitted_on)})
    if enrollment.discharge_reason == DischargeReason.NEVER_STARTED:
        said.append(enrollment.get_discharge_reason_display())
    elif enrollment.discharged_on:
        day = short_day(enrollment.discharged_on)
        said.append(_("Discharged %(day)s") % {"day": day})
    elif enrollment.planned_discharge_on:
        day = short_day(enrollment.planned_discharge_on)
        said.append(_("Discharge planned %(day)s") % {"day": day})
    return tuple(said)


def _this_week(row: WeeklyHours, facts: ProgramWeek) -> ThisWeek:
    ahead = [line for line in row.person.lines if line.starts_at > facts.as_of]
    return ThisWeek(
        look=LOOKS[standing_of(row)],
        progress=progress(row),
        bar=minute_bar(row, scale=scale_of([row])),
        required=_("%(hours)s required") % {"hours": hours(row.required)},
        words=what_it_means(row, facts) or verdict_sentence(row, facts),
        next=session_name(ahead[0], facts.week.zone) if ahead else "",
        ledger=ledger_of(row, facts),
    )


def _instead(enrollment: Enrollment, facts: ProgramWeek | None, today: date) -> str:
    """Return why there is no week to judge."""
    was_called_off = enrollment.discharge_reason == DischargeReason.NEVER_STARTED
    if enrollment.admitted_on > today and not was_called_off:
        day = date_format(enrollment.admitted_on, "l, F j")
        return _("Starts %(day)s. Weekly hours begin with that week.") % {"day": day}
    if was_called_off or (enrollment.discharged_on and enrollment.discharged_on < today):
        return _("Not enrolled now.")
    return "" if facts else _("No rule covers this week.")


def _strip(own: OwnWeeks, now: datetime) -> Strip:
    latest = own.weeks[:WEEKS_IN_STRIP]
    return strip_of([(each.facts.week, each.row.person.lines) for each in latest], as_of=now)
