"""Links from one calendar to another: other views, the days of the week, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import pgettext

from groups.calendar.asked import Asked, View
from groups.week_switch import WeekSwitch


@dataclass(frozen=True)
class Link:
    """One of several; `title` says in full what the label cuts short."""

    label: str
    url: str
    is_current: bool
    title: str = ""


@dataclass(frozen=True)
class Switches:
    """Where one may go from a calendar. There are no days where the week is shown."""

    is_of_week: bool
    steps: WeekSwitch
    views: tuple[Link, ...]
    days: tuple[Link, ...]


def switches_of(asked: Asked) -> Switches:
    """Return the links from what is shown to the same of another time, and to its other views."""
    is_of_week = asked.view is View.WEEK
    return Switches(is_of_week, _steps(asked), _views(asked), () if is_of_week else _days(asked))


def _steps(asked: Asked) -> WeekSwitch:
    """Return the links to the week, or day, before, to the present one, and to the one after."""
    return WeekSwitch(
        before=asked.moved(-1),
        now=asked.address(day=asked.today),
        after=asked.moved(1),
        is_now=asked.today in asked.dates,
    )


def _views(asked: Asked) -> tuple[Link, ...]:
    return tuple(
        Link(str(view.label), asked.address(view), is_current=view is asked.view) for view in View
    )


def _days(asked: Asked) -> tuple[Link, ...]:
    return tuple(
        Link(
            label=date_format(day, pgettext("date format: Mon 23", "D j")),
            url=asked.address(day=day),
            is_current=day == asked.day,
            title=date_format(day, pgettext("date format: Monday, November 23", "l, F j")),
        )
        for day in asked.week.dates
    )
