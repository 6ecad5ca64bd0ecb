"""At which address somebody is reached by a channel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from programs.models import Channel, Participant

NO_ADDRESS = {
    Channel.EMAIL: _("There is no email on record."),
    Channel.SMS: _("There is no phone on record."),
}


def addresses(person: Participant, channel: str) -> list[str]:
    """Return the addresses on record, as people write them: an email, or one phone or two."""
    if channel == Channel.EMAIL:
        return [person.email] if person.email else []
    phones = (person.phone, person.other_phone)
    return [each.as_national for each in phones if each]


def has_address(person: Participant, channel: str) -> bool:
    """Whether there is an address to reach the person at by the channel."""
    return bool(addresses(person, channel))
