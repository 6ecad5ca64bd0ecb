"""Who is expected and hears nothing: neither channel may be used, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.access import Access
from programs.models import Channel, ConsentPurpose, Enrollment, Participant, Program
from programs.names import roster_names
from reminders.expected import first_starts
from reminders.reach import IN_ORDER, Reach, is_set_up, reach_of


@dataclass(frozen=True)
class Unreached:
    """Somebody who is expected and gets no message; `url` leads to what they agreed to."""

    name: str
    reason: str
    url: str


def unreached_on(day: date, program: Program, access: Access) -> tuple[Unreached, ...]:
    """Return who is expected in the program on the date and hears nothing, by name."""
    people = _expected(day, program)
    reach = reach_of(people)
    found = [
        each for key, each in people.items() if not reach[key].channel_for(ConsentPurpose.REMINDERS)
    ]
    names = roster_names(people.values())
    may_open = access.scope("participants.read", program) is not None
    rows = (
        Unreached(
            name=names[each.chart_number],
            reason=why_not(reach[each.pk], ConsentPurpose.REMINDERS),
            url=consents_url(program, each) if may_open else "",
        )
        for each in found
    )
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def consents_url(program: Program, person: Participant) -> str:
    """Return the page of what the person agreed to."""
    return reverse("agreements:agreements", args=[program.public_id, person.public_id])


def _expected(day: date, program: Program) -> dict[int, Participant]:
    """Return who comes on the date to a session of this program first, by the kept record's key."""
    enrolled = Enrollment.objects.covering(day).filter(program=program)
    kept = [each.participant.kept for each in enrolled.select_related("participant__merged_into")]
    people = {each.pk: each for each in kept}
    starts = first_starts(people, [day])
    return {
        key: person
        for key, person in people.items()
        if (start := starts.get((key, day))) and start.program_id == program.pk
    }


def why_not(reach: Reach, purpose: str) -> str:
    """Return why no message for the purpose reaches the person, in words."""
    agreed = [each for each in IN_ORDER if reach.has_agreed(each, purpose)]
    if not agreed:
        return _("Has not agreed to such messages, or no longer")
    return "; ".join(_what_is_missing(each, reach) for each in agreed)


def _what_is_missing(channel: Channel, reach: Reach) -> str:
    words: Mapping[Channel, Sequence[str]] = {
        Channel.SMS: (
            _("Agreed to text messages, which are not set up here"),
            _("Agreed to text messages, but no phone number is on record that takes them"),
        ),
        Channel.EMAIL: ("", _("Agreed to email, but no address is on record")),
    }
    not_set_up, no_address = words[channel]
    return no_address if is_set_up(channel) else not_set_up
