"""The list of alerts: what waits, the worst first, what can wait, and what was resolved lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.week_switch import ProgramLink, program_links
from groups.wording import short_day
from hours.alerting.facts import facts_of
from hours.alerting.forms import Grouping, ListForm, Snoozed
from hours.alerting.looks import LOOKS, ORDER, Look
from hours.alerting.reader import Reader
from hours.alerting.rows import Drawing, Row, names_of
from hours.alerting.whose import alerts_of, with_facts
from hours.models import Alert
from hours.models.alert import AlertQuerySet
from programs.models import Program
from programs.who_may import Scope

# How long one that is resolved stays on the page.
STILL_SHOWN = timedelta(days=14)
# What one can read; the filters lead to the rest.
MOST, MOST_RESOLVED = 300, 100
# Of the address, what leaves something out.
NARROWING = ("kind", "snoozed", "week", "mine")


@dataclass(frozen=True)
class Pile:
    """The alerts of one kind, or of one person; `look` is the kind's."""

    key: str
    heading: str
    look: Look | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Switch:
    """A link that shows the list otherwise."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class AlertsPage:
    """Everything the list's template reads."""

    program: Program
    programs: tuple[ProgramLink, ...]
    switches: tuple[Switch, ...]
    form: ListForm
    in_sum: str
    piles: tuple[Pile, ...]
    snoozed: tuple[Row, ...]
    resolved: tuple[Row, ...]
    week_words: str
    clear_url: str
    here: str
    is_by_person: bool
    is_filtered: bool
    is_mine: bool
    has_more: bool
    is_own_only: bool
    may_digest: bool
    problems: list[str]


@dataclass(frozen=True)
class Found:
    """The rows of the page: what waits, what can wait, what was resolved lately."""

    waiting: tuple[Row, ...]
    snoozed: tuple[Row, ...]
    resolved: tuple[Row, ...]
    has_more: bool


def alerts_page(reader: Reader, form: ListForm) -> AlertsPage:
    """Return the list as its reader may see it."""
    program, found = reader.program, _found(reader, form)
    return AlertsPage(
        program=program,
        programs=program_links("alerts:alerts", reader.access, program, action="hours.read"),
        switches=_switches(form),
        form=form,
        in_sum=_in_sum(found.waiting),
        piles=_piles(found.waiting, form),
        snoozed=found.snoozed,
        resolved=found.resolved,
        week_words=_week_words(form),
        clear_url=form.address(**dict.fromkeys(NARROWING, "")),
        here=form.address(),
        is_by_person=form.chosen("by") == Grouping.PERSON,
        is_filtered=any(form.chosen(name) for name in NARROWING),
        is_mine=bool(form.chosen("mine")),
        has_more=found.has_more,
        is_own_only=reader.access.scope("hours.read", program) is Scope.OWN,
        may_digest=reader.may("digests.own"),
        problems=form.problems(),
    )


def _found(reader: Reader, form: ListForm) -> Found:
    asked, today = _asked(reader, form), reader.today
    still_open = list(_worst_first(with_facts(asked.open()))[: MOST + 1])
    since = reader.now - STILL_SHOWN
    resolved = with_facts(asked.filter(resolved_at__gte=since).order_by("-resolved_at", "-pk"))
    lately, shown = list(resolved[:MOST_RESOLVED]), still_open[:MOST]
    drawing = Drawing(reader, facts_of(shown + lately, reader.now), names_of(shown + lately))
    wanted = form.chosen("snoozed")
    return Found(
        waiting=() if wanted == Snoozed.ONLY else _rows(drawing, shown, today, is_snoozed=False),
        snoozed=() if wanted == Snoozed.HIDDEN else _rows(drawing, shown, today, is_snoozed=True),
        resolved=tuple(drawing.row(each) for each in lately),
        has_more=len(still_open) > MOST,
    )


def _rows(
    drawing: Drawing, alerts: Sequence[Alert], today: date, *, is_snoozed: bool
) -> tuple[Row, ...]:
    return tuple(drawing.row(each) for each in alerts if each.is_snoozed(today) is is_snoozed)


def _asked(reader: Reader, form: ListForm) -> AlertQuerySet:
    rows = alerts_of(reader.access, reader.program, reader.now)
    if kind := form.chosen("kind"):
        rows = rows.filter(kind=kind)
    if week := form.chosen("week"):
        rows = rows.of_week(reader.program.week_of(date.fromisoformat(week)).first_on)
    if form.chosen("mine"):
        rows = rows.filter(user=reader.access.user)
    return rows


def _worst_first(rows: AlertQuerySet) -> AlertQuerySet:
    place = Case(
        *(When(kind=kind, then=Value(place)) for kind, place in ORDER.items()),
        output_field=IntegerField(),
    )
    return rows.order_by(place, "-minutes_short", "units_left", "due_on", "-days", "opened_at")


def _piles(rows: Sequence[Row], form: ListForm) -> tuple[Pile, ...]:
    """Group the rows, which come worst first: so do the piles."""
    is_by_person = form.chosen("by") == Grouping.PERSON
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        key = f"person-{row.person_key}" if is_by_person else f"kind-{row.kind}"
        grouped.setdefault(key, []).append(row)
    return tuple(
        Pile(
            key=f"pile-{number}",
            heading=of_one[0].name if is_by_person else str(of_one[0].kind.label),
            look=None if is_by_person else LOOKS[of_one[0].kind],
            rows=tuple(of_one),
        )
        for number, of_one in enumerate(grouped.values(), 1)
    )


def _in_sum(waiting: Sequence[Row]) -> str:
    people = len({each.person_key for each in waiting})
    alerts = ngettext("%(n)s alert", "%(n)s alerts", len(waiting)) % {"n": len(waiting)}
    about = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    return _("%(alerts)s about %(people)s") % {"alerts": alerts, "people": about}


def _week_words(form: ListForm) -> str:
    week = form.chosen("week")
    if not week:
        return ""
    return _("week of %(day)s") % {"day": short_day(date.fromisoformat(week))}


def _switches(form: ListForm) -> tuple[Switch, ...]:
    is_mine = bool(form.chosen("mine"))
    return (
        Switch(_("Everybody’s"), form.address(mine=""), not is_mine),
        Switch(_("Mine"), form.address(mine="1"), is_mine),
    )
