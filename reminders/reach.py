"""How people may be reached now: their addresses, and the last word on each channel and purpose.

Both are the person's, under whichever of their records they stand; one statement for any number.
It is written out because a sender asks it anew for each message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from phonenumber_field.phonenumber import to_python as read_phone

from programs.models import Channel, ConsentPurpose, Language

# A text is read sooner; who agreed to both gets one message, not two.
IN_ORDER = (Channel.SMS, Channel.EMAIL)
# Every record of these people with everything that was said on it, or once with nothing.
SAID = """
SELECT p.id, coalesce(p.merged_into_id, p.id), p.language, p.timezone, p.email, p.phone,
       ARRAY[p.first_name, p.last_name, p.preferred_name]::text[],
       c.channel, c.purpose, coalesce(c.withdrawn_at, c.given_at), c.withdrawn_at IS NULL
  FROM programs_participant p
  LEFT JOIN programs_contactconsent c ON c.participant_id = p.id
 WHERE p.id = ANY(%(people)s::bigint[]) OR p.merged_into_id = ANY(%(people)s::bigint[])
"""


class Said(NamedTuple):
    """One row of `SAID`: a record, under whom it is kept, and one word on a channel and purpose."""

    record: int
    person: int
    language: str
    timezone: str
    email: str
    phone: str
    names: list[str]
    channel: str | None
    purpose: str | None
    at: datetime | None
    is_yes: bool


@dataclass(frozen=True)
class Reach:
    """One person, by the record that is kept. `timezone` is empty where it is the site's."""

    participant_id: int
    language: Language
    timezone: str
    email: str
    phone: str
    agreed: frozenset[tuple[str, str]]
    # All of them, of every record: no message may say one.
    names: tuple[str, ...] = ()

    def address(self, channel: str) -> str:
        """Return where the channel reaches them, empty where nothing on record could."""
        return self.email if channel == Channel.EMAIL else self.phone

    def has_agreed(self, channel: str, purpose: str) -> bool:
        """Whether the last word on this channel and purpose is a yes."""
        return (channel, purpose) in self.agreed

    def channel_for(self, purpose: str) -> Channel | None:
        """Return the channel to use for the purpose, None where there is none."""
        return next(iter(self.channels_for(purpose)), None)

    def channels_for(self, purpose: str) -> tuple[Channel, ...]:
        """Return what may be used for the purpose: agreed to, with an address, and set up."""
        return tuple(
            each
            for each in IN_ORDER
            if is_set_up(each) and self.has_agreed(each, purpose) and self.address(each)
        )

    @property
    def may_name_clinic(self) -> frozenset[str]:
        """The channels on which messages may name the clinic."""
        return frozenset(
            channel for channel, purpose in self.agreed if purpose == ConsentPurpose.NAMED
        )


def is_set_up(channel: str) -> bool:
    """Whether this installation has a carrier for the channel."""
    return channel == Channel.EMAIL or bool(settings.SMS_URL)


def _is_address(email: str) -> bool:
    """Whether this is an email address at all; some came from a file."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _working_phone(number: str) -> str:
    """Return the number as it is dialled, empty where it cannot be; some came from a file."""
    phone = read_phone(number) if number else None
    return str(phone) if phone and phone.is_valid() else ""


def reach_of(people: Iterable[int]) -> dict[int, Reach]:
    """Return the reach of each participant (primary keys of records that are kept)."""
    keys = sorted(set(people))
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"people": keys})
        said = [Said(*row) for row in cursor]
    agreed = _last_words(said)
    names: dict[int, set[str]] = defaultdict(set)
    for each in said:
        names[each.person].update(filter(None, each.names))
    kept = {each.record: each for each in said if each.record == each.person}
    return {key: _reach(kept[key], agreed[key], names[key]) for key in keys if key in kept}


def _reach(kept: Said, agreed: Iterable[tuple[str, str]], names: Iterable[str]) -> Reach:
    return Reach(
        participant_id=kept.record,
        language=Language(kept.language),
        timezone=kept.timezone,
        email=kept.email if _is_address(kept.email) else "",
        phone=_working_phone(kept.phone),
        agreed=frozenset(agreed),
        names=tuple(sorted(names)),
    )


def _last_words(said: Iterable[Said]) -> dict[int, set[tuple[str, str]]]:
    """Return what is agreed to, by the record that is kept: the latest word on each counts."""
    latest: dict[tuple[int, str, str], tuple[datetime, bool]] = {}
    for each in said:
        if each.channel and each.purpose and each.at:
            key = (each.person, each.channel, each.purpose)
            word = (each.at, each.is_yes)
            latest[key] = max(latest.get(key, word), word)
    agreed: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for (person, channel, purpose), (_at, is_yes) in latest.items():
        if is_yes:
            agreed[person].add((channel, purpose))
    return agreed
