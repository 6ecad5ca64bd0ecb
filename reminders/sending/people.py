"""Messages to participants as they are about to go: everything that may have changed, read again.

The checks come cheapest first. Each reads the rows as they are in the transaction of the claim.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from programs.models import Channel, ConsentPurpose
from programs.weeks import local_date
from reminders.channels.line import Parcel
from reminders.links import answer_url, stop_url
from reminders.models import Reason, Reminder, ReminderKind, ResponseWords
from reminders.planning.days import why_unreached
from reminders.planning.moments import change_moment, zone_of
from reminders.planning.telling import kept_key, read_told, told_now
from reminders.reach import Reach, reach_of
from reminders.sending.caps import is_one_too_many
from reminders.sending.claim_sql import take_oldest
from reminders.sending.standing import Standing
from reminders.sending.verdicts import TOO_LATE, Elsewhere, Later, Outcome, Ready, Verdict, skipped
from reminders.wording.guard import Reveals
from reminders.wording.kinds import text_kind
from reminders.wording.letters import Facts, Letter, letter_for, response_letter

# Longer than a response is of use. It keeps the search short where much is due.
LATELY = timedelta(minutes=15)
SUBJECT_KEPT = Reminder._meta.get_field("subject").max_length


class ToPeople:
    """What a sweep knows of messages to participants, and what it asks of each."""

    name = "reminder"

    def __init__(self, standing: Standing | None = None) -> None:
        self._standing = standing or Standing()

    def due(self, channel: str, now: datetime) -> QuerySet[Any]:
        """Return what is due by the channel, the oldest first."""
        return Reminder.objects.due(now).filter(channel=channel)

    def take(self, channel: str, now: datetime, leaving: Collection[int]) -> Reminder | None:
        """Return the oldest that is due and nobody else has in hand, locked with whom it is to.

        Two workers never write to one person at a time: neither would count what the other sends.
        """
        return take_oldest(channel, now, leaving)

    def expires_at(self, row: Reminder) -> datetime:
        """Return from when on it does not go out any more."""
        return row.expires_at

    def about(self, row: Reminder) -> dict[str, Any]:
        """Return what the trail says of it whatever became of it."""
        program = self._standing.program(row.program_id)
        return {"participant_id": row.participant.public_id, "program_id": program.public_id}

    def read_again(self, row: Reminder, now: datetime) -> Verdict:
        """Return what is to become of the row, which is locked."""
        if row.expires_at <= now:
            return TOO_LATE
        person = kept_key(row)
        reach = reach_of([person])[person]
        if row.kind == ReminderKind.RESPONSE:
            return self._response(row, reach)
        return (
            self._if_unwanted(row, reach)
            or self._if_quiet(row, reach, now)
            or self._if_nothing_is_told(row, now)
            or self._if_too_many(row, reach, now)
            or self._ready(row, reach, now)
        )

    def _if_unwanted(self, row: Reminder, reach: Reach) -> Verdict | None:
        """Ask whether they still agree to this channel; another one they agreed to will do."""
        purpose = purpose_of(row)
        if row.channel in reach.channels_for(purpose):
            return None
        another = reach.channel_for(purpose)
        if another is not None:
            return Elsewhere(another)
        return skipped(why_unreached(reach, purpose) or Reason.NO_CONSENT)

    def _if_quiet(self, row: Reminder, reach: Reach, now: datetime) -> Verdict | None:
        zone = zone_of(reach.timezone, self._standing.program(row.program_id).zone)
        rule = self._standing.rule(row.program_id)
        moment = change_moment(now, before=row.expires_at, zone=zone, rule=rule)
        if moment is None:
            return TOO_LATE
        return Later(moment.due_at) if moment.due_at > now else None

    def _if_nothing_is_told(self, row: Reminder, now: datetime) -> Outcome | None:
        """Ask what it would say now, and have the row say that."""
        told = told_now([row], now=now)[row.pk]
        if not told:
            is_change = row.kind == ReminderKind.CHANGE
            return skipped(Reason.NOT_NEEDED if is_change else Reason.NOT_EXPECTED)
        row.told = told
        return None

    def _if_too_many(self, row: Reminder, reach: Reach, now: datetime) -> Outcome | None:
        program = self._standing.program(row.program_id)
        is_over = is_one_too_many(
            reach.participant_id,
            now=now,
            zone=zone_of(reach.timezone, program.zone),
            week_starts_on=program.week_starts_on,
            rule=self._standing.rule(program.pk),
        )
        return skipped(Reason.TOO_MANY) if is_over else None

    def _ready(self, row: Reminder, reach: Reach, now: datetime) -> Verdict:
        site = self._standing.program(row.program_id).site
        kind, language = text_kind(row), reach.language
        facts = Facts(
            kind=kind,
            channel=row.channel,
            language=language,
            site=site,
            today=local_date(now, site.zone),
            told=read_told(row.told),
            clinic=self._standing.clinic_name if row.channel in reach.may_name_clinic else "",
            link=answer_url(row),
            names=self._standing.names(site),
            recipient=reach.names,
        )
        template = self._standing.template(row.program_id, kind, row.channel, language)
        try:
            letter = letter_for(facts, template)
        except Reveals:
            return skipped(Reason.REVEALS)
        return _ready(row, letter, reach.address(row.channel), unsubscribe_url=stop_url(row))

    def _response(self, row: Reminder, reach: Reach) -> Verdict:
        """Answer somebody who has written: to the number they wrote from, at any hour."""
        to, reply = reach.address(row.channel), row.response_to
        if reply is not None and row.channel == reply.channel == Channel.SMS:
            to = reply.sender
        if not to:
            return skipped(Reason.NO_ADDRESS)
        try:
            letter = response_letter(
                ResponseWords(row.response),
                site=self._standing.program(row.program_id).site,
                language=reach.language,
                channel=row.channel,
            )
        except Reveals:
            return skipped(Reason.REVEALS)
        return _ready(row, letter, to)


class ToWhoWrote(ToPeople):
    """The responses among them: somebody who has just written does not wait behind the others."""

    def due(self, channel: str, now: datetime) -> QuerySet[Any]:
        """Return the responses that are due, the oldest first; older ones go with the others."""
        lately = super().due(channel, now).filter(try_at__gt=now - LATELY)
        return lately.filter(kind=ReminderKind.RESPONSE)

    def take(self, channel: str, now: datetime, leaving: Collection[int]) -> Reminder | None:
        """Return the oldest of them that nobody else has in hand, locked with whom it is to."""
        return take_oldest(channel, now, leaving, kind=ReminderKind.RESPONSE, since=now - LATELY)


def purpose_of(row: Reminder) -> ConsentPurpose:
    """Return what somebody must have agreed to for such a message."""
    is_weekly = row.kind == ReminderKind.WEEKLY
    return ConsentPurpose.WEEKLY if is_weekly else ConsentPurpose.REMINDERS


def _ready(row: Reminder, letter: Letter, to: str, *, unsubscribe_url: str = "") -> Ready:
    # The clinic's name and the sender's may make a subject longer than what is kept of it.
    subject = letter.subject[:SUBJECT_KEPT]
    kept = {"told": row.told, "subject": subject, "body": letter.body}
    return Ready(Parcel(letter, to, str(row.public_id), unsubscribe_url), kept)
