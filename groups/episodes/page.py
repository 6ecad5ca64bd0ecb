"""The episode page: where it stands, what happened, leaves, discharge, and the ones before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.episodes.buttons import Button, buttons_of, enroll_again, leave_buttons
from groups.episodes.case import Case
from groups.episodes.follow_up_rows import FollowUpRow, rows_of
from groups.episodes.looks import Chip, chip_of
from groups.episodes.refusals import long_day
from groups.episodes.timeline import Line, timeline_of, way_here
from groups.models import GroupMembership
from programs.access import Access
from programs.models import DischargeReason, Enrollment, Leave, Participant, Program
from programs.standing import standing_of
from programs.weeks import local_date

NEVER = DischargeReason.NEVER_STARTED
Fact = tuple[str, str]


@dataclass(frozen=True)
class LeaveRow:
    """Days away in words, why, and what can be done."""

    words: str
    reason: str
    chip: Chip
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class EpisodeLink:
    """One of the person's episodes, as a link."""

    words: str
    chip: Chip
    url: str
    is_current: bool


@dataclass(frozen=True)
class EpisodePage:
    """Everything the template reads; `chip` is None where nobody is enrolled here yet."""

    program: Program
    person: Participant
    timeline: tuple[Line, ...]
    episodes: tuple[EpisodeLink, ...]
    can_enroll: bool
    chip: Chip | None = None
    heading: str = ""
    admission: tuple[Fact, ...] = ()
    discharge: tuple[Fact, ...] = ()
    groups: tuple[str, ...] = ()
    leaves: tuple[LeaveRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    buttons: tuple[Button, ...] = ()
    may_record: bool = False


def episode_page(
    access: Access, program: Program, person: Participant, asked: str, now: datetime
) -> EpisodePage:
    """Return the page of the episode asked for, the latest where none is."""
    theirs = _episodes(access, person)
    here = [each for each in theirs if each.program_id == program.pk]
    chosen = next((each for each in here if str(each.public_id) == _uuid(asked)), None)
    if not here:
        return _not_enrolled(access, program, person, theirs, now)
    case = Case(access, program, chosen or here[0], now)
    return EpisodePage(
        program=program,
        person=person,
        timeline=timeline_of(case),
        episodes=_links(theirs, case.enrollment, person, now),
        can_enroll=enroll_again(case),
        chip=_chip(case.enrollment, case),
        heading=_span(case.enrollment),
        admission=_admission(case),
        discharge=_discharge(case),
        groups=_groups(case),
        leaves=tuple(_leave(case, each) for each in case.leaves),
        follow_ups=rows_of(case.enrollment, case.today),
        buttons=buttons_of(case),
        may_record=case.may("participants.edit"),
    )


def _not_enrolled(
    access: Access, program: Program, person: Participant, theirs: list[Enrollment], now: datetime
) -> EpisodePage:
    open_ones = any(each.discharged_on is None for each in theirs)
    return EpisodePage(
        program=program,
        person=person,
        timeline=way_here(person, program),
        episodes=_links(theirs, None, person, now),
        can_enroll=access.scope("participants.edit", program) is not None and not open_ones,
    )


def _episodes(access: Access, person: Participant) -> list[Enrollment]:
    """Return the person's episodes in the programs one may read in, the latest first."""
    programs = access.programs_for("participants.read")
    found = Enrollment.objects.of_person(person).filter(program__in=programs)
    rows = found.select_related("participant__merged_into", "program__site")
    return list(rows.order_by("-admitted_on", "-pk"))


def _uuid(asked: str) -> str:
    try:
        return str(uuid.UUID(asked))
    except ValueError:
        return ""


def _links(
    theirs: list[Enrollment], current: Enrollment | None, person: Participant, now: datetime
) -> tuple[EpisodeLink, ...]:
    leaves = [*Leave.objects.filter(participant__in={each.participant_id for each in theirs})]
    found = []
    for each in theirs:
        today = local_date(now, each.program.zone)
        own = [row for row in leaves if row.participant_id == each.participant_id]
        standing = standing_of(each, today, own)
        url = reverse("episodes:episode", args=[each.program.public_id, person.public_id])
        found.append(
            EpisodeLink(
                words=f"{each.program.name} · {_span(each)}",
                chip=chip_of(standing, never_began=each.discharge_reason == NEVER),
                url=f"{url}?episode={each.public_id}",
                is_current=each == current,
            )
        )
    return tuple(found)


def _chip(enrollment: Enrollment, case: Case) -> Chip:
    return chip_of(case.standing, never_began=enrollment.discharge_reason == NEVER)


def _span(enrollment: Enrollment) -> str:
    first, last = enrollment.admitted_on, enrollment.discharged_on
    if enrollment.discharge_reason == NEVER:
        return _("was to begin %(day)s") % {"day": long_day(first)}
    if last is None:
        return _("from %(day)s") % {"day": long_day(first)}
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}


