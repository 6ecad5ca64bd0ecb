"""What the demo's people have written back: whether they come, STOP, and what nobody understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from attendance.models import AttendanceRecord
from iop.demo.folder import ZONE
from iop.demo.people import people
from programs.models import Channel, ContactConsent, HowTaken, Participant, Program
from programs.weeks import instant, local_date
from reminders.expected import Starts
from reminders.models import (
    Answer,
    AnswerReason,
    AnswerWord,
    CameBy,
    Meaning,
    Reminder,
    ReminderKind,
    ReminderStatus,
    Reply,
    ResponseWords,
)
from reminders.wording.letters import response_letter

# Yesterday evening: who wrote (a key of people.py, or a number that nobody has), when and what.
STRANGER = "+13125550177"
STOPPED_AT, ASKED_AT, STRANGE_AT = time(18, 6), time(18, 25), time(19, 10)
STOPS, ASKS = "s2", "p2"
GATEWAY = "webhook"
TOOK, GOOD_FOR = timedelta(seconds=3), timedelta(minutes=5)
# Every so many-th person who was asked has answered, within so many minutes.
ANSWERS, ANSWERED_WITHIN = 3, 55


@dataclass(frozen=True)
class Said:
    """One reply of yesterday evening."""

    meaning: Meaning
    text: str
    at: time
    key: str = ""


SAID = (
    Said(Meaning.STOP, "STOP", STOPPED_AT, STOPS),
    Said(Meaning.UNCLEAR, "is it ok if my sister drives me", ASKED_AT, ASKS),
    Said(Meaning.STRANGER, "Who is this?", STRANGE_AT),
)


def without_stopped(rows: Iterable[Reminder], now: datetime) -> Iterator[Reminder]:
    """Yield the rows but those of texts that came after somebody had stopped them."""
    stopped_at, person = _yesterday(STOPPED_AT, now), _people()[STOPS]
    for row in rows:
        is_stopped = row.participant_id == person.pk and row.channel == Channel.SMS
        if not is_stopped or row.due_at < stopped_at:
            yield row


def write_back(starts: Starts, now: datetime) -> None:
    """Put replies on record, end the consent that one of them ends, and let people answer."""
    known = _people()
    replies = [_reply(number, said, known, now) for number, said in enumerate(SAID, 1)]
    Reply.objects.bulk_create(replies)
    stop, person = replies[0], known[STOPS]
    ContactConsent.objects.filter(
        participant=person, channel=Channel.SMS, withdrawn_at=None
    ).update(withdrawn_at=stop.received_at, withdrawn_how=HowTaken.REPLY)
    Reminder.objects.bulk_create([_confirmation(stop, person, _program_of(person, now))])
    Answer.objects.bulk_create(_answers(starts, now))


def _yesterday(clock: time, now: datetime) -> datetime:
    return instant(local_date(now, ZONE) - timedelta(days=1), clock, ZONE)


def _people() -> dict[str, Participant]:
    numbers = {each.chart_number: each.key for each in people()}
    found = Participant.objects.filter(chart_number__in=numbers)
    return {numbers[each.chart_number]: each for each in found}


def _reply(number: int, said: Said, known: dict[str, Participant], now: datetime) -> Reply:
    person = known.get(said.key)
    return Reply(
        gateway=GATEWAY,
        gateway_ref=f"demo-{number}",
        received_at=_yesterday(said.at, now),
        sender=str(person.phone) if person else STRANGER,
        text=said.text,
        meaning=said.meaning,
        participant=person,
        program=_program_of(person, now) if person else None,
    )


def _program_of(person: Participant, now: datetime) -> Program:
    episodes = person.enrollments.covering(local_date(now, ZONE))
    return episodes.select_related("program__site").get().program


def _confirmation(stop: Reply, person: Participant, program: Program) -> Reminder:
    letter = response_letter(
        ResponseWords.STOPPED, site=program.site, language=person.language, channel=Channel.SMS
    )
    return Reminder(
        participant=person,
        program=program,
        kind=ReminderKind.RESPONSE,
        for_on=local_date(stop.received_at, ZONE),
        channel=Channel.SMS,
        due_at=stop.received_at,
        try_at=stop.received_at,
        expires_at=stop.received_at + GOOD_FOR,
        status=ReminderStatus.SENT,
        claimed_at=stop.received_at + TOOK,
        sent_at=stop.received_at + 2 * TOOK,
        delivered_at=stop.received_at + 3 * TOOK,
        body=letter.body,
        response_to=stop,
        response=ResponseWords.STOPPED,
    )


def _answers(starts: Starts, now: datetime) -> Iterator[Answer]:
    """Yield what people answered about today and tomorrow: one is ill, the others come."""
    asked = list(_asked(starts, now))
    ahead = [each for each in asked if starts[each.participant_id, each.for_on].at > now]
    ill = ahead[1:2]
    for number, row in enumerate(asked[::ANSWERS]):
        if row not in ill:
            yield _answer(row, number, now, AnswerWord.COMING)
    for row in ill:
        yield _answer(row, len(asked), now, AnswerWord.NOT_COMING, AnswerReason.ILL)


def _asked(starts: Starts, now: datetime) -> Iterator[Reminder]:
    """Yield who was asked, of those of whom it is true that they come, or may be."""
    today = local_date(now, ZONE)
    sent = Reminder.objects.filter(
        kind=ReminderKind.EVENING,
        status=ReminderStatus.SENT,
        for_on__range=(today, today + timedelta(days=1)),
    )
    here = AttendanceRecord.objects.filter(session__held_on=today, presences__isnull=False)
    came = set(here.values_list("participant", flat=True))
    for row in sent.order_by("for_on", "participant__chart_number"):
        start = starts.get((row.participant_id, row.for_on))
        if start and (start.at > now or row.participant_id in came):
            yield row


def _answer(
    row: Reminder, number: int, now: datetime, word: AnswerWord, reason: str = ""
) -> Answer:
    sent_at = row.sent_at or row.due_at
    after = timedelta(minutes=5 + number * 17 % ANSWERED_WITHIN)
    return Answer(
        participant_id=row.participant_id,
        for_on=row.for_on,
        word=word,
        reason=reason,
        came_by=CameBy.LINK,
        answered_at=min(sent_at + after, now),
        reminder=row,
    )
