"""The gauges of one person: their authorizations that are not over, what ends first on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from hours.fuel.forms import FuelForm
from hours.fuel.reading import gauges_for, is_running
from hours.fuel.rows import GaugeRow, gauge_rows, names_of, packet_url
from programs.access import Access
from programs.models import Authorization, Participant, Program
from programs.plan.episodes import chosen_episode
from programs.weeks import local_date
from programs.whose import episodes_of


@dataclass(frozen=True)
class GaugesPage:
    """Everything the template reads; `packet_url` is of the latest episode that has begun."""

    rows: tuple[GaugeRow, ...]
    packet_url: str
    authorizations_url: str


def gauges_page(
    access: Access, program: Program, person: Participant, *, now: datetime
) -> GaugesPage:
    """Return the page; three statements."""
    today = local_date(now, program.zone)
    episodes = {each.pk: each for each in episodes_of(person, program)}
    running = []
    rows = Authorization.objects.filter(enrollment__in=episodes).defer("member_id", "note")
    for each in rows.order_by("first_on", "pk"):
        each.enrollment = episodes[each.enrollment_id]
        if is_running(each, today):
            running.append(each)
    may_pack = access.scope("authorizations.packet", program) is not None
    names = names_of(episodes.values(), may_pack=False)
    begun = [each for each in episodes.values() if each.admitted_on <= today]
    latest = chosen_episode(begun)
    return GaugesPage(
        rows=gauge_rows(gauges_for(running, now=now), names, form=FuelForm({}), today=today),
        packet_url=packet_url(latest) if latest and may_pack else "",
        authorizations_url=reverse(
            "authorizations:authorizations", args=[program.public_id, person.public_id]
        ),
    )
