"""What the demo's messages have come to: sent yesterday and today, and what went wrong with some.

Nothing is sent for it. The rows are as a night and a day of sweeps would have left them, in the
same words; what is still to go out is planned, and sent, as anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from iop.demo.folder import ZONE
from iop.demo.replies import without_stopped, write_back
from programs.models import Channel, ConsentPurpose, ContactConsent, Participant
from programs.weeks import DAYS, Week, local_date
from reminders.expected import Start, Starts, everyones_first_starts
from reminders.links import answer_url
from reminders.models import Reason, Reminder, ReminderKind, ReminderStatus
from reminders.planning.actions import plan_changes, plan_reminders, plan_weekly
from reminders.planning.clinic import ClinicNow, clinic_now
from reminders.planning.moments import Moment, change_moment, weekly_moment
from reminders.planning.telling import Told, as_told, read_told
from reminders.reach import Reach, reach_of
from reminders.wording.guard import names_at
from reminders.wording.kinds import text_kind
from reminders.wording.letters import Facts, letter_for

# Every so many-th person who agreed to reminders asked for the week ahead, too.
ASKS_FOR_THE_WEEK = 5
# How long a message was on its way, and a text until its receipt was back.
TOOK, CAME_BACK = timedelta(seconds=4), timedelta(seconds=9)
# The change: somebody's day was to begin so much earlier.
EARLIER, TOLD_AFTER = timedelta(minutes=30), timedelta(minutes=40)
TRIED_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Past:
    """What is known of everybody for whom rows are made."""

    clinic: ClinicNow
    people: dict[int, Participant]
    reaches: dict[int, Reach]
    starts: Starts
    names: dict[int, frozenset[str]]

    @property
    def now(self) -> datetime:
        return self.clinic.now

    def moments(self, start: Start, day: date, reach: Reach) -> list[Moment]:
        """Return when the person was reminded of the day, as far as that is past."""
        found = self.clinic.moments(start.program_id, day, start.at, reach)
        return [each for each in found if each.due_at <= self.now]

    def weekly(self, start: Start, first_on: date, reach: Reach) -> Moment | None:
        """Return when the person heard of the week, None where that is still to come."""
        moment = weekly_moment(
            first_on,
            site_zone=ZONE,
            zone=self.clinic.zone(reach, start.program_id),
            rule=self.clinic.rules[start.program_id],
        )
        return moment if moment and moment.due_at <= self.now else None

    def told_of(self, person: int, week: Week, at: datetime) -> Told:
        """Return what somebody hears of their week at this moment."""
        told: Told = {}
        for day in week.dates:
            start = self.starts.get((person, day))
            told |= as_told(day, start.at) if start and start.at > at else {}
        return told


def send_past_messages(now: datetime) -> None:
    """Fill the outbox of yesterday and today, and plan what is still to go out."""
    _ask_about_the_week()
    past = _read(now)
    rows = list(without_stopped([*_reminders(past), *_weeks(past)], now))
    changes = _changes(rows, past)
    _let_some_go_wrong(rows, past)
    Reminder.objects.bulk_create([*rows, *changes])
    write_back(past.starts, now)
    plan_reminders(now=now, by=None)
    plan_weekly(now=now, by=None)
    plan_changes(now=now, by=None)


def _ask_about_the_week() -> None:
    """Let some of those who agreed to reminders agree to the week ahead."""
    agreed = ContactConsent.objects.filter(purpose=ConsentPurpose.REMINDERS, withdrawn_at=None)
    ContactConsent.objects.bulk_create(
        ContactConsent(
            participant_id=each.participant_id,
            channel=each.channel,
            purpose=ConsentPurpose.WEEKLY,
            given_at=each.given_at,
            taken_by_id=each.taken_by_id,
            taken_how=each.taken_how,
        )
        for number, each in enumerate(agreed.order_by("participant__chart_number", "channel"))
        if number % ASKS_FOR_THE_WEEK == 0
    )


def _read(now: datetime) -> Past:
    clinic, today = clinic_now(now), local_date(now, ZONE)
    starts = everyones_first_starts(today + timedelta(days=each) for each in range(-DAYS, 2 * DAYS))
    people = Participant.objects.in_bulk({person for person, _day in starts})
    sites = {each.site_id: each.site for each in clinic.programs.values()}
    names = {key: names_at(site) for key, site in sites.items()}
    return Past(clinic, people, reach_of(people), starts, names)


def _reminders(past: Past) -> Iterator[Reminder]:
    """Yield what was due by now about yesterday, today and tomorrow."""
    today = local_date(past.now, ZONE)
    for (person, day), start in _in_order(past):
        reach = past.reaches[person]
        channel = reach.channel_for(ConsentPurpose.REMINDERS)
        is_near = abs((day - today).days) <= 1
        for moment in past.moments(start, day, reach) if is_near else ():
            row = _row(person, start, moment, day, channel or Channel.EMAIL)
            if channel:
                yield _send(row, as_told(day, start.at), past)
            elif day == today and moment.kind == ReminderKind.EVENING and _has_agreed(reach):
                # Their address was taken off the record since.
                row.status, row.reason = ReminderStatus.SKIPPED, Reason.NO_ADDRESS
                yield row


def _in_order(past: Past) -> list[tuple[tuple[int, date], Start]]:
    def place(item: tuple[tuple[int, date], Start]) -> tuple[str, date]:
        (person, day), _start = item
        return past.people[person].chart_number, day

    return sorted(past.starts.items(), key=place)


def _has_agreed(reach: Reach) -> bool:
    return reach.has_agreed(Channel.EMAIL, ConsentPurpose.REMINDERS)


def _row(person: int, start: Start, moment: Moment, day: date, channel: str) -> Reminder:
    return Reminder(
        participant_id=person,
        program_id=start.program_id,
        kind=moment.kind,
        for_on=day,
        channel=channel,
        due_at=moment.due_at,
        try_at=moment.due_at,
        expires_at=moment.expires_at,
    )


def _send(row: Reminder, told: Told, past: Past) -> Reminder:
    """Let the row have gone out when it was due, and a receipt be back of a text."""
    sent_at = min(row.due_at + TOOK, past.now)
    row.status, row.claimed_at, row.sent_at = ReminderStatus.SENT, row.due_at, sent_at
    if row.channel == Channel.SMS:
        row.delivered_at = min(sent_at + CAME_BACK, past.now)
    row.told = told
    _write(row, past)
    return row


def _write(row: Reminder, past: Past) -> None:
    """Give the row its words, as on the day on which it went out."""
    person, site = past.people[row.participant_id], past.clinic.programs[row.program_id].site
    facts = Facts(
        kind=text_kind(row),
        channel=row.channel,
        language=person.language,
        site=site,
        today=local_date(row.due_at, site.zone),
        told=read_told(row.told),
        link=answer_url(row),
        names=past.names[site.pk],
        recipient=(person.first_name, person.last_name, person.preferred_name),
    )
    letter = letter_for(facts)
    row.subject, row.body = letter.subject, letter.body


def _weeks(past: Past) -> Iterator[Reminder]:
    """Yield the weeks ahead that have been told: this one, and the next if that has been."""
    asked = set()
    for (person, day), start in _in_order(past):
        program, reach = past.clinic.programs[start.program_id], past.reaches[person]
        week, this = program.week_of(day), program.week_of(local_date(past.now, ZONE))
        channel = reach.channel_for(ConsentPurpose.WEEKLY)
        moment = past.weekly(start, week.first_on, reach)
        if channel is None or moment is None or week.first_on < this.first_on:
            continue
        if (person, week.first_on) not in asked:
            asked.add((person, week.first_on))
            row = _row(person, start, moment, week.first_on, channel)
            yield _send(row, past.told_of(person, week, moment.due_at), past)


def _changes(rows: list[Reminder], past: Past) -> list[Reminder]:
    """Let somebody have heard of another time for today first, and of the right one after that."""
    row = _about_today(rows, past)[3]
    (told,) = read_told(row.told).values()
    if told is None:
        return []
    row.told = as_told(row.for_on, told - EARLIER)
    _write(row, past)
    moment = change_moment(
        row.due_at + TOLD_AFTER,
        before=told - EARLIER,
        zone=ZONE,
        rule=past.clinic.rules[row.program_id],
    )
    if moment is None or moment.due_at > past.now:
        return []
    start = Start(told, row.program_id)
    change = _row(row.participant_id, start, moment, row.for_on, row.channel)
    change.round = 1
    return [_send(change, as_told(row.for_on, told), past)]


def _let_some_go_wrong(rows: list[Reminder], past: Past) -> None:
    """Turn one away, cut one off, let one come too late, and have one tried again."""
    refused, cut_off, late, *_rest = _about_today(rows, past)
    _end(refused, ReminderStatus.FAILED, Reason.ADDRESS_REFUSED)
    _end(cut_off, ReminderStatus.UNKNOWN, "")
    _end(late, ReminderStatus.EXPIRED, Reason.NO_ANSWER)
    on_their_way = [each for each in rows if each.sent_at and each.expires_at > past.now]
    for row in on_their_way[-1:]:
        _end(row, ReminderStatus.PLANNED, Reason.NO_ANSWER)
        row.try_at = past.now + TRIED_AGAIN_AFTER


def _about_today(rows: list[Reminder], past: Past) -> list[Reminder]:
    """Return the reminders of yesterday evening that went out."""
    today = local_date(past.now, ZONE)
    return [
        each
        for each in rows
        if each.sent_at and each.for_on == today and each.kind == ReminderKind.EVENING
    ]


def _end(row: Reminder, status: ReminderStatus, reason: str) -> None:
    """Let the row have come to something else than being sent."""
    row.status, row.reason, row.sent_at, row.delivered_at = status, reason, None, None
    if status in (ReminderStatus.EXPIRED, ReminderStatus.PLANNED):
        row.claimed_at, row.attempts = None, 2
        row.told, row.subject, row.body = {}, "", ""
