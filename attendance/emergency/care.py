"""In which care somebody is, who treats them, and when they were last here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.emergency.theirs import theirs
from attendance.models import Presence
from groups.models import Facilitation, GroupMembership
from groups.wording import clock, short_day
from programs.models import Enrollment, Participant, Program
from programs.profile.page import Fact, Section
from programs.weeks import local_date

# Who led a group of theirs in the last two weeks, or does in the next two, treats them.
AROUND = timedelta(days=14)
MOST = 8


def care_section(person: Participant, program: Program, *, now: datetime) -> Section:
    """Return the episode, the people who treat them, and the last attendance; four statements."""
    zone, today = program.zone, local_date(now, program.zone)
    episodes = Enrollment.objects.of_person(person).begun().filter(admitted_on__lte=today)
    episode = episodes.select_related("program__site").order_by("admitted_on", "pk").last()
    level = program.get_level_of_care_display()
    return Section(
        "care",
        _("Care"),
        (
            Fact(_("Program"), f"{program.name} · {program.site.name}"),
            Fact(_("Level of care"), f"ASAM {level}"),
            _fact(_("Episode"), _episode(episode) if episode else ""),
            _fact(_("Who treats them"), ", ".join(_leaders(person, now))),
            _fact(_("Last here"), _last_here(person, zone)),
            Fact(
                _("Medications and allergies"),
                _("not kept in this system: look in the medical chart, or ask them"),
                is_known=False,
            ),
        ),
    )


def _episode(episode: Enrollment) -> str:
    first = date_format(episode.admitted_on, "DATE_FORMAT")
    if episode.discharged_on is None:
        return _("in care since %(first)s") % {"first": first}
    last = date_format(episode.discharged_on, "DATE_FORMAT")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _leaders(person: Participant, now: datetime) -> list[str]:
    places = GroupMembership.objects.filter(theirs(person, "enrollment__participant"))
    groups = set(places.values_list("group", flat=True))
    leading = Facilitation.objects.filter(
        session__group__in=groups,
        session__starts_at__range=(now - AROUND, now + AROUND),
        is_former=False,
    ).select_related("user")
    people = {each.user.pk: each.user.display_name for each in leading}
    return sorted(people.values())[:MOST]


def _last_here(person: Participant, zone) -> str:
    came = Presence.objects.filter(theirs(person)).select_related("session__group")
    last = came.order_by("-arrived_at").first()
    if last is None or last.session is None:
        return ""
    return _("%(day)s at %(time)s, %(group)s") % {
        "day": short_day(local_date(last.arrived_at, zone)),
        "time": clock(last.arrived_at, zone),
        "group": last.session.group.name,
    }


def _fact(term: str, text: str) -> Fact:
    return Fact(term, text) if text else Fact(term, _("not on record"), is_known=False)
