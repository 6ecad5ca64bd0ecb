"""Episodes, leaves and memberships: none twice at once, and each membership in its enrollment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from attendance.clinic_folder.after import After, later_first, overlaps
from attendance.clinic_folder.problems import Problem, Problems
from attendance.clinic_folder.rows import EnrollmentRow, Key, MembershipRow, PlaceRow, Row

R = TypeVar("R", bound=Row)


def check_people(after: After) -> Iterator[Problem]:
    """Yield a problem for every episode and every leave that overlaps another."""
    for episodes in _by(after.enrollments.values(), "chart_number").values():
        for one, other in overlaps(episodes, "admitted_on", "discharged_on"):
            yield from _overlap((one, other), "admitted_on", "discharged_on")
    for leaves in _by(after.leaves.values(), "chart_number").values():
        for first, second in overlaps(leaves, "first_on", "last_on"):
            yield from _overlap((first, second), "first_on", "last_on")


def _by(found: Iterable[R], *columns: str) -> dict[Any, list[R]]:
    groups: dict[Any, list[R]] = defaultdict(list)
    for row in found:
        groups[tuple(getattr(row, column) for column in columns)].append(row)
    return groups


def _overlap(pair: tuple[Row, Row], first: str, last: str) -> Iterator[Problem]:
    row, other = later_first(*pair)
    if row.is_stored:
        return
    words = _("dates that do not overlap %(other)s (%(first)s to %(last)s, both included)")
    yield row.problem(
        first,
        words
        % {
            "other": _("what is on record already") if other.is_stored else other.place,
            "first": getattr(other, first),
            "last": getattr(other, last) or _("open"),
        },
        # A membership may begin later than its line says; the line is what is to be corrected.
        getattr(row, "named_on", None) or getattr(row, first),
    )


@dataclass
class Places:
    """Memberships as they would be stored, and what is wrong with the lines they come from."""

    rows: dict[Key, PlaceRow]
    problems: Problems


def settle_memberships(after: After) -> Places:
    """Clip each line of memberships.csv to its enrollment.

    Memberships on record that an earlier discharge leaves outside their enrollment are clipped
    with it, whether a line names them or not.
    """
    episodes = _by(after.enrollments.values(), "chart_number")
    problems = Problems()
    named: list[PlaceRow] = []
    for row in after.folder.memberships.rows.values():
        settled = _settle(row, episodes.get((row.chart_number,), []), after)
        if isinstance(settled, Problem):
            problems.append(settled)
        elif settled is not None:
            named.append(settled)
    keys = {place.key for place in named}
    kept, unclipped = _clip_stored(after, keys)
    for found in _by([*named, *kept], "group", "enrollment").values():
        for pair in overlaps(found, "first_on", "last_on"):
            problems.extend(_overlap(pair, "first_on", "last_on"))
    changed = [place for place in kept if not place.is_stored]
    problems.extend(unclipped)
    return Places({place.key: place for place in [*named, *changed]}, problems)


def _settle(
    row: MembershipRow, episodes: list[EnrollmentRow], after: After
) -> PlaceRow | Problem | None:
    """Return the membership as it is stored, or the problem; None where other lines are wrong."""
    if (row.chart_number,) not in after.participants or (row.group,) not in after.groups:
        return None
    if after.folder.enrollments.may_hold(chart_number=row.chart_number):
        return None
    episode = _episode_for(row.first_on, episodes)
    if episode is None:
        words = _("a date in or before an enrollment of %(chart_number)s")
        return row.problem("first_on", words % {"chart_number": row.chart_number})
    place = _clipped(_unclipped(row, episode), episode)
    if place.last_on is not None and place.last_on < place.first_on:
        words = _("blank, or a date in the enrollment that begins on %(admitted_on)s")
        return row.problem("last_on", words % {"admitted_on": episode.admitted_on})
    return place


def _unclipped(row: MembershipRow, episode: EnrollmentRow) -> PlaceRow:
    return PlaceRow(
        place=row.place,
        group=row.group,
        enrollment=episode.key,
        first_on=row.first_on,
        last_on=row.last_on,
        named_on=row.first_on,
    )


def _episode_for(day: date, episodes: list[EnrollmentRow]) -> EnrollmentRow | None:
    """Return the enrollment that covers the date, else the first that begins after it."""
    for episode in sorted(episodes, key=lambda episode: episode.admitted_on):
        if episode.discharged_on is None or day <= episode.discharged_on:
            return episode
    return None


def _clipped(place: PlaceRow, episode: EnrollmentRow) -> PlaceRow:
    ends = [day for day in (place.last_on, episode.discharged_on) if day is not None]
    return replace(
        place,
        first_on=max(place.first_on, episode.admitted_on),
        last_on=min(ends, default=None),
    )


def _clip_stored(after: After, named: set[Key]) -> tuple[list[PlaceRow], list[Problem]]:
    """Return the stored memberships that no line names, clipped where their episode now ends.

    A clipped one stands at the line of the enrollment that ends it.
    """
    kept: list[PlaceRow] = []
    problems: list[Problem] = []
    for place in after.stored.places.rows.values():
        episode = after.enrollments[place.enrollment]
        if place.key in named:
            continue
        clipped = _clipped(place, episode)
        if clipped.last_on is not None and clipped.last_on < clipped.first_on:
            words = _("on or after %(first_on)s: a membership of %(group)s begins then")
            problems.append(
                episode.problem(
                    "discharged_on", words % {"first_on": place.first_on, "group": place.group}
                )
            )
        elif clipped != place:
            clipped = replace(clipped, place=episode.place)
        kept.append(clipped)
    return kept, problems
