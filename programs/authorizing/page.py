"""What the page about an episode's authorizations shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.authorizing.coverage import coverage_on, coverage_words
from programs.authorizing.states import states_of
from programs.models import Authorization, Enrollment, Unit
from programs.plan.episodes import EpisodeLink
from programs.plan.looks import Look
from programs.plan.wording import day_words, days_a_week, hours, span_words
from programs.weeks import local_date

MINUTES_OF = {Unit.HOUR: 60, Unit.QUARTER_HOUR: 15}


@dataclass(frozen=True)
class Line:
    """A term and what is on record for it."""

    term: str
    text: str


@dataclass(frozen=True)
class Card:
    """One authorization: its dates, its states in words, and what it says."""

    authorization: Authorization
    title: str
    payer: str
    states: tuple[Look, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AuthorizationsPage:
    """The authorizations of one episode; `can_edit` is for those who keep them."""

    episode: Enrollment
    links: tuple[EpisodeLink, ...]
    can_edit: bool
    cards: tuple[Card, ...]
    coverage: str
    is_missing: bool


def authorizations_page(
    episode: Enrollment, *, links: tuple[EpisodeLink, ...], can_edit: bool, today: date
) -> AuthorizationsPage:
    """Return the page; one query. What is in force is asked of today, or of the first day."""
    rows = list(episode.authorizations.select_related("entered_by").order_by("-first_on", "-pk"))
    coverage = coverage_on(rows, max(today, episode.admitted_on))
    is_over = episode.discharged_on is not None and episode.discharged_on < today
    return AuthorizationsPage(
        episode=episode,
        links=links,
        can_edit=can_edit,
        cards=tuple(_card(each, today) for each in rows),
        coverage="" if is_over else _covered(coverage_words(coverage), episode, today),
        is_missing=coverage.is_missing,
    )


def _covered(words: str, episode: Enrollment, today: date) -> str:
    if episode.admitted_on <= today:
        return words
    first_on = day_words(episode.admitted_on)
    return _("For the first day, %(day)s: %(words)s") % {"day": first_on, "words": words}


def _card(row: Authorization, today: date) -> Card:
    return Card(
        authorization=row,
        title=span_words(row.first_on, row.last_on),
        payer=row.payer,
        states=states_of(row, today),
        lines=tuple(line for line in _lines(row) if line.text),
    )


def _lines(row: Authorization) -> list[Line]:
    review = day_words(row.next_review_on) if row.next_review_on else ""
    return [
        Line(_("Status"), row.get_status_display()),
        Line(_("Number"), row.number),
        Line(_("Member ID"), row.member_id),
        Line(_("Approved"), amount(row.approved_units, row.unit)),
        Line(_("Asked for"), amount(row.requested_units, row.unit)),
        Line(_("Days"), days_a_week(row.days_per_week) if row.days_per_week else ""),
        Line(_("Next review"), review),
        Line(_("Note"), row.note),
        Line(_("Entered"), _entered(row)),
    ]


def amount(units: int | None, unit: str) -> str:
    """Return the units in words: `12 days`, `36 h`, `48 × 15 min (12 h)`; nothing where unknown."""
    if units is None:
        return ""
    if unit == Unit.DAY:
        return ngettext("%(n)s day", "%(n)s days", units) % {"n": units}
    whole = hours(units * MINUTES_OF[Unit(unit)])
    if unit == Unit.HOUR:
        return whole
    return _("%(n)s × 15 min (%(hours)s)") % {"n": units, "hours": whole}


def _entered(row: Authorization) -> str:
    day = day_words(local_date(row.entered_at, row.enrollment.program.zone))
    if row.entered_by is None:
        return day
    return _("%(day)s by %(name)s") % {"day": day, "name": row.entered_by.name}
