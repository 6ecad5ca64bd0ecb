"""Where a session or slot may be put: times, room and people, checked and said in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from groups.meeting_dates import Meeting, meeting_on
from groups.models import TherapyGroup
from groups.models.group import MOST_WEEKS_APART
from groups.schedule.edit import CannotSchedule, Placement, SlotWish, TimeSpan
from groups.schedule.proposal import Proposal
from groups.wording import short_day
from programs.models import Closure, Program, Role, Room, StaffAssignment
from programs.weeks import local_date

# Whoever may lead a group of a program works there as one of these.
LEADING_ROLES = (Role.CLINICIAN, Role.FACILITATOR, Role.DIRECTOR)
MOST_WEEKS = 104
A_YEAR = timedelta(days=366)

Words = dict[str, list[str]]


def place(
    group: TherapyGroup,
    to: Placement,
    *,
    key: int | None,
    now: datetime,
    led_by: Iterable[int] = (),
) -> Proposal:
    """Return the session as it would be there. Raises CannotSchedule with words by field.

    `led_by` are those who lead it already (keys): they may stay whatever their role is now.
    """
    words = _words(group.program, to, led_by) | _date_words(group.program, to, now)
    if words:
        raise CannotSchedule(words)
    meeting = _meeting(to, group.program.zone)
    return Proposal(
        key=key,
        group=group.pk,
        held_on=to.held_on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        breaks=meeting.breaks,
        room=to.room,
        leaders=tuple(sorted(set(to.leaders))),
    )


def _meeting(to: Placement, zone: ZoneInfo) -> Meeting:
    """Return the placement as instants. Raises CannotSchedule where the clocks jump over it."""
    wish = SlotWish(to.held_on.weekday(), to.starts, to.ends, to.held_on, breaks=to.breaks)
    meeting = meeting_on(wish, to.held_on, zone)
    if meeting.starts_at >= meeting.ends_at:
        raise CannotSchedule({"starts": [_("The clocks skip this hour on that night.")]})
    return meeting


def check_slot(group: TherapyGroup, wish: SlotWish, *, led_by: Iterable[int] = ()) -> None:
    """Raise CannotSchedule with words by field where a slot may not be so."""
    words = _words(group.program, wish, led_by)
    if not 1 <= wish.every_weeks <= MOST_WEEKS_APART:
        words["every_weeks"] = [
            _("A slot meets every 1 to %(most)s weeks.") % {"most": MOST_WEEKS_APART}
        ]
    if wish.last_on is not None:
        words |= _span_words(wish.first_on, wish.last_on)
    if words:
        raise CannotSchedule(words)


def _words(program: Program, to: Placement | SlotWish, led_by: Iterable[int]) -> Words:
    """Return what is wrong with times, room and people, by field."""
    return (
        _time_words(to.starts, to.ends, to.breaks)
        | _room_words(program, to.room)
        | _leader_words(program, set(to.leaders) - set(led_by))
    )


def _span_words(first_on: date, last_on: date) -> Words:
    if last_on < first_on:
        return {"last_on": [_("The last day is on or after the first.")]}
    weeks = (last_on - first_on).days // 7
    if weeks > MOST_WEEKS:
        said = ngettext("That is %(weeks)s week", "That is %(weeks)s weeks", weeks)
        most = _("a slot runs %(most)s weeks at most, or leave its last day open.")
        return {"last_on": [f"{said % {'weeks': weeks}}; {most % {'most': MOST_WEEKS}}"]}
    return {}


def _time_words(starts: time, ends: time, breaks: Sequence[TimeSpan]) -> Words:
    if ends <= starts:
        words = _("It ends after it starts, on the same day: sessions never cross midnight.")
        return {"ends": [words]}
    if any(not starts <= start < end <= ends for start, end in breaks):
        return {"breaks": [_("Breaks lie inside the session and end after they start.")]}
    return {}


def _room_words(program: Program, room: int | None) -> Words:
    if room is None or Room.objects.filter(pk=room, site=program.site_id).exists():
        return {}
    return {"room": [_("This room is not at %(site)s.") % {"site": program.site.name}]}


def _leader_words(program: Program, leaders: Collection[int]) -> Words:
    if not leaders:
        return {}
    strangers = User.objects.filter(pk__in=leaders).exclude(pk__in=may_lead(program))
    words = [
        _("%(name)s does not lead groups in %(program)s.")
        % {"name": user.display_name, "program": program.name}
        for user in strangers.order_by("name")
    ]
    return {"leaders": words} if words else {}


def may_lead(program: Program) -> Collection[int]:
    """Return the users (keys) who may lead groups of the program now."""
    roles = StaffAssignment.objects.current().filter(program=program, role__in=LEADING_ROLES)
    return set(roles.filter(user__is_active=True).values_list("user", flat=True))


def _date_words(program: Program, to: Placement, now: datetime) -> Words:
    today = local_date(now, program.zone)
    if abs(to.held_on - today) > A_YEAR:
        return {"held_on": [_("This date is more than a year away.")]}
    meeting = _meeting(to, program.zone) if to.starts < to.ends else None
    if to.held_on < today or (meeting and meeting.starts_at <= now):
        return {"held_on": [_("This time is over. Choose one still to come.")]}
    closure = Closure.objects.of_program(program).touching(to.held_on, to.held_on).first()
    if closure is None:
        return {}
    words = _("Closed on %(day)s: %(reason)s. Choose another day.")
    return {"held_on": [words % {"day": short_day(to.held_on), "reason": closure.reason}]}


def closed_dates(program: Program, first_on: date, last_on: date) -> dict[date, int]:
    """Return the program's closed dates in the stretch, each with its closure's key."""
    closures = Closure.objects.of_program(program).touching(first_on, last_on)
    found: dict[date, int] = {}
    for closure in closures.order_by("first_on", "pk"):
        day = max(first_on, closure.first_on)
        while day <= min(last_on, closure.last_on):
            found.setdefault(day, closure.pk)
            day += timedelta(days=1)
    return found
