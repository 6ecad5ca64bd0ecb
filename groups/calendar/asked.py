"""What was asked of the calendar: the view, the day or week, the programs, which sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import GroupSession
from groups.readable import leaders_of
from groups.week_switch import query
from programs.models import Program
from programs.weeks import Week

# What the address says where every program is to be shown.
ALL = "all"


class View(models.TextChoices):
    WEEK = "week", _("Week")
    DAY = "day", _("Day")
    ROOMS = "rooms", _("Rooms")


@dataclass(frozen=True)
class Picked:
    """What was picked in the filters, as it stands in the address; empty is everything."""

    site: str = ""
    room: str = ""
    who: str = ""
    group: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def is_of_places_only(self) -> bool:
        """Whether nothing but a site or a room was picked."""
        return not (self.who or self.group or self.kind)

    def fits(self, session: GroupSession) -> bool:
        """Return whether the session is to be shown; it was read `with_leaders`."""
        return (
            self.site in ("", str(session.group.program.site.public_id))
            and self.room in ("", str(session.room.public_id) if session.room else None)
            and self.who in ("", *(leader.key for leader in leaders_of(session)))
            and self.group in ("", str(session.group.public_id))
            and self.kind in ("", session.group.kind)
        )


@dataclass(frozen=True)
class Asked:
    """A calendar to be shown. `day` is a date of `week`: the one shown, or the one to switch to."""

    view: View
    week: Week
    day: date
    today: date
    is_of_all: bool
    picked: Picked = field(default_factory=Picked)

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates shown."""
        return self.week.dates if self.view is View.WEEK else (self.day,)

    def address(
        self,
        view: View | None = None,
        day: date | None = None,
        picked: Picked | None = None,
    ) -> str:
        """Return the address's query of the same calendar, but for what is given here."""
        view, day = view or self.view, day or self.day
        kept = vars(self.picked if picked is None else picked)
        return query(**_when(view, day, self), programs=ALL if self.is_of_all else "", **kept)

    def kept(self) -> dict[str, str]:
        """Return what the filters' form keeps beside what it asks."""
        return _when(self.view, self.day, self)

    def moved(self, steps: int) -> str:
        """Return the address so many weeks, or days, later."""
        days = steps * (len(self.week.dates) if self.view is View.WEEK else 1)
        return self.address(day=self.day + timedelta(days=days))


def _when(view: View, day: date, asked: Asked) -> dict[str, str]:
    if view is not View.WEEK:
        return {"view": view.value, "day": "" if day == asked.today else day.isoformat()}
    # The first day of the week that holds the day.
    first_on = day - (day - asked.week.first_on) % timedelta(days=len(asked.week.dates))
    is_now = first_on <= asked.today < first_on + timedelta(days=len(asked.week.dates))
    return {"week": "" if is_now else first_on.isoformat()}


def asked_in(cleaned: Mapping[str, Any], program: Program, today: date) -> Asked:
    """Return what a form's cleaned data asks of the program's calendar."""
    view = View(cleaned.get("view") or View.WEEK)
    week_of, day = cleaned.get("week"), cleaned.get("day")
    week = program.week_of((week_of or day if view is View.WEEK else day or week_of) or today)
    if day not in week.dates:
        day = today if today in week.dates else week.first_on
    chosen = {name: str(cleaned.get(name) or "") for name in vars(Picked())}
    return Asked(view, week, day, today, cleaned.get("programs") == ALL, Picked(**chosen))


def elsewhere_in(cleaned: Mapping[str, Any], program: Program, asked: Asked) -> str:
    """Return the address of another program's calendar, nothing where this one or all are asked.

    Its rooms and groups are others.
    """
    other = cleaned.get("programs") or ALL
    if other in (ALL, str(program.public_id)):
        return ""
    kept = Picked(who=asked.picked.who, kind=asked.picked.kind)
    return reverse("groups:calendar", args=[other]) + asked.address(picked=kept)
