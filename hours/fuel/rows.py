"""The rows of the page: gauges by what runs out first, who has none, days without one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.wording import short_day
from hours.fuel.facts import FuelFacts, Missing, Unauthorized
from hours.fuel.forms import FuelForm, State
from hours.fuel.gauge import Gauge
from hours.fuel.picture import GaugePicture, gauge_picture
from hours.fuel.words import (
    SOON,
    coming_words,
    end_words,
    gauge_looks,
    missing_words,
    used_words,
    weeks_over_words,
)
from hours.wording import all_of
from programs.models import Enrollment
from programs.names import roster_names
from programs.plan.looks import Look
from programs.plan.wording import day_words

# Dates that are written out; more are said by their number.
DATES_SHOWN = 6


@dataclass(frozen=True)
class GaugeRow:
    """One authorization with its gauge, in words and as a picture."""

    gauge: Gauge
    name: str
    picture: GaugePicture
    strong: str
    rest: str
    coming: str
    ends: str
    weeks_over: str
    last_day: str
    review: str
    looks: tuple[Look, ...]
    url: str
    packet_url: str


@dataclass(frozen=True)
class PlainRow:
    """Somebody with nothing in force, or with days that nothing covers."""

    name: str
    chart_number: str
    person_id: uuid.UUID
    words: str
    url: str


@dataclass(frozen=True)
class Names:
    """What people are called on the page, and whether a packet may be made."""

    by_chart: dict[str, str]
    may_pack: bool

    def of(self, enrollment: Enrollment) -> str:
        return self.by_chart[enrollment.participant.chart_number]


def names_of(enrollments: Iterable[Enrollment], *, may_pack: bool) -> Names:
    """Return the roster names of everybody on the page."""
    return Names(roster_names(each.participant for each in enrollments), may_pack)


def gauge_rows(
    gauges: Iterable[Gauge], names: Names, *, form: FuelForm, today: date
) -> tuple[GaugeRow, ...]:
    """Return the rows asked for: what ends first is on top."""
    kept = [each for each in gauges if is_asked_for(each, form, today)]
    rows = [gauge_row(each, names, today=today) for each in kept]
    rows.sort(key=lambda row: (row.gauge.ends_on, row.name.casefold(), row.gauge.left))
    return tuple(rows)


def is_asked_for(gauge: Gauge, form: FuelForm, today: date) -> bool:
    """Whether the authorization passes the filters."""
    unit, payer, state = (form.chosen(name) for name in ("unit", "payer", "state"))
    row = gauge.authorization
    if (unit and row.unit != unit) or (payer and row.payer != payer):
        return False
    return not state or in_state(gauge, State(state), today)


def in_state(gauge: Gauge, state: State, today: date) -> bool:
    """Whether a gauge is to be looked at for that."""
    review_on = gauge.authorization.next_review_on
    return {
        State.NONE: False,
        State.SOON: gauge.left <= 0 or gauge.ends_on - today <= SOON,
        State.REVIEW: review_on is not None and review_on - today <= SOON,
        State.OVER: bool(gauge.weeks_over),
    }[state]


def gauge_row(gauge: Gauge, names: Names, *, today: date) -> GaugeRow:
    """Return one authorization in words."""
    row = gauge.authorization
    strong, rest = used_words(gauge)
    has_begun = row.enrollment.admitted_on <= today
    return GaugeRow(
        gauge=gauge,
        name=names.of(row.enrollment),
        picture=gauge_picture(gauge),
        strong=strong,
        rest=rest,
        coming=coming_words(gauge),
        ends=end_words(gauge, today),
        weeks_over=weeks_over_words(gauge),
        last_day=day_words(row.last_on),
        review=day_words(row.next_review_on) if row.next_review_on else "",
        looks=gauge_looks(gauge, today),
        url=_authorizations_url(row.enrollment),
        packet_url=packet_url(row.enrollment) if names.may_pack and has_begun else "",
    )


def missing_rows(missing: Iterable[Missing], names: Names) -> tuple[PlainRow, ...]:
    """Return who has nothing in force, the longest without on top."""
    rows = [
        (
            each.since,
            _plain_row(each.enrollment, missing_words(each.coverage, since=each.since), names),
        )
        for each in missing
    ]
    rows.sort(key=lambda row: (row[0], row[1].name.casefold()))
    return tuple(row for _since, row in rows)


def unauthorized_rows(found: Iterable[Unauthorized], names: Names) -> tuple[PlainRow, ...]:
    """Return whose attended days nothing covers, the most days on top."""
    ordered = sorted(found, key=lambda each: (-len(each.dates), names.of(each.enrollment)))
    return tuple(_plain_row(each.enrollment, _dates_words(each.dates), names) for each in ordered)


def _dates_words(dates: Sequence[date]) -> str:
    count = ngettext("%(n)s day", "%(n)s days", len(dates)) % {"n": len(dates)}
    said = [short_day(day) for day in dates[-DATES_SHOWN:]]
    more = len(dates) - len(said)
    if more:
        said = [ngettext("%(n)s earlier", "%(n)s earlier", more) % {"n": more}, *said]
    return _("%(count)s: %(dates)s") % {"count": count, "dates": all_of(said)}


def _plain_row(enrollment: Enrollment, words: str, names: Names) -> PlainRow:
    return PlainRow(
        name=names.of(enrollment),
        chart_number=enrollment.participant.kept.chart_number,
        person_id=enrollment.participant.kept.public_id,
        words=words,
        url=_authorizations_url(enrollment),
    )


def _authorizations_url(enrollment: Enrollment) -> str:
    person_id = enrollment.participant.kept.public_id
    url = reverse("authorizations:authorizations", args=[enrollment.program.public_id, person_id])
    return f"{url}?episode={enrollment.public_id}"


def packet_url(enrollment: Enrollment) -> str:
    """Return where the review packet of an episode is asked for."""
    return reverse("fuel:packet", args=[enrollment.program.public_id, enrollment.public_id])


def counts_of(facts: FuelFacts) -> dict[State, int]:
    """Return how many are in each state."""
    counts = {
        state: sum(in_state(each, state, facts.today) for each in facts.gauges) for state in State
    }
    return counts | {State.NONE: len(facts.missing)}
