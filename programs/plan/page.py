"""What the page about a plan of care shows, of one episode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Certification, Enrollment, Goal, Order
from programs.models.plan_of_care import DIMENSIONS, LevelOfCareDetermination
from programs.plan.episodes import EpisodeLink, episode_words
from programs.plan.looks import Look, certified_look
from programs.plan.planned_length import is_usual, weeks_planned
from programs.plan.wording import day_words, days_a_week, hours
from programs.weeks import local_date


@dataclass(frozen=True)
class OrderLine:
    """One order: since when, how much, and whether it is the one that holds today."""

    since: str
    amount: str
    days: str
    is_in_force: bool
    is_ahead: bool


@dataclass(frozen=True)
class Planned:
    """The planned last day, and words where the length is not usual."""

    day: str
    length: str
    warning: str


@dataclass(frozen=True)
class Signed:
    """A certification, or a determination; withdrawn ones say when and by whom."""

    row: Certification | LevelOfCareDetermination
    title: str
    facts: str
    ratings: tuple[tuple[int, str], ...]
    withdrawn: str


@dataclass(frozen=True)
class PlanPage:
    """The plan of one episode; `can_edit` is for those who write orders."""

    episode: Enrollment
    dates: str
    links: tuple[EpisodeLink, ...]
    can_edit: bool
    planned: Planned
    orders: tuple[OrderLine, ...]
    open_goals: tuple[Goal, ...]
    closed_goals: tuple[Goal, ...]
    certified: Look | None
    certifications: tuple[Signed, ...]
    determinations: tuple[Signed, ...]

    @property
    def withdrawn(self) -> tuple[Signed, ...]:
        """What was a mistake."""
        rows = (*self.certifications, *self.determinations)
        return tuple(each for each in rows if each.withdrawn)

    @property
    def standing_certifications(self) -> tuple[Signed, ...]:
        return tuple(each for each in self.certifications if not each.withdrawn)

    @property
    def standing_determinations(self) -> tuple[Signed, ...]:
        return tuple(each for each in self.determinations if not each.withdrawn)


def plan_page(
    episode: Enrollment, *, links: tuple[EpisodeLink, ...], can_edit: bool, today: date
) -> PlanPage:
    """Return the page; four queries."""
    goals = list(episode.goals.select_related("set_by"))
    certifications = _newest_first(episode.certifications, "signed_on")
    return PlanPage(
        episode=episode,
        dates=episode_words(episode),
        links=links,
        can_edit=can_edit,
        planned=_planned(episode),
        orders=_order_lines(episode, today),
        open_goals=tuple(goal for goal in goals if not goal.ended_on),
        closed_goals=tuple(goal for goal in goals if goal.ended_on),
        certified=_certified(episode, certifications, today),
        certifications=tuple(_certification(each) for each in certifications),
        determinations=tuple(
            _determination(each) for each in _newest_first(episode.determinations, "determined_on")
        ),
    )


def _newest_first(rows, day: str) -> list:
    return list(rows.select_related("withdrawn_by").order_by(f"-{day}", "-pk"))


def _planned(episode: Enrollment) -> Planned:
    if episode.planned_discharge_on is None:
        return Planned(_("Not planned yet"), "", "")
    weeks = weeks_planned(episode.admitted_on, episode.planned_discharge_on)
    length = ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}
    return Planned(day_words(episode.planned_discharge_on), length, unusual_words(weeks))


def unusual_words(weeks: int) -> str:
    """Return soft words where an episode of so many weeks is not usual; else nothing."""
    if is_usual(weeks):
        return ""
    said = ngettext(
        "That is %(n)s week; 8 to 12 are usual.", "That is %(n)s weeks; 8 to 12 are usual.", weeks
    )
    return said % {"n": weeks}


def _order_lines(episode: Enrollment, today: date) -> tuple[OrderLine, ...]:
    orders = list(episode.orders.order_by("-effective_from"))
    ended = episode.discharged_on is not None and episode.discharged_on < today
    begun = next((each for each in orders if each.effective_from <= today), None)
    in_force = begun if not ended and episode.admitted_on <= today else None
    return tuple(_order_line(each, each == in_force, today) for each in orders)


def _order_line(order: Order, is_in_force: bool, today: date) -> OrderLine:
    return OrderLine(
        since=_("From %(day)s on") % {"day": day_words(order.effective_from)},
        amount=_("%(hours)s a week") % {"hours": hours(order.minutes_per_week)},
        days=days_a_week(order.days_per_week) if order.days_per_week else "",
        is_in_force=is_in_force,
        is_ahead=order.effective_from > today,
    )


def _certified(episode: Enrollment, rows: Sequence[Certification], today: date) -> Look | None:
    """Return how the latest stands; nothing is due of an episode that is over."""
    if episode.discharged_on and episode.discharged_on < today:
        return None
    due_on = next((each.due_on for each in rows if each.withdrawn_at is None), None)
    return certified_look(due_on, today)


def _certification(row: Certification) -> Signed:
    return Signed(
        row=row,
        title=_("Signed %(day)s by %(name)s")
        % {"day": day_words(row.signed_on), "name": row.signed_by_name},
        facts=_("Next due %(day)s") % {"day": day_words(row.due_on)},
        ratings=(),
        withdrawn=_withdrawn(row),
    )


def _determination(row: LevelOfCareDetermination) -> Signed:
    ratings = tuple(zip(range(1, len(DIMENSIONS) + 1), row.ratings, strict=True))
    is_rated = any(rating is not None for rating in row.ratings)
    return Signed(
        row=row,
        title=row.get_level_of_care_display(),
        facts=_("%(day)s, ASAM %(edition)s")
        % {"day": day_words(row.determined_on), "edition": row.get_edition_display()},
        ratings=tuple((n, "–" if each is None else str(each)) for n, each in ratings)
        if is_rated
        else (),
        withdrawn=_withdrawn(row),
    )


def _withdrawn(row: Certification | LevelOfCareDetermination) -> str:
    if row.withdrawn_at is None:
        return ""
    day = day_words(local_date(row.withdrawn_at, row.enrollment.program.zone))
    if row.withdrawn_by is None:
        return _("Withdrawn %(day)s") % {"day": day}
    return _("Withdrawn %(day)s by %(name)s") % {"day": day, "name": row.withdrawn_by.name}
