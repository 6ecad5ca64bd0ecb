"""How somebody may be reached, channel by channel and purpose by purpose, and how it came so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from programs.agreements.reach import NO_ADDRESS, addresses
from programs.models import Channel, ConsentPurpose, ContactConsent, Participant
from programs.weeks import local_date

CHANNEL_ICONS = {Channel.EMAIL: "mail", Channel.SMS: "message-square-text"}


@dataclass(frozen=True)
class State:
    """What a chip says, in word, shape and color."""

    label: str
    icon: str
    tone: str


IN_FORCE = (gettext_lazy("In force"), "check", "ok")
WITHDRAWN = (gettext_lazy("Withdrawn"), "circle-slash", "calm")
SAID_NO = (gettext_lazy("Said no"), "circle-slash", "calm")
NEVER_ASKED = (gettext_lazy("Never asked"), "circle-dashed", "")


@dataclass(frozen=True)
class Cell:
    """One purpose of one channel."""

    purpose: ConsentPurpose
    state: State
    details: str
    is_in_force: bool
    is_asked: bool = True


@dataclass(frozen=True)
class ChannelConsents:
    """One channel: the addresses on record for it, and its purposes."""

    channel: Channel
    icon: str
    addresses: tuple[str, ...]
    no_address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PastConsent:
    """A line of the history: what was given, and when it ended."""

    what: str
    given: str
    withdrawn: str


def consent_grid(
    person: Participant, consents: Sequence[ContactConsent], zone: ZoneInfo
) -> tuple[ChannelConsents, ...]:
    """Return all channels with all purposes; `consents` are the person's, the latest first."""
    return tuple(
        ChannelConsents(
            channel=channel,
            icon=CHANNEL_ICONS[channel],
            addresses=tuple(addresses(person, channel)),
            no_address=str(NO_ADDRESS[channel]),
            cells=tuple(
                _cell(purpose, _of(consents, channel, purpose), zone) for purpose in ConsentPurpose
            ),
        )
        for channel in Channel
    )


def purposes_in_force(consents: Iterable[ContactConsent], channel: str) -> set[ConsentPurpose]:
    """Return what the channel may be used for now."""
    return {
        ConsentPurpose(each.purpose)
        for each in consents
        if each.channel == channel and each.withdrawn_at is None
    }


def never_asked(consents: Iterable[ContactConsent], channel: str) -> set[ConsentPurpose]:
    """Return the purposes for which nobody has asked whether the channel may be used."""
    asked = {each.purpose for each in consents if each.channel == channel}
    return {purpose for purpose in ConsentPurpose if purpose not in asked}


def history(consents: Iterable[ContactConsent], zone: ZoneInfo) -> tuple[PastConsent, ...]:
    """Return every consent there ever was, the latest first."""
    return tuple(
        PastConsent(
            what=f"{each.get_channel_display()} · {each.get_purpose_display()}",
            given="" if each.is_refusal else _given(each, zone),
            withdrawn=_withdrawn(each, zone) if each.withdrawn_at else "",
        )
        for each in consents
    )


def how_and_who(*, how: str, who: User | None, on: str) -> str:
    """Return the way, the day and the colleague, as far as they are on record."""
    return " · ".join(filter(None, [how, on, who.display_name if who else ""]))


def _of(
    consents: Iterable[ContactConsent], channel: Channel, purpose: ConsentPurpose
) -> ContactConsent | None:
    """Return the consent that says how it stands: one in force before the latest that ended."""
    theirs = [each for each in consents if (each.channel, each.purpose) == (channel, purpose)]
    return next((each for each in theirs if each.withdrawn_at is None), None) or next(
        iter(theirs), None
    )


def _cell(purpose: ConsentPurpose, consent: ContactConsent | None, zone: ZoneInfo) -> Cell:
    if consent is None:
        return Cell(purpose, _state(NEVER_ASKED), "", is_in_force=False, is_asked=False)
    if consent.withdrawn_at:
        state = SAID_NO if consent.is_refusal else WITHDRAWN
        return Cell(purpose, _state(state), _withdrawn(consent, zone), is_in_force=False)
    return Cell(purpose, _state(IN_FORCE), _given(consent, zone), is_in_force=True)


def _state(facts: tuple) -> State:
    label, icon, tone = facts
    return State(str(label), icon, tone)


def _given(consent: ContactConsent, zone: ZoneInfo) -> str:
    how = consent.get_taken_how_display()
    return how_and_who(how=how, who=consent.taken_by, on=_day(consent.given_at, zone))


def _withdrawn(consent: ContactConsent, zone: ZoneInfo) -> str:
    day = _day(consent.withdrawn_at, zone) if consent.withdrawn_at else ""
    how = consent.get_withdrawn_how_display() or _("How is not on record")
    return how_and_who(how=how, who=consent.withdrawn_by, on=day)


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return date_format(local_date(moment, zone), "DATE_FORMAT")