def _admission(case: Case) -> tuple[Fact, ...]:
    enrollment = case.enrollment
    facts = [
        (_("First day"), long_day(enrollment.admitted_on)),
        (_("Comes in"), enrollment.get_admission_display()),
        (_("Comes from"), enrollment.get_came_from_display() if enrollment.came_from else ""),
    ]
    if planned := enrollment.planned_discharge_on:
        facts.append((_("Planned last day"), long_day(planned)))
    if stay := _stay(case):
        facts.append((_("Length of stay"), stay))
    return tuple(fact for fact in facts if fact[1])


def _stay(case: Case) -> str:
    enrollment = case.enrollment
    last = min(case.today, enrollment.discharged_on or date.max)
    count = (last - enrollment.admitted_on).days + 1
    if count < 1:
        return ""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def _discharge(case: Case) -> tuple[Fact, ...]:
    enrollment = case.enrollment
    if enrollment.discharged_on is None or enrollment.discharge_reason == NEVER:
        return ()
    facts = [
        (_("Last day"), long_day(enrollment.discharged_on)),
        (_("Reason"), enrollment.get_discharge_reason_display()),
    ]
    if enrollment.destination:
        facts.append((_("Goes on to"), enrollment.get_destination_display()))
    return tuple(facts)


def _groups(case: Case) -> tuple[str, ...]:
    """Return the groups of the episode with their dates; places without dates left out."""
    rows = GroupMembership.objects.filter(enrollment=case.enrollment).select_related("group")
    found = []
    for place in rows.order_by("first_on", "group__name"):
        if place.last_on and place.last_on < place.first_on:
            continue
        words = _("%(group)s, from %(first)s on")
        if place.last_on:
            words = _("%(group)s, %(first)s to %(last)s")
        days = {"first": long_day(place.first_on), "last": long_day(place.last_on or date.max)}
        found.append(words % {"group": place.group.name, **days})
    return tuple(found)


def _leave(case: Case, leave: Leave) -> LeaveRow:
    if leave.last_on and leave.last_on < leave.first_on:
        words = _("was to begin %(day)s") % {"day": long_day(leave.first_on)}
        return LeaveRow(words, leave.reason, Chip("calm", "ban", _("Called off")), ())
    words = _("From %(first)s on; no last day is known")
    if leave.last_on:
        words = _("%(first)s to %(last)s")
    days = {"first": long_day(leave.first_on), "last": long_day(leave.last_on or date.max)}
    if leave.first_on > case.today:
        chip = Chip("go", "calendar-clock", _("Planned"))
    elif leave.last_on and leave.last_on < case.today:
        chip = Chip("calm", "circle-check", _("Over"))
    else:
        chip = Chip("warn", "circle-pause", _("Away now"))
    return LeaveRow(words % days, leave.reason, chip, leave_buttons(case, leave))
