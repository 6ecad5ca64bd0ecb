"""The list of people as plain values: who is here, and how this week stands for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hours.board_rows import progress
from hours.facts import ProgramWeek
from hours.minute_bar import MinuteBar, minute_bar, scale_of
from hours.people.forms import SearchForm
from hours.people.whose import people_of
from hours.program_week import current_week, program_week
from hours.verdict_looks import LOOKS, Look, Standing, standing_of
from hours.weekly_hours import WeeklyHours, weekly_hours_of
from hours.what_it_means import what_it_means
from programs.access import Access
from programs.matches import Match, first_matches, matches_in
from programs.models import Enrollment, Participant, Program
from programs.names import roster_names
from programs.weeks import Week as Dates
from programs.who_may import Scope

FOUND_AT_MOST = 100


@dataclass(frozen=True)
class PersonRow:
    """One person: the verdict and the bar where this week holds them, else a few words."""

    name: str
    url: str
    details: str
    look: Look | None
    bar: MinuteBar | None
    words: str


@dataclass(frozen=True)
class PeoplePage:
    """Everything the template reads."""

    program: Program
    form: SearchForm
    rows: tuple[PersonRow, ...]
    count: int
    title: str
    is_search: bool
    is_by_name: bool
    is_own_only: bool
    may_enroll: bool
    may_open_in_emergency: bool
    has_rule: bool
    hint: str


@dataclass(frozen=True)
class Week:
    """This week's rows by participant, and what they are drawn with."""

    facts: ProgramWeek | None
    rows: dict[Any, WeeklyHours]
    scale: int


def people_page(
    *, program: Program, form: SearchForm, access: Access, by_name: bool, now: datetime
) -> PeoplePage:
    """Return the census with this week's standing, or those whom the search found."""
    week = current_week(program, now)
    facts = program_week(program, week=week, as_of=now)
    may_read = access.scope("participants.read", program) is not None
    text = form.text()
    found = _found(access, program, week, text, may_read=may_read)
    rows = _rows(program, found, _week(facts), may_read)
    if not text:
        rows.sort(key=lambda row: (0 if by_name else _worst_first(row), row.name.casefold()))
    return PeoplePage(
        program=program,
        form=form,
        rows=tuple(rows),
        count=len(rows),
        title=_title(len(rows), is_search=bool(text)),
        is_search=bool(text),
        is_by_name=by_name,
        is_own_only=access.scope("participants.name", program) is Scope.OWN,
        may_enroll=access.scope("participants.edit", program) is not None,
        may_open_in_emergency=access.scope("emergency.open", program) is not None,
        has_rule=facts is not None,
        hint=_hint(may_read),
    )


def _hint(may_read: bool) -> str:
    if may_read:
        return _("Any part of a name, a chart number or a birth date.")
    return _("Any part of a name.")


def _found(
    access: Access, program: Program, week: Dates, text: str, *, may_read: bool
) -> list[Match]:
    """Return whom the text finds, the best match first; without one everybody of the week."""
    people = people_of(access, program, week=week)
    if text:
        people = people.found_by(text) if may_read else people.named_like(text)
        return first_matches(people, at_most=FOUND_AT_MOST)[0]
    here = Enrollment.objects.filter(program=program).touching(week)
    rows = people.filter(pk__in=here.values("participant"))
    return matches_in(rows.prefetch_related("merged_into"))


def _week(facts: ProgramWeek | None) -> Week:
    rows = [weekly_hours_of(person, facts) for person in facts.people] if facts else []
    return Week(facts, {row.person.participant_id: row for row in rows}, scale_of(rows))


def _rows(
    program: Program, found: Collection[Match], week: Week, may_read: bool
) -> list[PersonRow]:
    """Return a row for each, in the same order."""
    people = {match.person.public_id: match.person for match in found}
    in_the_week: Iterable[Any] = week.facts.people if week.facts else ()
    others = [each for each in in_the_week if each.participant_id not in people]
    names = roster_names([*others, *people.values()])
    latest = _latest_episodes(program, people.values())
    return [
        _row(program, match, names[match.person.chart_number], week, may_read, latest)
        for match in found
    ]


def _row(
    program: Program,
    match: Match,
    name: str,
    week: Week,
    may_read: bool,
    latest: Mapping[int, Enrollment],
) -> PersonRow:
    person, row = match.person, week.rows.get(match.person.public_id)
    return PersonRow(
        name=name,
        url=reverse("people:participant", args=[program.public_id, person.public_id]),
        details=" · ".join(_details(match, row, may_read)),
        look=LOOKS[standing_of(row)] if row else None,
        bar=minute_bar(row, scale=week.scale) if row else None,
        words=what_it_means(row, week.facts)
        if row and week.facts
        else _episode(latest.get(person.pk)),
    )


def _details(match: Match, row: WeeklyHours | None, may_read: bool) -> list[str]:
    details = [progress(row)] if row else []
    if may_read:
        details.append(match.person.chart_number)
    if may_read and match.also:
        details.append(_("also %(number)s") % {"number": match.also})
    return details


def _latest_episodes(program: Program, people: Collection[Participant]) -> dict[int, Enrollment]:
    """Return the latest episode of each, also of their duplicates, in one query."""
    theirs = Q(participant__in=people) | Q(participant__merged_into__in=people)
    begun = Enrollment.objects.filter(theirs, program=program).begun()
    episodes = begun.select_related("participant")
    ordered = episodes.order_by("admitted_on", "pk")
    return {each.participant.merged_into_id or each.participant_id: each for each in ordered}


def _episode(latest: Enrollment | None) -> str:
    """Return what is on record of somebody whom this week's hours do not hold."""
    if latest is None:
        return ""
    if latest.discharged_on:
        return _("Discharged %(day)s") % {"day": date_format(latest.discharged_on, "DATE_FORMAT")}
    return _("Admitted %(day)s") % {"day": date_format(latest.admitted_on, "DATE_FORMAT")}


ORDER = [LOOKS[standing].label for standing in Standing]


def _worst_first(row: PersonRow) -> int:
    return ORDER.index(row.look.label) if row.look else len(ORDER)


def _title(count: int, *, is_search: bool) -> str:
    if is_search:
        return ngettext("%(count)s person found", "%(count)s people found", count) % {
            "count": count
        }
    return ngettext("%(count)s person enrolled", "%(count)s people enrolled", count) % {
        "count": count
    }
